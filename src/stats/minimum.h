#pragma once

#include <functional>
#include <span>
#include <vector>

namespace kokemus::stats {

struct Minimum {
    std::vector<double> at;
    double value = 0;
    int evaluations = 0;
    bool settled = false;  ///< false: gave up after the evaluations allowed
};

struct Descent {
    double step = 0.5;        ///< how far the first tries lie from the start
    double tolerance = 1e-9;  ///< settled when the tries differ by no more, in value and place
    int evaluations_max = 5000;
};

/// The least value of a smooth function of a few numbers near `start`, without derivatives (Nelder
/// and Mead 1965, Computer Journal 7, 308-313; started anew at the end of each descent until that
/// gains nothing, because the simplex can collapse). Finds a local minimum. The function must give
/// a number everywhere; what is not finite counts as very high.
Minimum minimum(const std::function<double(std::span<const double>)>& function,
                std::vector<double> start, const Descent& descent = {});

}  // namespace kokemus::stats
