#include "timeline/predicate.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "timeline/code_set.h"
#include "timeline/text_field.h"

namespace kokemus::timeline {
namespace {

using question::Comparison;

class TextPredicate final : public Predicate {
public:
    TextPredicate(TextField field, CodeSet values, bool negated)
        : field_(field),
          values_(std::move(values)),
          negated_(negated) {}

    void decide(const Block& block, Mask mask) const override {
        std::vector<Code> codes;
        field_.gather(block, codes);
        for (std::size_t i = 0; i < codes.size(); ++i) {
            mask[i] = values_.contains(codes[i]) != negated_;
        }
    }

private:
    TextField field_;
    CodeSet values_;
    bool negated_;
};

/// A score: compared once for each distinct answer.
class ScorePredicate final : public Predicate {
public:
    ScorePredicate(const Part& part, const question::NumberCondition& condition)
        : answers_(part.answer) {
        for (const auto& answer : part.answers) {
            holds_.push_back(compare(answer.score, condition.comparison, condition.number));
        }
    }

    void decide(const Block& block, Mask mask) const override {
        const auto rows = block.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto code = answers_.code_at(rows[i]);
            mask[i] = code ? holds_[*code] : 0;
        }
    }

private:
    const AnswerColumn& answers_;
    std::vector<std::uint8_t> holds_;
};

class NumberPredicate final : public Predicate {
public:
    NumberPredicate(const NumberColumn& column, const question::NumberCondition& condition)
        : column_(column),
          comparison_(condition.comparison),
          number_(condition.number) {}

    void decide(const Block& block, Mask mask) const override {
        const auto rows = block.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto number = column_.at(rows[i]);
            mask[i] = number && compare(*number, comparison_, number_);
        }
    }

private:
    const NumberColumn& column_;
    Comparison comparison_;
    double number_;
};

/// When it was, in milliseconds since 1970.
class TimePredicate final : public Predicate {
public:
    TimePredicate(const TimeColumn& time, const question::NumberCondition& condition)
        : time_(time),
          comparison_(condition.comparison),
          number_(condition.number) {}

    void decide(const Block& block, Mask mask) const override {
        const auto rows = block.rows();
        for (std::size_t i = 0; i < rows.size(); ++i) {
            mask[i] = compare(static_cast<double>(time_[rows[i]]), comparison_, number_);
        }
    }

private:
    const TimeColumn& time_;
    Comparison comparison_;
    double number_;
};

class HasPredicate final : public Predicate {
public:
    explicit HasPredicate(PredicatePtr inner) : inner_(std::move(inner)) {}

    void decide(const Block& block, Mask mask) const override {
        inner_->decide(block, mask);
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const auto rows =
                mask.subspan(block.offsets[unit], block.offsets[unit + 1] - block.offsets[unit]);
            std::ranges::fill(rows, static_cast<std::uint8_t>(std::ranges::count(rows, 1) != 0));
        }
    }

private:
    PredicatePtr inner_;
};

class NotPredicate final : public Predicate {
public:
    explicit NotPredicate(PredicatePtr part) : part_(std::move(part)) {}

    void decide(const Block& block, Mask mask) const override {
        part_->decide(block, mask);
        for (auto& place : mask) {
            place ^= 1U;
        }
    }

private:
    PredicatePtr part_;
};

enum class Junction { And, Or };

/// No parts: And holds, Or does not.
class JunctionPredicate final : public Predicate {
public:
    JunctionPredicate(Junction junction, std::vector<PredicatePtr> parts)
        : junction_(junction),
          parts_(std::move(parts)) {}

    void decide(const Block& block, Mask mask) const override {
        std::ranges::fill(mask, static_cast<std::uint8_t>(junction_ == Junction::And));
        std::vector<std::uint8_t> one(mask.size());
        for (const auto& part : parts_) {
            part->decide(block, one);
            for (std::size_t i = 0; i < mask.size(); ++i) {
                mask[i] = static_cast<std::uint8_t>(junction_ == Junction::And ? mask[i] & one[i]
                                                                               : mask[i] | one[i]);
            }
        }
    }

private:
    Junction junction_;
    std::vector<PredicatePtr> parts_;
};

/// Compiles each alternative of a condition; one overload each.
struct Compiler {
    const Part& part;

    Result<PredicatePtr> operator()(const question::TextCondition& condition) const {
        const auto field = TRY(TextField::find(part, condition.field));
        return PredicatePtr(std::make_unique<TextPredicate>(
            field, CodeSet(field.texts(), condition.values), condition.negated));
    }

    Result<PredicatePtr> operator()(const question::NumberCondition& condition) const {
        const auto& name = condition.field.name;
        if (name == "score") {
            return PredicatePtr(std::make_unique<ScorePredicate>(part, condition));
        }
        if (name == "time") {
            return PredicatePtr(std::make_unique<TimePredicate>(part.time, condition));
        }
        if (name != "value" && name != "duration") {
            return invalid_input(fmt::format("\"{}\" is not a field with numbers", name));
        }
        const auto& column = name == "value" ? part.value : part.duration_seconds;
        return PredicatePtr(std::make_unique<NumberPredicate>(column, condition));
    }

    Result<PredicatePtr> operator()(const question::Has& has) const {
        return PredicatePtr(std::make_unique<HasPredicate>(TRY(compile(*has.inner, part))));
    }

    Result<PredicatePtr> operator()(const question::Not& negation) const {
        return PredicatePtr(std::make_unique<NotPredicate>(TRY(compile(*negation.part, part))));
    }

    Result<PredicatePtr> operator()(const question::And& junction) const {
        return join(Junction::And, junction.parts);
    }

    Result<PredicatePtr> operator()(const question::Or& junction) const {
        return join(Junction::Or, junction.parts);
    }

    template <typename UnitCondition>
    Result<PredicatePtr> operator()(const UnitCondition& condition) const {
        return compile_unit(condition, part);
    }

    Result<PredicatePtr> join(Junction junction,
                              const std::vector<question::ConditionPtr>& conditions) const {
        std::vector<PredicatePtr> parts;
        for (const auto& condition : conditions) {
            parts.push_back(TRY(compile(*condition, part)));
        }
        return PredicatePtr(std::make_unique<JunctionPredicate>(junction, std::move(parts)));
    }
};

}  // namespace

void UnitPredicate::decide(const Block& block, Mask mask) const {
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const auto rows =
            mask.subspan(block.offsets[unit], block.offsets[unit + 1] - block.offsets[unit]);
        std::ranges::fill(rows, static_cast<std::uint8_t>(holds(block, unit)));
    }
}

Result<PredicatePtr> compile(const question::Condition& condition, const Part& part) {
    return std::visit(Compiler{part}, condition.is);
}

bool compare(double left, Comparison comparison, double right) {
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
