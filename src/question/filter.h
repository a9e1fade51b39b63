#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"

namespace kokemus::question {

enum class Comparison { Equal, NotEqual, Less, LessOrEqual, Greater, GreaterOrEqual };

/// What a condition on a field speaks of.
enum class FieldOf {
    /// Touchpoint channel department employee thread score scale value duration stage topic kind
    Encounter,
    Dimension,  ///< a declared dimension whose source is the properties
    Customer,   ///< `customer` itself, or a declared dimension whose source is the traits
};

/// A field, resolved against the blueprint. `name` is the canonical spelling ("channel", "plan").
struct Field {
    FieldOf of = FieldOf::Encounter;
    std::string name;
};

/// field = 'a', field in ('a','b'), field != 'a' (negated). Text fields only. '' matches an absent
/// value.
struct TextCondition {
    Field field;
    std::vector<std::string> values;
    bool negated = false;
};

/// score <= 2. Numeric fields: score, value, duration (seconds). Encounters without the number
/// never match.
struct NumberCondition {
    Field field;
    Comparison comparison = Comparison::Equal;
    double number = 0;
};

/// `touches 'a'`, `touches ('a','b')`: the unit has an encounter at one of these touchpoints.
struct Touches {
    std::vector<std::string> touchpoints;
};

/// `goes 'a' -> 'b'`: b directly follows a in the unit; "START" and "END" allowed.
struct Goes {
    std::string from;
    std::string to;
};

/// `follows ('a','b','c')`: the unit is exactly this sequence. `collapsed`: with repeats counted
/// once (`follows collapsed (...)`).
struct Follows {
    std::vector<std::string> path;
    bool collapsed = false;
};

/// `lasts > 3d`: time from the unit's first to its last encounter.
struct Lasts {
    Comparison comparison = Comparison::Greater;
    Milliseconds duration{};
};

/// `encounters >= 5`: how many encounters the unit has.
struct Size {
    Comparison comparison = Comparison::GreaterOrEqual;
    double count = 0;
};

enum class EpisodeStatus { Completed, Abandoned, Open };

/// `status = completed`, `status in (abandoned, open)`. Units that are no episodes are `open`.
struct StatusCondition {
    std::vector<EpisodeStatus> statuses;
    bool negated = false;
};

/// AtRisk is the part of Open that is due soon
enum class PromiseOutcome { Kept, Late, Broken, Open, AtRisk };

/// `promise 'delivery' is late`, `promise 'delivery' is (late, broken)`: the unit holds such a
/// promise.
struct PromiseCondition {
    std::string promise;  ///< empty: any promise
    std::vector<PromiseOutcome> outcomes;
};

/// `reaches ('a'|'b','c') within 7d` with as many steps as given, and `stops ('a','b','c') at 2
/// within 7d`: got exactly that far.
struct Reaches {
    std::vector<std::vector<std::string>> steps;
    std::optional<Milliseconds> within;
    int exactly = 0;  ///< 0: reaches all steps; k: reaches step k and no later one
};

/// `switches`, `switches 'web' -> 'phone'`, `switches forced`, `repeats`: see DESIGN section 6.
struct Switches {
    std::string from_channel;  ///< empty: any
    std::string to_channel;
    bool forced = false;
};

struct Repeats {
    Milliseconds within = std::chrono::hours(24 * 7);
};

struct Condition;
using ConditionPtr = std::shared_ptr<const Condition>;

/// `has (channel = 'phone' and score <= 2)`: the unit has an encounter for which the inner
/// condition holds.
struct Has {
    ConditionPtr inner;
};

struct And {
    std::vector<ConditionPtr> parts;
};

struct Or {
    std::vector<ConditionPtr> parts;
};

struct Not {
    ConditionPtr part;
};

/// A filter: decides for each encounter, with its customer and its unit at hand, whether it counts.
/// Conditions on the unit (touches, goes, lasts, ...) look at the whole unit before any filter and
/// are equal for all its encounters.
struct Condition {
    std::variant<TextCondition, NumberCondition, Touches, Goes, Follows, Lasts, Size,
                 StatusCondition, PromiseCondition, Reaches, Switches, Repeats, Has, And, Or, Not>
        is;
};

}  // namespace kokemus::question
