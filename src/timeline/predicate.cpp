#include "timeline/predicate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "timeline/predicate_row.h"

namespace kokemus::timeline {
namespace {

using question::Sight;

class HasPredicate final : public UnitPredicate {
public:
    explicit HasPredicate(PredicatePtr inner)
        : UnitPredicate(Sight::Unit, inner->nanoseconds() + 0.1),
          inner_(std::move(inner)) {}

    void narrow_units(const Judged& judged, Words units, WordPool& pool) const override {
        if (inner_->is_of_units()) {
            return inner_->narrow_units(judged, units, pool);
        }
        const auto rows = pool.take(judged.stretch.words());
        mark_rows(judged, units, rows.words());
        inner_->narrow_rows(judged, rows.words(), pool);
        narrow_each_unit(units,
                         [&](std::size_t unit) { return any_row(judged, unit, rows.words()); });
    }

private:
    PredicatePtr inner_;
};

double cost_of(const std::vector<PredicatePtr>& parts) {
    double sum = 0;
    for (const auto& part : parts) {
        sum += part->nanoseconds();
    }
    return sum;
}

Sight sight_of_parts(const std::vector<PredicatePtr>& parts) {
    Sight widest = Sight::Customer;
    for (const auto& part : parts) {
        widest = std::max(widest, part->sight());
    }
    return widest;
}

/// Units or rows: what narrows which.
enum class Of { Units, Rows };

void narrow(Of of, const Predicate& part, const Judged& judged, Words words, WordPool& pool) {
    if (of == Of::Units) {
        part.narrow_units(judged, words, pool);
    } else {
        part.narrow_rows(judged, words, pool);
    }
}

/// A condition made of others, which does the same to rows as to units.
class Junction : public Predicate {
public:
    Junction(Sight sight, double nanoseconds) : Predicate(sight, nanoseconds) {}

    void narrow_units(const Judged& judged, Words units, WordPool& pool) const final {
        narrow_words(Of::Units, judged, units, pool);
    }

    void narrow_rows(const Judged& judged, Words rows, WordPool& pool) const final {
        if (!is_of_units()) {
            return narrow_words(Of::Rows, judged, rows, pool);
        }
        const auto units = pool.take(unit_words(judged));
        all_units(judged, units.words());
        narrow_words(Of::Units, judged, units.words(), pool);
        unmark_rows(judged, units.words(), rows);
    }

private:
    virtual void narrow_words(Of of, const Judged& judged, Words words, WordPool& pool) const = 0;
};

class NotPredicate final : public Junction {
public:
    explicit NotPredicate(PredicatePtr part)
        : Junction(part->sight(), part->nanoseconds()),
          part_(std::move(part)) {}

private:
    void narrow_words(Of of, const Judged& judged, Words words, WordPool& pool) const override {
        const auto held = pool.take(words.size());
        std::ranges::copy(words, held.words().begin());
        narrow(of, *part_, judged, held.words(), pool);
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] &= ~held.words()[word];
        }
    }

    PredicatePtr part_;
};

/// Without parts it holds.
class AndPredicate final : public Junction {
public:
    explicit AndPredicate(std::vector<PredicatePtr> parts)
        : Junction(sight_of_parts(parts), cost_of(parts)),
          parts_(std::move(parts)) {}

private:
    void narrow_words(Of of, const Judged& judged, Words words, WordPool& pool) const override {
        for (const auto& part : parts_) {
            if (!any_bit(words)) {
                return;
            }
            narrow(of, *part, judged, words, pool);
        }
    }

    std::vector<PredicatePtr> parts_;
};

/// Without parts it does not hold.
class OrPredicate final : public Junction {
public:
    explicit OrPredicate(std::vector<PredicatePtr> parts)
        : Junction(sight_of_parts(parts), cost_of(parts)),
          parts_(std::move(parts)) {}

private:
    /// Each part judges only what none before it has let through.
    void narrow_words(Of of, const Judged& judged, Words words, WordPool& pool) const override {
        const auto open = pool.take(words.size());
        std::ranges::copy(words, open.words().begin());
        const auto held = pool.take(words.size());
        for (const auto& part : parts_) {
            if (!any_bit(open.words())) {
                return;
            }
            std::ranges::copy(open.words(), held.words().begin());
            narrow(of, *part, judged, held.words(), pool);
            for (std::size_t word = 0; word < words.size(); ++word) {
                open.words()[word] &= ~held.words()[word];
            }
        }
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] &= ~open.words()[word];
        }
    }

    std::vector<PredicatePtr> parts_;
};

/// Compiles each alternative of a condition; one overload each.
struct Compiler {
    const Part& part;

    Result<PredicatePtr> operator()(const question::TextCondition& condition) const {
        return compile_row(condition, part);
    }

    Result<PredicatePtr> operator()(const question::NumberCondition& condition) const {
        return compile_row(condition, part);
    }

    Result<PredicatePtr> operator()(const question::MakesPromise& makes) const {
        return compile_row(makes, part);
    }

    Result<PredicatePtr> operator()(const question::FirstContact& contact) const {
        return compile_row(contact, part);
    }

    Result<PredicatePtr> operator()(const question::Has& has) const {
        return has_row(TRY(compile(*has.inner, part)));
    }

    Result<PredicatePtr> operator()(const question::Not& negation) const {
        return PredicatePtr(std::make_unique<NotPredicate>(TRY(compile(*negation.part, part))));
    }

    Result<PredicatePtr> operator()(const question::And& junction) const {
        return PredicatePtr(std::make_unique<AndPredicate>(TRY(compile_all(junction.parts))));
    }

    Result<PredicatePtr> operator()(const question::Or& junction) const {
        return PredicatePtr(std::make_unique<OrPredicate>(TRY(compile_all(junction.parts))));
    }

    template <typename UnitCondition>
    Result<PredicatePtr> operator()(const UnitCondition& condition) const {
        return compile_unit(condition, part);
    }

    /// What is said of units first, as it decides many rows at once; then the cheaper ones.
    Result<std::vector<PredicatePtr>> compile_all(
        const std::vector<question::ConditionPtr>& conditions) const {
        std::vector<PredicatePtr> parts;
        parts.reserve(conditions.size());
        for (const auto& condition : conditions) {
            parts.push_back(TRY(compile(*condition, part)));
        }
        std::ranges::stable_sort(parts, [](const PredicatePtr& a, const PredicatePtr& b) {
            return std::pair(!a->is_of_units(), a->nanoseconds()) <
                   std::pair(!b->is_of_units(), b->nanoseconds());
        });
        return parts;
    }
};

}  // namespace

PredicatePtr has_row(PredicatePtr inner) {
    return std::make_unique<HasPredicate>(std::move(inner));
}

Result<PredicatePtr> compile(const question::Condition& condition, const Part& part) {
    return std::visit(Compiler{part}, condition.is);
}

bool compare(double left, question::Comparison comparison, double right) {
    using question::Comparison;
    switch (comparison) {
        case Comparison::Equal: return left == right;
        case Comparison::NotEqual: return left != right;
        case Comparison::Less: return left < right;
        case Comparison::LessOrEqual: return left <= right;
        case Comparison::Greater: return left > right;
        case Comparison::GreaterOrEqual: return left >= right;
    }
    return false;
}

}  // namespace kokemus::timeline
