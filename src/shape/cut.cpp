#include "shape/cut.h"

#include <algorithm>
#include <functional>
#include <numeric>
#include <utility>

namespace kokemus::shape {
namespace {

using Groups = std::vector<std::vector<Step>>;

std::vector<Step> occurring(const Follows& follows) {
    std::vector<Step> steps;
    for (Step step = 0; step < follows.steps(); ++step) {
        if (follows.times(step) > 0) {
            steps.push_back(step);
        }
    }
    return steps;
}

/// Who belongs together: a forest of parents, the least step of each group on top.
class Together {
public:
    explicit Together(Step steps) : parents_(steps) {
        std::iota(parents_.begin(), parents_.end(), 0U);
    }

    Step top(Step step) {
        while (parents_[step] != step) {
            parents_[step] = parents_[parents_[step]];
            step = parents_[step];
        }
        return step;
    }

    void join(Step a, Step b) {
        a = top(a);
        b = top(b);
        parents_[std::max(a, b)] = std::min(a, b);
    }

    /// By their least step.
    Groups groups(std::span<const Step> steps) {
        Groups groups;
        std::vector<std::optional<std::size_t>> places(parents_.size());
        for (const Step step : steps) {
            auto& place = places[top(step)];
            if (!place) {
                place = groups.size();
                groups.emplace_back();
            }
            groups[*place].push_back(step);
        }
        return groups;
    }

private:
    std::vector<Step> parents_;
};

bool joined(const Follows& follows, Step a, Step b) {
    return follows.count(a, b) > 0 || follows.count(b, a) > 0;
}

/// Groups of steps between any two of which `belongs` holds, through others if need be.
Groups components(const Follows& follows, std::span<const Step> steps,
                  const std::function<bool(Step, Step)>& belongs) {
    Together together(follows.steps());
    for (std::size_t i = 0; i < steps.size(); ++i) {
        for (std::size_t j = i + 1; j < steps.size(); ++j) {
            if (belongs(steps[i], steps[j])) {
                together.join(steps[i], steps[j]);
            }
        }
    }
    return together.groups(steps);
}

Groups choice_groups(const Follows& follows, std::span<const Step> steps) {
    return components(follows, steps, [&](Step a, Step b) { return joined(follows, a, b); });
}

/// From which step one can come to which, in one or more.
class Reach {
public:
    Reach(const Follows& follows, std::span<const Step> steps)
        : size_(follows.steps()),
          reached_(std::size_t{size_} * size_) {
        for (const Step from : steps) {
            std::vector<Step> open{from};
            while (!open.empty()) {
                const Step at = open.back();
                open.pop_back();
                for (const Step to : steps) {
                    if (follows.count(at, to) > 0 && !reached_[place(from, to)]) {
                        reached_[place(from, to)] = true;
                        open.push_back(to);
                    }
                }
            }
        }
    }

    bool operator()(Step from, Step to) const { return reached_[place(from, to)]; }

    bool operator()(const std::vector<Step>& from, const std::vector<Step>& to) const {
        return std::ranges::any_of(from, [&](Step a) {
            return std::ranges::any_of(to, [&](Step b) { return (*this)(a, b); });
        });
    }

private:
    std::size_t place(Step a, Step b) const { return std::size_t{a} * size_ + b; }

    Step size_;
    std::vector<bool> reached_;
};

/// Of two of these groups one is reached from the other, never both ways or neither: whoever is, is
/// joined by the steps between them.
Groups sequence_groups(const Follows& follows, std::span<const Step> steps) {
    const Reach reach(follows, steps);
    Groups groups = components(follows, steps, [&](Step a, Step b) {
        return reach(a, b) == reach(b, a);  // strongly connected, or apart
    });
    std::ranges::sort(groups, [&](const auto& a, const auto& b) { return reach(a, b); });
    return groups;
}

bool starts_and_ends(const Follows& follows, const std::vector<Step>& group) {
    const auto starts = [&](Step step) { return follows.starts(step) > 0; };
    const auto ends = [&](Step step) { return follows.ends(step) > 0; };
    return std::ranges::any_of(group, starts) && std::ranges::any_of(group, ends);
}

Groups parallel_groups(const Follows& follows, std::span<const Step> steps) {
    Groups groups = components(follows, steps, [&](Step a, Step b) {
        return follows.count(a, b) == 0 || follows.count(b, a) == 0;
    });
    // A group without a start or an end cannot run by itself: it goes with the first that can.
    const auto whole = std::ranges::find_if(
        groups, [&](const auto& group) { return starts_and_ends(follows, group); });
    if (whole == groups.end()) {
        return {};
    }
    Groups result{*whole};
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        if (group == whole) {
            continue;
        }
        if (starts_and_ends(follows, *group)) {
            result.push_back(*group);
        } else {
            result.front().insert(result.front().end(), group->begin(), group->end());
        }
    }
    std::ranges::sort(result.front());
    return result;
}

/// Whether a group can be a way back: entered from all ends and no other step of the body, and
/// leaving to all starts and no other (thesis, p. 190).
bool leads_back(const Follows& follows, const std::vector<Step>& group,
                std::span<const Step> body) {
    return std::ranges::all_of(group, [&](Step step) {
        bool from_any = false, from_all = true, to_any = false, to_all = true;
        for (const Step other : body) {
            const bool comes = follows.count(other, step) > 0;
            const bool goes = follows.count(step, other) > 0;
            if ((comes && follows.ends(other) == 0) || (goes && follows.starts(other) == 0)) {
                return false;
            }
            if (follows.ends(other) > 0) {
                from_any = from_any || comes;
                from_all = from_all && comes;
            }
            if (follows.starts(other) > 0) {
                to_any = to_any || goes;
                to_all = to_all && goes;
            }
        }
        return (!from_any || from_all) && (!to_any || to_all);
    });
}

Groups loop_groups(const Follows& follows, std::span<const Step> steps) {
    std::vector<Step> ends_of_body;
    std::vector<Step> rest;
    for (const Step step : steps) {
        const bool outer = follows.starts(step) > 0 || follows.ends(step) > 0;
        (outer ? ends_of_body : rest).push_back(step);
    }
    Groups result{ends_of_body};
    for (const auto& group : choice_groups(follows, rest)) {
        if (leads_back(follows, group, ends_of_body)) {
            result.push_back(group);
        } else {
            result.front().insert(result.front().end(), group.begin(), group.end());
        }
    }
    std::ranges::sort(result.front());
    return result;
}

/// Place of each step's group.
std::vector<std::size_t> places_of(const Cut& cut) {
    std::vector<std::size_t> places;
    for (std::size_t group = 0; group < cut.groups.size(); ++group) {
        for (const Step step : cut.groups[group]) {
            places.resize(std::max<std::size_t>(places.size(), std::size_t{step} + 1));
            places[step] = group;
        }
    }
    return places;
}

using Places = std::vector<std::size_t>;

/// Each step's group as it stands, which for parallels is all.
std::vector<std::size_t> own_groups(const Variant& variant, const Places& places) {
    std::vector<std::size_t> groups;
    for (const Step step : variant.steps) {
        groups.push_back(places[step]);
    }
    return groups;
}

/// For each position the group whose turn it is, so that the fewest steps are out of turn.
std::vector<std::size_t> turns_of(const Variant& variant, const Places& places,
                                  std::size_t groups) {
    const std::size_t n = variant.steps.size();
    // kept[i][g]: most steps in turn from position i on when it is the turn of g or a later one.
    std::vector<std::size_t> kept((n + 1) * (groups + 1), 0);
    const auto at = [&](std::size_t i, std::size_t g) -> std::size_t& {
        return kept[i * (groups + 1) + g];
    };
    for (std::size_t i = n; i-- > 0;) {
        for (std::size_t g = groups; g-- > 0;) {
            const std::size_t in_turn = places[variant.steps[i]] == g ? 1 : 0;
            at(i, g) = std::max(at(i + 1, g) + in_turn, at(i, g + 1));
        }
    }
    std::vector<std::size_t> turns;
    std::size_t g = 0;
    for (std::size_t i = 0; i < n; ++i) {
        while (g + 1 < groups && at(i, g + 1) == at(i, g)) {
            ++g;
        }
        turns.push_back(g);
    }
    return turns;
}

void split_choice(const Variant& variant, const Places& places, std::vector<Variants>& logs) {
    std::vector<std::size_t> counts(logs.size(), 0);
    for (const Step step : variant.steps) {
        ++counts[places[step]];
    }
    const auto most = std::ranges::max_element(counts) - counts.begin();
    Variant kept{{}, variant.times};
    for (const Step step : variant.steps) {
        if (places[step] == static_cast<std::size_t>(most)) {
            kept.steps.push_back(step);
        }
    }
    logs[static_cast<std::size_t>(most)].push_back(std::move(kept));
}

/// What each group does of a variant when its turn has come; of a parallel it always has.
void split_all(const Variant& variant, const Places& places, const std::vector<std::size_t>& turns,
               std::vector<Variants>& logs) {
    for (std::size_t group = 0; group < logs.size(); ++group) {
        Variant part{{}, variant.times};
        for (std::size_t i = 0; i < variant.steps.size(); ++i) {
            if (places[variant.steps[i]] == group && turns[i] == group) {
                part.steps.push_back(variant.steps[i]);
            }
        }
        logs[group].push_back(std::move(part));
    }
}

/// Rounds: the body, a way back, the body... A round that is missing was done without a step.
void split_loop(const Variant& variant, const Places& places, std::vector<Variants>& logs) {
    Variant round{{}, variant.times};
    std::size_t group = 0;
    for (const Step step : variant.steps) {
        const std::size_t next = places[step];
        if (next != group) {
            logs[group].push_back(round);
            if (group != 0 && next != 0) {
                logs[0].push_back(Variant{{}, variant.times});
            }
            round.steps.clear();
            group = next;
        }
        round.steps.push_back(step);
    }
    logs[group].push_back(round);
    if (group != 0) {
        logs[0].push_back(Variant{{}, variant.times});
    }
}

}  // namespace

std::optional<Cut> find_cut(const Follows& follows) {
    using Kind = ProcessTree::Kind;
    const std::vector<Step> steps = occurring(follows);
    if (steps.size() < 2) {
        return std::nullopt;
    }
    const auto found = [](Kind kind, Groups groups) -> std::optional<Cut> {
        return groups.size() < 2 ? std::nullopt : std::optional(Cut{kind, std::move(groups)});
    };
    if (auto cut = found(Kind::Choice, choice_groups(follows, steps))) {
        return cut;
    }
    if (auto cut = found(Kind::Sequence, sequence_groups(follows, steps))) {
        return cut;
    }
    if (auto cut = found(Kind::Parallel, parallel_groups(follows, steps))) {
        return cut;
    }
    return found(Kind::Loop, loop_groups(follows, steps));
}

std::vector<Variants> split(std::span<const Variant> variants, const Cut& cut) {
    using Kind = ProcessTree::Kind;
    const Places places = places_of(cut);
    std::vector<Variants> logs(cut.groups.size());
    for (const Variant& variant : variants) {
        if (cut.kind == Kind::Choice) {
            split_choice(variant, places, logs);
        } else if (cut.kind == Kind::Loop) {
            split_loop(variant, places, logs);
        } else {
            const auto turns = cut.kind == Kind::Sequence
                                   ? turns_of(variant, places, cut.groups.size())
                                   : own_groups(variant, places);
            split_all(variant, places, turns, logs);
        }
    }
    for (Variants& log : logs) {
        log = merged(std::move(log));
    }
    return logs;
}

}  // namespace kokemus::shape
