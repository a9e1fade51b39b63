#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "encounter/encounter.h"
#include "sample/world.h"

namespace kokemus::sample {

/// What came out, counted while it was made. Sums are whole numbers, so that the order does not
/// matter.
struct Realised {
    std::uint64_t customers = 0;
    std::uint64_t encounters = 0;
    struct Group {
        std::uint64_t encounters = 0;
        std::uint64_t answers = 0;
        std::int64_t experience_milli = 0;           ///< of everybody, a thousandth of a point each
        std::int64_t answered_experience_milli = 0;  ///< of those who answered

        friend bool operator==(const Group&, const Group&) = default;
    };
    std::array<Group, segment_names.size()> segments{};
    std::array<std::uint64_t, touchpoint_count> touchpoints{};

    friend bool operator==(const Realised&, const Realised&) = default;
};

/// The encounters of the sample organisation until `options.to`, customer by customer, each in
/// order of time. The same for the same options whatever the sizes of batches. Not thread safe.
class Generator {
public:
    explicit Generator(const Options& options);
    ~Generator();
    Generator(Generator&&) noexcept;
    Generator& operator=(Generator&&) = delete;

    /// Makes `batch` the next `size` encounters, fewer only at the end; reuses the memory of what
    /// is in it. False when there are no more.
    bool next(std::vector<encounter::Encounter>& batch, std::size_t size = 2048);

    /// Makes `batch` the next customers with their traits; false when there are no more. Goes its
    /// own way beside `next`.
    bool next_customers(std::vector<encounter::Customer>& batch, std::size_t size = 50'000);

    /// Of the customers of whom `next` has given something.
    const Realised& realised() const;

    /// Customers done so far, for progress.
    std::uint64_t customers_done() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace kokemus::sample
