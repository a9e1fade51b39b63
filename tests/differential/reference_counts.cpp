#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "reference.h"

namespace kokemus::reference {

using question::Question;

namespace {

double seconds(Milliseconds duration) {
    return static_cast<double>(duration.count()) / 1000;
}

/// Distinct units and customers of something.
struct Who {
    std::set<const Unit*> units;
    std::set<std::string> customers;
    std::vector<double> experiences;  ///< one per unit

    void add(const History& history, const Unit& unit) {
        customers.insert(unit.customer);
        if (units.insert(&unit).second) {
            if (const auto experience = history.experience(unit)) {
                experiences.push_back(*experience);
            }
        }
    }
};

stats::Moments moments(const std::vector<double>& values) {
    stats::Moments moments;
    for (const double value : values) {
        moments.add(value);
    }
    return moments;
}

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

question::PromiseCounts promises(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::PromiseCounts out;
    out.population = counted.population;
    out.now = history.latest();
    for (const auto& promise : history.world().blueprint.promises) {
        if (!question.promise.empty() && promise.name != question.promise) {
            continue;
        }
        question::PromiseTally tally;
        tally.promise = promise.name;
        tally.slack_bins.resize(question::slack_edges.size() + 1);
        Who all, kept_by, late_by, broken_by;
        for (const auto& unit : counted.units) {
            for (const auto& lived : unit.lived) {
                for (const auto& kept : history.promises_made(lived)) {
                    if (kept.promise != promise.name) {
                        continue;
                    }
                    ++tally.made;
                    all.add(history, unit);
                    using question::PromiseOutcome;
                    if (kept.outcome == PromiseOutcome::Kept) {
                        ++tally.kept;
                        kept_by.add(history, unit);
                        tally.early_milliseconds.add((kept.due - *kept.actual).count());
                    } else if (kept.outcome == PromiseOutcome::Late) {
                        ++tally.late;
                        late_by.add(history, unit);
                        tally.late_milliseconds.add((*kept.actual - kept.due).count());
                    } else if (kept.outcome == PromiseOutcome::Broken) {
                        ++tally.broken;
                        broken_by.add(history, unit);
                    } else {
                        ++tally.open;
                        tally.at_risk += kept.outcome == PromiseOutcome::AtRisk ? 1 : 0;
                    }
                    if (kept.actual) {
                        const double slack = seconds(kept.due - *kept.actual);
                        tally.slack_seconds_sum += slack;
                        std::size_t bin = 0;
                        while (bin < question::slack_edges.size() &&
                               static_cast<double>(question::slack_edges[bin]) <= slack) {
                            ++bin;
                        }
                        ++tally.slack_bins[bin];
                    }
                }
            }
        }
        tally.customers = all.customers.size();
        tally.after_kept = moments(kept_by.experiences);
        tally.after_late = moments(late_by.experiences);
        tally.after_broken = moments(broken_by.experiences);
        out.promises.push_back(tally);
    }
    std::sort(out.promises.begin(), out.promises.end(), [](const auto& a, const auto& b) {
        return a.promise < b.promise;
    });
    return out;
}

namespace {

/// Follows one contact up: the nearest contacts about its topic on both sides, anywhere in the
/// customer's timeline.
void follow_up(const History& history, const Lived& lived, question::SwitchCounts& out,
               std::map<std::string, question::RepeatTally>& topics) {
    std::optional<Instant> before;
    std::optional<Instant> after;
    bool passed = false;
    for (const auto& other : history.of(lived.customer())) {
        if (other.entry == lived.entry) {
            passed = true;
        } else if (history.is_contact(other) && history.topic(other) == history.topic(lived)) {
            if (!passed) {
                before = other.time();
            } else if (!after) {
                after = other.time();
            }
        }
    }
    if (before && lived.time() - *before <= out.window) {
        return;
    }
    for (auto* tally : {&topics[history.topic(lived)], &out.all}) {
        ++tally->contacts;
        const Milliseconds seen = history.latest() - lived.time();
        if (after && *after - lived.time() <= out.window) {
            ++tally->repeats;
            ++tally->event_hours[(*after - lived.time()) / std::chrono::hours(1)];
        } else if (seen < out.window) {
            ++tally->censored;
            ++tally->censored_hours[seen / std::chrono::hours(1)];
        }
    }
}

}  // namespace

question::SwitchCounts switches(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::SwitchCounts out;
    out.population = counted.population;
    out.window = question.within.value_or(std::chrono::hours(24 * 7));
    std::map<std::pair<std::string, std::string>, std::pair<question::ChannelSwitch, Who>> pairs;
    std::map<std::string, question::RepeatTally> topics;
    for (const auto& unit : counted.units) {
        bool any = false;
        bool any_forced = false;
        for (std::size_t i = 0; i < unit.lived.size(); ++i) {
            out.encounters_machine += history.is_machine(unit.lived[i]) ? 1 : 0;
            if (i == 0 || !history.is_switch(unit.lived[i - 1], unit.lived[i])) {
                continue;
            }
            auto& [pair, who] = pairs[{unit.lived[i - 1].channel, unit.lived[i].channel}];
            ++pair.count;
            who.add(history, unit);
            any = true;
            if (history.is_forced(unit.lived[i - 1], unit.lived[i])) {
                ++pair.forced;
                any_forced = true;
            }
        }
        out.units_with_switch += any ? 1 : 0;
        out.units_forced += any_forced ? 1 : 0;
        for (const auto& lived : unit.lived) {
            if (history.is_contact(lived)) {
                follow_up(history, lived, out, topics);
            }
        }
    }
    for (auto& [ends, counts] : pairs) {
        auto& [pair, who] = counts;
        std::tie(pair.from, pair.to) = ends;
        pair.units = who.units.size();
        pair.customers = who.customers.size();
        pair.experience = moments(who.experiences);
        out.switches.push_back(pair);
    }
    for (auto& [topic, tally] : topics) {
        tally.topic = topic;
        out.topics.push_back(tally);
    }
    return out;
}

question::EpisodePage episodes(const History& history, const Question& question) {
    const auto counted = count(history, question, question.per);
    question::EpisodePage out;
    out.population = counted.population;
    out.total = counted.units.size();
    for (const auto& unit : counted.units) {
        question::EpisodeRow row;
        row.customer = unit.customer;
        row.thread = unit.thread;
        row.start = unit.lived.front().time();
        row.end = unit.lived.back().time();
        row.encounters = unit.lived.size();
        row.status = unit.status;
        row.experience = history.experience(unit);
        for (const auto& lived : unit.lived) {
            row.path.push_back(lived.touchpoint());
        }
        out.rows.push_back(row);
    }
    std::stable_sort(out.rows.begin(), out.rows.end(), [](const auto& a, const auto& b) {
        return std::tie(a.start, a.customer, a.thread) < std::tie(b.start, b.customer, b.thread);
    });
    const std::size_t limit = question.limit > 0 ? question.limit : 50;
    std::vector<question::EpisodeRow> page;
    for (std::size_t i = question.offset; i < out.rows.size() && i < question.offset + limit; ++i) {
        page.push_back(out.rows[i]);
    }
    out.rows = page;
    return out;
}

question::TimelinePage timeline(const History& history, const Question& question) {
    question::TimelinePage out;
    std::vector<Lived> all;
    for (const auto& unit : count(history, question, question.per).units) {
        if (unit.customer == question.customer) {
            all.insert(all.end(), unit.lived.begin(), unit.lived.end());
        }
    }
    std::sort(all.begin(), all.end(), [](const Lived& a, const Lived& b) {
        return std::tie(a.encounter().time, a.encounter().sequence, a.encounter().id) <
               std::tie(b.encounter().time, b.encounter().sequence, b.encounter().id);
    });
    out.total = all.size();
    const std::size_t limit = question.limit > 0 ? question.limit : 500;
    for (std::size_t i = question.offset; i < all.size() && i < question.offset + limit; ++i) {
        const auto& encounter = all[i].encounter();
        question::TimelineRow row;
        row.time = encounter.time;
        row.touchpoint = encounter.touchpoint;
        row.channel = all[i].channel;
        row.department = all[i].department;
        row.employee = encounter.employee;
        row.thread = encounter.thread.value();
        row.score = encounter.score;
        row.scale = encounter.score ? encounter.scale : "";
        row.value = encounter.value;
        row.duration_seconds = encounter.duration_seconds;
        row.ledger_number = all[i].entry->number;
        out.rows.push_back(row);
    }
    return out;
}

question::Engine::Values values(const History& history, const question::Field& field,
                                const Question& question, std::size_t limit) {
    std::map<std::string, std::uint64_t> counts;
    for (const auto& unit : count(history, question, question.per).units) {
        for (const auto& lived : unit.lived) {
            ++counts[history.text(lived, field)];
        }
    }
    question::Engine::Values out;
    out.distinct = counts.size();
    for (const auto& [value, encounters] : counts) {
        out.most.push_back({value, encounters});
    }
    std::stable_sort(out.most.begin(), out.most.end(), [](const auto& a, const auto& b) {
        return a.encounters > b.encounters;
    });
    out.most.resize(std::min(out.most.size(), limit));
    return out;
}

}  // namespace kokemus::reference
