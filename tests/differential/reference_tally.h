#pragma once

#include <set>
#include <string>
#include <vector>

#include "reference.h"

/// What plain counts of several kinds need.
namespace kokemus::reference {

inline double seconds(Milliseconds duration) {
    return static_cast<double>(duration.count()) / 1000;
}

/// Distinct units and customers of something.
struct Who {
    std::set<const Unit*> units;
    std::set<std::string> customers;
    std::vector<double> experiences;  ///< one per unit

    void add(const History& history, const Unit& unit) {
        customers.insert(unit.customer);
        if (units.insert(&unit).second) {
            if (const auto experience = history.experience(unit)) {
                experiences.push_back(*experience);
            }
        }
    }
};

inline stats::Moments moments(const std::vector<double>& values) {
    stats::Moments moments;
    for (const double value : values) {
        moments.add(value);
    }
    return moments;
}

}  // namespace kokemus::reference
