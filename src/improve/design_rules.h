#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "improve/improvement.h"

/// Which designs an improvement allows for, and which of them tells most.
namespace kokemus::improve {

/// What is known of the ground before the start.
struct Facts {
    std::size_t weeks_before = 0;         ///< whole ones with answers
    std::uint64_t population_before = 0;  ///< customers with answers in the twelve weeks before
    std::uint64_t comparison_before = 0;
    std::size_t population_units = 0;  ///< values of `units` among the population
    std::size_t comparison_units = 0;
};

/// One design, and why it can or cannot be.
struct Feasible {
    Design design = Design::BeforeAfter;
    bool feasible = false;
    Grade grade = Grade::Weak;
    std::string words;
};

/// Every design, the strongest first, each with its reason.
std::vector<Feasible> designs_for(const Registration& registration, const Facts& facts);

/// The first that is feasible, or the one that was asked for. InvalidInput, with what would make
/// one possible, when there is none or the one asked for is not feasible.
Result<Feasible> chosen(const Registration& registration, const std::vector<Feasible>& designs);

}  // namespace kokemus::improve
