#pragma once

#include "timeline/predicate.h"

namespace kokemus::timeline {

/// Conditions on a field: of the encounter, or of the customer, which are of units. InvalidInput
/// for a field the timeline does not have.
Result<PredicatePtr> compile_row(const question::TextCondition& condition, const Part& part);
Result<PredicatePtr> compile_row(const question::NumberCondition& condition, const Part& part);

/// What else may be said of one encounter.
PredicatePtr compile_row(const question::MakesPromise& makes, const Part& part);
PredicatePtr compile_row(const question::FirstContact& contact, const Part& part);

inline std::size_t unit_words(const Judged& judged) {
    return (judged.block.units() + 63) / 64;
}

/// Sets the bit of every unit and no others.
void all_units(const Judged& judged, Words units);

/// Clears the bits of the units for which `holds(unit)` is not so.
template <typename Holds>
void narrow_each_unit(Words units, const Holds& holds) {
    for (std::size_t word = 0; word < units.size(); ++word) {
        for_each_bit(units[word], [&, word](std::size_t bit) {
            if (!holds(word * 64 + bit)) {
                units[word] &= ~(std::uint64_t{1} << bit);
            }
        });
    }
}

/// Wraps a function `narrow(judged, units)` as a condition on units.
template <typename Narrow>
class UnitRule final : public UnitPredicate {
public:
    UnitRule(question::Sight sight, double nanoseconds, Narrow narrow)
        : UnitPredicate(sight, nanoseconds),
          narrow_(std::move(narrow)) {}

    void narrow_units(const Judged& judged, Words units, WordPool&) const override {
        narrow_(judged, units);
    }

private:
    Narrow narrow_;
};

template <typename Narrow>
PredicatePtr unit_rule(question::Sight sight, double nanoseconds, Narrow narrow) {
    return std::make_unique<UnitRule<Narrow>>(sight, nanoseconds, std::move(narrow));
}

/// Wraps a function `narrow(stretch, rows)` as a condition on encounters.
template <typename Narrow>
class RowRule final : public RowPredicate {
public:
    RowRule(double nanoseconds, Narrow narrow)
        : RowPredicate(nanoseconds),
          narrow_(std::move(narrow)) {}

    void narrow_rows(const Judged& judged, Words rows, WordPool&) const override {
        narrow_(judged.stretch, rows);
    }

private:
    Narrow narrow_;
};

template <typename Narrow>
PredicatePtr row_rule(double nanoseconds, Narrow narrow) {
    return std::make_unique<RowRule<Narrow>>(nanoseconds, std::move(narrow));
}

}  // namespace kokemus::timeline
