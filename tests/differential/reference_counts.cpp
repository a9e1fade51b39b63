#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "reference.h"
#include "reference_tally.h"

namespace kokemus::reference {

using question::Question;

namespace {

template <typename Map>
std::string most_frequent(const Map& counts) {
    std::string best;
    std::uint64_t most = 0;
    for (const auto& [name, count] : counts) {
        if (count > most) {
            best = name;
            most = count;
        }
    }
    return best;
}

}  // namespace

question::FlowCounts flow(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::FlowCounts out;
    out.population = counted.population;
    struct Node {
        question::FlowNode node;
        Who who;
        std::vector<double> scores;
        std::map<std::string, std::uint64_t> channels;
    };
    std::map<std::string, Node> nodes;
    std::map<std::pair<std::string, std::string>, std::pair<question::FlowEdge, Who>> edges;
    std::vector<double> experiences;
    for (const auto& unit : counted.units) {
        const auto& lived = unit.lived;
        for (std::size_t i = 0; i < lived.size(); ++i) {
            Node& node = nodes[lived[i].touchpoint()];
            ++node.node.encounters;
            ++node.channels[lived[i].channel];
            node.who.add(history, unit);
            if (const auto score = history.experience(lived[i])) {
                node.scores.push_back(*score);
            }
            if (lived.size() > 1) {
                node.node.position_sum +=
                    static_cast<double>(i) / static_cast<double>(lived.size() - 1);
            }
        }
        for (std::size_t i = 0; i <= lived.size(); ++i) {
            const std::string from = i == 0 ? "START" : lived[i - 1].touchpoint();
            const std::string to = i == lived.size() ? "END" : lived[i].touchpoint();
            auto& [edge, who] = edges[{from, to}];
            ++edge.count;
            who.add(history, unit);
            if (i > 0 && i < lived.size()) {
                const Milliseconds between = lived[i].time() - lived[i - 1].time();
                edge.milliseconds.add(between.count());
                edge.seconds_sum += seconds(between);
                edge.forced += history.is_forced(lived[i - 1], lived[i]) ? 1 : 0;
            }
        }
        if (const auto experience = history.experience(unit)) {
            experiences.push_back(*experience);
        }
    }
    for (auto& [name, node] : nodes) {
        node.node.touchpoint = name;
        node.node.channel = most_frequent(node.channels);
        node.node.units = node.who.units.size();
        node.node.customers = node.who.customers.size();
        node.node.experience = moments(node.scores);
        out.nodes.push_back(node.node);
    }
    for (auto& [ends, counts] : edges) {
        auto& [edge, who] = counts;
        std::tie(edge.from, edge.to) = ends;
        edge.units = who.units.size();
        edge.customers = who.customers.size();
        edge.experience = moments(who.experiences);
        out.edges.push_back(edge);
    }
    out.experience = moments(experiences);
    return out;
}

question::VariantCounts variants(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    std::map<std::vector<std::string>, std::pair<question::Variant, Who>> by_path;
    for (const auto& unit : counted.units) {
        std::vector<std::string> path;
        for (const auto& lived : unit.lived) {
            if (!question.collapse || path.empty() || path.back() != lived.touchpoint()) {
                path.push_back(lived.touchpoint());
            }
        }
        auto& [variant, who] = by_path[path];
        ++variant.count;
        who.add(history, unit);
        const Milliseconds length = unit.lived.back().time() - unit.lived.front().time();
        variant.milliseconds.add(length.count());
        variant.seconds_sum += seconds(length);
    }
    std::vector<question::Variant> all;
    for (auto& [path, counts] : by_path) {
        counts.first.path = path;
        counts.first.customers = counts.second.customers.size();
        counts.first.experience = moments(counts.second.experiences);
        all.push_back(counts.first);
    }
    std::stable_sort(
        all.begin(), all.end(), [](const auto& a, const auto& b) { return a.count > b.count; });
    question::VariantCounts out;
    out.population = counted.population;
    out.distinct = all.size();
    const std::size_t limit = question.limit > 0 ? question.limit : 20;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (i >= question.offset && i - question.offset < limit) {
            out.variants.push_back(all[i]);
        } else {
            ++out.other_variants;
            out.other_count += all[i].count;
        }
    }
    return out;
}

question::FunnelCounts funnel(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::FunnelCounts out;
    out.population = counted.population;
    for (std::size_t step = 0; step < question.steps.size(); ++step) {
        question::FunnelStep counts;
        Who who;
        counts.touchpoints = question.steps[step];
        for (const auto& unit : counted.units) {
            const Chain chain = longest_chain(unit, question.steps, question.within);
            if (chain.level <= step) {
                continue;
            }
            who.add(history, unit);
            const Milliseconds taken = chain.times[step] - chain.times[0];
            counts.milliseconds.add(taken.count());
            counts.seconds_sum += seconds(taken);
            if (chain.level == step + 1 && step + 1 < question.steps.size()) {
                const bool ended = chain.place + 1 == unit.lived.size();
                ++counts.instead[ended ? "END" : unit.lived[chain.place + 1].touchpoint()];
            }
        }
        counts.units = who.units.size();
        counts.customers = who.customers.size();
        out.steps.push_back(counts);
    }
    return out;
}

}  // namespace kokemus::reference
