#include "answer/json_parts.h"

#include "blueprint/blueprint_text.h"

namespace kokemus::answer {
namespace {

/// The members of a metric, so that the blueprint can add its own.
void write_members(JsonWriter& json, const metric::Definition& definition) {
    const blueprint::Metric& metric = definition.metric;
    json.member("name", metric.name)
        .member("kind", name_of(metric.kind))
        .member("scale", metric.scale)
        .member("version", metric.version)
        .member("target", metric.target)
        .member("minimum", definition.minimum())
        .member("unit", metric::name_of(definition.unit))
        .member("high_is_good", definition.high_is_good())
        .member("definition", definition.text);
}

}  // namespace

void write(JsonWriter& json, const Value& value) {
    json.open_object();
    if (value.enough()) {
        json.member("estimate", value.is.estimate)
            .member("low", value.is.interval.low)
            .member("high", value.is.interval.high)
            .member("n", value.is.n);
    } else {
        json.key("estimate").null().key("low").null().key("high").null();
        json.member("n", value.is.n).member("needed", value.needed);
    }
    json.member("unit", metric::name_of(value.unit))
        .member("method", value.is.method)
        .member("version", value.version)
        .member("enough", value.enough());
    if (!value.enough()) {
        json.member("text", value.why_not);
    }
    json.close_object();
}

void write(JsonWriter& json, const Seconds& seconds) {
    json.open_object()
        .member("n", seconds.n)
        .member("mean", seconds.mean)
        .member("median", seconds.median)
        .member("p90", seconds.p90)
        .close_object();
}

void write(JsonWriter& json, const Withheld& withheld) {
    json.open_object()
        .member("fewer_than", withheld.fewer_than)
        .member("rows", withheld.rows)
        .close_object();
}

void write(JsonWriter& json, const Finding& finding) {
    json.open_object().member("id", finding.id).key("values").open_object();
    for (const auto& [name, content] : finding.values) {
        json.key(name);
        std::visit([&](const auto& plain) { json.plain_value(plain); }, content);
    }
    json.close_object().member("text", finding.text).close_object();
}

void write(JsonWriter& json, const question::Population& population) {
    json.open_object()
        .member("encounters", population.encounters)
        .member("units", population.units)
        .member("customers", population.customers)
        .member("without_unit", population.without_unit);
    write_member(json, "first", population.first);
    write_member(json, "latest", population.latest);
    json.close_object();
}

void write(JsonWriter& json, const metric::Definition& definition) {
    json.open_object();
    write_members(json, definition);
    json.close_object();
}

void write(JsonWriter& json, const TrendPoint& point) {
    json.open_object();
    write_member(json, "start", std::optional(point.start));
    write_member(json, "end", std::optional(point.end));
    json.member("label", point.label).member("complete", point.complete);
    write_member(json, "value", point.value);
    json.member("encounters", point.encounters).member("drill", point.drill).close_object();
}

void write(JsonWriter& json, const promise::Slack& slack) {
    json.open_object()
        .member("mean", slack.mean)
        .member("median", slack.median)
        .member("early_median", slack.early_median)
        .member("late_median", slack.late_median)
        .member("late_p90", slack.late_p90)
        .key("bins")
        .open_list();
    for (const promise::Slack::Bin& bin : slack.bins) {
        json.open_object()
            .member("from", bin.from)
            .member("to", bin.to)
            .member("count", bin.count)
            .close_object();
    }
    json.close_list().close_object();
}

void write(JsonWriter& json, const PromiseRow& row) {
    const question::PromiseTally& tally = row.standing.tally;
    json.open_object()
        .member("promise", row.standing.promise)
        .member("owner", row.standing.owner)
        .member("target", row.standing.target)
        .member("made", tally.made)
        .member("kept", tally.kept)
        .member("late", tally.late)
        .member("broken", tally.broken)
        .member("open", tally.open)
        .member("at_risk", tally.at_risk)
        .member("customers", tally.customers);
    write_member(json, "kept_rate", row.kept_rate);
    write_member(json, "slack", row.standing.slack);
    json.key("experience").open_object();
    write_member(json, "kept", row.after_kept);
    write_member(json, "late", row.after_late);
    write_member(json, "broken", row.after_broken);
    json.close_object().key("drills").open_object();
    json.member("kept", row.drill_kept)
        .member("late", row.drill_late)
        .member("broken", row.drill_broken)
        .member("open", row.drill_open)
        .member("at_risk", row.drill_at_risk)
        .close_object()
        .close_object();
}

void write(JsonWriter& json, const std::vector<std::string>& texts) {
    json.open_list();
    for (const std::string& text : texts) {
        json.text(text);
    }
    json.close_list();
}

void write(JsonWriter& json, const metric::Change& change, bool high_is_good) {
    json.open_object()
        .member("estimate", change.estimate)
        .member("low", change.interval.low)
        .member("high", change.interval.high)
        .member("unit", metric::name_of(change.unit))
        .member("method", "square-and-add")
        .member("verdict", metric::name_of(metric::course(change, high_is_good)))
        .close_object();
}

void write(JsonWriter& json, const std::optional<Instant>& time) {
    if (time) {
        json.text(format_instant(*time));
    } else {
        json.null();
    }
}

void write_seconds(JsonWriter& json, const std::optional<Milliseconds>& duration) {
    if (duration) {
        json.number(static_cast<double>(duration->count()) / 1000);
    } else {
        json.null();
    }
}

}  // namespace kokemus::answer
