#include <algorithm>

#include <fmt/format.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "base/text.h"
#include "question/condition_parse.h"
#include "question/condition_words.h"

namespace kokemus::question {
namespace {

constexpr std::string_view start_of_unit = "START";
constexpr std::string_view end_of_unit = "END";

}  // namespace

Result<ConditionPtr> ConditionParser::parse_unit_condition() {
    const Token token = reader_.peek();
    const std::string word = token.kind == Token::Kind::Word ? lower(token.text) : "";
    const auto words = unit_condition_words();
    if (std::ranges::find(words, word) == words.end()) {
        return ConditionPtr();
    }
    if (inside_has_ && (word == "promise" || word == "repeats")) {
        reader_.next();
        return word == "promise" ? parse_makes_promise() : parse_first_contact(true);
    }
    if (inside_has_) {
        return reader_.fail(fmt::format(
            "{} speaks of the whole unit, has (...) of one encounter; write it beside has", word));
    }
    reader_.next();
    if (word == "touches") {
        reader_.take_symbol(":");
        return make_condition(Touches{TRY(reader_.names("a touchpoint"))});
    }
    if (word == "lasts") {
        const Comparison comparison = TRY(reader_.comparison());
        return make_condition(Lasts{comparison, TRY(reader_.duration("a duration, such as 3d"))});
    }
    if (word == "encounters") {
        const Comparison comparison = TRY(reader_.comparison());
        return make_condition(Size{comparison, TRY(reader_.number("a number of encounters"))});
    }
    if (word == "repeats") {
        return make_condition(Repeats{TRY(parse_window(Repeats{}.within))});
    }
    return word == "goes"       ? parse_goes()
           : word == "follows"  ? parse_follows()
           : word == "status"   ? parse_status()
           : word == "promise"  ? parse_promise()
           : word == "reaches"  ? parse_reaches()
           : word == "stops"    ? parse_stops()
           : word == "switches" ? parse_switches()
           : word == "deviates" ? parse_deviates()
                                : parse_has();
}

Result<ConditionPtr> ConditionParser::parse_goes() {
    Goes goes;
    const int from_column = reader_.peek().column;
    goes.from = TRY(reader_.name("a touchpoint or START"));
    if (goes.from == end_of_unit) {
        return error_at(from_column, "nothing follows END; write the touchpoint before -> END");
    }
    TRY(reader_.need_symbol("->"));
    const int to_column = reader_.peek().column;
    goes.to = TRY(reader_.name("a touchpoint or END"));
    if (goes.to == start_of_unit) {
        return error_at(to_column, "nothing comes before START; write START -> and the touchpoint");
    }
    if (goes.from == start_of_unit && goes.to == end_of_unit) {
        return error_at(to_column, "a unit has at least one encounter between START and END");
    }
    return make_condition(std::move(goes));
}

Result<ConditionPtr> ConditionParser::parse_follows() {
    Follows follows;
    follows.collapsed = reader_.take_word("collapsed");
    const int column = reader_.peek().column;
    follows.path = TRY(reader_.names("a touchpoint"));
    const auto repeated = std::ranges::adjacent_find(follows.path);
    if (follows.collapsed && repeated != follows.path.end()) {
        return error_at(column,
                        fmt::format("{} stands twice in a row, which no collapsed sequence has",
                                    quote(*repeated)));
    }
    return make_condition(std::move(follows));
}

Result<ConditionPtr> ConditionParser::parse_status() {
    StatusCondition status;
    if (const auto membership = take_membership()) {
        status.negated = membership->negated;
    } else {
        const int column = reader_.peek().column;
        const auto comparison = reader_.take_comparison();
        if (comparison != Comparison::Equal && comparison != Comparison::NotEqual) {
            return error_at(column, "expected =, !=, in (...) or not in (...) after status");
        }
        status.negated = comparison == Comparison::NotEqual;
    }
    const bool closed = reader_.take_symbol("(");
    do {
        const auto words = status_words();
        const auto found = std::ranges::find_if(
            words, [this](const auto& word) { return reader_.is_word(word.text); });
        if (found == words.end()) {
            return reader_.expected("completed, abandoned or open");
        }
        reader_.next();
        status.statuses.push_back(found->value);
    } while (reader_.take_symbol(","));
    if (closed) {
        TRY(reader_.need_symbol(")"));
    }
    return make_condition(std::move(status));
}

Result<PromiseOutcome> ConditionParser::parse_outcome() {
    if (reader_.is_word("at") && reader_.is_word("risk", 1)) {
        reader_.next();
        reader_.next();
        return PromiseOutcome::AtRisk;
    }
    for (const auto& word : outcome_words()) {
        if (reader_.take_word(word.text)) {
            return word.value;
        }
    }
    return reader_.expected("kept, late, broken, open or at risk");
}

Result<Milliseconds> ConditionParser::parse_window(Milliseconds usual) {
    if (!reader_.take_word("within")) {
        return usual;
    }
    return reader_.duration("a duration, such as 7d");
}

Result<ConditionPtr> ConditionParser::parse_first_contact(bool repeated) {
    return make_condition(FirstContact{TRY(parse_window(FirstContact{}.within)), repeated});
}

Result<ConditionPtr> ConditionParser::parse_promise() {
    return make_condition(TRY(parse_promise_words()));
}

Result<ConditionPtr> ConditionParser::parse_makes_promise() {
    PromiseCondition words = TRY(parse_promise_words());
    return make_condition(MakesPromise{std::move(words.promise), std::move(words.outcomes)});
}

Result<PromiseCondition> ConditionParser::parse_promise_words() {
    PromiseCondition promise;
    if (!reader_.is_word("is")) {
        const int column = reader_.peek().column;
        promise.promise = TRY(reader_.name("a promise, or is"));
        if (blueprint_.promise(promise.promise) == nullptr) {
            std::vector<std::string_view> names;
            for (const auto& each : blueprint_.promises) {
                names.emplace_back(each.name);
            }
            return error_at(column,
                            fmt::format("the blueprint has no promise {}{}",
                                        quote(promise.promise),
                                        did_you_mean(promise.promise, names)));
        }
    }
    TRY(reader_.need_word("is"));
    const bool closed = reader_.take_symbol("(");
    do {
        promise.outcomes.push_back(TRY(parse_outcome()));
    } while (reader_.take_symbol(","));
    if (closed) {
        TRY(reader_.need_symbol(")"));
    }
    return promise;
}

Result<std::vector<std::vector<std::string>>> ConditionParser::parse_steps() {
    std::vector<std::vector<std::string>> steps;
    TRY(reader_.need_symbol("("));
    do {
        if (steps.size() == limits::funnel_steps_max) {
            return reader_.fail(fmt::format("more than {} steps", limits::funnel_steps_max));
        }
        steps.push_back(TRY(reader_.step()));
    } while (reader_.take_symbol(",") || reader_.take_word("then"));
    TRY(reader_.need_symbol(")"));
    return steps;
}

Result<ConditionPtr> ConditionParser::parse_reaches() {
    Reaches reaches;
    reaches.steps = TRY(parse_steps());
    if (reader_.take_word("within")) {
        reaches.within = TRY(reader_.duration("a duration, such as 7d"));
    }
    return make_condition(std::move(reaches));
}

Result<ConditionPtr> ConditionParser::parse_stops() {
    Reaches stops;
    stops.steps = TRY(parse_steps());
    TRY(reader_.need_word("at"));
    stops.exactly = static_cast<int>(TRY(reader_.whole_number("a step", 1, stops.steps.size())));
    if (reader_.take_word("within")) {
        stops.within = TRY(reader_.duration("a duration, such as 7d"));
    }
    return make_condition(std::move(stops));
}

Result<std::string> ConditionParser::parse_channel_or_any() {
    if (reader_.take_word("any")) {
        return std::string();
    }
    return reader_.name("a channel or any");
}

Result<ConditionPtr> ConditionParser::parse_switches() {
    Switches switches;
    switches.forced = reader_.take_word("forced");
    // Channels stand before an arrow; without one, the next word begins the next condition.
    if (!reader_.is_symbol("->", 1)) {
        return make_condition(std::move(switches));
    }
    switches.from_channel = TRY(parse_channel_or_any());
    TRY(reader_.need_symbol("->"));
    switches.to_channel = TRY(parse_channel_or_any());
    return make_condition(std::move(switches));
}

Result<ConditionPtr> ConditionParser::parse_deviates() {
    TRY(reader_.need_word("from"));
    const int column = reader_.peek().column;
    Deviates deviates;
    deviates.journey = TRY(reader_.name("the name of a journey"));
    const blueprint::Journey* journey = blueprint_.journey(deviates.journey);
    if (journey == nullptr) {
        std::vector<std::string_view> names;
        for (const auto& each : blueprint_.journeys) {
            names.emplace_back(each.name);
        }
        return error_at(column,
                        fmt::format("the blueprint has no journey {}{}",
                                    quote(deviates.journey),
                                    did_you_mean(deviates.journey, names)));
    }
    if (const std::string fault = fault_of_path(*journey); !fault.empty()) {
        return error_at(column, fault);
    }
    deviates.path = journey->path;
    for (const auto& word : deviation_words()) {
        if (reader_.take_word(word.text)) {
            deviates.deviation = word.value;
            deviates.touchpoint = TRY(reader_.name("a touchpoint"));
            break;
        }
    }
    return make_condition(std::move(deviates));
}

std::string fault_of_path(const blueprint::Journey& journey) {
    if (journey.path.empty()) {
        return fmt::format(
            "the blueprint designs no path for the journey {}; give it `path`, the "
            "touchpoints in order",
            quote(journey.name));
    }
    if (journey.path.size() > designed_steps_max) {
        return fmt::format(
            "the path of the journey {} has {} steps; at most {} can be held against",
            quote(journey.name),
            journey.path.size(),
            designed_steps_max);
    }
    return {};
}

Result<ConditionPtr> ConditionParser::parse_has() {
    inside_has_ = true;
    auto inner = parse_inner();
    inside_has_ = false;
    return make_condition(Has{TRY(std::move(inner))});
}

}  // namespace kokemus::question
