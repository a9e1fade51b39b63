#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "answer/causes.h"
#include "answer/conformance.h"
#include "answer/drivers.h"
#include "answer/league.h"
#include "answer/promise_answers.h"
#include "base/instant.h"
#include "metric/definition.h"
#include "metric/value.h"
#include "promise/standing.h"
#include "question/counts.h"
#include "question/question.h"

/// Answers as plain data: what docs/answers.md writes as JSON. Every list stands in the order said
/// there. `drill` is the question that lists exactly the episodes behind a number.
namespace kokemus::answer {

using metric::Value;

/// A distribution of times, in seconds; absent where there is none.
struct Seconds {
    std::uint64_t n = 0;
    std::optional<double> mean;    ///< exact
    std::optional<double> median;  ///< within 1 %
    std::optional<double> p90;
};

/// The one thing an answer says: which sentence, with which values, and the sentence in English.
struct Finding {
    using Content = std::variant<std::string, double, std::uint64_t>;
    std::string id;
    std::vector<std::pair<std::string, Content>> values;  ///< in the order of docs/answers.md
    std::string text;
};

struct FlowNode {
    std::string touchpoint;
    std::uint64_t encounters = 0, units = 0, customers = 0;
    std::optional<double> share;  ///< of all units
    std::string stage, channel, owner;
    bool in_blueprint = false;
    double position = 0;  ///< mean place in the unit, 0..1
    Value experience;     ///< of the scores given here
    std::string drill;
};

struct FlowEdge {
    std::string from, to;
    std::uint64_t count = 0, units = 0, customers = 0;
    std::optional<double> share;
    std::uint64_t forced = 0;
    Seconds seconds;
    Value experience;  ///< of the units that go this way
    std::string drill;
};

struct Flow {
    std::vector<FlowNode> nodes;
    std::vector<FlowEdge> edges;
    Value experience;
    bool counts_only = false;  ///< of nodes only encounters are counted, of edges only `count`
};

struct VariantRow {
    std::vector<std::string> path;
    std::uint64_t count = 0, customers = 0;
    double share = 0, running = 0;
    Seconds seconds;
    Value experience;
    std::string drill;
};

struct Variants {
    std::vector<VariantRow> rows;
    std::uint64_t distinct = 0, other_variants = 0, other_count = 0;
    double other_share = 0;
    std::uint64_t total = 0;
};

struct FunnelStep {
    std::vector<std::string> touchpoints;
    std::uint64_t units = 0, customers = 0;
    Value share, from_previous;
    Seconds seconds;  ///< from step 1
    std::uint64_t lost = 0;
    std::vector<std::pair<std::string, std::uint64_t>> instead;  ///< most first, then by name
    std::string drill, lost_drill;                               ///< the last step loses nobody: ""
};

struct Funnel {
    std::optional<Milliseconds> within;
    std::vector<FunnelStep> steps;
};

struct TrendPoint {
    Instant start{}, end{};
    std::string label;      ///< the local day it starts on
    bool complete = false;  ///< neither the range nor what is known ends inside
    Value value;
    std::uint64_t encounters = 0;
    std::string drill;
};

struct Trend {
    metric::Definition metric;
    question::Grain grain = question::Grain::Week;
    Value total;
    std::string drill;  ///< the units behind the total
    std::vector<TrendPoint> points;
};

struct BreakdownGroup {
    std::string value;
    Value estimate;
    std::uint64_t encounters = 0;
    std::string drill;
};

struct Breakdown {
    metric::Definition metric;
    std::string by;
    Value total;
    std::vector<BreakdownGroup> groups;  ///< worst first, those with too few answers last
};

struct PromiseRow {
    promise::Standing standing;
    Value kept_rate;
    Value after_kept, after_late, after_broken;  ///< experience of the units holding such a promise
    std::string drill_kept, drill_late, drill_broken, drill_open, drill_at_risk;
};

struct Promises {
    Instant now{};
    std::vector<PromiseRow> rows;
};

struct SwitchRow {
    std::string from, to;
    std::uint64_t count = 0, units = 0, customers = 0, forced = 0;
    Value experience;
    std::string drill, drill_forced;
};

struct RepeatRow {
    std::string topic;  ///< "" in the row over all topics
    std::uint64_t contacts = 0;
    Value again;                     ///< repeats of the first contacts whose window is over
    Value first_contact_resolution;  ///< no repeat within the window, with censoring
    std::string drill_contacts, drill_again;
};

struct Switches {
    Value units_with_switch, forced;
    std::string drill_units_with_switch, drill_forced;
    std::vector<SwitchRow> rows;
    Milliseconds window{};
    RepeatRow repeats;
    std::vector<RepeatRow> topics;
};

struct Episodes {
    std::uint64_t total = 0;
    std::size_t offset = 0, limit = 0;
    std::vector<question::EpisodeRow> rows;
};

struct TimelineEncounter {
    question::TimelineRow row;
    std::string channel_kind;  ///< "" when the blueprint does not know the channel
    std::string stage;
    std::optional<double> experience;  ///< the score moved to -3..+3
    bool in_blueprint = false, visible = true;
};

struct Timeline {
    std::string customer;
    std::uint64_t total = 0;
    std::size_t offset = 0, limit = 0;
    std::vector<TimelineEncounter> rows;
};

struct Group;

/// `by FIELD`: the same question once per value.
struct ByValue {
    std::string by;
    std::vector<Group> groups;       ///< most encounters first
    std::uint64_t other_values = 0;  ///< that have no group of their own
};

using Body =
    std::variant<Flow, Variants, Funnel, Trend, Breakdown, Promises, Switches, Episodes, Timeline,
                 Drivers, Lateness, Foresight, Conformance, LeagueTable, Causes, ByValue>;

/// Groups that are not shown, as they tell of single customers (small_groups.h).
struct Withheld {
    std::uint64_t fewer_than = 0;  ///< customers
    std::uint64_t rows = 0;
};

struct Answer {
    question::Question asked;
    std::string question;  ///< its canonical text
    question::Population population;
    Finding finding;
    Body body;
    /// The number of the blueprint it was computed under; 0: one that is kept nowhere
    std::int64_t blueprint_version = 0;
    std::optional<Withheld> withheld = {};  ///< none: everything is there
};

struct Group {
    std::string value;
    Answer answer;
};

}  // namespace kokemus::answer
