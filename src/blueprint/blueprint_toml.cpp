#include <cmath>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/duration_text.h"
#include "blueprint/blueprint_text.h"
#include "blueprint/built_in.h"

namespace kokemus::blueprint {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "\"";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            out += '\\';
            out += letter;
        } else if (byte < 0x20 || byte == 0x7f) {
            out += fmt::format("\\u{:04X}", byte);
        } else {
            out += letter;
        }
    }
    return out + '"';
}

bool is_bare(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           (letter >= '0' && letter <= '9') || letter == '_' || letter == '-';
}

std::string key_of(std::string_view name) {
    for (const char letter : name) {
        if (!is_bare(letter)) {
            return quoted(name);
        }
    }
    return name.empty() ? "\"\"" : std::string(name);
}

/// Writes `key = value` lines for values that differ from what their absence means.
class Lines {
public:
    void heading(std::string_view kind, std::string_view name) {
        out_ += fmt::format("\n[{}.{}]\n", kind, key_of(name));
    }

    void stage_heading(std::string_view journey, std::string_view stage) {
        out_ += fmt::format("\n[journey.{}.stage.{}]\n", key_of(journey), key_of(stage));
    }

    void text(std::string_view key, std::string_view value, std::string_view when_absent = "") {
        if (value != when_absent) {
            out_ += fmt::format("{} = {}\n", key, quoted(value));
        }
    }

    void texts(std::string_view key, const std::vector<std::string>& values) {
        if (values.empty()) {
            return;
        }
        out_ += fmt::format("{} = [", key);
        for (std::size_t i = 0; i < values.size(); ++i) {
            out_ += (i == 0 ? "" : ", ") + quoted(values[i]);
        }
        out_ += "]\n";
    }

    void flag(std::string_view key, bool value, bool when_absent) {
        if (value != when_absent) {
            out_ += fmt::format("{} = {}\n", key, value);
        }
    }

    void number(std::string_view key, const std::optional<double>& value) {
        if (value) {
            // A whole number as such; fmt gives the shortest text that reads back equal.
            const bool whole = *value == std::floor(*value) && std::abs(*value) < 1e15;
            out_ += whole ? fmt::format("{} = {:.0f}\n", key, *value + 0.0)
                          : fmt::format("{} = {}\n", key, *value);
        }
    }

    void duration(std::string_view key, const std::optional<Milliseconds>& value) {
        if (value) {
            out_ += fmt::format("{} = \"{}\"\n", key, duration_text(*value));
        }
    }

    std::string take() { return std::move(out_); }

private:
    std::string out_;
};

void write(Lines& lines, const Touchpoint& touchpoint) {
    lines.heading("touchpoint", touchpoint.name);
    lines.text("stage", touchpoint.stage);
    lines.text("owner", touchpoint.owner);
    lines.text("channel", touchpoint.channel);
    lines.text("topic", touchpoint.topic);
    lines.number("cost", touchpoint.cost);
    lines.flag("visible", touchpoint.visible, true);
    lines.flag("direct", touchpoint.direct, true);
    if (touchpoint.contact) {
        lines.flag("contact", *touchpoint.contact, !*touchpoint.contact);
    }
}

void write(Lines& lines, const Journey& journey) {
    lines.heading("journey", journey.name);
    lines.texts("starts", journey.starts);
    lines.texts("ends", journey.ends);
    lines.texts("stages", journey.stages);
    lines.texts("path", journey.path);
    lines.flag("thread", journey.thread, false);
    lines.duration("silence", journey.silence);
    lines.duration("within", journey.within);
    lines.text("feeling", journey.feeling);
    lines.text("owner", journey.owner);
    for (const auto& [stage, feeling] : journey.stage_feelings) {
        lines.stage_heading(journey.name, stage);
        lines.text("feeling", feeling.word);
        lines.number("intended", feeling.intended);
    }
}

void write(Lines& lines, const Promise& promise) {
    lines.heading("promise", promise.name);
    lines.texts("made", promise.made);
    lines.texts("kept", promise.kept);
    lines.duration("within", promise.within);
    lines.duration("at_risk", promise.at_risk);
    lines.number("target", promise.target);
    lines.text("owner", promise.owner);
}

void write(Lines& lines, const Scale& scale) {
    lines.heading("scale", scale.name);
    lines.number("low", scale.low);
    lines.number("high", scale.high);
    lines.flag("high_is_good", scale.high_is_good, true);
}

void write(Lines& lines, const Metric& metric) {
    lines.heading("metric", metric.name);
    lines.text("kind", name_of(metric.kind));
    lines.text("scale", metric.scale);
    lines.texts("touchpoints", metric.touchpoints);
    lines.number("good_from", metric.good_from);
    lines.text("ces", name_of(metric.ces), name_of(CesDefinition::Share));
    lines.text("promise", metric.promise);
    lines.text("journey", metric.journey);
    lines.number("target", metric.target);
    lines.number("minimum",
                 metric.minimum == 10 ? std::nullopt : std::optional<double>(metric.minimum));
    lines.number("version",
                 metric.version == 1 ? std::nullopt : std::optional<double>(metric.version));
    // What its absence means depends on the scale, so it is always said.
    lines.flag("high_is_good", metric.high_is_good, !metric.high_is_good);
}

void write_fields(Lines& lines, const std::map<std::string, std::string>& fields) {
    for (const auto& [field, expression] : fields) {
        lines.text(field, expression);
    }
}

void write(Lines& lines, const EventRule& rule) {
    lines.heading("event", rule.name);
    lines.text("kind", name_of(rule.kind), name_of(EventKind::Track));
    lines.flag("skip", rule.skip, false);
    write_fields(lines, rule.fields);
}

void write(Lines& lines, const Webhook& webhook) {
    lines.heading("webhook", webhook.name);
    lines.text("kind", name_of(webhook.kind), name_of(WebhookKind::Standard));
    lines.text("secret", webhook.secret);
    write_fields(lines, webhook.fields);
}

void write(Lines& lines, const Exclusion& exclusion) {
    lines.heading("exclude", exclusion.name);
    lines.texts("user_agents", exclusion.user_agents);
    lines.texts("addresses", exclusion.addresses);
    lines.texts("domains", exclusion.domains);
}

void write(Lines& lines, const IdentityTrait& identity) {
    lines.heading("identity", identity.name);
    lines.text("kind", name_of(identity.kind), name_of(IdentityKind::Key));
    lines.text("country", identity.country);
}

void write(Lines& lines, const Dimension& dimension) {
    lines.heading("dimension", dimension.name);
    lines.text("source", name_of(dimension.source), name_of(DimensionSource::Properties));
    lines.text("key", dimension.key, dimension.name);
}

}  // namespace

std::string_view name_of(ChannelKind kind) {
    switch (kind) {
        case ChannelKind::SelfService: return "self-service";
        case ChannelKind::Human: return "human";
        case ChannelKind::Bot: return "bot";
        case ChannelKind::Message: return "message";
    }
    return "";
}

std::string_view name_of(MetricKind kind) {
    switch (kind) {
        case MetricKind::Nps: return "nps";
        case MetricKind::Csat: return "csat";
        case MetricKind::Ces: return "ces";
        case MetricKind::Mean: return "mean";
        case MetricKind::Kept: return "kept";
        case MetricKind::ContactRate: return "contact_rate";
        case MetricKind::Completion: return "completion";
    }
    return "";
}

std::string_view name_of(CesDefinition definition) {
    return definition == CesDefinition::Share ? "share" : "mean";
}

std::string_view name_of(DimensionSource source) {
    return source == DimensionSource::Properties ? "properties" : "traits";
}

std::string_view name_of(EventKind kind) {
    switch (kind) {
        case EventKind::Track: return "track";
        case EventKind::Page: return "page";
        case EventKind::Screen: return "screen";
        case EventKind::CloudEvent: return "cloudevent";
    }
    return "";
}

std::string_view name_of(WebhookKind kind) {
    switch (kind) {
        case WebhookKind::Standard: return "standard";
        case WebhookKind::Chatwoot: return "chatwoot";
        case WebhookKind::Zammad: return "zammad";
    }
    return "";
}

std::string_view name_of(IdentityKind kind) {
    switch (kind) {
        case IdentityKind::Key: return "key";
        case IdentityKind::Email: return "email";
        case IdentityKind::Phone: return "phone";
        case IdentityKind::Account: return "account";
    }
    return "";
}

std::string to_toml(const Blueprint& blueprint) {
    const Blueprint declared = without_built_ins(blueprint);
    Lines lines;
    lines.text("name", declared.name);
    lines.text("time_zone", declared.time_zone);
    lines.texts("stages", declared.stages);
    for (const Channel& channel : declared.channels) {
        lines.heading("channel", channel.name);
        lines.text("kind", name_of(channel.kind));
    }
    for (const auto& each : declared.touchpoints) {
        write(lines, each);
    }
    for (const auto& each : declared.journeys) {
        write(lines, each);
    }
    for (const auto& each : declared.promises) {
        write(lines, each);
    }
    for (const auto& each : declared.scales) {
        write(lines, each);
    }
    for (const auto& each : declared.metrics) {
        write(lines, each);
    }
    for (const auto& each : declared.dimensions) {
        write(lines, each);
    }
    for (const auto& each : declared.events) {
        write(lines, each);
    }
    for (const auto& each : declared.webhooks) {
        write(lines, each);
    }
    for (const auto& each : declared.exclusions) {
        write(lines, each);
    }
    for (const auto& each : declared.identities) {
        write(lines, each);
    }
    return lines.take();
}

}  // namespace kokemus::blueprint
