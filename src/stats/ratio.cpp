#include "stats/ratio.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/gamma.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

using Gamma = boost::math::gamma_distribution<double, InDoubles>;

/// Exact interval of the mean of a Poisson count.
Interval garwood(double count, double confidence) {
    const double outside = (1 - confidence) / 2;
    const double low = count > 0 ? boost::math::quantile(Gamma(count), outside) : 0.0;
    const double high = boost::math::quantile(boost::math::complement(Gamma(count + 1), outside));
    return Interval{low, high};
}

}  // namespace

void RatioSums::add(double a_of_customer, double b_of_customer) {
    if (!std::isfinite(a_of_customer) || !std::isfinite(b_of_customer)) {
        return;
    }
    ++customers;
    a += a_of_customer;
    b += b_of_customer;
    aa += a_of_customer * a_of_customer;
    ab += a_of_customer * b_of_customer;
    bb += b_of_customer * b_of_customer;
}

void RatioSums::merge(const RatioSums& other) {
    customers += other.customers;
    a += other.a;
    b += other.b;
    aa += other.aa;
    ab += other.ab;
    bb += other.bb;
}

double ratio_standard_error(const RatioSums& sums) {
    if (sums.customers < 2 || !(sums.b > 0)) {
        return 0;
    }
    const auto n = static_cast<double>(sums.customers);
    const double ratio = sums.a / sums.b;
    // The residuals a - R b sum to 0, so their squares give the variance without centring:
    // sum((a - R b)^2) = sum(aa) - 2 R sum(ab) + R^2 sum(bb).
    const double squares = sums.aa - 2 * ratio * sums.ab + ratio * ratio * sums.bb;
    // Counts are whole, so what is left below this is rounding.
    const double rounding = 1e-12 * (sums.aa + ratio * ratio * sums.bb);
    if (squares <= rounding) {
        return 0;
    }
    return std::sqrt(squares / (n - 1) * n) / sums.b;
}

Estimate ratio_estimate(const RatioSums& sums, double confidence) {
    Estimate estimate;
    estimate.n = sums.customers;
    estimate.method = "delta";
    if (sums.customers < 2 || !(sums.b > 0)) {
        return estimate;
    }
    estimate.enough = true;
    estimate.estimate = sums.a / sums.b;
    const double error = ratio_standard_error(sums);
    if (error > 0) {
        const double half = two_sided_z(confidence) * error;
        estimate.interval =
            Interval{std::max(0.0, estimate.estimate - half), estimate.estimate + half};
    } else {
        estimate.method = "poisson";
        const Interval count = garwood(sums.a, confidence);
        estimate.interval = Interval{count.low / sums.b, count.high / sums.b};
    }
    return estimate;
}

}  // namespace kokemus::stats
