#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "blueprint/blueprint_text.h"
#include "blueprint/built_in.h"

namespace kokemus::blueprint {
namespace {

namespace json = boost::json;

json::array texts(const std::vector<std::string>& values) {
    json::array out;
    for (const std::string& value : values) {
        out.emplace_back(value);
    }
    return out;
}

json::value number(const std::optional<double>& value) {
    return value ? json::value(*value) : json::value(nullptr);
}

json::value seconds(const std::optional<Milliseconds>& duration) {
    return duration ? json::value(static_cast<double>(duration->count()) / 1000.0)
                    : json::value(nullptr);
}

json::string_view view(std::string_view text) {
    return {text.data(), text.size()};
}

json::value to_value(const Channel& channel) {
    return json::object{{"name", channel.name}, {"kind", view(name_of(channel.kind))}};
}

json::value to_value(const Touchpoint& touchpoint) {
    return json::object{
        {"name", touchpoint.name},
        {"stage", touchpoint.stage},
        {"owner", touchpoint.owner},
        {"channel", touchpoint.channel},
        {"topic", touchpoint.topic},
        {"cost", number(touchpoint.cost)},
        {"visible", touchpoint.visible},
        {"direct", touchpoint.direct},
        {"contact", touchpoint.contact ? json::value(*touchpoint.contact) : json::value(nullptr)}};
}

json::value to_value(const Journey& journey) {
    json::object feelings;
    for (const auto& [stage, feeling] : journey.stage_feelings) {
        feelings[stage] =
            json::object{{"feeling", feeling.word}, {"intended", number(feeling.intended)}};
    }
    return json::object{{"name", journey.name},
                        {"starts", texts(journey.starts)},
                        {"ends", texts(journey.ends)},
                        {"stages", texts(journey.stages)},
                        {"path", texts(journey.path)},
                        {"thread", journey.thread},
                        {"silence", seconds(journey.silence)},
                        {"within", seconds(journey.within)},
                        {"feeling", journey.feeling},
                        {"stage_feelings", std::move(feelings)},
                        {"owner", journey.owner}};
}

json::value to_value(const Promise& promise) {
    return json::object{{"name", promise.name},
                        {"made", texts(promise.made)},
                        {"kept", texts(promise.kept)},
                        {"within", seconds(promise.within)},
                        {"at_risk", seconds(promise.at_risk)},
                        {"target", number(promise.target)},
                        {"owner", promise.owner}};
}

json::value to_value(const Scale& scale) {
    return json::object{{"name", scale.name},
                        {"low", scale.low},
                        {"high", scale.high},
                        {"high_is_good", scale.high_is_good}};
}

json::value to_value(const Metric& metric) {
    const auto& built_in = built_in_metrics();
    return json::object{{"name", metric.name},
                        {"kind", view(name_of(metric.kind))},
                        {"scale", metric.scale},
                        {"version", metric.version},
                        {"target", number(metric.target)},
                        {"minimum", metric.minimum},
                        {"high_is_good", metric.high_is_good},
                        {"good_from", number(metric.good_from)},
                        {"ces", view(name_of(metric.ces))},
                        {"touchpoints", texts(metric.touchpoints)},
                        {"promise", metric.promise},
                        {"journey", metric.journey},
                        {"builtin", std::ranges::find(built_in, metric) != built_in.end()}};
}

json::value to_value(const Dimension& dimension) {
    return json::object{{"name", dimension.name},
                        {"source", view(name_of(dimension.source))},
                        {"key", dimension.key}};
}

template <typename Declared>
json::array list(const std::vector<Declared>& all) {
    json::array out;
    for (const Declared& each : all) {
        out.push_back(to_value(each));
    }
    return out;
}

}  // namespace

std::string to_json(const Blueprint& blueprint) {
    return json::serialize(json::object{{"name", blueprint.name},
                                        {"time_zone", blueprint.time_zone},
                                        {"stages", texts(blueprint.stages)},
                                        {"channels", list(blueprint.channels)},
                                        {"touchpoints", list(blueprint.touchpoints)},
                                        {"journeys", list(blueprint.journeys)},
                                        {"promises", list(blueprint.promises)},
                                        {"scales", list(blueprint.scales)},
                                        {"metrics", list(blueprint.metrics)},
                                        {"dimensions", list(blueprint.dimensions)}});
}

}  // namespace kokemus::blueprint
