#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "reference.h"
#include "reference_tally.h"

/// What became of promises, and of customers who changed the channel.
namespace kokemus::reference {

using question::Question;

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

}  // namespace kokemus::reference
