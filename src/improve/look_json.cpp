#include <cmath>

#include <boost/json.hpp>

#include "improve/improvement_json.h"

namespace kokemus::improve {

namespace json = boost::json;

namespace {

/// What is not finite has no number in JSON.
json::value number(double value) {
    return std::isfinite(value) ? json::value(value) : json::value();
}

json::value number(const std::optional<double>& value) {
    return value ? number(*value) : json::value();
}

json::value whole(const std::optional<std::uint64_t>& value) {
    return value ? json::value(*value) : json::value();
}

json::value nested(const std::string& text) {
    json::error_code fault;
    json::value value = text.empty() ? json::value() : json::parse(text, fault);
    return fault ? json::value() : value;
}

json::array checks_json(const Effect& effect) {
    json::array checks;
    for (const Check& check : effect.checks) {
        checks.push_back(
            json::object{{"name", check.name}, {"passed", check.passed}, {"words", check.words}});
    }
    return checks;
}

json::array weeks_json(const Effect& effect) {
    json::array weeks;
    for (const EffectWeek& week : effect.weeks) {
        weeks.push_back(json::object{{"start", format_instant(week.start)},
                                     {"with", number(week.with)},
                                     {"without", number(week.without)}});
    }
    return weeks;
}

json::object level_json(const metric::Value& value) {
    json::object level{{"enough", value.enough()},
                       {"n", value.is.n},
                       {"unit", metric::name_of(value.unit)},
                       {"version", value.version}};
    level["estimate"] = value.enough() ? number(value.is.estimate) : json::value();
    level["low"] = value.enough() ? number(value.is.interval.low) : json::value();
    level["high"] = value.enough() ? number(value.is.interval.high) : json::value();
    level["method"] = value.enough() ? json::value(value.is.method) : json::value();
    level["why_not"] = value.enough() ? json::value() : json::value(value.why_not);
    return level;
}

Error damaged(std::string_view what) {
    return Error{ErrorCode::Corrupt, "the record of improvements is damaged: " + std::string(what)};
}

Result<double> kept_number(const json::object& object, const char* name) {
    const json::value* value = object.if_contains(name);
    if (value == nullptr || !value->is_number()) {
        return damaged(name);
    }
    return value->to_number<double>();
}

json::object past_json(const PastLook& look) {
    json::object said{{"number", look.number},
                      {"at", format_instant(look.at)},
                      {"until", format_instant(look.until)},
                      {"n", look.n},
                      {"enough", look.enough},
                      {"verdict", name_of(look.verdict)}};
    said["estimate"] = look.enough ? number(look.estimate) : json::value();
    said["standard_error"] = look.enough ? number(look.standard_error) : json::value();
    return said;
}

json::value instant_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value();
}

}  // namespace

json::object to_json(const Power& power) {
    json::array designs;
    for (const Feasible& one : power.designs) {
        designs.push_back(
            json::object{{"design", name_of(one.design)},
                         {"feasible", one.feasible},
                         {"grade", one.feasible ? json::value(name_of(one.grade)) : json::value()},
                         {"words", one.words}});
    }
    const auto if_known = [&](double value) { return power.known ? number(value) : json::value(); };
    json::object said{{"design", name_of(power.design)},
                      {"grade", name_of(power.grade)},
                      {"known", power.known},
                      {"why_not", power.known ? json::value() : json::value(power.why_not)},
                      {"level", level_json(power.level)},
                      {"planned_n", power.planned_n},
                      {"counted", power.counted}};
    said["standard_error"] = if_known(power.standard_error);
    said["detectable_once"] = if_known(power.detectable_once);
    said["detectable"] = if_known(power.detectable);
    said["to_confirm"] = if_known(power.to_confirm);
    said["chance"] = if_known(power.chance);
    said["needed_n"] = whole(power.needed_n);
    said["variance_left"] = number(power.variance_left);
    said["designs"] = std::move(designs);
    return said;
}

json::object to_json(const Look& look) {
    const Effect& effect = look.effect;
    const auto if_enough = [&](double value) {
        return effect.enough ? number(value) : json::value();
    };
    json::object said{{"until", format_instant(look.until)},
                      {"looks", look.looks},
                      {"verdict", name_of(look.verdict)},
                      {"why", look.why},
                      {"design", name_of(effect.design)},
                      {"enough", effect.enough},
                      {"n", effect.n},
                      {"counted", effect.counted}};
    said["more_needed"] = whole(look.more_needed);
    said["estimate"] = if_enough(effect.estimate);
    said["standard_error"] = if_enough(effect.standard_error);
    said["low"] = number(look.always.low);
    said["high"] = number(look.always.high);
    said["low_once"] = if_enough(effect.interval.low);
    said["high_once"] = if_enough(effect.interval.high);
    said["method"] = effect.enough ? json::value(effect.method) : json::value();
    said["with"] = number(effect.with);
    said["without"] = number(effect.without);
    said["p_value"] = number(effect.p_value);
    said["variance_left"] = number(effect.variance_left);
    said["chance_worthwhile"] = if_enough(look.chance_worthwhile);
    said["chance_any"] = if_enough(look.chance_any);
    said["shrunken"] = if_enough(look.shrunken);
    said["checks"] = checks_json(effect);
    said["weeks"] = weeks_json(effect);
    return said;
}

json::object to_json(const Entry& entry) {
    return json::object{{"number", entry.number},
                        {"improvement", entry.improvement},
                        {"kind", name_of(entry.kind)},
                        {"at", format_instant(entry.at)},
                        {"by", entry.actor},
                        {"digest", entry.digest},
                        {"body", nested(entry.body)}};
}

json::object head_json(const Improvement& is) {
    json::object said{{"id", is.id},
                      {"name", is.registration.name},
                      {"owner", is.registration.owner},
                      {"metric", is.registration.metric},
                      {"expected", is.registration.expected},
                      {"start", format_instant(is.registration.start)},
                      {"until", format_instant(is.registration.until)},
                      {"design", name_of(is.plan.design)},
                      {"grade", name_of(is.plan.grade)},
                      {"late", is.late},
                      {"looks", is.looks.empty() ? 0 : is.looks.back().ordinal},
                      {"verdict", name_of(is.verdict())},
                      {"version", is.version}};
    said["looked_at"] =
        is.looks.empty() ? json::value() : json::value(format_instant(is.looks.back().at));
    said["withdrawn"] = instant_or_null(is.withdrawn);
    return said;
}

json::object to_json(const Improvement& is) {
    json::array amendments;
    for (const Amendment& one : is.amendments) {
        amendments.push_back(json::object{{"at", format_instant(one.at)},
                                          {"by", one.actor},
                                          {"members", json::value_from(one.members)},
                                          {"after_start", one.after_start}});
    }
    json::array looks;
    for (const PastLook& look : is.looks) {
        looks.push_back(past_json(look));
    }
    json::object said = head_json(is);
    said["registered"] = format_instant(is.registered_at);
    said["registered_by"] = is.registered_by;
    said["underpowered"] = is.underpowered;
    said["registration"] = to_json(is.registration);
    said["power"] = nested(is.power);
    said["amendments"] = std::move(amendments);
    said["history"] = std::move(looks);
    said["last_look"] = nested(is.last_look);
    said["why_withdrawn"] = is.withdrawn ? json::value(is.why_withdrawn) : json::value();
    return said;
}

Result<Plan> read_plan(const json::object& power) {
    Plan plan;
    plan.design = TRY(read_design(text_of(power, "design")));
    for (const Grade grade : {Grade::Strong, Grade::Good, Grade::Fair, Grade::Weak}) {
        plan.grade = name_of(grade) == text_of(power, "grade") ? grade : plan.grade;
    }
    plan.planned_n = static_cast<std::uint64_t>(TRY(kept_number(power, "planned_n")));
    return plan;
}

Result<PastLook> read_past_look(const json::object& kept) {
    PastLook look;
    const json::value* enough = kept.if_contains("enough");
    if (enough == nullptr || !enough->is_bool()) {
        return damaged("enough");
    }
    look.enough = enough->as_bool();
    look.n = static_cast<std::uint64_t>(TRY(kept_number(kept, "n")));
    look.ordinal = static_cast<std::uint64_t>(TRY(kept_number(kept, "looks")));
    look.until = TRY(parse_instant(text_of(kept, "until")));
    if (look.enough) {
        look.estimate = TRY(kept_number(kept, "estimate"));
        look.standard_error = TRY(kept_number(kept, "standard_error"));
    }
    const std::string verdict = text_of(kept, "verdict");
    for (const auto one : {stats::Verdict::Confirmed,
                           stats::Verdict::Refuted,
                           stats::Verdict::TooSmall,
                           stats::Verdict::NotYetKnown}) {
        look.verdict = name_of(one) == verdict ? one : look.verdict;
    }
    return look;
}

}  // namespace kokemus::improve
