#include "answer/drivers_json.h"

#include "answer/json_parts.h"

namespace kokemus::answer {
namespace {

void write_optional(JsonWriter& json, std::string_view name, const std::optional<Value>& value) {
    json.key(name);
    if (value) {
        write(json, *value);
    } else {
        json.null();
    }
}

void write_contrast(JsonWriter& json, const std::optional<DriverContrast>& contrast) {
    json.key("contrast");
    if (!contrast) {
        json.null();
        return;
    }
    json.open_object()
        .member("penalty", contrast->penalty)
        .member("reward", contrast->reward)
        .member("asymmetry", contrast->asymmetry)
        .member("low", contrast->interval.low)
        .member("high", contrast->interval.high)
        .member("verdict", contrast->verdict)
        .close_object();
}

void write_row(JsonWriter& json, const DriverRow& row) {
    json.open_object()
        .member("factor", row.factor)
        .member("words", row.words)
        .member("measured_in", row.measured_in)
        .member("why", row.why);
    write_member(json, "share", row.share);
    json.member("of_explained", row.of_explained)
        .member("ahead_of_next", row.ahead_of_next)
        .member("direction", row.direction);
    write_optional(json, "coefficient", row.coefficient);
    write_optional(json, "effect", row.effect);
    json.member("usual_value", row.usual_value).key("levels").open_list();
    for (const DriverLevel& level : row.levels) {
        json.open_object().member("value", level.value).member("n", level.n);
        write_member(json, "effect", level.effect);
        json.close_object();
    }
    json.close_list()
        .member("mean", row.mean)
        .member("present", row.present)
        .member("reach", row.reach)
        .member("counted_as_zero", row.counted_as_zero)
        .member("alone", row.alone);
    write_contrast(json, row.contrast);
    json.member("performance", row.performance)
        .member("target", row.target)
        .member("priority", row.priority)
        .member("confounding", row.confounding)
        .member("confounding_limit", row.confounding_limit)
        .member("warning", row.warning)
        .member("drill", row.drill)
        .close_object();
}

void write_segment(JsonWriter& json, const DriverSegment& segment,
                   const std::vector<DriverRow>& rows) {
    json.open_object().member("value", segment.value);
    write_member(json, "explained", segment.explained);
    json.member("first", segment.first).key("shares").open_list();
    for (std::size_t i = 0; i < segment.shares.size(); ++i) {
        json.open_object().member("factor", rows[i].factor);
        write_member(json, "share", segment.shares[i]);
        json.close_object();
    }
    json.close_list().member("drill", segment.drill).close_object();
}

}  // namespace

void write_drivers(JsonWriter& json, const Drivers& drivers) {
    json.member("outcome", drivers.outcome).member("outcome_words", drivers.outcome_words);
    write_member(json, "outcome_mean", drivers.outcome_mean);
    json.member("high_is_good", drivers.high_is_good)
        .member("proposed", drivers.proposed)
        .member("units", drivers.units)
        .member("customers", drivers.customers)
        .member("with_outcome", drivers.with_outcome)
        .member("one_of", drivers.one_of)
        .member("units_missing", drivers.rows_missing)
        .member("up_to_outcome", drivers.up_to_outcome);
    write_member(json, "explained", drivers.explained);
    json.member("adjusted", drivers.adjusted)
        .member("p_value", drivers.p_value)
        .member("method", drivers.method)
        .member("replicates", drivers.replicates)
        .member("seed", drivers.seed)
        .key("drivers")
        .open_list();
    for (const DriverRow& row : drivers.rows) {
        write_row(json, row);
    }
    json.close_list().key("left_out").open_list();
    for (const DriverLeftOut& each : drivers.left_out) {
        json.open_object()
            .member("factor", each.factor)
            .member("reason", each.reason)
            .member("words", each.words)
            .close_object();
    }
    json.close_list().member("caveat", drivers.caveat);
    if (drivers.by.empty()) {
        json.key("by").null();
    } else {
        json.member("by", drivers.by);
    }
    json.key("segments").open_list();
    for (const DriverSegment& segment : drivers.segments) {
        write_segment(json, segment, drivers.rows);
    }
    json.close_list().member("same_first", drivers.same_first);
    write_member(json, "differing", drivers.differing);
    json.member("other_values", drivers.other_values);
}

}  // namespace kokemus::answer
