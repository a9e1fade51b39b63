#include "stats/minimum.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace kokemus::stats {
namespace {

constexpr int restarts_max = 20;

struct Corner {
    std::vector<double> at;
    double value = 0;
};

class Simplex {
public:
    Simplex(const std::function<double(std::span<const double>)>& function, const Descent& descent,
            Minimum& result)
        : function_(function),
          descent_(descent),
          result_(result) {}

    /// One descent from `start`.
    Corner descend(const std::vector<double>& start) {
        corners_.clear();
        corners_.push_back(corner(start));
        for (std::size_t i = 0; i < start.size(); ++i) {
            std::vector<double> moved = start;
            moved[i] += descent_.step;
            corners_.push_back(corner(std::move(moved)));
        }
        sort();
        while (!small() && result_.evaluations < descent_.evaluations_max) {
            move();
            sort();
        }
        return corners_.front();
    }

    bool small() const {
        const Corner& best = corners_.front();
        const Corner& worst = corners_.back();
        if (worst.value - best.value > descent_.tolerance * (1 + std::abs(best.value))) {
            return false;
        }
        for (std::size_t i = 0; i < best.at.size(); ++i) {
            if (std::abs(worst.at[i] - best.at[i]) > 1e-6 * (1 + std::abs(best.at[i]))) {
                return false;
            }
        }
        return true;
    }

private:
    Corner corner(std::vector<double> at) {
        ++result_.evaluations;
        const double value = function_(at);
        return Corner{std::move(at), std::isfinite(value) ? value : 1e300};
    }

    void sort() { std::ranges::stable_sort(corners_, {}, &Corner::value); }

    /// The worst corner moved through the middle of the others: by -1 to its mirror image.
    Corner through(double times) {
        const std::size_t n = corners_.size() - 1;
        std::vector<double> at(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) {
            double middle = 0;
            for (std::size_t other = 0; other < n; ++other) {
                middle += corners_[other].at[i] / static_cast<double>(n);
            }
            at[i] = middle + times * (corners_.back().at[i] - middle);
        }
        return corner(std::move(at));
    }

    void move() {
        const std::size_t n = corners_.size() - 1;
        Corner& worst = corners_.back();
        Corner reflected = through(-1);
        if (reflected.value < corners_.front().value) {
            Corner expanded = through(-2);
            worst = expanded.value < reflected.value ? std::move(expanded) : std::move(reflected);
        } else if (reflected.value < corners_[n - 1].value) {
            worst = std::move(reflected);
        } else {
            Corner contracted = reflected.value < worst.value ? through(-0.5) : through(0.5);
            if (contracted.value < std::min(reflected.value, worst.value)) {
                worst = std::move(contracted);
            } else {
                shrink();
            }
        }
    }

    void shrink() {
        for (std::size_t i = 1; i < corners_.size(); ++i) {
            std::vector<double> at = corners_[i].at;
            for (std::size_t j = 0; j < at.size(); ++j) {
                at[j] = (at[j] + corners_.front().at[j]) / 2;
            }
            corners_[i] = corner(std::move(at));
        }
    }

    const std::function<double(std::span<const double>)>& function_;
    const Descent& descent_;
    Minimum& result_;
    std::vector<Corner> corners_;
};

}  // namespace

Minimum minimum(const std::function<double(std::span<const double>)>& function,
                std::vector<double> start, const Descent& descent) {
    Minimum result;
    Simplex simplex(function, descent, result);
    if (start.empty()) {
        result.value = function(start);
        result.settled = true;
        return result;
    }
    result.at = std::move(start);
    result.value = HUGE_VAL;
    for (int restart = 0; restart < restarts_max; ++restart) {
        Corner best = simplex.descend(result.at);
        const double gained = result.value - best.value;
        if (best.value <= result.value) {
            result.at = std::move(best.at);
            result.value = best.value;
        }
        if (result.evaluations >= descent.evaluations_max) {
            return result;
        }
        if (gained <= descent.tolerance * (1 + std::abs(result.value))) {
            result.settled = true;
            return result;
        }
    }
    return result;
}

}  // namespace kokemus::stats
