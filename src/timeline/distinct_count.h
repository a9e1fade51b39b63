#pragma once

#include <cstdint>

#include "timeline/code_column.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// How often something happens, to how many units and how many customers. Units and customers come
/// one after the other, so remembering the latest is enough to count each once.
struct DistinctCount {
    std::uint64_t count = 0;
    std::uint64_t units = 0;
    std::uint64_t customers = 0;

    /// `unit` is any number that tells the units of one worker apart. Whether it is the first of
    /// the unit.
    bool add(std::uint32_t unit, Code customer) {
        ++count;
        if (unit == last_unit_) {
            return false;
        }
        last_unit_ = unit;
        ++units;
        if (customer != last_customer_) {
            last_customer_ = customer;
            ++customers;
        }
        return true;
    }

    void merge(const DistinctCount& other, Sign sign = Sign::Plus) {
        count += with_sign(sign, other.count);
        units += with_sign(sign, other.units);
        customers += with_sign(sign, other.customers);
    }

private:
    std::uint32_t last_unit_ = none;
    Code last_customer_ = none;
};

}  // namespace kokemus::timeline
