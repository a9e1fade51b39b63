#include "answer/answer_table.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "answer/body_writers.h"
#include "answer/drivers_table.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "answer/path_text.h"
#include "answer/promise_answers_table.h"
#include "answer/safe_text.h"
#include "base/text.h"
#include "question/condition_words.h"

namespace kokemus::answer {
namespace {

constexpr std::size_t edges_shown_max = 40;
constexpr Align right = Align::Right;

std::string time_text(const std::optional<double>& seconds) {
    if (!seconds) {
        return "";
    }
    return format_duration(Milliseconds(static_cast<std::int64_t>(*seconds * 1000)));
}

std::string share_text(const std::optional<double>& share) {
    return share ? percent_text(*share) : "";
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
    std::string text;
    for (const std::string& part : parts) {
        text += (text.empty() ? "" : std::string(between)) + part;
    }
    return text;
}

std::string number_or_none(const std::optional<double>& number) {
    return number ? fmt::format("{:g}", *number) : "";
}

std::string none_given(const std::string& value) {
    return value.empty() ? "(none given)" : value;
}

Grid nodes_of(const Flow& flow) {
    if (flow.counts_only) {
        Grid grid{{{"touchpoint"}, {"stage"}, {"encounters", right}}, {}};
        for (const FlowNode& node : flow.nodes) {
            grid.rows.push_back({node.touchpoint, node.stage, count_text(node.encounters)});
        }
        return grid;
    }
    Grid grid{
        {{"touchpoint"}, {"stage"}, {"encounters", right}, {"share", right}, {"experience"}, {""}},
        {}};
    for (const FlowNode& node : flow.nodes) {
        grid.rows.push_back({node.touchpoint,
                             node.stage,
                             count_text(node.encounters),
                             share_text(node.share),
                             value_text(node.experience),
                             node.in_blueprint ? "" : "not in the blueprint"});
    }
    return grid;
}

/// The most used steps first, for a reader; JSON has them all by name.
Grid edges_of(const Flow& flow) {
    std::vector<const FlowEdge*> edges;
    for (const FlowEdge& edge : flow.edges) {
        edges.push_back(&edge);
    }
    std::ranges::stable_sort(
        edges, [](const FlowEdge* a, const FlowEdge* b) { return a->count > b->count; });
    edges.resize(std::min(edges.size(), edges_shown_max));
    if (flow.counts_only) {
        Grid grid{{{"from"}, {"to"}, {"count", right}}, {}};
        for (const FlowEdge* edge : edges) {
            grid.rows.push_back({edge->from, edge->to, count_text(edge->count)});
        }
        return grid;
    }
    Grid grid{{{"from"},
               {"to"},
               {"count", right},
               {"share", right},
               {"forced", right},
               {"median", right},
               {"1 in 10 over", right},
               {"experience"}},
              {}};
    for (const FlowEdge* edge : edges) {
        grid.rows.push_back({edge->from,
                             edge->to,
                             count_text(edge->count),
                             share_text(edge->share),
                             count_text(edge->forced),
                             time_text(edge->seconds.median),
                             time_text(edge->seconds.p90),
                             value_text(edge->experience)});
    }
    return grid;
}

std::string target_line(const metric::Definition& metric, const Value& total) {
    std::string line =
        fmt::format("{}: {} ({})", metric.metric.name, value_text(total), metric.text);
    if (metric.metric.target) {
        line += ", target " + exact_text(*metric.metric.target, metric.unit);
    }
    return line + "\n\n";
}

/// The tables of each kind.
struct BodyTable {
    Colour colour;

    std::string operator()(const Flow& flow) const {
        std::string text = draw(nodes_of(flow), colour) + "\n" + draw(edges_of(flow), colour);
        if (flow.edges.size() > edges_shown_max) {
            text += fmt::format("and {} rarer steps (all of them: --csv or --json)\n",
                                count_text(flow.edges.size() - edges_shown_max));
        }
        return text;
    }

    std::string operator()(const Variants& variants) const {
        Grid grid{{{"count", right},
                   {"share", right},
                   {"sum", right},
                   {"median", right},
                   {"experience"},
                   {"course"}},
                  {}};
        for (const VariantRow& row : variants.rows) {
            grid.rows.push_back({count_text(row.count),
                                 percent_text(row.share),
                                 percent_text(row.running),
                                 time_text(row.seconds.median),
                                 value_text(row.experience),
                                 path_text(row.path, 0, " \u2192 ")});
        }
        std::string text = draw(grid, colour);
        if (variants.other_variants > 0) {
            text += fmt::format("{} rarer variants: {}, {}\n",
                                count_text(variants.other_variants),
                                count_text(variants.other_count),
                                percent_text(variants.other_share));
        }
        return text;
    }

    std::string operator()(const Funnel& funnel) const {
        Grid grid{{{"step", right},
                   {"touchpoints"},
                   {"reached", right},
                   {"of step 1"},
                   {"of the step before"},
                   {"median", right},
                   {"lost", right},
                   {"instead"}},
                  {}};
        for (std::size_t i = 0; i < funnel.steps.size(); ++i) {
            const FunnelStep& step = funnel.steps[i];
            const std::string instead = step.instead.empty()
                                            ? ""
                                            : fmt::format("{} {}",
                                                          step.instead.front().first,
                                                          count_text(step.instead.front().second));
            grid.rows.push_back({fmt::format("{}", i + 1),
                                 joined(step.touchpoints, " or "),
                                 count_text(step.units),
                                 value_text(step.share),
                                 value_text(step.from_previous),
                                 time_text(step.seconds.median),
                                 count_text(step.lost),
                                 instead});
        }
        return draw(grid, colour);
    }

    std::string operator()(const Trend& trend) const {
        Grid grid{{{"from"}, {trend.metric.metric.name}, {"n", right}, {"encounters", right}, {""}},
                  {}};
        for (const TrendPoint& point : trend.points) {
            grid.rows.push_back({point.label,
                                 value_text(point.value),
                                 count_text(point.value.is.n),
                                 count_text(point.encounters),
                                 point.complete ? "" : "not complete"});
        }
        return target_line(trend.metric, trend.total) + draw(grid, colour);
    }

    std::string operator()(const Breakdown& breakdown) const {
        Grid grid{
            {{breakdown.by}, {breakdown.metric.metric.name}, {"n", right}, {"encounters", right}},
            {}};
        for (const BreakdownGroup& group : breakdown.groups) {
            grid.rows.push_back({none_given(group.value),
                                 value_text(group.estimate),
                                 count_text(group.estimate.is.n),
                                 count_text(group.encounters)});
        }
        return target_line(breakdown.metric, breakdown.total) + draw(grid, colour);
    }

    std::string operator()(const Promises& promises) const {
        Grid grid{{{"promise"},
                   {"kept"},
                   {"target", right},
                   {"made", right},
                   {"kept", right},
                   {"late", right},
                   {"broken", right},
                   {"open", right},
                   {"at risk", right},
                   {"median slack", right}},
                  {}};
        for (const PromiseRow& row : promises.rows) {
            const question::PromiseTally& tally = row.standing.tally;
            const auto& target = row.standing.target;
            grid.rows.push_back({row.standing.promise,
                                 value_text(row.kept_rate),
                                 target ? exact_text(*target, metric::Unit::Share) : "",
                                 count_text(tally.made),
                                 count_text(tally.kept),
                                 count_text(tally.late),
                                 count_text(tally.broken),
                                 count_text(tally.open),
                                 count_text(tally.at_risk),
                                 time_text(row.standing.slack.median)});
        }
        return draw(grid, colour);
    }

    std::string operator()(const Switches& switches) const {
        std::string text = fmt::format("change of channel: {}\npushed on to a person: {}\n\n",
                                       value_text(switches.units_with_switch),
                                       value_text(switches.forced));
        Grid grid{{{"from"},
                   {"to"},
                   {"count", right},
                   {"forced", right},
                   {"customers", right},
                   {"experience"}},
                  {}};
        for (const SwitchRow& row : switches.rows) {
            grid.rows.push_back({row.from,
                                 row.to,
                                 count_text(row.count),
                                 count_text(row.forced),
                                 count_text(row.customers),
                                 value_text(row.experience)});
        }
        return text + draw(grid, colour) + "\n" + draw(repeats_of(switches), colour);
    }

    std::string operator()(const Drivers& drivers) const { return drivers_table(drivers, colour); }
    std::string operator()(const Lateness& lateness) const { return table_of(lateness, colour); }
    std::string operator()(const Foresight& foresight) const { return table_of(foresight, colour); }

    std::string operator()(const Episodes& episodes) const {
        Grid grid{{{"customer"},
                   {"thread"},
                   {"start"},
                   {"lasts", right},
                   {"encounters", right},
                   {"status"},
                   {"experience", right},
                   {"course"}},
                  {}};
        for (const question::EpisodeRow& row : episodes.rows) {
            grid.rows.push_back(
                {row.customer,
                 row.thread,
                 format_instant(row.start),
                 format_duration(row.end - row.start),
                 count_text(row.encounters),
                 std::string(question::word_of(question::status_words(), row.status)),
                 row.experience ? number_text(*row.experience, 1) : "",
                 path_text(row.path, left_out_of(row), " \u2192 ")});
        }
        return draw(grid, colour) +
               page_line(episodes.offset, episodes.rows.size(), episodes.total);
    }

    std::string operator()(const Timeline& timeline) const {
        Grid grid{{{"time"},
                   {"touchpoint"},
                   {"channel"},
                   {"department"},
                   {"thread"},
                   {"score", right},
                   {"scale"},
                   {"value", right}},
                  {}};
        for (const TimelineEncounter& encounter : timeline.rows) {
            const question::TimelineRow& row = encounter.row;
            grid.rows.push_back({format_instant(row.time),
                                 row.touchpoint,
                                 row.channel,
                                 row.department,
                                 row.thread,
                                 number_or_none(row.score),
                                 row.scale,
                                 number_or_none(row.value)});
        }
        return draw(grid, colour) +
               page_line(timeline.offset, timeline.rows.size(), timeline.total);
    }

    std::string operator()(const Conformance& conformance) const {
        return table_of(conformance, colour);
    }

    std::string operator()(const LeagueTable& league) const { return table_of(league, colour); }

    std::string operator()(const Causes& causes) const { return table_of(causes, colour); }

    std::string operator()(const ByValue& by) const {
        std::string text;
        for (const Group& group : by.groups) {
            text +=
                strong(fmt::format("{}: {}", by.by, safe_line(none_given(group.value))), colour) +
                "\n" + to_table(group.answer, colour) + "\n";
        }
        if (by.other_values > 0) {
            text += fmt::format("other values: {}\n", count_text(by.other_values));
        }
        return text;
    }

private:
    static Grid repeats_of(const Switches& switches) {
        Grid grid{{{"topic"}, {"first contacts", right}, {"again"}, {"solved at first contact"}},
                  {}};
        const auto add = [&](const std::string& topic, const RepeatRow& row) {
            grid.rows.push_back({topic,
                                 count_text(row.contacts),
                                 value_text(row.again),
                                 value_text(row.first_contact_resolution)});
        };
        for (const RepeatRow& topic : switches.topics) {
            add(none_given(topic.topic), topic);
        }
        add("all", switches.repeats);
        return grid;
    }

    static std::string page_line(std::size_t offset, std::size_t rows, std::uint64_t total) {
        if (rows == 0 || rows == total) {
            return "";
        }
        return fmt::format("{} to {} of {}\n",
                           count_text(offset + 1),
                           count_text(offset + rows),
                           count_text(total));
    }
};

std::string population_line(const Answer& answer) {
    const question::Population& population = answer.population;
    std::string line;
    if (answer.asked.per.kind != question::UnitKind::Customer) {
        line = units_text(population.units, answer.asked.per) + ", ";
    }
    line += count_of(population.customers, "customer", "customers") + ", " +
            count_of(population.encounters, "encounter", "encounters");
    if (population.first && population.latest) {
        line += fmt::format(
            ", {} to {}", format_day(*population.first), format_day(*population.latest));
    }
    if (population.without_unit > 0) {
        line += fmt::format("; {} in none",
                            count_of(population.without_unit, "encounter", "encounters"));
    }
    return line;
}

}  // namespace

std::string to_table(const Answer& answer, Colour colour) {
    return strong(safe_line(answer.finding.text), colour) + "\n" +
           quiet(population_line(answer), colour) + "\n\n" +
           std::visit(BodyTable{colour}, answer.body);
}

}  // namespace kokemus::answer
