#include "question/filter.h"

#include <algorithm>
#include <type_traits>

namespace kokemus::question {
namespace {

bool equal(const std::vector<ConditionPtr>& a, const std::vector<ConditionPtr>& b) {
    return std::ranges::equal(
        a, b, [](const auto& left, const auto& right) { return question::equal(left, right); });
}

/// Compares two conditions of one type.
template <typename Is>
bool equal_as(const Is& a, const Is& b) {
    if constexpr (std::is_same_v<Is, And> || std::is_same_v<Is, Or>) {
        return equal(a.parts, b.parts);
    } else if constexpr (std::is_same_v<Is, Not>) {
        return question::equal(a.part, b.part);
    } else if constexpr (std::is_same_v<Is, Has>) {
        return question::equal(a.inner, b.inner);
    } else {
        return a == b;
    }
}

void put_parts(std::vector<ConditionPtr>& parts, const ConditionPtr& condition) {
    if (const auto* inner = std::get_if<And>(&condition->is)) {
        parts.insert(parts.end(), inner->parts.begin(), inner->parts.end());
    } else {
        parts.push_back(condition);
    }
}

Sight widest(const std::vector<ConditionPtr>& parts) {
    Sight widest = Sight::Customer;
    for (const ConditionPtr& part : parts) {
        widest = std::max(widest, sight_of(part));
    }
    return widest;
}

}  // namespace

bool equal(const ConditionPtr& a, const ConditionPtr& b) {
    if (a == nullptr || b == nullptr) {
        return a == b;
    }
    return a == b || (a->is.index() == b->is.index() &&
                      std::visit(
                          [&b](const auto& left) {
                              return equal_as(left, std::get<std::decay_t<decltype(left)>>(b->is));
                          },
                          a->is));
}

ConditionPtr both(const ConditionPtr& a, const ConditionPtr& b) {
    if (a == nullptr || b == nullptr) {
        return a == nullptr ? b : a;
    }
    And together;
    put_parts(together.parts, a);
    put_parts(together.parts, b);
    return make_condition(std::move(together));
}

Sight sight_of(const ConditionPtr& condition) {
    if (condition == nullptr) {
        return Sight::Customer;
    }
    return std::visit(
        [](const auto& is) {
            using Is = std::decay_t<decltype(is)>;
            if constexpr (std::is_same_v<Is, TextCondition> ||
                          std::is_same_v<Is, NumberCondition>) {
                return is.field.of == FieldOf::Customer ? Sight::Customer : Sight::Encounter;
            } else if constexpr (std::is_same_v<Is, MakesPromise> ||
                                 std::is_same_v<Is, FirstContact>) {
                return Sight::Encounter;
            } else if constexpr (std::is_same_v<Is, And> || std::is_same_v<Is, Or>) {
                return widest(is.parts);
            } else if constexpr (std::is_same_v<Is, Not>) {
                return sight_of(is.part);
            } else {
                return Sight::Unit;
            }
        },
        condition->is);
}

}  // namespace kokemus::question
