#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
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

    friend bool operator==(const Field&, const Field&) = default;
};

/// field = 'a', field in ('a','b'), field != 'a' (negated). Text fields only. '' matches an absent
/// value.
struct TextCondition {
    Field field;
    std::vector<std::string> values;
    bool negated = false;

    friend bool operator==(const TextCondition&, const TextCondition&) = default;
};

/// score <= 2. Numeric fields: score, value, duration (seconds), and time (when it was;
/// milliseconds since 1970, whole). Encounters without the number never match.
struct NumberCondition {
    Field field;
    Comparison comparison = Comparison::Equal;
    double number = 0;

    friend bool operator==(const NumberCondition&, const NumberCondition&) = default;
};

/// `touches 'a'`, `touches ('a','b')`: the unit has an encounter at one of these touchpoints.
struct Touches {
    std::vector<std::string> touchpoints;

    friend bool operator==(const Touches&, const Touches&) = default;
};

/// `goes 'a' -> 'b'`: b directly follows a in the unit; "START" and "END" allowed.
struct Goes {
    std::string from;
    std::string to;

    friend bool operator==(const Goes&, const Goes&) = default;
};

/// `follows ('a','b','c')`: the unit is exactly this sequence. `collapsed`: with repeats counted
/// once (`follows collapsed (...)`).
struct Follows {
    std::vector<std::string> path;
    bool collapsed = false;

    friend bool operator==(const Follows&, const Follows&) = default;
};

/// `lasts > 3d`: time from the unit's first to its last encounter.
struct Lasts {
    Comparison comparison = Comparison::Greater;
    Milliseconds duration{};

    friend bool operator==(const Lasts&, const Lasts&) = default;
};

/// `encounters >= 5`: how many encounters the unit has.
struct Size {
    Comparison comparison = Comparison::GreaterOrEqual;
    double count = 0;

    friend bool operator==(const Size&, const Size&) = default;
};

enum class EpisodeStatus { Completed, Abandoned, Open };

/// `status = completed`, `status in (abandoned, open)`. Units that are no episodes are `open`.
struct StatusCondition {
    std::vector<EpisodeStatus> statuses;
    bool negated = false;

    friend bool operator==(const StatusCondition&, const StatusCondition&) = default;
};

/// AtRisk is the part of Open that is due soon
enum class PromiseOutcome { Kept, Late, Broken, Open, AtRisk };

/// `promise 'delivery' is late`, `promise 'delivery' is (late, broken)`: the unit holds such a
/// promise.
struct PromiseCondition {
    std::string promise;  ///< empty: any promise
    std::vector<PromiseOutcome> outcomes;

    friend bool operator==(const PromiseCondition&, const PromiseCondition&) = default;
};

/// `reaches ('a'|'b','c') within 7d` with as many steps as given, and `stops ('a','b','c') at 2
/// within 7d`: got exactly that far.
struct Reaches {
    std::vector<std::vector<std::string>> steps;
    std::optional<Milliseconds> within;
    int exactly = 0;  ///< 0: reaches all steps; k: reaches step k and no later one

    friend bool operator==(const Reaches&, const Reaches&) = default;
};

/// `switches`, `switches 'web' -> 'phone'`, `switches forced`, `repeats`: see DESIGN section 6.
struct Switches {
    std::string from_channel;  ///< empty: any
    std::string to_channel;
    bool forced = false;

    friend bool operator==(const Switches&, const Switches&) = default;
};

struct Repeats {
    Milliseconds within = std::chrono::hours(24 * 7);

    friend bool operator==(const Repeats&, const Repeats&) = default;
};

/// A way in which a unit is not as a path was designed.
enum class Deviation {
    Any,
    LeftOut,  ///< designed oftener than it is there
    PutIn,    ///< there oftener than it is designed
    Moved,    ///< there and designed, but at another place among the others
};

/// `deviates from 'buying'`, `deviates from 'buying' without 'paid'` (or `adding`, or `moving`):
/// the unit is not the journey's designed path, or not in this way (shape/deviation.h says which).
struct Deviates {
    std::string journey;
    std::vector<std::string> path;  ///< of the journey, from the blueprint it was read with
    Deviation deviation = Deviation::Any;
    std::string touchpoint;  ///< empty: of Any

    friend bool operator==(const Deviates&, const Deviates&) = default;
};

/// `has (promise 'delivery' is late)`: this very encounter made such a promise. In `has` only; the
/// same words elsewhere speak of the unit.
struct MakesPromise {
    std::string promise;  ///< empty: any promise
    std::vector<PromiseOutcome> outcomes;

    friend bool operator==(const MakesPromise&, const MakesPromise&) = default;
};

/// `has (first contact within 7d)`: this very encounter is a contact, and the first about its
/// topic: the customer has had none in the time before. `repeated`, `has (repeats within 7d)`: and
/// another came in the time after. In `has` only.
struct FirstContact {
    Milliseconds within = std::chrono::hours(24 * 7);
    bool repeated = false;

    friend bool operator==(const FirstContact&, const FirstContact&) = default;
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
/// Conditions on the unit (touches, goes, lasts, ...) look at the whole unit before any filter, per
/// customer at all that lies in the range, and are equal for all its encounters.
struct Condition {
    std::variant<TextCondition, NumberCondition, Touches, Goes, Follows, Lasts, Size,
                 StatusCondition, PromiseCondition, Reaches, Switches, Repeats, Deviates,
                 MakesPromise, FirstContact, Has, And, Or, Not>
        is;
};

/// Whether both are of one shape: the same conditions in the same order. Null equals null only.
bool equal(const ConditionPtr& a, const ConditionPtr& b);

/// A condition to share.
template <typename Is>
ConditionPtr make_condition(Is is) {
    return std::make_shared<const Condition>(Condition{std::move(is)});
}

/// Both: either alone when the other is null; parts of an And on either side are put side by side.
ConditionPtr both(const ConditionPtr& a, const ConditionPtr& b);

/// What a condition needs to be decided.
enum class Sight {
    Customer,   ///< who it was: the same for all encounters of a customer
    Unit,       ///< the whole unit
    Encounter,  ///< this very encounter
};

/// The widest of its parts: Encounter before Unit before Customer. Null sees nothing of an
/// encounter: Customer.
Sight sight_of(const ConditionPtr& condition);

}  // namespace kokemus::question
