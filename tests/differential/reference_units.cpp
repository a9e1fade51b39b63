#include <algorithm>
#include <map>
#include <set>

#include "reference.h"

namespace kokemus::reference {

using question::EpisodeStatus;
using question::UnitKind;

namespace {

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool matches(double left, question::Comparison comparison, double right) {
    switch (comparison) {
        case question::Comparison::Equal: return left == right;
        case question::Comparison::NotEqual: return left != right;
        case question::Comparison::Less: return left < right;
        case question::Comparison::LessOrEqual: return left <= right;
        case question::Comparison::Greater: return left > right;
        case question::Comparison::GreaterOrEqual: return left >= right;
    }
    return false;
}

/// The encounters of each thread of a customer.
std::map<std::string, std::vector<Lived>> threads_of(const std::vector<Lived>& all) {
    std::map<std::string, std::vector<Lived>> threads;
    for (const auto& lived : all) {
        if (!lived.thread().empty()) {
            threads[lived.thread()].push_back(lived);
        }
    }
    return threads;
}

/// Walks through encounters with one episode open at a time.
std::vector<Unit> cut_episodes(const std::vector<Lived>& all, const blueprint::Journey& journey,
                               Instant latest) {
    std::vector<Unit> episodes;
    Unit open;
    const auto close = [&](EpisodeStatus status) {
        open.status = status;
        episodes.push_back(open);
        open.lived.clear();
    };
    const auto is_over_at = [&](Instant time) {
        const Milliseconds gap = time - open.lived.back().time();
        const Milliseconds length = time - open.lived.front().time();
        return (journey.silence && gap > *journey.silence) ||
               (journey.within && length > *journey.within);
    };
    for (const auto& lived : all) {
        if (!open.lived.empty() && is_over_at(lived.time())) {
            close(EpisodeStatus::Abandoned);
        }
        const bool opens = open.lived.empty() && contains(journey.starts, lived.touchpoint());
        if (!open.lived.empty() || opens) {
            open.lived.push_back(lived);
            if (contains(journey.ends, lived.touchpoint())) {
                close(EpisodeStatus::Completed);
            }
        }
    }
    if (!open.lived.empty()) {
        close(is_over_at(latest) ? EpisodeStatus::Abandoned : EpisodeStatus::Open);
    }
    return episodes;
}

/// All units of a customer, of whatever time.
std::vector<Unit> all_units(const History& history, const std::vector<Lived>& all,
                            const question::Unit& per) {
    std::vector<Unit> units;
    if (per.kind == UnitKind::Customer) {
        units.push_back(Unit{"", "", all, EpisodeStatus::Open});
    } else if (per.kind == UnitKind::Thread) {
        for (const auto& [thread, lived] : threads_of(all)) {
            units.push_back(Unit{"", thread, lived, EpisodeStatus::Open});
        }
    } else {
        const auto& journey = *history.world().blueprint.journey(per.journey);
        if (!journey.thread) {
            units = cut_episodes(all, journey, history.latest());
        } else {
            for (const auto& [thread, lived] : threads_of(all)) {
                for (auto& episode : cut_episodes(lived, journey, history.latest())) {
                    episode.thread = thread;
                    units.push_back(episode);
                }
            }
        }
    }
    for (auto& unit : units) {
        unit.customer = all.front().customer();
    }
    return units;
}

struct Judge {
    const History& history;
    const Unit& unit;
    const Lived& lived;

    std::vector<std::string> path() const {
        std::vector<std::string> path;
        for (const auto& each : unit.lived) {
            path.push_back(each.touchpoint());
        }
        return path;
    }

    bool operator()(const question::TextCondition& condition) const {
        return contains(condition.values, history.text(lived, condition.field)) !=
               condition.negated;
    }

    bool operator()(const question::NumberCondition& condition) const {
        const auto& encounter = lived.encounter();
        if (condition.field.name == "time") {
            const auto since_1970 = encounter.time.time_since_epoch().count();
            return matches(static_cast<double>(since_1970), condition.comparison, condition.number);
        }
        const auto number = condition.field.name == "score"   ? encounter.score
                            : condition.field.name == "value" ? encounter.value
                                                              : encounter.duration_seconds;
        return number && matches(*number, condition.comparison, condition.number);
    }

    bool operator()(const question::Touches& touches) const {
        for (const auto& touchpoint : path()) {
            if (contains(touches.touchpoints, touchpoint)) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::Goes& goes) const {
        auto whole = path();
        whole.insert(whole.begin(), "START");
        whole.push_back("END");
        for (std::size_t i = 1; i < whole.size(); ++i) {
            if (whole[i - 1] == goes.from && whole[i] == goes.to) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::Follows& follows) const {
        auto whole = path();
        if (follows.collapsed) {
            whole.erase(std::unique(whole.begin(), whole.end()), whole.end());
        }
        return whole == follows.path;
    }

    bool operator()(const question::Lasts& lasts) const {
        const Milliseconds length = unit.lived.back().time() - unit.lived.front().time();
        return matches(static_cast<double>(length.count()),
                       lasts.comparison,
                       static_cast<double>(lasts.duration.count()));
    }

    bool operator()(const question::Size& size) const {
        return matches(static_cast<double>(unit.lived.size()), size.comparison, size.count);
    }

    bool operator()(const question::StatusCondition& status) const {
        const bool is = std::find(status.statuses.begin(), status.statuses.end(), unit.status) !=
                        status.statuses.end();
        return is != status.negated;
    }

    bool operator()(const question::MakesPromise& condition) const {
        for (const auto& kept : history.promises_made(lived)) {
            for (const auto outcome : condition.outcomes) {
                const bool open_too = outcome == question::PromiseOutcome::Open &&
                                      kept.outcome == question::PromiseOutcome::AtRisk;
                if ((condition.promise.empty() || condition.promise == kept.promise) &&
                    (kept.outcome == outcome || open_too)) {
                    return true;
                }
            }
        }
        return false;
    }

    bool operator()(const question::PromiseCondition& condition) const {
        for (const auto& each : unit.lived) {
            const Judge of_each{history, unit, each};
            if (of_each(question::MakesPromise{condition.promise, condition.outcomes})) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::Reaches& reaches) const {
        const auto level = longest_chain(unit, reaches.steps, reaches.within).level;
        return reaches.exactly == 0 ? level == reaches.steps.size()
                                    : level == static_cast<std::size_t>(reaches.exactly);
    }

    bool operator()(const question::Switches& switches) const {
        for (std::size_t i = 1; i < unit.lived.size(); ++i) {
            const auto& from = unit.lived[i - 1];
            const auto& to = unit.lived[i];
            if (history.is_switch(from, to) &&
                (switches.from_channel.empty() || switches.from_channel == from.channel) &&
                (switches.to_channel.empty() || switches.to_channel == to.channel) &&
                (!switches.forced || history.is_forced(from, to))) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::FirstContact& condition) const {
        if (!history.is_contact(lived)) {
            return false;
        }
        bool later = false;
        bool repeated = false;
        for (const auto& other : history.of(lived.customer())) {
            if (other.entry == lived.entry) {
                later = true;
                continue;
            }
            const bool same =
                history.is_contact(other) && history.topic(other) == history.topic(lived);
            if (same && !later && lived.time() - other.time() <= condition.within) {
                return false;
            }
            repeated =
                repeated || (same && later && other.time() - lived.time() <= condition.within);
        }
        return repeated || !condition.repeated;
    }

    bool operator()(const question::Repeats& repeats) const {
        for (const auto& each : unit.lived) {
            bool later = false;
            for (const auto& other : history.of(each.customer())) {
                if (later && history.is_contact(each) && history.is_contact(other) &&
                    history.topic(each) == history.topic(other) &&
                    other.time() - each.time() <= repeats.within) {
                    return true;
                }
                later = later || other.entry == each.entry;
            }
        }
        return false;
    }

    /// Of the path and what was done from these places on: how many they have in common in order.
    static std::size_t common(const std::vector<std::string>& path, std::size_t i,
                              const std::vector<std::string>& done, std::size_t j) {
        std::vector<std::vector<std::size_t>> longest(path.size() + 1,
                                                      std::vector<std::size_t>(done.size() + 1, 0));
        for (std::size_t a = path.size(); a-- > i;) {
            for (std::size_t b = done.size(); b-- > j;) {
                longest[a][b] = path[a] == done[b] ? 1 + longest[a + 1][b + 1]
                                                   : std::max(longest[a + 1][b], longest[a][b + 1]);
            }
        }
        return longest[i][j];
    }

    /// From the beginning on both are taken where they are equal, else what is designed is skipped
    /// where that costs nothing, else what was done is inserted. What is skipped and inserted as
    /// well is moved.
    bool operator()(const question::Deviates& deviates) const {
        const auto done = path();
        const auto& designed = deviates.path;
        if (deviates.deviation == question::Deviation::Any) {
            return done != designed;
        }
        std::multiset<std::string> skipped;
        std::multiset<std::string> inserted;
        std::size_t i = 0;
        std::size_t j = 0;
        while (i < designed.size() || j < done.size()) {
            if (i < designed.size() && j < done.size() && designed[i] == done[j]) {
                ++i;
                ++j;
            } else if (j == done.size() ||
                       (i < designed.size() &&
                        common(designed, i + 1, done, j) == common(designed, i, done, j))) {
                skipped.insert(designed[i++]);
            } else {
                inserted.insert(done[j++]);
            }
        }
        const auto out = skipped.count(deviates.touchpoint);
        const auto in = inserted.count(deviates.touchpoint);
        switch (deviates.deviation) {
            case question::Deviation::LeftOut: return out > in;
            case question::Deviation::PutIn: return in > out;
            default: return out > 0 && in > 0;
        }
    }

    bool operator()(const question::Has& has) const {
        for (const auto& each : unit.lived) {
            if (holds(history, *has.inner, unit, each)) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::And& all) const {
        for (const auto& part : all.parts) {
            if (!holds(history, *part, unit, lived)) {
                return false;
            }
        }
        return true;
    }

    bool operator()(const question::Or& any) const {
        for (const auto& part : any.parts) {
            if (holds(history, *part, unit, lived)) {
                return true;
            }
        }
        return false;
    }

    bool operator()(const question::Not& negation) const {
        return !holds(history, *negation.part, unit, lived);
    }
};

}  // namespace

std::vector<Unit> units_of(const History& history, const question::Unit& per, TimeRange range,
                           std::uint64_t& without_unit) {
    std::vector<Unit> units;
    for (const auto& all : history.customers()) {
        std::set<const ledger::Entry*> in_a_unit;
        for (auto& unit : all_units(history, all, per)) {
            for (const auto& lived : unit.lived) {
                in_a_unit.insert(lived.entry);
            }
            if (per.kind == UnitKind::Customer) {
                std::erase_if(unit.lived,
                              [&](const Lived& lived) { return !range.contains(lived.time()); });
            } else if (!range.contains(unit.lived.front().time())) {
                continue;
            }
            if (!unit.lived.empty()) {
                units.push_back(unit);
            }
        }
        for (const auto& lived : all) {
            without_unit += range.contains(lived.time()) && in_a_unit.count(lived.entry) == 0;
        }
    }
    return units;
}

bool holds(const History& history, const question::Condition& condition, const Unit& unit,
           const Lived& lived) {
    return std::visit(Judge{history, unit, lived}, condition.is);
}

Counted count(const History& history, const question::Question& question,
              const question::Unit& per) {
    Counted counted;
    std::set<std::string> customers;
    for (auto unit : units_of(history, per, question.range, counted.population.without_unit)) {
        Unit left = unit;
        std::erase_if(left.lived, [&](const Lived& lived) {
            return question.where != nullptr && !holds(history, *question.where, unit, lived);
        });
        if (left.lived.empty()) {
            continue;
        }
        if (question.having != nullptr &&
            std::none_of(left.lived.begin(), left.lived.end(), [&](const Lived& lived) {
                return holds(history, *question.having, left, lived);
            })) {
            continue;
        }
        for (const auto& lived : left.lived) {
            auto& [encounters, units, people, without, first, latest] = counted.population;
            ++encounters;
            first = first ? std::min(*first, lived.time()) : lived.time();
            latest = latest ? std::max(*latest, lived.time()) : lived.time();
        }
        ++counted.population.units;
        customers.insert(unit.customer);
        counted.units.push_back(left);
    }
    counted.population.customers = customers.size();
    return counted;
}

/// Tries every encounter of step 1 as the beginning, and takes the earliest encounter for each
/// further step.
Chain longest_chain(const Unit& unit, const std::vector<std::vector<std::string>>& steps,
                    std::optional<Milliseconds> within) {
    Chain best;
    for (std::size_t start = 0; start < unit.lived.size(); ++start) {
        Chain chain;
        for (std::size_t place = start; place < unit.lived.size(); ++place) {
            const auto& lived = unit.lived[place];
            const bool in_time = !within || lived.time() - unit.lived[start].time() <= *within;
            if (chain.level < steps.size() && in_time &&
                contains(steps[chain.level], lived.touchpoint())) {
                ++chain.level;
                chain.times.push_back(lived.time());
                chain.place = place;
            } else if (place == start) {
                break;
            }
        }
        // The longest; of these the first to get there; of these the one that began latest.
        const bool better =
            chain.level > best.level ||
            (chain.level == best.level && chain.level > 0 &&
             (chain.place < best.place ||
              (chain.place == best.place && chain.times.front() > best.times.front())));
        if (better) {
            best = chain;
        }
    }
    return best;
}

}  // namespace kokemus::reference
