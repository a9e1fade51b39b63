#include <algorithm>

#include "answer/build.h"
#include "answer/finding.h"
#include "answer/number_text.h"
#include "question/drill.h"
#include "question/format.h"

namespace kokemus::answer {
namespace {

constexpr std::string_view start = "START";
constexpr std::string_view end = "END";

FlowNode node_of(const question::FlowNode& counted, std::uint64_t units, const Asked& asked) {
    FlowNode node;
    node.touchpoint = counted.touchpoint;
    node.encounters = counted.encounters;
    node.units = counted.units;
    node.customers = counted.customers;
    node.share = share_of_all(counted.units, units);
    node.channel = counted.channel;
    if (const auto* declared = asked.blueprint.touchpoint(counted.touchpoint)) {
        node.in_blueprint = true;
        node.stage = declared->stage;
        node.owner = declared->owner;
        if (!declared->channel.empty()) {
            node.channel = declared->channel;
        }
    }
    if (counted.encounters > 0) {
        node.position = counted.position_sum / static_cast<double>(counted.encounters);
    }
    node.experience = metric::experience(counted.experience);
    node.drill = question::format(question::drill_node(asked.question, counted.touchpoint));
    return node;
}

FlowEdge edge_of(const question::FlowEdge& counted, std::uint64_t units, const Asked& asked) {
    FlowEdge edge;
    edge.from = counted.from;
    edge.to = counted.to;
    edge.count = counted.count;
    edge.units = counted.units;
    edge.customers = counted.customers;
    edge.share = share_of_all(counted.units, units);
    edge.forced = counted.forced;
    edge.seconds = seconds_of(counted.milliseconds, counted.seconds_sum);
    edge.experience = metric::experience(counted.experience);
    edge.drill = question::format(question::drill_edge(asked.question, counted.from, counted.to));
    return edge;
}

/// An edge whose units feel worse than all others, beyond chance.
struct WorseEdge {
    const question::FlowEdge* edge = nullptr;
    metric::Change change;
    double loss = 0;  ///< units times what they feel lower at least
};

/// Between two touchpoints: says more than where units start or end.
bool is_inner(const question::FlowEdge& edge) {
    return edge.from != start && edge.to != end;
}

bool can_be_compared(const question::FlowEdge& edge, const question::FlowCounts& counts) {
    const std::uint64_t scored = edge.experience.count();
    // Of an edge that most take, the others would be the finding.
    return scored >= metric::usual_minimum &&
           counts.experience.count() >= scored + metric::usual_minimum &&
           edge.units * 2 <= counts.population.units;
}

/// Of the edges whose units feel worse than the rest even when all are compared at once, the one
/// that costs most: units times the least difference that the interval allows.
WorseEdge worst_edge(const question::FlowCounts& counts) {
    const auto comparisons = static_cast<std::size_t>(std::ranges::count_if(
        counts.edges, [&](const auto& edge) { return can_be_compared(edge, counts); }));
    const double confidence = simultaneous(comparisons);
    WorseEdge worst;
    for (const question::FlowEdge& edge : counts.edges) {
        if (!can_be_compared(edge, counts)) {
            continue;
        }
        const auto change = metric::change(
            metric::experience(edge.experience, confidence),
            metric::experience(counts.experience.without(edge.experience), confidence));
        if (!change || change->interval.high >= 0) {
            continue;
        }
        const double loss = -change->interval.high * static_cast<double>(edge.units);
        const bool tie_won = loss == worst.loss && is_inner(edge) && !is_inner(*worst.edge);
        if (loss > worst.loss || tie_won) {
            worst = WorseEdge{&edge, *change, loss};
        }
    }
    return worst;
}

std::string_view sentence_for(const question::FlowEdge& edge) {
    if (edge.from == start) {
        return "flow.worst_start";
    }
    return edge.to == end ? "flow.worst_end" : "flow.worst_edge";
}

Finding no_scores_found(const question::FlowCounts& counts, const question::Question& question) {
    const auto traffic = [](const question::FlowEdge& edge) {
        return is_inner(edge) ? edge.units : 0;
    };
    const auto busiest = std::ranges::max_element(counts.edges, {}, traffic);
    if (busiest == counts.edges.end() || traffic(*busiest) == 0) {
        return not_enough_found(metric::experience(counts.experience));
    }
    const double share = share_of_all(busiest->units, counts.population.units).value_or(0);
    return FindingMaker("flow.no_scores")
        .text("from", busiest->from)
        .text("to", busiest->to)
        .value("share", share, percent_text(share))
        .words("units", std::string(units_word(question.per)))
        .done();
}

/// Of the counts alone: the step taken most often.
Finding busiest_found(const question::FlowCounts& counts) {
    const auto traffic = [](const question::FlowEdge& edge) {
        return is_inner(edge) ? edge.count : 0;
    };
    const auto busiest = std::ranges::max_element(counts.edges, {}, traffic);
    if (busiest == counts.edges.end() || traffic(*busiest) == 0) {
        return FindingMaker("flow.no_steps").done();
    }
    return FindingMaker("flow.busiest")
        .text("from", busiest->from)
        .text("to", busiest->to)
        .count("count", busiest->count)
        .done();
}

Finding find(const question::FlowCounts& counts, const question::Question& question) {
    if (counts.population.encounters == 0) {
        return nothing_found();
    }
    if (question.counts_only) {
        return busiest_found(counts);
    }
    const Value overall = metric::experience(counts.experience);
    if (!overall.enough()) {
        return no_scores_found(counts, question);
    }
    const WorseEdge worst = worst_edge(counts);
    if (worst.edge == nullptr) {
        return FindingMaker("flow.even").estimate("", overall).done();
    }
    const double share = share_of_all(worst.edge->units, counts.population.units).value_or(0);
    return FindingMaker(sentence_for(*worst.edge))
        .text("from", worst.edge->from)
        .text("to", worst.edge->to)
        .value("share", share, percent_text(share))
        .count("n", worst.edge->experience.count())
        .change(worst.change)
        .words("units", std::string(units_word(question.per)))
        .done();
}

}  // namespace

Result<Built> build_flow(const Asked& asked) {
    const question::FlowCounts counts = TRY(asked.engine.flow(asked.question));
    Flow flow;
    flow.nodes.reserve(counts.nodes.size());
    for (const question::FlowNode& node : counts.nodes) {
        flow.nodes.push_back(node_of(node, counts.population.units, asked));
    }
    flow.edges.reserve(counts.edges.size());
    for (const question::FlowEdge& edge : counts.edges) {
        flow.edges.push_back(edge_of(edge, counts.population.units, asked));
    }
    flow.experience = metric::experience(counts.experience);
    flow.counts_only = asked.question.counts_only;
    return Built{counts.population,
                 std::move(flow),
                 find(counts, asked.question),
                 Headline{counts.experience, true, "experience"}};
}

}  // namespace kokemus::answer
