#include <cmath>

#include "answer/body_writers.h"
#include "answer/json_parts.h"

namespace kokemus::answer {
namespace {

std::optional<double> finite(double number) {
    return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

void write(JsonWriter& json, const Excess& excess) {
    json.open_object()
        .member("contacts", excess.contacts)
        .member("low", excess.interval.low)
        .member("high", excess.interval.high)
        .member("lift", excess.lift)
        .member("risk_ratio", finite(excess.risk_ratio))
        .member("risk_ratio_low", finite(excess.risk_ratio_interval.low))
        .member("risk_ratio_high", finite(excess.risk_ratio_interval.high))
        .member("q", excess.q_value)
        .member("enough", excess.enough)
        .member("beyond_chance", excess.beyond_chance())
        .close_object();
}

void write(JsonWriter& json, const Crossover& crossover) {
    json.open_object()
        .member("before", crossover.before)
        .member("long_before", crossover.long_before)
        .member("odds_ratio", crossover.odds_ratio);
    if (crossover.odds_ratio) {
        json.member("low", crossover.interval.low)
            .member("high", crossover.interval.high)
            .member("p", crossover.p_value);
    } else {
        json.key("low").null().key("high").null().key("p").null();
    }
    json.close_object();
}

void write(JsonWriter& json, const CauseRow& row) {
    json.open_object()
        .member("touchpoint", row.tally.touchpoint)
        .member("in_blueprint", row.in_blueprint)
        .member("events", row.tally.events)
        .member("followed_by_contact", row.tally.followed)
        .member("units", row.tally.units)
        .member("customers", row.tally.customers)
        .member("contacts", row.tally.contacts)
        .member("contacts_last", row.tally.contacts_last);
    write_member(json, "followed", row.followed);
    json.key("excess");
    write(json, row.all);
    json.key("excess_last");
    write(json, row.last);
    json.key("cost");
    if (row.cost) {
        json.open_object()
            .member("estimate", *row.cost)
            .member("low", row.cost_interval.low)
            .member("high", row.cost_interval.high)
            .close_object();
    } else {
        json.null();
    }
    json.key("crossover");
    write(json, row.crossover);
    json.member("drill", row.drill).close_object();
}

void write(JsonWriter& json, const FirstContactRow& row) {
    json.open_object().member("days", static_cast<std::uint64_t>(row.days));
    write_member(json, "resolved", row.resolved);
    json.member("firsts", row.tally.firsts)
        .member("repeats", row.tally.repeats)
        .member("too_late", row.tally.too_late)
        .member("too_early", row.tally.too_early)
        .close_object();
}

}  // namespace

void write_members(JsonWriter& json, const Causes& causes) {
    write_member(json, "of", causes.of);
    json.key("window");
    write_seconds(json, causes.window);
    json.member("contacts", causes.contacts)
        .member("alone", causes.alone)
        .member("cost_per_contact", causes.cost_per_contact)
        .key("causes")
        .open_list();
    for (const CauseRow& row : causes.rows) {
        write(json, row);
    }
    json.close_list().key("first_contacts").open_list();
    for (const FirstContactRow& row : causes.first_contacts) {
        write(json, row);
    }
    json.close_list();
}

}  // namespace kokemus::answer
