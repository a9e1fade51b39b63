#include "stats/reliability.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <boost/math/distributions/binomial.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {

double reliability(double n, double between, double within) {
    if (!(n > 0) || !(between > 0)) {
        return 0;
    }
    return between / (between + std::max(0.0, within) / n);
}

double answers_for_reliability(double target, double between, double within) {
    if (!(between > 0) || target >= 1) {
        return std::numeric_limits<double>::infinity();
    }
    return std::max(0.0, target) / (1 - target) * within / between;
}

double within_variance_of_shares(double mean, double between) {
    return std::max(0.0, mean * (1 - mean) - between);
}

double chance_of_reaching(double line, std::uint64_t n, double share) {
    if (n == 0) {
        return line <= 0 ? 1 : 0;
    }
    // The least count at the line; what rounding adds to 0.9 * 10 must not ask for a tenth more.
    const double least = std::ceil(line * static_cast<double>(n) - 1e-9);
    if (least <= 0) {
        return 1;
    }
    if (least > static_cast<double>(n)) {
        return 0;
    }
    using Binomial = boost::math::binomial_distribution<double, InDoubles>;
    const Binomial binomial(static_cast<double>(n), std::clamp(share, 0.0, 1.0));
    return boost::math::cdf(boost::math::complement(binomial, least - 1));
}

double share_when_selected(double share, double asked_if_so, double asked_if_not) {
    const double so = share * asked_if_so;
    const double not_so = (1 - share) * asked_if_not;
    return so + not_so > 0 ? so / (so + not_so) : 0;
}

}  // namespace kokemus::stats
