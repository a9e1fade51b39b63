#pragma once

#include <cstdint>

#include "question/counts.h"
#include "timeline/code_column.h"
#include "timeline/sign.h"

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

    void merge(const RateSums& other, Sign sign = Sign::Plus) {
        customers += with_sign(sign, other.customers);
        a += with_sign(sign, other.a);
        b += with_sign(sign, other.b);
        aa += with_sign(sign, other.aa);
        ab += with_sign(sign, other.ab);
        bb += with_sign(sign, other.bb);
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

    /// As below, where every customer is one unit, so that most of the sums follow from the others.
    void add_to_only_unit(Code of_customer, bool is_contact) {
        const std::uint32_t is_same = customer == of_customer ? 1 : 0;
        const std::uint32_t contact = is_contact ? 1 : 0;
        contacts &= 0U - is_same;
        customer = of_customer;
        sums.customers += 1 - is_same;
        sums.aa += contact * (2 * contacts + 1);
        contacts += contact;
        sums.a += contact;
    }

    /// What add_to_only_unit leaves out: b is 1 for everybody.
    void complete_only_units() {
        sums.b = sums.customers;
        sums.bb = sums.customers;
        sums.ab = sums.a;
    }

    /// An encounter of the group, which may be a contact. Without branches, as chance would take
    /// them: whether an encounter is a contact, and whether it is the first of its unit here.
    void add(Code of_customer, std::uint32_t of_unit, bool is_contact) {
        const std::uint32_t is_same = customer == of_customer ? 1 : 0;
        contacts &= 0U - is_same;
        units &= 0U - is_same;
        const std::uint32_t begins = 1 - (is_same & (unit == of_unit ? 1U : 0U));
        const std::uint32_t contact = is_contact ? 1 : 0;
        customer = of_customer;
        unit = of_unit;
        sums.customers += 1 - is_same;
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
