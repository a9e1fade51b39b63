#include "blueprint/blueprint_read.h"

#include <limits>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/text.h"
#include "blueprint/blueprint_check.h"
#include "blueprint/blueprint_draft.h"
#include "blueprint/built_in.h"
#include "blueprint/field_expression.h"
#include "blueprint/network.h"
#include "blueprint/toml_parse.h"
#include "blueprint/toml_section.h"

namespace kokemus::blueprint {
namespace {

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr Bounds any_number = {-1e15, 1e15};

constexpr std::pair<std::string_view, ChannelKind> channel_kinds[] = {
    {"self-service", ChannelKind::SelfService},
    {"human", ChannelKind::Human},
    {"bot", ChannelKind::Bot},
    {"message", ChannelKind::Message}};

constexpr std::pair<std::string_view, MetricKind> metric_kinds[] = {
    {"nps", MetricKind::Nps},
    {"csat", MetricKind::Csat},
    {"ces", MetricKind::Ces},
    {"mean", MetricKind::Mean},
    {"kept", MetricKind::Kept},
    {"contact_rate", MetricKind::ContactRate},
    {"completion", MetricKind::Completion}};

constexpr std::pair<std::string_view, CesDefinition> ces_definitions[] = {
    {"share", CesDefinition::Share},
    {"mean", CesDefinition::Mean}};

constexpr std::pair<std::string_view, DimensionSource> dimension_sources[] = {
    {"properties", DimensionSource::Properties},
    {"traits", DimensionSource::Traits}};

constexpr std::pair<std::string_view, EventKind> event_kinds[] = {
    {"track", EventKind::Track},
    {"page", EventKind::Page},
    {"screen", EventKind::Screen},
    {"cloudevent", EventKind::CloudEvent}};

constexpr std::pair<std::string_view, WebhookKind> webhook_kinds[] = {
    {"standard", WebhookKind::Standard},
    {"chatwoot", WebhookKind::Chatwoot},
    {"zammad", WebhookKind::Zammad}};

constexpr std::pair<std::string_view, IdentityKind> identity_kinds[] = {
    {"key", IdentityKind::Key},
    {"email", IdentityKind::Email},
    {"phone", IdentityKind::Phone},
    {"account", IdentityKind::Account}};

/// Reads the tables one kind after the other into the draft.
class Reader {
public:
    explicit Reader(Draft& draft) : draft_(draft) {}

    void read(const toml::table& file) {
        Section top(draft_, "", "", file, {1, 1});
        draft_.blueprint.name = top.text("name");
        draft_.blueprint.time_zone = top.text("time_zone");
        draft_.blueprint.stages = top.texts("stages");
        for (const Named& each : top.tables("channel")) {
            read_channel(each);
        }
        for (const Named& each : top.tables("touchpoint")) {
            read_touchpoint(each);
        }
        for (const Named& each : top.tables("journey")) {
            read_journey(each);
        }
        for (const Named& each : top.tables("promise")) {
            read_promise(each);
        }
        for (const Named& each : top.tables("scale")) {
            read_scale(each);
        }
        for (const Named& each : top.tables("metric")) {
            read_metric(each);
        }
        for (const Named& each : top.tables("dimension")) {
            read_dimension(each);
        }
        read_collecting(top);
    }

private:
    void read_collecting(Section& top) {
        for (const Named& each : top.tables("event")) {
            read_event(each);
        }
        for (const Named& each : top.tables("webhook")) {
            read_webhook(each);
        }
        for (const Named& each : top.tables("exclude")) {
            read_exclusion(each);
        }
        for (const Named& each : top.tables("identity")) {
            read_identity(each);
        }
    }

    Section section(std::string_view kind, const Named& named) {
        return Section(draft_, kind, label_of(kind, named.name), *named.table, named.place);
    }

    void read_channel(const Named& named) {
        Section from = section("channel", named);
        Channel channel;
        channel.name = named.name;
        channel.kind = from.one_of("kind", channel_kinds).value_or(ChannelKind::SelfService);
        draft_.blueprint.channels.push_back(std::move(channel));
    }

    void read_touchpoint(const Named& named) {
        Section from = section("touchpoint", named);
        Touchpoint touchpoint;
        touchpoint.name = named.name;
        touchpoint.stage = from.text("stage");
        touchpoint.owner = from.text("owner");
        touchpoint.channel = from.text("channel");
        touchpoint.topic = from.text("topic");
        touchpoint.cost = from.number("cost", {0, infinite});
        touchpoint.visible = from.flag("visible").value_or(true);
        touchpoint.direct = from.flag("direct").value_or(true);
        touchpoint.contact = from.flag("contact");
        draft_.blueprint.touchpoints.push_back(std::move(touchpoint));
    }

    void read_journey(const Named& named) {
        Section from = section("journey", named);
        Journey journey;
        journey.name = named.name;
        journey.starts = from.texts("starts");
        journey.ends = from.texts("ends");
        journey.stages = from.texts("stages");
        journey.path = from.texts("path");
        journey.thread = from.flag("thread").value_or(false);
        journey.silence = from.duration("silence");
        journey.within = from.duration("within");
        journey.feeling = from.text("feeling");
        journey.owner = from.text("owner");
        for (const Named& stage : from.tables("stage")) {
            Section inner(draft_,
                          "journey.stage",
                          stage_label(named.name, stage.name),
                          *stage.table,
                          stage.place);
            StageFeeling feeling;
            feeling.word = inner.text("feeling");
            feeling.intended = inner.number("intended", {-3, 3});
            journey.stage_feelings.emplace(stage.name, std::move(feeling));
        }
        draft_.blueprint.journeys.push_back(std::move(journey));
    }

    void read_promise(const Named& named) {
        Section from = section("promise", named);
        Promise promise;
        promise.name = named.name;
        promise.made = from.texts("made");
        promise.kept = from.texts("kept");
        promise.within = from.duration("within");
        promise.at_risk = from.duration("at_risk");
        promise.target = from.number("target", {0, 1});
        promise.owner = from.text("owner");
        draft_.blueprint.promises.push_back(std::move(promise));
    }

    void read_scale(const Named& named) {
        Section from = section("scale", named);
        const auto low = from.number("low", any_number);
        const auto high = from.number("high", any_number);
        const bool high_is_good = from.flag("high_is_good").value_or(true);
        if (low && high && *low >= *high) {
            draft_.error(
                label_of("scale", named.name),
                "high",
                fmt::format("high is {} and low is {}; high must be more than low", *high, *low));
        }
        // A scale at fault is kept with any range, so that what refers to it is not at fault too.
        const bool usable = low && high && *low < *high;
        draft_.blueprint.scales.push_back(
            {named.name, usable ? *low : 0, usable ? *high : 1, high_is_good});
    }

    void read_metric(const Named& named) {
        Section from = section("metric", named);
        Metric metric;
        metric.name = named.name;
        const auto kind = from.one_of("kind", metric_kinds);
        metric.kind = kind.value_or(MetricKind::Mean);
        metric.scale = from.text("scale");
        metric.touchpoints = from.texts("touchpoints");
        metric.good_from = from.number("good_from", any_number);
        metric.ces = from.one_of("ces", ces_definitions).value_or(CesDefinition::Share);
        metric.promise = from.text("promise");
        metric.journey = from.text("journey");
        metric.target = from.number("target", any_number);
        metric.minimum = from.whole_number("minimum", {1, 1e9}).value_or(10);
        metric.version = from.whole_number("version", {1, 1e9}).value_or(1);
        if (metric.scale.empty()) {
            metric.scale = default_scale(metric.kind);
        }
        const auto declared = from.flag("high_is_good");
        metric.high_is_good = declared.value_or(default_high_is_good(metric));
        draft_.blueprint.metrics.push_back(std::move(metric));
    }

    static std::string default_scale(MetricKind kind) {
        switch (kind) {
            case MetricKind::Nps: return "nps";
            case MetricKind::Csat: return "csat5";
            case MetricKind::Ces: return "ces7";
            default: return "";
        }
    }

    bool default_high_is_good(const Metric& metric) const {
        const bool is_mean = metric.kind == MetricKind::Mean ||
                             (metric.kind == MetricKind::Ces && metric.ces == CesDefinition::Mean);
        const Scale* scale = draft_.blueprint.scale(metric.scale);
        if (is_mean && scale != nullptr) {
            return scale->high_is_good;
        }
        return metric.kind != MetricKind::ContactRate;
    }

    void read_dimension(const Named& named) {
        Section from = section("dimension", named);
        Dimension dimension;
        dimension.name = named.name;
        dimension.source =
            from.one_of("source", dimension_sources).value_or(DimensionSource::Properties);
        dimension.key = from.text("key");
        if (dimension.key.empty()) {
            dimension.key = named.name;
        }
        draft_.blueprint.dimensions.push_back(std::move(dimension));
    }

    /// The fields of an encounter that the table gives an expression for.
    std::map<std::string, std::string> read_fields(Section& from, const std::string& label) {
        std::map<std::string, std::string> fields;
        for (const std::string_view field : mapped_fields()) {
            std::string expression = from.text(field);
            if (expression.empty()) {
                continue;
            }
            if (const auto parsed = parse_field_expression(expression); !parsed) {
                draft_.error(label, field, fmt::format("{} {}", field, parsed.error().message));
            }
            fields.emplace(field, std::move(expression));
        }
        return fields;
    }

    void read_event(const Named& named) {
        Section from = section("event", named);
        EventRule rule;
        rule.name = named.name;
        rule.kind = from.one_of("kind", event_kinds).value_or(EventKind::Track);
        rule.skip = from.flag("skip").value_or(false);
        rule.fields = read_fields(from, label_of("event", named.name));
        draft_.blueprint.events.push_back(std::move(rule));
    }

    void read_exclusion(const Named& named) {
        Section from = section("exclude", named);
        Exclusion exclusion{
            named.name, from.texts("user_agents"), from.texts("addresses"), from.texts("domains")};
        for (std::size_t i = 0; i < exclusion.addresses.size(); ++i) {
            if (const auto network = parse_network(exclusion.addresses[i]); !network) {
                draft_.error(
                    label_of("exclude", named.name), "addresses", network.error().message, i);
            }
        }
        draft_.blueprint.exclusions.push_back(std::move(exclusion));
    }

    void read_identity(const Named& named) {
        Section from = section("identity", named);
        IdentityTrait identity;
        identity.name = named.name;
        identity.kind = from.one_of("kind", identity_kinds).value_or(IdentityKind::Key);
        identity.country = from.text("country");
        const std::string_view digits = std::string_view(identity.country).substr(0, 1) == "+"
                                            ? std::string_view(identity.country).substr(1)
                                            : std::string_view();
        const bool is_code = !digits.empty() && digits.size() <= 3 && digits.front() != '0' &&
                             digits.find_first_not_of("0123456789") == std::string_view::npos;
        if (!identity.country.empty() && (!is_code || identity.kind != IdentityKind::Phone)) {
            draft_.error(
                label_of("identity", named.name),
                "country",
                "country is the code of a country as \"+358\", for kind = \"phone\" alone");
        }
        draft_.blueprint.identities.push_back(std::move(identity));
    }

    void read_webhook(const Named& named) {
        Section from = section("webhook", named);
        Webhook webhook;
        webhook.name = named.name;
        webhook.kind = from.one_of("kind", webhook_kinds).value_or(WebhookKind::Standard);
        webhook.secret = from.text("secret");
        webhook.fields = read_fields(from, label_of("webhook", named.name));
        if (std::string condition = from.text(condition_key); !condition.empty()) {
            if (const auto parsed = parse_field_condition(condition); !parsed) {
                draft_.error(label_of("webhook", named.name),
                             condition_key,
                             fmt::format("{} {}", condition_key, parsed.error().message));
            }
            webhook.fields.emplace(condition_key, std::move(condition));
        }
        draft_.blueprint.webhooks.push_back(std::move(webhook));
    }

    Draft& draft_;
};

}  // namespace

Reading read_blueprint(std::string_view toml) {
    Reading reading;
    if (toml.size() > limits::blueprint_bytes_max) {
        reading.faults.push_back({0,
                                  0,
                                  fmt::format("the file has {} bytes; at most {} may be",
                                              toml.size(),
                                              limits::blueprint_bytes_max),
                                  Severity::Error});
        return reading;
    }
    ParsedToml parsed = parse_toml(toml);
    Draft draft;
    draft.whole = parsed.faults.empty();
    for (Fault& fault : parsed.faults) {
        draft.error({fault.line, fault.column}, std::move(fault.message));
    }
    Reader(draft).read(parsed.table);
    // What a syntax fault hides would look like a missing declaration, so the whole is judged only
    // when all of it is there.
    if (draft.whole) {
        check_draft(draft);
    }
    reading.faults = draft.take_faults();
    reading.blueprint = with_built_ins(std::move(draft.blueprint));
    return reading;
}

Result<Reading> read_blueprint_file(const std::filesystem::path& path) {
    return read_blueprint(TRY(read_file(path, limits::blueprint_bytes_max)));
}

Result<Blueprint> load_blueprint(const std::filesystem::path& path) {
    Reading reading = TRY(read_blueprint_file(path));
    if (!has_errors(reading.faults)) {
        return std::move(reading.blueprint);
    }
    std::string message;
    for (const Fault& fault : reading.faults) {
        message +=
            fmt::format("{}{}: {}", message.empty() ? "" : "\n", path.string(), to_text(fault));
    }
    return invalid_input(std::move(message));
}

}  // namespace kokemus::blueprint
