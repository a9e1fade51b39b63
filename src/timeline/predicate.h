#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "base/result.h"
#include "question/filter.h"
#include "timeline/block.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// 1 for each row of a block that a condition holds for, 0 for the others.
using Mask = std::span<std::uint8_t>;

/// A compiled condition: decides for all rows of a block at once. Const and thread safe.
class Predicate {
public:
    Predicate() = default;
    Predicate(const Predicate&) = delete;
    Predicate& operator=(const Predicate&) = delete;
    virtual ~Predicate() = default;

    /// Fills `mask`, which has one place per row of the block.
    virtual void decide(const Block& block, Mask mask) const = 0;
};

using PredicatePtr = std::unique_ptr<const Predicate>;

/// A condition on the unit, decided once for each and equal for all its rows.
class UnitPredicate : public Predicate {
public:
    void decide(const Block& block, Mask mask) const final;
    virtual bool holds(const Block& block, std::size_t unit) const = 0;
};

/// Resolves every name and text of a condition to codes once. InvalidInput for a field the part
/// does not have. The part must outlive the predicate.
Result<PredicatePtr> compile(const question::Condition& condition, const Part& part);

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

bool compare(double left, question::Comparison comparison, double right);

}  // namespace kokemus::timeline
