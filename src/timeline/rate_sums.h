#pragma once

#include <cstdint>

#include "question/counts.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// Sums over customers of contacts a and exposure b (units): what a ratio estimate needs.
struct RateSums {
    std::uint64_t customers = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;

    /// One customer's.
    void add(std::uint64_t contacts, std::uint64_t exposure) {
        ++customers;
        a += contacts;
        b += exposure;
        aa += contacts * contacts;
        ab += contacts * exposure;
        bb += exposure * exposure;
    }

    void merge(const RateSums& other) {
        customers += other.customers;
        a += other.a;
        b += other.b;
        aa += other.aa;
        ab += other.ab;
        bb += other.bb;
    }

    void finish(question::MetricCounts& counts) const {
        counts.customers = customers;
        counts.a = static_cast<double>(a);
        counts.b = static_cast<double>(b);
        counts.aa = static_cast<double>(aa);
        counts.ab = static_cast<double>(ab);
        counts.bb = static_cast<double>(bb);
    }
};

/// The same sums for one group, kept right with every encounter, so that nothing needs to be walked
/// again at a customer's end: (a + 1)^2 = a^2 + 2 a + 1, and so on. One cache line.
struct GroupRate {
    RateSums sums;
    Code customer = none;  ///< whose contacts and units these are
    std::uint32_t unit = none;
    std::uint32_t contacts = 0;
    std::uint32_t units = 0;

    /// An encounter of the group, which may be a contact. Without branches, as chance would take
    /// them: whether an encounter is a contact, and whether it is the first of its unit here.
    void add(Code of_customer, std::uint32_t of_unit, bool is_contact) {
        const bool is_new = customer != of_customer;
        contacts = is_new ? 0 : contacts;
        units = is_new ? 0 : units;
        const std::uint32_t begins = is_new || unit != of_unit ? 1 : 0;
        const std::uint32_t contact = is_contact ? 1 : 0;
        customer = of_customer;
        unit = of_unit;
        sums.customers += is_new ? 1 : 0;
        sums.bb += begins * (2 * units + 1);
        sums.ab += begins * contacts;
        units += begins;
        sums.b += begins;
        sums.aa += contact * (2 * contacts + 1);
        sums.ab += contact * units;
        contacts += contact;
        sums.a += contact;
    }
};

}  // namespace kokemus::timeline
