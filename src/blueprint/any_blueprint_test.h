#pragma once

#include <optional>
#include <string>
#include <vector>

#include <rapidcheck.h>

#include "blueprint/blueprint.h"
#include "blueprint/built_in.h"
#include "blueprint/reserved_words.h"

/// For property tests: blueprints at random.
namespace kokemus::blueprint {

inline std::vector<std::string> some_of(const std::vector<std::string>& names) {
    const auto picks = *rc::gen::inRange(0, 1 << names.size());
    std::vector<std::string> some;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if ((picks >> i & 1) != 0) {
            some.push_back(names[i]);
        }
    }
    return some;
}

/// Some names, each once, that are hard to quote.
inline std::vector<std::string> unique_names() {
    return some_of({"a",
                    "order placed",
                    "call: billing",
                    "say \"hi\"",
                    "back\\slash",
                    "it's",
                    "äö",
                    "[x]",
                    "a.b",
                    "#1",
                    "=",
                    "日本",
                    "a,b",
                    "1"});
}

inline std::string one_of(const std::vector<std::string>& names) {
    return names.empty() || *rc::gen::arbitrary<bool>() ? "" : *rc::gen::elementOf(names);
}

inline std::optional<Milliseconds> maybe_duration() {
    if (*rc::gen::arbitrary<bool>()) {
        return std::nullopt;
    }
    const auto unit = *rc::gen::element<std::int64_t>(1, 1000, 60'000, 3'600'000, 86'400'000);
    return Milliseconds(unit * *rc::gen::inRange<std::int64_t>(1, 5000));
}

inline std::optional<double> maybe_number(double least, double greatest) {
    if (*rc::gen::arbitrary<bool>()) {
        return std::nullopt;
    }
    return least + (greatest - least) * *rc::gen::inRange(0, 1001) / 1000.0;
}

inline Touchpoint any_touchpoint(const std::string& name, const std::vector<std::string>& channels,
                                 const std::vector<std::string>& stages) {
    Touchpoint touchpoint;
    touchpoint.name = name;
    touchpoint.stage = one_of(stages);
    touchpoint.owner = *rc::gen::element<std::string>("", "Sales", "say \"hi\"");
    touchpoint.channel = one_of(channels);
    touchpoint.topic = *rc::gen::element<std::string>("", "billing");
    touchpoint.cost = maybe_number(0, 1e6);
    touchpoint.visible = *rc::gen::arbitrary<bool>();
    touchpoint.direct = *rc::gen::arbitrary<bool>();
    if (*rc::gen::arbitrary<bool>()) {
        touchpoint.contact = *rc::gen::arbitrary<bool>();
    }
    return touchpoint;
}

inline Journey any_journey(const std::string& name, const std::vector<std::string>& touchpoints,
                           const std::vector<std::string>& stages) {
    Journey journey;
    journey.name = name;
    journey.starts = {*rc::gen::elementOf(touchpoints)};
    journey.ends = some_of(touchpoints);
    journey.stages = some_of(stages);
    journey.path = *rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(touchpoints));
    journey.thread = *rc::gen::arbitrary<bool>();
    journey.silence = maybe_duration();
    journey.within = maybe_duration();
    journey.feeling = *rc::gen::element<std::string>("", "in control", "first-class");
    journey.owner = *rc::gen::element<std::string>("", "Delivery");
    for (const std::string& stage : journey.stages) {
        journey.stage_feelings[stage] = {*rc::gen::element<std::string>("", "informed"),
                                         maybe_number(-3, 3)};
    }
    return journey;
}

inline Promise any_promise(const std::string& name, const std::vector<std::string>& touchpoints) {
    Promise promise;
    promise.name = name;
    promise.made = some_of(touchpoints);
    promise.kept = {*rc::gen::elementOf(touchpoints)};
    promise.within = promise.made.empty() ? std::nullopt : maybe_duration();
    promise.at_risk = maybe_duration();
    promise.target = maybe_number(0, 1);
    promise.owner = *rc::gen::element<std::string>("", "Delivery");
    return promise;
}

inline Metric any_metric(const std::string& name, const Blueprint& so_far) {
    Metric metric;
    metric.name = name;
    metric.kind = *rc::gen::element(MetricKind::Nps,
                                    MetricKind::Csat,
                                    MetricKind::Ces,
                                    MetricKind::Mean,
                                    MetricKind::Kept,
                                    MetricKind::ContactRate,
                                    MetricKind::Completion);
    switch (metric.kind) {
        case MetricKind::Nps: metric.scale = "nps"; break;
        case MetricKind::Csat: metric.scale = "csat5"; break;
        case MetricKind::Ces:
            metric.scale = *rc::gen::element<std::string>("ces5", "ces7");
            metric.ces = *rc::gen::element(CesDefinition::Share, CesDefinition::Mean);
            break;
        case MetricKind::Mean:
            metric.scale = *rc::gen::element<std::string>("", "stars5", "mood");
            break;
        case MetricKind::Kept:
            metric.promise = so_far.promises.empty() ? "" : so_far.promises.front().name;
            break;
        case MetricKind::Completion:
            metric.journey = so_far.journeys.empty() ? "" : so_far.journeys.front().name;
            break;
        case MetricKind::ContactRate: break;
    }
    // 1 lies on every scale used here, as a share and as a mean.
    const bool mean = metric.kind == MetricKind::Mean || metric.kind == MetricKind::Ces;
    metric.target = maybe_number(mean ? 1 : 0, 1);
    metric.minimum = *rc::gen::inRange(1, 100);
    metric.version = *rc::gen::inRange(1, 100);
    metric.high_is_good = *rc::gen::arbitrary<bool>();
    return metric;
}

/// Any blueprint that the reader could have made.
inline Blueprint any_blueprint() {
    Blueprint blueprint;
    blueprint.name = *rc::gen::element<std::string>("", "Aava \"Oy\"", "Öljy\\");
    blueprint.time_zone = *rc::gen::element<std::string>("", "UTC", "Europe/Helsinki");
    blueprint.stages = unique_names();
    const auto channels = unique_names();
    for (const std::string& name : channels) {
        blueprint.channels.push_back({name,
                                      *rc::gen::element(ChannelKind::SelfService,
                                                        ChannelKind::Human,
                                                        ChannelKind::Bot,
                                                        ChannelKind::Message)});
    }
    const auto touchpoints = unique_names();
    for (const std::string& name : touchpoints) {
        blueprint.touchpoints.push_back(any_touchpoint(name, channels, blueprint.stages));
    }
    if (!touchpoints.empty()) {
        for (const std::string& name : unique_names()) {
            blueprint.journeys.push_back(any_journey(name, touchpoints, blueprint.stages));
        }
        for (const std::string& name : unique_names()) {
            blueprint.promises.push_back(any_promise(name, touchpoints));
        }
    }
    blueprint.scales = {{"mood", -3.5, 3, *rc::gen::arbitrary<bool>()}};
    if (*rc::gen::arbitrary<bool>()) {
        blueprint.scales.push_back(built_in_scales()[*rc::gen::inRange(0, 5)]);
    }
    for (const std::string& name : unique_names()) {
        blueprint.metrics.push_back(any_metric(name, blueprint));
    }
    if (*rc::gen::arbitrary<bool>()) {
        blueprint.metrics.push_back(built_in_metrics()[*rc::gen::inRange(0, 8)]);
    }
    blueprint.dimensions = {
        {"plan",
         *rc::gen::element(DimensionSource::Traits, DimensionSource::Properties),
         *rc::gen::element<std::string>("plan", "Plan Name")}};
    for (const std::string& name : unique_names()) {
        blueprint.events.push_back(
            {name,
             *rc::gen::element(
                 EventKind::Track, EventKind::Page, EventKind::Screen, EventKind::CloudEvent),
             *rc::gen::arbitrary<bool>(),
             {{"touchpoint", *rc::gen::element<std::string>("/a~1b | it's", "say \"hi\"")}}});
        blueprint.webhooks.push_back(
            {name,
             *rc::gen::element(WebhookKind::Standard, WebhookKind::Chatwoot, WebhookKind::Zammad),
             "desk",
             {{"customer", "/contact/email"},
              {"touchpoint", "ticket: opened"},
              {"when", "/event = opened"}}});
        blueprint.exclusions.push_back(
            {name, some_of({"bot"}), some_of({"10.0.0.0/8"}), {"äö.fi"}});
        blueprint.identities.push_back(
            {name,
             *rc::gen::element(IdentityKind::Key, IdentityKind::Email, IdentityKind::Account),
             ""});
        blueprint.identities.push_back({name + " number", IdentityKind::Phone, "+358"});
    }
    return with_built_ins(std::move(blueprint));
}

}  // namespace kokemus::blueprint
