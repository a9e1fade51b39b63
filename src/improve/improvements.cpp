#include "improve/improvements.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "improve/improvement_json.h"
#include "improve/registration_rules.h"
#include "metric/definition.h"

namespace kokemus::improve {

namespace json = boost::json;

namespace {

constexpr std::array<std::string_view, 3> accepting{"late", "underpowered", "dry_run"};
constexpr std::uint64_t seed_bits = (std::uint64_t{1} << 53U) - 1;

Result<json::object> object_in(std::string_view text) {
    json::error_code fault;
    json::value value = json::parse(text, fault);
    if (fault || !value.is_object()) {
        return invalid_input(
            R"(send a JSON object: {"name": "...", "change": "...", "metric": "...", ...})");
    }
    return std::move(value.as_object());
}

Result<bool> flag_in(const json::object& sent, std::string_view name) {
    const json::value* value = sent.if_contains(json::string_view(name.data(), name.size()));
    if (value == nullptr || value->is_null()) {
        return false;
    }
    if (!value->is_bool()) {
        return invalid_input(fmt::format("{}: must be true or false", name));
    }
    return value->as_bool();
}

/// What is registered without a seed gets one of its own that anybody can make again.
Registration with_seed(const json::object& sent, Registration registration) {
    if (!sent.contains("seed")) {
        registration.seed = hash64(registration.name + '\n' + registration.metric) & seed_bits;
    }
    return registration;
}

std::string cannot_be_seen(const Registration& registration, const Power& power) {
    return fmt::format(
        "expected: a change by {:g} could not be seen even if it were there: by the end there are "
        "{} {}, which show {:g} or more. Make it last longer, reach more, or send underpowered",
        registration.expected,
        power.planned_n,
        power.counted,
        power.detectable);
}

/// Whether it may be registered so; what is not asked for is refused with words.
Status acceptable(const Registration& registration, const Power& power, bool is_late, bool may_late,
                  bool may_underpowered) {
    if (is_late && !may_late) {
        return invalid_input(
            "start: lies in the past. What is written down after the start is no proof of having "
            "been expected; send late to register it all the same, marked so");
    }
    if (!power.can_be_seen(registration) && !may_underpowered) {
        return invalid_input(cannot_be_seen(registration, power));
    }
    return {};
}

Check definition_check(const Registration& registration, const std::string& now) {
    const bool same = registration.metric_version == now;
    return {"definition",
            same,
            same ? fmt::format("the metric is {} as it was registered", now)
                 : fmt::format("the metric is {} now and was {} when it was registered",
                               now,
                               registration.metric_version)};
}

bool sees_the_same(const PastLook& last, const Look& look) {
    return last.until == look.until && last.enough == look.effect.enough &&
           last.n == look.effect.n &&
           (!last.enough || (last.estimate == look.effect.estimate &&
                             last.standard_error == look.effect.standard_error));
}

Status check_seen(const Improvement& now, std::optional<std::int64_t> seen) {
    if (seen && *seen != now.version) {
        return Error{ErrorCode::Conflict,
                     fmt::format("improvement {} is of version {} by now; look at it again first",
                                 now.id,
                                 now.version)};
    }
    if (now.withdrawn) {
        return Error{ErrorCode::Conflict, fmt::format("improvement {} was withdrawn", now.id)};
    }
    return {};
}

std::string joined(const std::vector<std::string>& names) {
    std::string text;
    for (const std::string& name : names) {
        text += (text.empty() ? "" : ",") + name;
    }
    return text;
}

}  // namespace

Result<Registration> registration_in(std::string_view text, const Registration& base,
                                     std::span<const std::string_view> also,
                                     const blueprint::Blueprint& blueprint) {
    const json::object sent = TRY(object_in(text));
    for (const auto& member : sent) {
        const std::string_view name(member.key().data(), member.key().size());
        if (!is_registration_member(name) &&
            std::find(also.begin(), also.end(), name) == also.end()) {
            return invalid_input(
                fmt::format("there is no member {} here (docs/improvements.md)", quote(name)));
        }
    }
    return checked(with_seed(sent, TRY(read_registration(sent, base, blueprint))), blueprint);
}

Result<std::string> Improvements::power(const Observer& observer, std::string_view sent) const {
    const Registration registration =
        TRY(registration_in(sent, {}, accepting, observer.blueprint()));
    const Power found = TRY(power_of(registration, observer));
    return json::serialize(json::object{{"registration", to_json(registration)},
                                        {"power", to_json(found)},
                                        {"can_be_seen", found.can_be_seen(registration)},
                                        {"late", registration.start <= clock_.now()}});
}

Result<std::string> Improvements::add(const Observer& observer, std::string_view text,
                                      const Writer& by) {
    const Registration registration =
        TRY(registration_in(text, {}, accepting, observer.blueprint()));
    const json::object sent = TRY(object_in(text));
    const bool is_late = registration.start <= clock_.now();
    const Power found = TRY(power_of(registration, observer));
    const bool may_late = TRY(flag_in(sent, "late"));
    const bool may_underpowered = TRY(flag_in(sent, "underpowered"));
    TRY(acceptable(registration, found, is_late, may_late, may_underpowered));
    const std::string body =
        json::serialize(json::object{{"registration", to_json(registration)},
                                     {"power", to_json(found)},
                                     {"late", is_late},
                                     {"underpowered", !found.can_be_seen(registration)}});
    if (TRY(flag_in(sent, "dry_run"))) {
        return body;
    }
    TRY(by.note("improvement.register",
                0,
                fmt::format("design={} late={}", name_of(found.design), is_late)));
    return show(TRY(store_.add(EntryKind::Registered, by.actor, body)).improvement);
}

Result<std::string> Improvements::amend(const Observer& observer, std::int64_t improvement,
                                        std::string_view sent, std::optional<std::int64_t> seen,
                                        const Writer& by) {
    const Improvement now = TRY(store_.find(improvement));
    TRY(check_seen(now, seen));
    Registration base = now.registration;
    const json::object object = TRY(object_in(sent));
    const bool moves_starts = object.contains("starts") && !object.contains("start");
    base.start = moves_starts ? Instant{} : base.start;
    Registration amended = TRY(registration_in(sent, base, accepting, observer.blueprint()));
    if (!object.contains("seed")) {
        amended.seed = now.registration.seed;
    }
    const std::vector<std::string> changed = differences(now.registration, amended);
    if (changed.empty()) {
        return show(improvement);
    }
    const bool has_started = now.registration.start <= clock_.now();
    std::string power_text = now.power;
    if (has_started) {
        for (const std::string& member : changed) {
            if (!may_change_after_start(member)) {
                return Error{
                    ErrorCode::Conflict,
                    fmt::format("{}: it has started; what the evidence goes by stays as it was "
                                "registered. Register another improvement for another question",
                                member)};
            }
        }
    } else {
        const Power found = TRY(power_of(amended, observer));
        const bool may_underpowered = TRY(flag_in(object, "underpowered"));
        TRY(acceptable(amended, found, amended.start <= clock_.now(), false, may_underpowered));
        power_text = json::serialize(to_json(found));
    }
    const std::string body = json::serialize(json::object{{"registration", to_json(amended)},
                                                          {"power", json::parse(power_text)},
                                                          {"members", json::value_from(changed)},
                                                          {"after_start", has_started}});
    TRY(by.note("improvement.amend", improvement, "members=" + joined(changed)));
    TRY(store_.go_on(improvement, now.version, EntryKind::Amended, by.actor, body));
    return show(improvement);
}

Result<std::string> Improvements::look(const Observer& observer, std::int64_t improvement,
                                       const Writer& by) {
    const Improvement now = TRY(store_.find(improvement));
    TRY(check_seen(now, std::nullopt));
    const Registration& registration = now.registration;
    if (observer.latest() <= registration.start) {
        return Error{ErrorCode::Conflict,
                     fmt::format("improvement {} starts at {}; nothing is known of the time after "
                                 "that yet",
                                 improvement,
                                 format_instant(registration.start))};
    }
    const blueprint::Metric* metric = observer.blueprint().metric(registration.metric);
    if (metric == nullptr) {
        return Error{
            ErrorCode::Conflict,
            fmt::format("the blueprint has no metric {} any more", quote(registration.metric))};
    }
    const Evidence evidence = TRY(observer.observe(registration, now.plan.design));
    Effect effect = effect_of(now.plan.design, evidence, registration);
    effect.checks.push_back(
        definition_check(registration, metric::define(*metric, observer.blueprint()).version));
    Look look = judged(effect, registration, now.plan, now.looks);
    look.until = evidence.until;
    const bool is_new = now.looks.empty() || !sees_the_same(now.looks.back(), look);
    if (is_new) {
        TRY(by.note(
            "improvement.look", improvement, fmt::format("verdict={}", name_of(look.verdict))));
        TRY(store_.go_on(
            improvement, now.version, EntryKind::Looked, by.actor, json::serialize(to_json(look))));
    }
    const Improvement after = TRY(store_.find(improvement));
    json::object said = head_json(after);
    said["worthwhile"] = registration.worthwhile;
    said["unit"] = metric::name_of(metric::define(*metric, observer.blueprint()).unit);
    said["recorded"] = is_new;
    said["look"] = json::parse(after.last_look);
    return json::serialize(said);
}

Result<std::string> Improvements::withdraw(std::int64_t improvement, std::string_view reason,
                                           std::optional<std::int64_t> seen, const Writer& by) {
    const Improvement now = TRY(store_.find(improvement));
    TRY(check_seen(now, seen));
    TRY(by.note("improvement.withdraw", improvement, ""));
    TRY(store_.go_on(improvement,
                     now.version,
                     EntryKind::Withdrawn,
                     by.actor,
                     json::serialize(json::object{{"reason", reason}})));
    return show(improvement);
}

Result<std::string> Improvements::show(std::int64_t improvement) const {
    return json::serialize(to_json(TRY(store_.find(improvement))));
}

Result<std::string> Improvements::verify() const {
    const RecordState state = TRY(store_.verify());
    json::object said{{"entries", state.entries}, {"head", state.head}};
    said["sound"] = !state.first_broken;
    said["first_broken"] = state.first_broken ? json::value(*state.first_broken) : json::value();
    return json::serialize(said);
}

}  // namespace kokemus::improve
