#pragma once

#include <array>
#include <fstream>
#include <sstream>
#include <string>

#include "stats/factor_sums.h"
#include "stats/oracle_test.h"

namespace kokemus::stats {

/// R's data set "swiss": five factors of 47 provinces, and their fertility as the outcome.
inline FactorSums swiss() {
    FactorSums sums(5);
    std::ifstream lines(Oracle::path("drivers_swiss.csv"));
    std::string line;
    std::getline(lines, line);
    for (std::uint64_t province = 0; std::getline(lines, line); ++province) {
        std::istringstream numbers(line);
        std::array<double, 6> row{};
        char comma = 0;
        numbers >> row[5];  // fertility stands first
        for (std::size_t i = 0; i < 5; ++i) {
            numbers >> comma >> row[i];
        }
        sums.add(province, row);
    }
    return sums;
}

}  // namespace kokemus::stats
