#pragma once

#include <memory>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/block.h"
#include "timeline/part.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {

/// What the conditions of a filter are judged on: the units of a block and the rows that hold all
/// of them.
struct Judged {
    const Block& block;
    Stretch stretch;
};

/// The least stretch known to hold all rows of a block that is not empty: exact for ranges, else
/// all rows of its customers.
Stretch stretch_of(const Block& block, const Part& part);

/// A compiled condition. It narrows bits: it is given those of the units or rows in question, and
/// leaves those for which it holds; words without a bit cost nothing, so what comes later in an
/// `and` looks at less. Const and thread safe; allocates nothing but through the pool.
class Predicate {
public:
    /// `nanoseconds`: what judging costs a row, roughly: cheaper parts go first.
    Predicate(question::Sight sight, double nanoseconds)
        : sight_(sight),
          nanoseconds_(nanoseconds) {}
    Predicate(const Predicate&) = delete;
    Predicate& operator=(const Predicate&) = delete;
    virtual ~Predicate() = default;

    /// Encounter: judges rows; else units, all rows of which are judged alike.
    question::Sight sight() const { return sight_; }
    bool is_of_units() const { return sight_ != question::Sight::Encounter; }
    double nanoseconds() const { return nanoseconds_; }

    /// Narrows a bit per unit of the block. Only where is_of_units().
    virtual void narrow_units(const Judged& judged, Words units, WordPool& pool) const = 0;

    /// Narrows a bit per row of the stretch. Bits of rows outside of the units must not be set.
    virtual void narrow_rows(const Judged& judged, Words rows, WordPool& pool) const = 0;

private:
    question::Sight sight_;
    double nanoseconds_;
};

using PredicatePtr = std::unique_ptr<const Predicate>;

/// A condition on encounters.
class RowPredicate : public Predicate {
public:
    explicit RowPredicate(double nanoseconds)
        : Predicate(question::Sight::Encounter, nanoseconds) {}

    void narrow_units(const Judged& judged, Words units, WordPool& pool) const final;
};

/// A condition on the unit or its customer, decided once for each and equal for all its rows.
class UnitPredicate : public Predicate {
public:
    using Predicate::Predicate;

    void narrow_rows(const Judged& judged, Words rows, WordPool& pool) const final;
};

/// Sets the bits of all rows of the block's units for which `units` has a bit, or of all of them.
void mark_rows(const Judged& judged, Words rows);
void mark_rows(const Judged& judged, std::span<const std::uint64_t> units, Words rows);

/// Clears the bits of the rows of those units for which `units` has no bit.
void unmark_rows(const Judged& judged, std::span<const std::uint64_t> units, Words rows);

/// Whether any row of a unit is marked.
bool any_row(const Judged& judged, std::size_t unit, std::span<const std::uint64_t> rows);

/// Resolves every name and text of a condition to codes once. InvalidInput for a field the timeline
/// does not have. The part must outlive the predicate.
Result<PredicatePtr> compile(const question::Condition& condition, const Part& part);

/// `has (...)`.
PredicatePtr has_row(PredicatePtr inner);

/// The conditions that speak of the unit.
PredicatePtr compile_unit(const question::Touches& touches, const Part& part);
PredicatePtr compile_unit(const question::Goes& goes, const Part& part);
PredicatePtr compile_unit(const question::Follows& follows, const Part& part);
PredicatePtr compile_unit(const question::Lasts& lasts, const Part& part);
PredicatePtr compile_unit(const question::Size& size, const Part& part);
PredicatePtr compile_unit(const question::StatusCondition& status, const Part& part);
PredicatePtr compile_unit(const question::PromiseCondition& promise, const Part& part);
Result<PredicatePtr> compile_unit(const question::Reaches& reaches, const Part& part);
PredicatePtr compile_unit(const question::Switches& switches, const Part& part);
PredicatePtr compile_unit(const question::Repeats& repeats, const Part& part);
PredicatePtr compile_unit(const question::Deviates& deviates, const Part& part);

bool compare(double left, question::Comparison comparison, double right);

}  // namespace kokemus::timeline
