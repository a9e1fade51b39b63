#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace kokemus::intake {

/// Finds the strptime format that fits the dates of a column which are not written the ISO way:
/// "31/1/2026 14:05", "31.01.2026", "1/31/2026", "20260131", with or without a time of day.
class DateForms {
public:
    DateForms();

    void add(std::string_view text);

    /// The first format that fits at least 99 of 100 texts. Where day and month cannot be told
    /// apart, the day stands first.
    std::optional<std::string> best() const;

    /// Whether another order of day and month would fit as well.
    bool ambiguous() const;

private:
    struct Form {
        std::string format;
        std::uint64_t fits = 0;
    };
    std::vector<Form> forms_;
    std::uint64_t seen_ = 0;
};

}  // namespace kokemus::intake
