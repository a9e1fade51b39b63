#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "shape/variants.h"

namespace kokemus::shape {

/// How often one step came directly after another, began and ended (the directly-follows graph; van
/// der Aalst 2016, Process Mining, ch. 5). Steps left out afterwards leave edges that are missing:
/// leave them out of the variants and count again.
class Follows {
public:
    explicit Follows(std::span<const Variant> variants);

    Step steps() const { return steps_; }

    /// a directly before b.
    std::uint64_t count(Step a, Step b) const { return pairs_[place(a, b)]; }

    /// a, b and a again.
    std::uint64_t round_trips(Step a, Step b) const { return round_trips_[place(a, b)]; }

    std::uint64_t starts(Step step) const { return starts_[step]; }
    std::uint64_t ends(Step step) const { return ends_[step]; }
    std::uint64_t times(Step step) const { return times_[step]; }

    /// Takes an edge out, as if it had never been seen.
    void remove(Step a, Step b) { pairs_[place(a, b)] = 0; }

private:
    std::size_t place(Step a, Step b) const { return std::size_t{a} * steps_ + b; }

    Step steps_ = 0;
    std::vector<std::uint64_t> pairs_, round_trips_;
    std::vector<std::uint64_t> starts_, ends_, times_;
};

}  // namespace kokemus::shape
