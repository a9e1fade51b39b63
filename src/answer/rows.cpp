#include "answer/rows.h"

#include <chrono>

#include "answer/path_text.h"
#include "answer/rows_writer.h"
#include "question/condition_words.h"

namespace kokemus::answer {
namespace {

struct BodyRows {
    RowsWriter& out;

    void operator()(const Flow& flow) const {
        Columns columns{{"from", Holds::Text}, {"to", Holds::Text}, {"count", Holds::Count}};
        if (flow.counts_only) {
            out.head(std::move(columns));
            for (const FlowEdge& edge : flow.edges) {
                out.text(edge.from).text(edge.to).count(edge.count).end_row();
            }
            return;
        }
        add(columns,
            {{"units", Holds::Count},
             {"customers", Holds::Count},
             {"share", Holds::Share},
             {"forced", Holds::Count}});
        add(columns, seconds_columns());
        add(columns, experience_columns());
        out.head(std::move(columns));
        for (const FlowEdge& edge : flow.edges) {
            out.text(edge.from).text(edge.to).count(edge.count).count(edge.units);
            out.count(edge.customers).number(edge.share).count(edge.forced);
            out.seconds(edge.seconds).value(edge.experience).end_row();
        }
    }

    void operator()(const Variants& variants) const {
        Columns columns{{"path", Holds::Text},
                        {"count", Holds::Count},
                        {"customers", Holds::Count},
                        {"share", Holds::Share},
                        {"running", Holds::Share}};
        add(columns, seconds_columns());
        add(columns, experience_columns());
        out.head(std::move(columns));
        for (const VariantRow& row : variants.rows) {
            out.text(path_text(row.path, 0, " > "));
            out.count(row.count).count(row.customers);
            out.number(row.share).number(row.running);
            out.seconds(row.seconds).value(row.experience).end_row();
        }
    }

    void operator()(const Funnel& funnel) const {
        Columns columns{{"step", Holds::Count},
                        {"touchpoints", Holds::Text},
                        {"units", Holds::Count},
                        {"customers", Holds::Count}};
        add(columns, value_columns("share", "share_", Holds::Share));
        add(columns, value_columns("from_previous", "from_previous_", Holds::Share));
        add(columns, seconds_columns());
        columns.push_back({"lost", Holds::Count});
        out.head(std::move(columns));
        for (std::size_t i = 0; i < funnel.steps.size(); ++i) {
            const FunnelStep& step = funnel.steps[i];
            out.count(i + 1).text(joined(step.touchpoints, " | "));
            out.count(step.units).count(step.customers);
            out.value(step.share).value(step.from_previous);
            out.seconds(step.seconds).count(step.lost).end_row();
        }
    }

    void operator()(const Trend& trend) const {
        Columns columns{{"start", Holds::Time},
                        {"end", Holds::Time},
                        {"label", Holds::Text},
                        {"complete", Holds::Flag}};
        add(columns, value_columns("estimate", "", holds_of(trend.metric.unit)));
        columns.push_back({"encounters", Holds::Count});
        out.head(std::move(columns));
        for (const TrendPoint& point : trend.points) {
            out.time(point.start).time(point.end).text(point.label).flag(point.complete);
            out.value(point.value).count(point.encounters).end_row();
        }
    }

    void operator()(const Breakdown& breakdown) const {
        Columns columns{{"value", Holds::Text}};
        add(columns, value_columns("estimate", "", holds_of(breakdown.metric.unit)));
        columns.push_back({"encounters", Holds::Count});
        out.head(std::move(columns));
        for (const BreakdownGroup& group : breakdown.groups) {
            out.text(group.value).value(group.estimate).count(group.encounters).end_row();
        }
    }

    void operator()(const Promises& promises) const {
        Columns columns{{"promise", Holds::Text}, {"owner", Holds::Text}, {"target", Holds::Share}};
        for (const char* name :
             {"made", "kept", "late", "broken", "open", "at_risk", "customers"}) {
            columns.push_back({name, Holds::Count});
        }
        add(columns, value_columns("kept_rate", "kept_", Holds::Share));
        for (const char* name :
             {"slack_mean", "slack_median", "early_median", "late_median", "late_p90"}) {
            columns.push_back({name, Holds::Number});
        }
        out.head(std::move(columns));
        for (const PromiseRow& row : promises.rows) {
            const question::PromiseTally& tally = row.standing.tally;
            const promise::Slack& slack = row.standing.slack;
            out.text(row.standing.promise).text(row.standing.owner).number(row.standing.target);
            out.count(tally.made).count(tally.kept).count(tally.late).count(tally.broken);
            out.count(tally.open).count(tally.at_risk).count(tally.customers);
            out.value(row.kept_rate).number(slack.mean).number(slack.median);
            out.number(slack.early_median).number(slack.late_median).number(slack.late_p90);
            out.end_row();
        }
    }

    void operator()(const Switches& switches) const {
        Columns columns{{"from", Holds::Text},
                        {"to", Holds::Text},
                        {"count", Holds::Count},
                        {"units", Holds::Count},
                        {"customers", Holds::Count},
                        {"forced", Holds::Count}};
        add(columns, experience_columns());
        out.head(std::move(columns));
        for (const SwitchRow& row : switches.rows) {
            out.text(row.from).text(row.to).count(row.count).count(row.units);
            out.count(row.customers).count(row.forced).value(row.experience).end_row();
        }
    }

    void operator()(const Drivers& drivers) const {
        Columns columns{{"factor", Holds::Text}, {"words", Holds::Text}};
        add(columns, value_columns("share", "share_", Holds::Share));
        columns.push_back({"direction", Holds::Text});
        add(columns, value_columns("coefficient", "coefficient_", Holds::Number));
        add(columns, value_columns("effect", "effect_", Holds::Number));
        add(columns,
            {{"value", Holds::Text},
             {"mean", Holds::Number},
             {"present", Holds::Count},
             {"reach", Holds::Share},
             {"performance", Holds::Share},
             {"target", Holds::Share},
             {"priority", Holds::Number},
             {"asymmetry", Holds::Number},
             {"confounding", Holds::Number},
             {"confounding_limit", Holds::Number},
             {"warning", Holds::Text}});
        out.head(std::move(columns));
        for (const DriverRow& row : drivers.rows) {
            add_driver(row, row.effect.value_or(Value{}), "");
            for (const DriverLevel& level : row.levels) {
                add_driver(row, level.effect, level.value);
            }
        }
    }

    /// A text has a line of its own, and one for each of its values.
    void add_driver(const DriverRow& row, const Value& effect, const std::string& value) const {
        out.text(row.factor).text(row.words).value(row.share).text(row.direction);
        out.value(row.coefficient.value_or(Value{})).value(effect).text(value);
        out.number(row.mean).count(row.present).number(row.reach).number(row.performance);
        out.number(row.target).number(row.priority);
        out.number(row.contrast ? std::optional(row.contrast->asymmetry) : std::nullopt);
        out.number(row.confounding).number(row.confounding_limit).text(row.warning).end_row();
    }

    /// The doses: what the answer plots.
    void operator()(const Lateness& lateness) const {
        Columns columns{{"slack_from_seconds", Holds::Number},
                        {"slack_to_seconds", Holds::Number},
                        {"promises", Holds::Count}};
        add(columns, experience_columns());
        out.head(std::move(columns));
        const auto number = [](const std::optional<std::int64_t>& edge) {
            return edge ? std::optional(static_cast<double>(*edge)) : std::nullopt;
        };
        for (const DoseRow& dose : lateness.doses) {
            out.number(number(dose.from)).number(number(dose.to)).count(dose.promises);
            out.value(dose.experience).end_row();
        }
    }

    void operator()(const Foresight& foresight) const {
        Columns columns{{"customer", Holds::Text},
                        {"thread", Holds::Text},
                        {"group", Holds::Text},
                        {"made", Holds::Time},
                        {"due", Holds::Time}};
        add(columns, value_columns("chance", "chance_", Holds::Share));
        out.head(std::move(columns));
        for (const ForesightRow& row : foresight.rows) {
            out.text(row.customer).text(row.thread).text(row.group).time(row.made).time(row.due);
            out.value(row.chance).end_row();
        }
    }

    void operator()(const Episodes& episodes) const {
        out.head({{"customer", Holds::Text},
                  {"thread", Holds::Text},
                  {"start", Holds::Time},
                  {"end", Holds::Time},
                  {"seconds", Holds::Number},
                  {"encounters", Holds::Count},
                  {"status", Holds::Text},
                  {"experience", Holds::Number},
                  {"path", Holds::Text}});
        for (const question::EpisodeRow& row : episodes.rows) {
            const auto length = std::chrono::duration<double>(row.end - row.start);
            out.text(row.customer).text(row.thread).time(row.start).time(row.end);
            out.number(length.count()).count(row.encounters);
            out.text(std::string(question::word_of(question::status_words(), row.status)));
            out.number(row.experience);
            out.text(path_text(row.path, left_out_of(row), " > ")).end_row();
        }
    }

    void operator()(const Timeline& timeline) const {
        Columns columns{{"time", Holds::Time}};
        for (const char* name : {"touchpoint",
                                 "channel",
                                 "channel_kind",
                                 "stage",
                                 "department",
                                 "employee",
                                 "thread"}) {
            columns.push_back({name, Holds::Text});
        }
        add(columns,
            {{"score", Holds::Number},
             {"scale", Holds::Text},
             {"experience", Holds::Number},
             {"value", Holds::Number},
             {"seconds", Holds::Number}});
        out.head(std::move(columns));
        for (const TimelineEncounter& encounter : timeline.rows) {
            const question::TimelineRow& row = encounter.row;
            out.time(row.time).text(row.touchpoint).text(row.channel);
            out.text(encounter.channel_kind).text(encounter.stage).text(row.department);
            out.text(row.employee).text(row.thread).number(row.score).text(row.scale);
            out.number(encounter.experience).number(row.value).number(row.duration_seconds);
            out.end_row();
        }
    }

    void operator()(const Conformance& conformance) const { put_rows(out, conformance); }

    void operator()(const LeagueTable& league) const { put_rows(out, league); }

    void operator()(const Causes& causes) const { put_rows(out, causes); }

    void operator()(const ByValue& by) const {
        for (const Group& group : by.groups) {
            out.begin_group(by.by, group.value);
            std::visit(*this, group.answer.body);
        }
    }
};

}  // namespace

Rows rows_of(const Answer& answer) {
    RowsWriter writer;
    std::visit(BodyRows{writer}, answer.body);
    return writer.take();
}

}  // namespace kokemus::answer
