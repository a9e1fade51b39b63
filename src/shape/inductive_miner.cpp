#include "shape/inductive_miner.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "shape/cut.h"
#include "shape/follows.h"

namespace kokemus::shape {
namespace {

using Kind = ProcessTree::Kind;

std::vector<Step> alphabet(const Follows& follows) {
    std::vector<Step> steps;
    for (Step step = 0; step < follows.steps(); ++step) {
        if (follows.times(step) > 0) {
            steps.push_back(step);
        }
    }
    return steps;
}

Variants without(std::span<const Variant> variants, Step step) {
    Variants rest(variants.begin(), variants.end());
    for (Variant& variant : rest) {
        std::erase(variant.steps, step);
    }
    return merged(std::move(rest));
}

/// Edges so rare beside the most frequent way out of their step (an end is one too) are taken out.
Follows without_noise(Follows follows, double noise) {
    for (Step from = 0; from < follows.steps(); ++from) {
        std::uint64_t most = follows.ends(from);
        for (Step to = 0; to < follows.steps(); ++to) {
            most = std::max(most, follows.count(from, to));
        }
        const double least = noise * static_cast<double>(most);
        for (Step to = 0; to < follows.steps(); ++to) {
            if (static_cast<double>(follows.count(from, to)) <= least) {
                follows.remove(from, to);
            }
        }
    }
    return follows;
}

/// The variants cut before each step for which `begins` says that a round begins with it.
template <typename Begins>
std::optional<Variants> rounds(std::span<const Variant> variants, Begins begins) {
    Variants result;
    bool any = false;
    for (const Variant& variant : variants) {
        Variant round{{}, variant.times};
        for (std::size_t i = 0; i < variant.steps.size(); ++i) {
            if (i > 0 && begins(variant.steps[i - 1], variant.steps[i])) {
                result.push_back(round);
                round.steps.clear();
                any = true;
            }
            round.steps.push_back(variant.steps[i]);
        }
        result.push_back(std::move(round));
    }
    return any ? std::optional(merged(std::move(result))) : std::nullopt;
}

class Miner {
public:
    explicit Miner(double noise) : noise_(noise) {}

    ProcessTree mine(Variants variants) const {
        std::uint64_t empty = 0;
        for (const Variant& variant : variants) {
            empty += variant.steps.empty() ? variant.times : 0;
        }
        const std::uint64_t all = times_of(variants);
        std::erase_if(variants, [](const Variant& variant) { return variant.steps.empty(); });
        if (variants.empty()) {
            return nothing();
        }
        ProcessTree tree = mine_done(variants);
        const bool often = static_cast<double>(empty) > noise_ * static_cast<double>(all);
        return often ? block(Kind::Choice, {nothing(), std::move(tree)}) : tree;
    }

private:
    /// Of variants none of which is empty.
    ProcessTree mine_done(const Variants& variants) const {
        const Follows follows(variants);
        const std::vector<Step> steps = alphabet(follows);
        const bool once = std::ranges::all_of(
            variants, [](const Variant& variant) { return variant.steps.size() == 1; });
        if (steps.size() == 1 && once) {
            return one(steps.front());
        }
        if (const auto cut = find_cut(follows)) {
            return parts_of(variants, *cut);
        }
        if (noise_ > 0) {
            if (const auto cut = find_cut(without_noise(follows, noise_))) {
                return parts_of(variants, *cut);
            }
        }
        return fall_through(variants, follows, steps);
    }

    ProcessTree parts_of(const Variants& variants, const Cut& cut) const {
        std::vector<ProcessTree> parts;
        for (Variants& log : split(variants, cut)) {
            parts.push_back(mine(std::move(log)));
        }
        return block(cut.kind, std::move(parts));
    }

    ProcessTree fall_through(const Variants& variants, const Follows& follows,
                             const std::vector<Step>& steps) const {
        if (steps.size() > 1) {
            if (const auto beside = step_beside(variants, steps)) {
                return block(Kind::Parallel,
                             {one_of(variants, *beside), mine(without(variants, *beside))});
            }
        }
        const auto starts = [&](Step, Step next) { return follows.starts(next) > 0; };
        const auto ends_and_starts = [&](Step last, Step next) {
            return follows.ends(last) > 0 && follows.starts(next) > 0;
        };
        if (auto strict = rounds(variants, ends_and_starts)) {
            return block(Kind::Loop, {mine(std::move(*strict)), nothing()});
        }
        if (auto loose = rounds(variants, starts)) {
            return block(Kind::Loop, {mine(std::move(*loose)), nothing()});
        }
        std::vector<ProcessTree> any;
        for (const Step step : steps) {
            any.push_back(one(step));
        }
        return block(Kind::Loop, {block(Kind::Choice, std::move(any)), nothing()});
    }

    /// A step that runs beside all others: each variant does it once, or the others can be cut
    /// without it.
    static std::optional<Step> step_beside(const Variants& variants,
                                           const std::vector<Step>& steps) {
        for (const Step step : steps) {
            if (std::ranges::all_of(variants, [&](const Variant& variant) {
                    return std::ranges::count(variant.steps, step) == 1;
                })) {
                return step;
            }
        }
        for (const Step step : steps) {
            if (find_cut(Follows(without(variants, step)))) {
                return step;
            }
        }
        return std::nullopt;
    }

    /// What is done of one step alone.
    ProcessTree one_of(const Variants& variants, Step step) const {
        Variants only(variants);
        for (Variant& variant : only) {
            std::erase_if(variant.steps, [&](Step other) { return other != step; });
        }
        return mine(merged(std::move(only)));
    }

    double noise_;
};

}  // namespace

ProcessTree inductive_miner(std::span<const Variant> variants, double noise) {
    return folded(Miner(noise).mine(merged(Variants(variants.begin(), variants.end()))));
}

}  // namespace kokemus::shape
