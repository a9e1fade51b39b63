#include "stats/permutation.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "base/random.h"

namespace kokemus::stats {
namespace {

constexpr double ways_max = 20'000;
constexpr std::uint64_t drawn_ways = 9'999;

/// n over k, or infinite when it is beyond what is tried.
double ways(std::size_t n, std::size_t k) {
    double ways = 1;
    for (std::size_t i = 1; i <= std::min(k, n - k); ++i) {
        ways = ways * static_cast<double>(n - i + 1) / static_cast<double>(i);
        if (ways > 1e12) {
            return HUGE_VAL;
        }
    }
    return std::round(ways);
}

/// Sums of the chosen are compared: the difference of the means is a line in them.
class Trial {
public:
    Trial(std::span<const double> first, std::span<const double> second)
        : all_(first.begin(), first.end()),
          chosen_(first.size()) {
        all_.insert(all_.end(), second.begin(), second.end());
        // Around the mean, so that both tails are alike. First around one of the values: what
        // values differ by is exact where they lie close together, however far from 0.
        const double base = all_.front();
        double mean = 0;
        for (double& value : all_) {
            value -= base;
            mean += value / static_cast<double>(all_.size());
        }
        double spread = 0;
        for (double& value : all_) {
            value -= mean;
            spread += std::abs(value);
        }
        const double sum = std::accumulate(all_.begin(), all_.begin() + chosen(), 0.0);
        bar_ = std::abs(sum) - 1e-12 * spread;  // rounding must not part equals
    }

    /// Every way, by the sets of indices in lexical order.
    std::uint64_t all_ways_as_far() const {
        std::vector<std::size_t> set(chosen_);
        std::iota(set.begin(), set.end(), 0);
        std::uint64_t as_far = 0;
        do {
            double sum = 0;
            for (const std::size_t index : set) {
                sum += all_[index];
            }
            as_far += std::abs(sum) >= bar_ ? 1 : 0;
        } while (next(set));
        return as_far;
    }

    std::uint64_t drawn_as_far(std::uint64_t seed) {
        Random random = Random::named(seed, "permutation");
        std::uint64_t as_far = 0;
        for (std::uint64_t drawn = 0; drawn < drawn_ways; ++drawn) {
            double sum = 0;
            for (std::size_t i = 0; i < chosen_; ++i) {
                std::swap(all_[i], all_[i + random.below(all_.size() - i)]);
                sum += all_[i];
            }
            as_far += std::abs(sum) >= bar_ ? 1 : 0;
        }
        return as_far;
    }

private:
    std::ptrdiff_t chosen() const { return static_cast<std::ptrdiff_t>(chosen_); }

    /// The next set; false after the last.
    bool next(std::vector<std::size_t>& set) const {
        std::size_t place = set.size();
        while (place > 0 && set[place - 1] == all_.size() - set.size() + place - 1) {
            --place;
        }
        if (place == 0) {
            return false;
        }
        ++set[place - 1];
        for (; place < set.size(); ++place) {
            set[place] = set[place - 1] + 1;
        }
        return true;
    }

    std::vector<double> all_;
    std::size_t chosen_;
    double bar_ = 0;
};

}  // namespace

Permutation permutation_test(std::span<const double> first, std::span<const double> second,
                             std::uint64_t seed) {
    Permutation result;
    if (first.empty() || second.empty()) {
        return result;
    }
    const double all = ways(first.size() + second.size(), first.size());
    // With groups of one size each way has its mirror image, which is as far.
    const double alike = first.size() == second.size() ? 2 : 1;
    Trial trial(first, second);
    if (all <= ways_max) {
        result.p_value = static_cast<double>(trial.all_ways_as_far()) / all;
        result.least_p = alike / all;
        return result;
    }
    result.exact = false;
    const double tried = static_cast<double>(drawn_ways + 1);
    result.p_value = static_cast<double>(trial.drawn_as_far(seed) + 1) / tried;
    result.least_p = std::max(1 / tried, alike / all);
    return result;
}

}  // namespace kokemus::stats
