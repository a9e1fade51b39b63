#include "shape/heuristics_net.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace kokemus::shape {
namespace {

double ratio(std::uint64_t part, std::uint64_t whole) {
    return static_cast<double>(part) / (static_cast<double>(whole) + 1);
}

using Chosen = std::set<std::pair<Step, Step>>;

Edge edge_of(const Follows& follows, Step from, Step to) {
    return Edge{from, to, follows.count(from, to), dependency(follows, from, to)};
}

std::vector<Edge> edges_of(const Follows& follows, const Chosen& chosen) {
    std::vector<Edge> edges;
    for (const auto& [from, to] : chosen) {
        edges.push_back(edge_of(follows, from, to));
    }
    return edges;
}

std::vector<Edge> all_edges(const Follows& follows) {
    std::vector<Edge> edges;
    for (Step from = 0; from < follows.steps(); ++from) {
        for (Step to = 0; to < follows.steps(); ++to) {
            if (follows.count(from, to) > 0) {
                edges.push_back(edge_of(follows, from, to));
            }
        }
    }
    return edges;
}

/// For each step the best edge that comes in and the best that goes out; loops do not connect.
template <typename Better>
void choose_best(const std::vector<Edge>& edges, Step steps, Chosen& chosen, Better better) {
    std::vector<std::optional<Edge>> in(steps);
    std::vector<std::optional<Edge>> out(steps);
    for (const Edge& edge : edges) {
        if (edge.from == edge.to) {
            continue;
        }
        for (auto* best : {&in[edge.to], &out[edge.from]}) {
            if (!*best || better(edge, **best)) {
                *best = edge;
            }
        }
    }
    for (const auto* best : {&in, &out}) {
        for (const auto& edge : *best) {
            if (edge) {
                chosen.emplace(edge->from, edge->to);
            }
        }
    }
}

}  // namespace

double dependency(const Follows& follows, Step a, Step b) {
    const std::uint64_t there = follows.count(a, b);
    if (a == b) {
        return ratio(there, there);
    }
    const std::uint64_t back = follows.count(b, a);
    return there >= back ? ratio(there - back, there + back) : -ratio(back - there, there + back);
}

double turns(const Follows& follows, Step a, Step b) {
    const std::uint64_t trips = follows.round_trips(a, b) + follows.round_trips(b, a);
    return ratio(trips, trips);
}

double together(const Follows& follows, Step a, Step b, Step c) {
    return ratio(follows.count(b, c) + follows.count(c, b),
                 follows.count(a, b) + follows.count(a, c));
}

std::vector<Edge> heuristics_net(const Follows& follows, const NetThresholds& thresholds) {
    const std::vector<Edge> edges = all_edges(follows);
    Chosen chosen;
    choose_best(edges, follows.steps(), chosen, [](const Edge& one, const Edge& other) {
        return one.dependency > other.dependency;
    });
    for (const Edge& edge : edges) {
        const bool leads = edge.dependency >= thresholds.dependency;
        const bool alternate = edge.from != edge.to &&
                               turns(follows, edge.from, edge.to) >= thresholds.turns &&
                               follows.count(edge.to, edge.from) > 0;
        if (leads || alternate) {
            chosen.emplace(edge.from, edge.to);
        }
    }
    return edges_of(follows, chosen);
}

ConnectedMap connected_map(std::span<const Variant> variants, double share) {
    const Follows follows(variants);
    std::vector<Edge> edges = all_edges(follows);
    Chosen chosen;
    choose_best(edges, follows.steps(), chosen, [](const Edge& one, const Edge& other) {
        return one.count > other.count;
    });
    std::uint64_t all = 0;
    for (const Edge& edge : edges) {
        all += edge.count;
    }
    std::ranges::stable_sort(edges, std::ranges::greater(), &Edge::count);
    std::uint64_t covered = 0;
    for (const Edge& edge : edges) {
        if (static_cast<double>(covered) >= share * static_cast<double>(all)) {
            break;
        }
        covered += edge.count;
        chosen.emplace(edge.from, edge.to);
    }
    ConnectedMap map;
    map.edges = edges_of(follows, chosen);
    std::uint64_t on_edges = 0;
    for (const Edge& edge : map.edges) {
        on_edges += edge.count;
    }
    std::uint64_t whole = 0;
    for (const Variant& variant : variants) {
        bool inside = true;
        for (std::size_t i = 1; i < variant.steps.size() && inside; ++i) {
            inside = chosen.contains({variant.steps[i - 1], variant.steps[i]});
        }
        whole += inside ? variant.times : 0;
    }
    const std::uint64_t journeys = times_of(variants);
    map.edge_share = all == 0 ? 1 : static_cast<double>(on_edges) / static_cast<double>(all);
    map.variant_share =
        journeys == 0 ? 1 : static_cast<double>(whole) / static_cast<double>(journeys);
    return map;
}

}  // namespace kokemus::shape
