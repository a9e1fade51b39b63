#include "question/drill.h"

#include <utility>

#include "base/check.h"

namespace kokemus::question {
namespace {

/// Whether range and filter can leave a part of a unit, so that the whole unit would say something
/// else.
bool may_cut_units(const Question& asked) {
    const bool has_range = asked.range != TimeRange();
    return (has_range && asked.per.kind == UnitKind::Customer) ||
           sight_of(asked.where) == Sight::Encounter;
}

ConditionPtr is_value(const Field& field, const std::string& value) {
    return make_condition(TextCondition{field, {value}, false});
}

std::vector<std::vector<std::string>> first_steps(const Question& asked, std::size_t count) {
    CHECK(count >= 1 && count <= asked.steps.size());
    return {asked.steps.begin(), asked.steps.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

Question with_condition(Question question, ConditionPtr condition) {
    question.where = both(std::move(question.where), std::move(condition));
    return question;
}

Question narrow_to_value(Question question, const Field& field, const std::string& value) {
    question.by.reset();
    return with_condition(std::move(question), is_value(field, value));
}

Question with_value(Question question, const Field& field, const std::string& value) {
    return with_condition(std::move(question), is_value(field, value));
}

Question drill(const Question& asked) {
    Question episodes;
    episodes.kind = Kind::Episodes;
    episodes.per = asked.per;
    episodes.range = asked.range;
    episodes.where = asked.where;
    episodes.having = asked.having;
    return episodes;
}

Question drill(const Question& asked, ConditionPtr of_unit) {
    Question episodes = drill(asked);
    ConditionPtr& place =
        asked.having != nullptr || may_cut_units(asked) ? episodes.having : episodes.where;
    place = both(std::move(place), std::move(of_unit));
    return episodes;
}

Question drill_node(const Question& asked, const std::string& touchpoint) {
    return drill(asked, make_condition(Touches{{touchpoint}}));
}

Question drill_edge(const Question& asked, const std::string& from, const std::string& to) {
    return drill(asked, make_condition(Goes{from, to}));
}

Question drill_variant(const Question& asked, std::vector<std::string> path) {
    return drill(asked, make_condition(Follows{std::move(path), asked.collapse}));
}

Question drill_step(const Question& asked, std::size_t step) {
    return drill(asked, make_condition(Reaches{first_steps(asked, step), asked.within, 0}));
}

Question drill_lost(const Question& asked, std::size_t step) {
    CHECK(step >= 1 && step <= asked.steps.size());
    return drill(asked, make_condition(Reaches{asked.steps, asked.within, static_cast<int>(step)}));
}

Question drill_promise(const Question& asked, const std::string& promise, PromiseOutcome outcome) {
    return drill(asked, make_condition(PromiseCondition{promise, {outcome}}));
}

Question drill_switch(const Question& asked, const std::string& from_channel,
                      const std::string& to_channel) {
    return drill(asked, make_condition(Switches{from_channel, to_channel, false}));
}

Question drill_forced(const Question& asked, const std::string& from_channel,
                      const std::string& to_channel) {
    return drill(asked, make_condition(Switches{from_channel, to_channel, true}));
}

Question drill_contact(const Question& asked, const FirstContact& contact,
                       const std::string& topic) {
    ConditionPtr of_encounter = make_condition(contact);
    if (!topic.empty()) {
        of_encounter =
            both(std::move(of_encounter), is_value(Field{FieldOf::Encounter, "topic"}, topic));
    }
    return drill(asked, make_condition(Has{std::move(of_encounter)}));
}

Question drill_cause(const Question& asked, const std::string& touchpoint, Milliseconds window) {
    CHECK(asked.steps.size() == 1);
    return drill(asked, make_condition(Reaches{{{touchpoint}, asked.steps.front()}, window, 0}));
}

Question drill_deviation(const Question& asked, const std::vector<std::string>& path,
                         Deviation deviation, const std::string& touchpoint) {
    CHECK(asked.per.kind == UnitKind::Journey);
    return drill(asked, make_condition(Deviates{asked.per.journey, path, deviation, touchpoint}));
}

Question drill_value(const Question& asked, const Field& field, const std::string& value) {
    return with_condition(drill(asked), is_value(field, value));
}

}  // namespace kokemus::question
