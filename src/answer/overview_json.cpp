#include "answer/json_parts.h"
#include "answer/overview.h"

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

void write_journey(JsonWriter& json, const JourneyStanding& standing) {
    json.open_object();
    json.member("journey", standing.journey->name);
    json.member("feeling", standing.journey->feeling);
    json.member("owner", standing.journey->owner);
    json.member("episodes", standing.episodes);
    write_member(json, "experience", standing.experience);
    json.member("intended", standing.intended);
    write_optional(json, "previous", standing.previous);
    write_optional(json, "kept", standing.kept);
    json.member("kept_target", standing.kept_target);
    write_member(json, "completion", standing.completion);
    json.key("change");
    if (standing.change) {
        write(json, *standing.change, true);
    } else {
        json.null();
    }
    json.member("drill", standing.drill);
    json.close_object();
}

void write_points(JsonWriter& json, std::string_view name, const std::vector<TrendPoint>& points) {
    json.key(name).open_list();
    for (const TrendPoint& point : points) {
        write(json, point);
    }
    json.close_list();
}

void write_metric(JsonWriter& json, const MetricStanding& standing) {
    json.open_object();
    write_member(json, "metric", standing.trend.metric);
    write_member(json, "value", standing.trend.total);
    json.member("verdict", metric::name_of(standing.verdict));
    write_points(json, "trend", standing.trend.points);
    json.member("drill", standing.drill);
    json.close_object();
}

void write_touchpoint(JsonWriter& json, const FlowNode& node) {
    json.open_object();
    json.member("touchpoint", node.touchpoint);
    json.member("stage", node.stage);
    json.member("owner", node.owner);
    json.member("encounters", node.encounters);
    write_member(json, "experience", node.experience);
    json.member("drill", node.drill);
    json.close_object();
}

}  // namespace

std::string to_json(const Overview& overview) {
    JsonWriter json;
    json.open_object();
    write_member(json, "finding", overview.finding);
    write_member(json, "population", overview.population);
    json.member("blueprint_version", overview.blueprint_version);
    if (overview.withheld) {
        write_member(json, "withheld", *overview.withheld);
    }
    json.key("journeys").open_list();
    for (const JourneyStanding& standing : overview.journeys) {
        write_journey(json, standing);
    }
    json.close_list().key("metrics").open_list();
    for (const MetricStanding& standing : overview.metrics) {
        write_metric(json, standing);
    }
    json.close_list().key("promises").open_list();
    for (const PromiseRow& row : overview.promises.rows) {
        write(json, row);
    }
    json.close_list();
    write_points(json, "kept_trend", overview.kept_trend.points);
    json.key("touchpoints").open_list();
    for (const FlowNode& node : overview.touchpoints) {
        write_touchpoint(json, node);
    }
    json.close_list().close_object();
    return json.take();
}

}  // namespace kokemus::answer
