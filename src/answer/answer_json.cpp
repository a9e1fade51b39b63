#include "answer/answer_json.h"

#include "answer/body_writers.h"
#include "answer/drivers_json.h"
#include "answer/json_parts.h"
#include "answer/path_text.h"
#include "answer/promise_answers_json.h"
#include "question/condition_words.h"
#include "question/question_words.h"

namespace kokemus::answer {
namespace {

void write(JsonWriter& json, const FlowNode& node) {
    json.open_object()
        .member("touchpoint", node.touchpoint)
        .member("encounters", node.encounters)
        .member("units", node.units)
        .member("customers", node.customers)
        .member("share", node.share)
        .member("stage", node.stage)
        .member("channel", node.channel)
        .member("owner", node.owner)
        .member("in_blueprint", node.in_blueprint)
        .member("position", node.position);
    write_member(json, "experience", node.experience);
    json.member("drill", node.drill).close_object();
}

void write(JsonWriter& json, const FlowEdge& edge) {
    json.open_object()
        .member("from", edge.from)
        .member("to", edge.to)
        .member("count", edge.count)
        .member("units", edge.units)
        .member("customers", edge.customers)
        .member("share", edge.share)
        .member("forced", edge.forced);
    write_member(json, "seconds", edge.seconds);
    write_member(json, "experience", edge.experience);
    json.member("drill", edge.drill).close_object();
}

/// What a question for the counts alone has of a node and of an edge.
void write_counts(JsonWriter& json, const FlowNode& node) {
    json.open_object()
        .member("touchpoint", node.touchpoint)
        .member("encounters", node.encounters)
        .member("stage", node.stage)
        .member("channel", node.channel)
        .member("owner", node.owner)
        .member("in_blueprint", node.in_blueprint)
        .member("drill", node.drill)
        .close_object();
}

void write_counts(JsonWriter& json, const FlowEdge& edge) {
    json.open_object()
        .member("from", edge.from)
        .member("to", edge.to)
        .member("count", edge.count)
        .member("drill", edge.drill)
        .close_object();
}

template <typename Part>
void write_counts(JsonWriter& json, std::string_view name, const std::vector<Part>& parts) {
    json.key(name).open_list();
    for (const Part& part : parts) {
        write_counts(json, part);
    }
    json.close_list();
}

/// Of a path with very many steps the first, and how many there are behind them.
void write_path(JsonWriter& json, const std::vector<std::string>& path, std::uint64_t left_out) {
    write_member(json, "path", path);
    if (left_out > 0) {
        json.member("path_left_out", left_out);
    }
}

void write(JsonWriter& json, const VariantRow& row) {
    json.open_object();
    write_member(json, "path", row.path);
    json.member("count", row.count)
        .member("customers", row.customers)
        .member("share", row.share)
        .member("running", row.running);
    write_member(json, "seconds", row.seconds);
    write_member(json, "experience", row.experience);
    json.member("drill", row.drill).close_object();
}

void write(JsonWriter& json, const BreakdownGroup& group) {
    json.open_object().member("value", group.value);
    write_member(json, "value_estimate", group.estimate);
    json.member("encounters", group.encounters).member("drill", group.drill).close_object();
}

void write(JsonWriter& json, const SwitchRow& row) {
    json.open_object()
        .member("from", row.from)
        .member("to", row.to)
        .member("count", row.count)
        .member("units", row.units)
        .member("customers", row.customers)
        .member("forced", row.forced);
    write_member(json, "experience", row.experience);
    json.member("drill", row.drill).member("forced_drill", row.drill_forced).close_object();
}

void write_repeat_members(JsonWriter& json, const RepeatRow& row) {
    json.member("contacts", row.contacts);
    write_member(json, "again", row.again);
    write_member(json, "first_contact_resolution", row.first_contact_resolution);
    json.key("drills")
        .open_object()
        .member("contacts", row.drill_contacts)
        .member("again", row.drill_again)
        .close_object();
}

void write(JsonWriter& json, const RepeatRow& topic) {
    json.open_object().member("topic", topic.topic);
    write_repeat_members(json, topic);
    json.close_object();
}

void write(JsonWriter& json, const question::EpisodeRow& row) {
    json.open_object().member("customer", row.customer).member("thread", row.thread);
    write_member(json, "start", std::optional(row.start));
    write_member(json, "end", std::optional(row.end));
    json.key("seconds");
    write_seconds(json, row.end - row.start);
    json.member("encounters", row.encounters)
        .member("status", question::word_of(question::status_words(), row.status))
        .member("experience", row.experience);
    write_path(json, row.path, left_out_of(row));
    json.close_object();
}

void write(JsonWriter& json, const TimelineEncounter& encounter) {
    const question::TimelineRow& row = encounter.row;
    json.open_object();
    write_member(json, "time", std::optional(row.time));
    json.member("touchpoint", row.touchpoint)
        .member("channel", row.channel)
        .member("channel_kind", encounter.channel_kind)
        .member("stage", encounter.stage)
        .member("department", row.department)
        .member("employee", row.employee)
        .member("thread", row.thread)
        .member("score", row.score)
        .member("scale", row.scale)
        .member("experience", encounter.experience)
        .member("value", row.value)
        .member("seconds", row.duration_seconds)
        .member("in_blueprint", encounter.in_blueprint)
        .member("visible", encounter.visible)
        .close_object();
}

template <typename Row>
void write_list(JsonWriter& json, std::string_view name, const std::vector<Row>& rows) {
    json.key(name).open_list();
    for (const Row& row : rows) {
        write(json, row);
    }
    json.close_list();
}

void write_funnel_step(JsonWriter& json, const FunnelStep& step, std::size_t number) {
    json.open_object().member("step", number);
    write_member(json, "touchpoints", step.touchpoints);
    json.member("units", step.units).member("customers", step.customers);
    write_member(json, "share", step.share);
    write_member(json, "from_previous", step.from_previous);
    write_member(json, "seconds", step.seconds);
    json.member("lost", step.lost).key("instead").open_list();
    for (const auto& [touchpoint, count] : step.instead) {
        json.open_object().member("touchpoint", touchpoint).member("count", count).close_object();
    }
    json.close_list()
        .member("drill", step.drill)
        .member("lost_drill", step.lost_drill)
        .close_object();
}

void write_answer(JsonWriter& json, const Answer& answer, std::int64_t blueprint_version);

/// The members that each kind adds to the envelope.
struct BodyWriter {
    JsonWriter& json;
    std::int64_t blueprint_version;

    void operator()(const Flow& flow) const {
        if (flow.counts_only) {
            write_counts(json, "nodes", flow.nodes);
            write_counts(json, "edges", flow.edges);
            return;
        }
        write_list(json, "nodes", flow.nodes);
        write_list(json, "edges", flow.edges);
        write_member(json, "experience", flow.experience);
    }

    void operator()(const Variants& variants) const {
        write_list(json, "variants", variants.rows);
        json.member("distinct", variants.distinct).key("other").open_object();
        json.member("variants", variants.other_variants)
            .member("count", variants.other_count)
            .member("share", variants.other_share)
            .close_object()
            .member("total", variants.total);
    }

    void operator()(const Funnel& funnel) const {
        json.key("within");
        write_seconds(json, funnel.within);
        json.key("steps").open_list();
        for (std::size_t i = 0; i < funnel.steps.size(); ++i) {
            write_funnel_step(json, funnel.steps[i], i + 1);
        }
        json.close_list();
    }

    void operator()(const Trend& trend) const {
        write_member(json, "metric", trend.metric);
        json.member("grain", question::word_of(question::grain_words(), trend.grain));
        write_member(json, "total", trend.total);
        json.member("target", trend.metric.metric.target);
        write_list(json, "points", trend.points);
    }

    void operator()(const Breakdown& breakdown) const {
        write_member(json, "metric", breakdown.metric);
        json.member("by", breakdown.by);
        write_member(json, "total", breakdown.total);
        json.member("target", breakdown.metric.metric.target);
        write_list(json, "groups", breakdown.groups);
    }

    void operator()(const Promises& promises) const {
        write_member(json, "now", std::optional(promises.now));
        write_list(json, "promises", promises.rows);
    }

    void operator()(const Switches& switches) const {
        write_member(json, "units_with_switch", switches.units_with_switch);
        write_member(json, "forced", switches.forced);
        json.key("drills")
            .open_object()
            .member("units_with_switch", switches.drill_units_with_switch)
            .member("forced", switches.drill_forced)
            .close_object();
        write_list(json, "switches", switches.rows);
        json.key("window");
        write_seconds(json, switches.window);
        json.key("repeats").open_object();
        write_repeat_members(json, switches.repeats);
        json.close_object();
        write_list(json, "topics", switches.topics);
    }

    void operator()(const Drivers& drivers) const { write_drivers(json, drivers); }
    void operator()(const Lateness& lateness) const { write_members(json, lateness); }
    void operator()(const Foresight& foresight) const { write_members(json, foresight); }

    void operator()(const Episodes& episodes) const {
        json.member("total", episodes.total)
            .member("offset", episodes.offset)
            .member("limit", episodes.limit);
        write_list(json, "episodes", episodes.rows);
    }

    void operator()(const Timeline& timeline) const {
        json.member("customer", timeline.customer)
            .member("total", timeline.total)
            .member("offset", timeline.offset)
            .member("limit", timeline.limit);
        write_list(json, "encounters", timeline.rows);
    }

    void operator()(const Conformance& conformance) const { write_members(json, conformance); }

    void operator()(const LeagueTable& league) const { write_members(json, league); }

    void operator()(const Causes& causes) const { write_members(json, causes); }

    void operator()(const ByValue& by) const {
        json.member("by", by.by).key("groups").open_list();
        for (const Group& group : by.groups) {
            json.open_object().member("value", group.value).key("answer");
            write_answer(json, group.answer, blueprint_version);
            json.close_object();
        }
        json.close_list().member("other_values", by.other_values);
    }
};

void write_unit(JsonWriter& json, const question::Unit& unit) {
    switch (unit.kind) {
        case question::UnitKind::Customer: json.member("per", "customer"); break;
        case question::UnitKind::Thread: json.member("per", "thread"); break;
        case question::UnitKind::Journey: json.member("per", "journey"); break;
    }
    if (unit.kind == question::UnitKind::Journey) {
        json.member("journey", unit.journey);
    } else {
        json.key("journey").null();
    }
}

std::optional<Instant> closed_end(Instant end, Instant open) {
    return end == open ? std::nullopt : std::optional(end);
}

void write_answer(JsonWriter& json, const Answer& answer, std::int64_t blueprint_version) {
    json.open_object()
        .member("kind", question::rule_of(answer.asked.kind).text)
        .member("question", answer.question);
    write_unit(json, answer.asked.per);
    json.key("range").open_object();
    write_member(json, "from", closed_end(answer.asked.range.from, Instant::min()));
    write_member(json, "to", closed_end(answer.asked.range.to, Instant::max()));
    json.close_object();
    write_member(json, "population", answer.population);
    json.member("blueprint_version", blueprint_version);
    if (answer.withheld) {
        write_member(json, "withheld", *answer.withheld);
    }
    write_member(json, "finding", answer.finding);
    std::visit(BodyWriter{json, blueprint_version}, answer.body);
    json.close_object();
}

}  // namespace

std::string to_json(const Answer& answer) {
    JsonWriter json;
    write_answer(json, answer, answer.blueprint_version);
    return json.take();
}

}  // namespace kokemus::answer
