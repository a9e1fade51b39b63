#pragma once

#include <cstdint>
#include <span>
#include <vector>

/// The pure mathematics of how journeys run: sequences of small numbers with counts.
namespace kokemus::shape {

/// What was done, as a number from 0 that its owner gave it; small, because tables have a place for
/// each.
using Step = std::uint32_t;

/// Steps there may be: a table by two of them is then 8 MiB. A greater one is a bug.
inline constexpr Step steps_max = 1024;

/// One way to go and how many went it.
struct Variant {
    std::vector<Step> steps;
    std::uint64_t times = 1;

    friend bool operator==(const Variant&, const Variant&) = default;
};

using Variants = std::vector<Variant>;

/// One more than the greatest step; 0 without any.
Step step_count(std::span<const Variant> variants);

/// How many went any way.
std::uint64_t times_of(std::span<const Variant> variants);

/// The same with each way once, in lexical order; without those of 0 times.
Variants merged(Variants variants);

}  // namespace kokemus::shape
