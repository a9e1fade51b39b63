#include "random_world.h"

#include <ostream>

namespace kokemus::reference {

using blueprint::ChannelKind;
using blueprint::DimensionSource;
using blueprint::MetricKind;
using std::chrono::hours;

namespace {

const std::vector<std::string> touchpoints = {"a", "b", "c", "d", "e", "unknown"};
const std::vector<std::string> channels = {"", "web", "bot", "phone", "mail", "fax"};
const std::vector<std::string> threads = {"", "t1", "t2"};
const Instant begin = std::chrono::sys_days(std::chrono::year(2026) / 3 / 20);

template <typename T>
const T& one_of(const std::vector<T>& all, int which) {
    return all[static_cast<std::size_t>(which) % all.size()];
}

blueprint::Touchpoint touchpoint(const std::string& name, const std::string& channel,
                                 const std::string& topic, const std::string& stage) {
    blueprint::Touchpoint out;
    out.name = name;
    out.channel = channel;
    out.topic = topic;
    out.stage = stage;
    out.owner = stage.empty() ? "" : "D" + stage;
    return out;
}

blueprint::Metric metric(const std::string& name, MetricKind kind) {
    blueprint::Metric out;
    out.name = name;
    out.kind = kind;
    return out;
}

std::vector<blueprint::Journey> journeys() {
    blueprint::Journey plain;
    plain.name = "plain";
    plain.starts = {"a", "b"};
    plain.ends = {"d"};
    plain.silence = hours(12);
    plain.path = {"a", "b", "c", "d"};
    blueprint::Journey threaded;
    threaded.name = "threaded";
    threaded.starts = {"a"};
    threaded.ends = {"c", "unknown"};
    threaded.thread = true;
    threaded.within = hours(24);
    blueprint::Journey both;
    both.name = "start and end";
    both.starts = {"a", "c"};
    both.ends = {"c", "e"};
    both.path = {"a", "b", "a", "e"};
    return {plain, threaded, both};
}

std::vector<blueprint::Promise> promises() {
    blueprint::Promise anywhere;
    anywhere.name = "visit";
    anywhere.kept = {"d", "e"};
    blueprint::Promise by_rule;
    by_rule.name = "answer";
    by_rule.made = {"a", "d"};
    by_rule.kept = {"c", "a"};
    by_rule.within = hours(12);
    by_rule.at_risk = hours(6);
    return {anywhere, by_rule};
}

std::vector<blueprint::Metric> metrics() {
    auto nps = metric("nps", MetricKind::Nps);
    nps.scale = "nps";
    auto csat = metric("csat", MetricKind::Csat);
    csat.scale = "ces7";
    csat.touchpoints = {"a", "c"};
    auto visits = metric("visits kept", MetricKind::Kept);
    visits.promise = "visit";
    auto calls = metric("contact rate at c", MetricKind::ContactRate);
    calls.touchpoints = {"c"};
    auto completion = metric("completion", MetricKind::Completion);
    completion.journey = "threaded";
    auto plain = metric("plain completion", MetricKind::Completion);
    plain.journey = "plain";
    return {nps,
            csat,
            metric("mean", MetricKind::Mean),
            metric("kept", MetricKind::Kept),
            visits,
            metric("contact rate", MetricKind::ContactRate),
            calls,
            completion,
            plain};
}

}  // namespace

blueprint::Blueprint awkward_blueprint() {
    blueprint::Blueprint out;
    out.time_zone = "Europe/Helsinki";
    out.channels = {{"web", ChannelKind::SelfService},
                    {"bot", ChannelKind::Bot},
                    {"phone", ChannelKind::Human},
                    {"mail", ChannelKind::Message}};
    out.touchpoints = {touchpoint("a", "web", "T", "1"),
                       touchpoint("b", "bot", "T", "1"),
                       touchpoint("c", "phone", "T", "2"),
                       touchpoint("d", "phone", "", ""),
                       touchpoint("e", "", "", "2")};
    out.touchpoints[3].contact = false;
    out.touchpoints[4].contact = true;
    out.scales = {{"nps", 0, 10, true}, {"ces7", 1, 7, false}};
    out.journeys = journeys();
    out.promises = promises();
    out.metrics = metrics();
    out.dimensions = {{"colour", DimensionSource::Properties, "c"},
                      {"plan", DimensionSource::Traits, "tariff"}};
    return out;
}

std::ostream& operator<<(std::ostream& out, const Drawn& drawn) {
    return out << "Drawn{" << drawn.customer << "," << drawn.touchpoint << "," << drawn.half_hours
               << "," << drawn.half_days << "," << drawn.months << "," << drawn.sequence << ","
               << drawn.channel << "," << drawn.thread << "," << drawn.score << "," << drawn.extra
               << "," << drawn.due << "}";
}

World make_world(const std::vector<Drawn>& drawn) {
    World world;
    world.blueprint = awkward_blueprint();
    for (const auto& each : drawn) {
        ledger::Entry entry;
        entry.number = world.entries.size() + 1;
        auto& encounter = entry.encounter;
        // Ids that do not stand in the order of arrival, unique all the same.
        encounter.id = encounter::EncounterId(std::to_string((world.entries.size() * 7919) % 1000) +
                                              "/" + std::to_string(entry.number));
        encounter.customer = encounter::CustomerName("c" + std::to_string(each.customer));
        encounter.time = begin + each.half_hours * std::chrono::minutes(30) +
                         each.half_days * hours(12) + each.months * hours(24 * 20);
        encounter.sequence = static_cast<std::uint64_t>(each.sequence);
        encounter.touchpoint = one_of(touchpoints, each.touchpoint);
        encounter.channel = one_of(channels, each.channel);
        encounter.thread = encounter::ThreadName(one_of(threads, each.thread));
        if (each.score > 0) {
            encounter.score = (each.score - 1) / 2.0;
            encounter.scale = (each.extra & 1) != 0 ? "ces7" : each.score == 9 ? "own" : "nps";
        }
        if ((each.extra & 2) != 0) {
            encounter.value = each.touchpoint * 2.5;
            encounter.duration_seconds = each.half_hours;
        }
        if ((each.extra & 4) != 0) {
            encounter.properties = each.touchpoint % 2 == 0 ? R"({"c":"red"})"
                                   : each.touchpoint == 1   ? R"({"c":"2.5"})"
                                   : each.touchpoint == 3   ? R"({"c":"0"})"
                                                            : R"({"c":"blue"})";
        }
        if ((each.extra & 8) != 0) {
            encounter.employee = "E" + std::to_string(each.touchpoint);
            encounter.department = "own department";
        }
        if (each.due > 0) {
            encounter.due["visit"] = encounter.time + (each.due - 1) * hours(6);
        }
        if (each.due == 4) {
            encounter.due["answer"] = encounter.time + hours(1);
            encounter.due["nobody knows"] = encounter.time;
        }
        world.entries.push_back(entry);
    }
    world.customers = {{encounter::CustomerName("c1"), {{"tariff", "gold"}}},
                       {encounter::CustomerName("c2"), {{"tariff", "basic"}, {"x", "y"}}},
                       {encounter::CustomerName("without encounters"), {{"tariff", "gold"}}}};
    return world;
}

question::Field make_field(Choices& choices) {
    using question::FieldOf;
    const std::vector<question::Field> fields = {{FieldOf::Encounter, "touchpoint"},
                                                 {FieldOf::Encounter, "channel"},
                                                 {FieldOf::Customer, "plan"},
                                                 {FieldOf::Dimension, "colour"},
                                                 {FieldOf::Encounter, "department"},
                                                 {FieldOf::Encounter, "employee"},
                                                 {FieldOf::Encounter, "thread"},
                                                 {FieldOf::Encounter, "scale"},
                                                 {FieldOf::Encounter, "stage"},
                                                 {FieldOf::Encounter, "topic"},
                                                 {FieldOf::Encounter, "kind"},
                                                 {FieldOf::Customer, "customer"}};
    return one_of(fields, choices.pick(12));
}

namespace {

question::ConditionPtr condition(auto is) {
    return std::make_shared<const question::Condition>(question::Condition{std::move(is)});
}

std::vector<std::string> some(const std::vector<std::string>& texts, Choices& choices) {
    std::vector<std::string> out;
    for (int left = choices.pick(3); left >= 0; --left) {
        out.push_back(one_of(texts, choices.pick(static_cast<int>(texts.size()))));
    }
    return out;
}

std::vector<std::vector<std::string>> some_steps(Choices& choices) {
    std::vector<std::vector<std::string>> steps;
    for (int left = choices.pick(4); left >= 0; --left) {
        steps.push_back(some(touchpoints, choices));
    }
    return steps;
}

std::optional<Milliseconds> some_window(Choices& choices) {
    const int which = choices.pick(4);
    return which == 0 ? std::nullopt : std::optional<Milliseconds>(which * hours(6));
}

question::Comparison some_comparison(Choices& choices) {
    return static_cast<question::Comparison>(choices.pick(6));
}

question::ConditionPtr text_condition(Choices& choices) {
    const std::vector<std::string> values = {
        "",    "a",      "b", "unknown", "web", "phone", "gold", "red",   "t1",
        "nps", "1",      "T", "human",   "c1",  "D1",    "E2",   "basic", "own department",
        "d",   "nothing"};
    const auto field = make_field(choices);
    return condition(question::TextCondition{field, some(values, choices), choices.pick(2) == 1});
}

question::ConditionPtr number_condition(Choices& choices) {
    const std::vector<std::string> fields = {"score", "value", "duration", "time"};
    const auto field = one_of(fields, choices.pick(4));
    const int number = choices.pick(6);
    const Instant time = begin + number * hours(12);
    return condition(question::NumberCondition{
        {question::FieldOf::Encounter, field},
        some_comparison(choices),
        field == "time" ? static_cast<double>(time.time_since_epoch().count()) : number / 2.0});
}

question::ConditionPtr goes(Choices& choices) {
    auto ends = touchpoints;
    ends.insert(ends.begin(), "START");
    ends.push_back("END");
    const auto from = one_of(ends, choices.pick(8));
    return condition(question::Goes{from, one_of(ends, choices.pick(8))});
}

question::ConditionPtr status(Choices& choices) {
    std::vector<question::EpisodeStatus> statuses;
    for (int left = choices.pick(2); left >= 0; --left) {
        statuses.push_back(static_cast<question::EpisodeStatus>(choices.pick(3)));
    }
    return condition(question::StatusCondition{statuses, choices.pick(2) == 1});
}

question::ConditionPtr promise(Choices& choices) {
    const std::vector<std::string> names = {"", "visit", "answer", "none such"};
    question::PromiseCondition out;
    out.promise = one_of(names, choices.pick(4));
    for (int left = choices.pick(2); left >= 0; --left) {
        out.outcomes.push_back(static_cast<question::PromiseOutcome>(choices.pick(5)));
    }
    return condition(out);
}

/// A condition on an encounter that has no field.
question::ConditionPtr made_or_first(Choices& choices) {
    if (choices.pick(2) == 0) {
        const bool repeated = choices.pick(2) == 1;
        return condition(question::FirstContact{choices.pick(4) * hours(12), repeated});
    }
    const auto of_unit = promise(choices);
    const auto& words = std::get<question::PromiseCondition>(of_unit->is);
    return condition(question::MakesPromise{words.promise, words.outcomes});
}

question::ConditionPtr reaches(Choices& choices) {
    question::Reaches out;
    out.steps = some_steps(choices);
    out.within = some_window(choices);
    out.exactly = choices.pick(static_cast<int>(out.steps.size()) + 1);
    return condition(out);
}

question::ConditionPtr switches(Choices& choices) {
    const auto from = one_of(channels, choices.pick(6));
    const auto to = one_of(channels, choices.pick(6));
    return condition(question::Switches{from, to, choices.pick(2) == 1});
}

question::ConditionPtr deviates(Choices& choices) {
    static const auto all = journeys();
    const auto& journey = all[choices.pick(2) == 0 ? 0 : 2];
    const auto deviation = static_cast<question::Deviation>(choices.pick(4));
    const auto touchpoint = one_of(touchpoints, choices.pick(5));
    return condition(question::Deviates{journey.name,
                                        journey.path,
                                        deviation,
                                        deviation == question::Deviation::Any ? "" : touchpoint});
}

question::ConditionPtr unit_condition(Choices& choices) {
    switch (choices.pick(11)) {
        case 0: return condition(question::Touches{some(touchpoints, choices)});
        case 1: return goes(choices);
        case 2: {
            const auto path = some(touchpoints, choices);
            return condition(question::Follows{path, choices.pick(2) == 1});
        }
        case 3: {
            const auto comparison = some_comparison(choices);
            return condition(question::Lasts{comparison, choices.pick(4) * hours(6)});
        }
        case 4: {
            const auto comparison = some_comparison(choices);
            return condition(question::Size{comparison, static_cast<double>(choices.pick(5))});
        }
        case 5: return status(choices);
        case 6: return promise(choices);
        case 7: return reaches(choices);
        case 8: return switches(choices);
        case 9: return deviates(choices);
        default: return condition(question::Repeats{choices.pick(4) * hours(12)});
    }
}

question::ConditionPtr some_condition(Choices& choices, int depth) {
    switch (choices.pick(depth > 0 ? 9 : 5)) {
        case 0: return text_condition(choices);
        case 1: return number_condition(choices);
        case 2:
        case 3: return unit_condition(choices);
        case 4: return made_or_first(choices);
        case 5: return condition(question::Has{some_condition(choices, depth - 1)});
        case 6: return condition(question::Not{some_condition(choices, depth - 1)});
        default: {
            std::vector<question::ConditionPtr> parts;
            for (int left = choices.pick(3); left > 0; --left) {
                parts.push_back(some_condition(choices, depth - 1));
            }
            return choices.pick(2) == 0 ? condition(question::And{parts})
                                        : condition(question::Or{parts});
        }
    }
}

Instant some_time(Choices& choices) {
    return begin + choices.pick(8) * hours(12) + choices.pick(3) * hours(24 * 20);
}

question::Unit some_unit(Choices& choices) {
    using question::UnitKind;
    const std::vector<question::Unit> units = {{UnitKind::Customer, ""},
                                               {UnitKind::Thread, ""},
                                               {UnitKind::Journey, "plain"},
                                               {UnitKind::Journey, "threaded"},
                                               {UnitKind::Journey, "start and end"}};
    return one_of(units, choices.pick(5));
}

}  // namespace

question::Question make_question(question::Kind kind, Choices& choices) {
    question::Question out;
    out.kind = kind;
    out.per = some_unit(choices);
    const int ends = choices.pick(4);
    if ((ends & 1) != 0) {
        out.range.from = some_time(choices);
    }
    if ((ends & 2) != 0) {
        out.range.to = some_time(choices);
    }
    if (choices.pick(2) == 1) {
        out.where = some_condition(choices, 2);
    }
    if (choices.pick(4) == 1) {
        out.having = some_condition(choices, 1);
    }
    static const auto all_metrics = metrics();
    out.metric = one_of(all_metrics, choices.pick(9)).name;
    out.grain = static_cast<question::Grain>(choices.pick(3));
    out.by = make_field(choices);
    out.collapse = choices.pick(2) == 1;
    out.steps = some_steps(choices);
    out.within = some_window(choices);
    if (kind == question::Kind::Causes) {
        out.steps.resize(1);
    }
    const std::vector<std::string> promise_names = {"", "visit", "answer"};
    out.promise = one_of(promise_names, choices.pick(3));
    out.customer = "c" + std::to_string(choices.pick(5));
    out.limit = static_cast<std::size_t>(choices.pick(4));
    out.offset = static_cast<std::size_t>(choices.pick(3));
    return out;
}

namespace {

question::Factor make_factor(const question::Question& question, Choices& choices) {
    using question::FactorOf;
    static const std::vector<std::string> some_promises = {"visit", "answer"};
    static const std::vector<std::string> scales = {"nps", "ces7"};
    static const std::vector<question::Field> dimensions = {
        {question::FieldOf::Dimension, "colour"}, {question::FieldOf::Customer, "plan"}};
    static const auto all_metrics = metrics();
    question::Factor factor;
    factor.of = static_cast<FactorOf>(choices.pick(17));
    factor.touchpoints = some(touchpoints, choices);
    factor.to = some(touchpoints, choices);
    factor.forced = choices.pick(2) == 1;
    factor.zero_missing = choices.pick(2) == 1;
    factor.within = choices.pick(4) * hours(12);
    switch (factor.of) {
        case FactorOf::If: factor.condition = some_condition(choices, 1); break;
        case FactorOf::Late:
        case FactorOf::Early: factor.name = one_of(some_promises, choices.pick(2)); break;
        case FactorOf::Mean: factor.name = one_of(scales, choices.pick(2)); break;
        case FactorOf::Number: factor.field = one_of(dimensions, choices.pick(2)); break;
        case FactorOf::Distinct:
        case FactorOf::Category: do { factor.field = make_field(choices);
            } while (factor.field->name == "customer" || factor.field->name == "thread");
            break;
        case FactorOf::Metric: {
            const auto& metric = one_of(all_metrics, choices.pick(9));
            const bool fits =
                metric.kind != MetricKind::Completion ||
                question.per == question::Unit{question::UnitKind::Journey, metric.journey};
            factor.name = fits ? metric.name : "nps";
            break;
        }
        default: break;
    }
    return factor;
}

}  // namespace

question::TableWish make_wish(const question::Question& question, Choices& choices) {
    question::TableWish wish;
    for (int left = choices.pick(4); left >= 0; --left) {
        wish.columns.push_back(make_factor(question, choices));
    }
    const auto outcome = static_cast<std::size_t>(choices.pick(5));
    if (outcome < wish.columns.size() && !wish.columns[outcome].is_category()) {
        wish.outcome = outcome;
    }
    return wish;
}

}  // namespace kokemus::reference
