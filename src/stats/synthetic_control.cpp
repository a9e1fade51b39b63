#include "stats/synthetic_control.h"

#include <algorithm>
#include <cmath>

#include "stats/linear_algebra.h"

namespace kokemus::stats {
namespace {

using Series = std::span<const double>;
using Donors = std::span<const std::vector<double>>;

constexpr std::size_t steps_max = 1000;

std::vector<double> mix(Donors donors, const std::vector<double>& weights, std::size_t length) {
    std::vector<double> mixture(length, 0.0);
    for (std::size_t donor = 0; donor < donors.size(); ++donor) {
        for (std::size_t i = 0; i < length; ++i) {
            mixture[i] += weights[donor] * donors[donor][i];
        }
    }
    return mixture;
}

double mean_square(Series target, Series mixture) {
    double sum = 0;
    for (std::size_t i = 0; i < target.size(); ++i) {
        sum += (target[i] - mixture[i]) * (target[i] - mixture[i]);
    }
    return sum / static_cast<double>(target.size());
}

/// The active set method of Lawson and Hanson (1974, ch. 23) with the weights summing to 1.
class Search {
public:
    Search(Series target, Donors donors)
        : target_(target),
          donors_(donors),
          weights_(donors.size(), 0.0) {
        std::size_t best = 0;
        for (std::size_t donor = 1; donor < donors.size(); ++donor) {
            const bool nearer =
                mean_square(target, first(donor)) < mean_square(target, first(best));
            best = nearer ? donor : best;
        }
        weights_[best] = 1;
        used_.push_back(best);
    }

    std::vector<double> run() {
        for (std::size_t step = 0; step < steps_max; ++step) {
            const auto next = most_wanted();
            if (!next) {
                break;
            }
            used_.push_back(*next);
            if (!settle()) {
                break;
            }
        }
        return weights_;
    }

private:
    Series first(std::size_t donor) const { return Series(donors_[donor]).first(target_.size()); }

    /// The unused donor of which a little more would bring the mixture nearest, if any would.
    std::optional<std::size_t> most_wanted() const {
        const std::vector<double> mixture = mix(donors_, weights_, target_.size());
        std::vector<double> pull(donors_.size(), 0.0);
        double scale = 0;
        for (std::size_t donor = 0; donor < donors_.size(); ++donor) {
            double size = 0;
            for (std::size_t i = 0; i < target_.size(); ++i) {
                pull[donor] += (target_[i] - mixture[i]) * donors_[donor][i];
                size += std::abs((target_[i] - mixture[i]) * donors_[donor][i]);
            }
            scale = std::max(scale, size);
        }
        // All that are used pull alike once they are settled; the first stands for them.
        double bar = pull[used_.front()] + 1e-10 * scale;
        std::optional<std::size_t> wanted;
        for (std::size_t donor = 0; donor < donors_.size(); ++donor) {
            if (pull[donor] > bar && std::ranges::find(used_, donor) == used_.end()) {
                bar = pull[donor];
                wanted = donor;
            }
        }
        return wanted;
    }

    /// Moves the weights of those used to where they are best, dropping each that comes to 0 on the
    /// way. False when the newest adds nothing of its own.
    bool settle() {
        while (true) {
            const auto best = best_of_used();
            if (!best) {
                used_.pop_back();
                return false;
            }
            double share = 1;
            for (std::size_t i = 0; i < used_.size(); ++i) {
                const double now = weights_[used_[i]];
                if ((*best)[i] < 0 && now > 0) {
                    share = std::min(share, now / (now - (*best)[i]));
                } else if ((*best)[i] < 0) {
                    share = 0;
                }
            }
            for (std::size_t i = 0; i < used_.size(); ++i) {
                double& weight = weights_[used_[i]];
                weight += share * ((*best)[i] - weight);
                weight = weight < 1e-14 ? 0.0 : weight;
            }
            if (share == 1) {
                return true;
            }
            std::erase_if(used_, [&](std::size_t donor) { return weights_[donor] == 0; });
        }
    }

    /// Least squares with the sum held at 1: the first donor, and what the others differ from it.
    std::optional<std::vector<double>> best_of_used() const {
        if (used_.size() == 1) {
            return std::vector<double>{1.0};
        }
        const Series base = first(used_.front());
        Matrix differences(target_.size(), used_.size() - 1);
        std::vector<double> gap(target_.size());
        for (std::size_t i = 0; i < target_.size(); ++i) {
            gap[i] = target_[i] - base[i];
            for (std::size_t other = 1; other < used_.size(); ++other) {
                differences(i, other - 1) = donors_[used_[other]][i] - base[i];
            }
        }
        const auto solution = nearest(differences, gap);
        if (!solution) {
            return std::nullopt;
        }
        std::vector<double> best{1.0};
        for (const double weight : solution->coefficients) {
            best.front() -= weight;
            best.push_back(weight);
        }
        return best;
    }

    Series target_;
    Donors donors_;
    std::vector<double> weights_;
    std::vector<std::size_t> used_;
};

bool fit_together(std::size_t length, Donors donors) {
    return length > 0 && !donors.empty() &&
           std::ranges::all_of(donors, [&](const auto& donor) { return donor.size() == length; });
}

/// Without the placebos.
SyntheticControl control_of(Series target, Donors donors, std::size_t change) {
    SyntheticControl control;
    const Series before = target.first(change);
    control.mixture.weights = Search(before, donors).run();
    control.without = mix(donors, control.mixture.weights, target.size());
    const Series without(control.without);
    control.mixture.error = std::sqrt(mean_square(before, without.first(change)));
    const double after = std::sqrt(mean_square(target.subspan(change), without.subspan(change)));
    for (std::size_t i = change; i < target.size(); ++i) {
        control.effect += (target[i] - without[i]) / static_cast<double>(target.size() - change);
    }
    if (control.mixture.error > 0) {
        control.gap_ratio = after / control.mixture.error;
    } else {
        control.gap_ratio = after > 0 ? HUGE_VAL : 0;
    }
    return control;
}

}  // namespace

std::optional<Mixture> nearest_mixture(Series target, Donors donors) {
    if (!fit_together(target.size(), donors)) {
        return std::nullopt;
    }
    Mixture mixture;
    mixture.weights = Search(target, donors).run();
    mixture.error = std::sqrt(mean_square(target, mix(donors, mixture.weights, target.size())));
    return mixture;
}

std::optional<SyntheticControl> synthetic_control(Series target, Donors donors,
                                                  std::size_t change) {
    if (!fit_together(target.size(), donors) || change == 0 || change >= target.size()) {
        return std::nullopt;
    }
    SyntheticControl control = control_of(target, donors, change);
    std::vector<double> placebos;
    for (std::size_t donor = 0; donor < donors.size() && donors.size() > 1; ++donor) {
        std::vector<std::vector<double>> others(donors.begin(), donors.end());
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(donor));
        placebos.push_back(std::min(control_of(donors[donor], others, change).gap_ratio, 1e300));
    }
    control.placebo = placebo_rank(std::min(control.gap_ratio, 1e300), placebos);
    return control;
}

}  // namespace kokemus::stats
