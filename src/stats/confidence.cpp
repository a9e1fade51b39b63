#include "stats/confidence.h"

#include <algorithm>
#include <cmath>

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

#include "stats/in_doubles.h"

namespace kokemus::stats {
namespace {

using Normal = boost::math::normal_distribution<double, InDoubles>;
using ChiSquared = boost::math::chi_squared_distribution<double, InDoubles>;
using FisherF = boost::math::fisher_f_distribution<double, InDoubles>;
using StudentsT = boost::math::students_t_distribution<double, InDoubles>;

double usable(double confidence) {
    return std::clamp(confidence, 1e-12, 1 - 1e-12);
}

}  // namespace

double two_sided_z(double confidence) {
    if (confidence == usual_confidence) {
        return 1.959963984540054;
    }
    const double outside = (1 - usable(confidence)) / 2;
    return boost::math::quantile(boost::math::complement(Normal(), outside));
}

double one_sided_z(double confidence) {
    const double outside = 1 - usable(confidence);
    return boost::math::quantile(boost::math::complement(Normal(), outside));
}

double two_sided_t(double confidence, double freedom) {
    const double outside = (1 - usable(confidence)) / 2;
    return boost::math::quantile(boost::math::complement(StudentsT(freedom), outside));
}

double two_sided_p(double z) {
    return 2 * boost::math::cdf(boost::math::complement(Normal(), std::abs(z)));
}

double two_sided_p(double t, double freedom) {
    return 2 * boost::math::cdf(boost::math::complement(StudentsT(freedom), std::abs(t)));
}

double normal_below(double z) {
    return boost::math::cdf(Normal(), z);
}

double chi_squared_above(double statistic, double freedom) {
    if (!(statistic > 0)) {
        return 1;
    }
    return boost::math::cdf(boost::math::complement(ChiSquared(freedom), statistic));
}

double f_above(double statistic, double freedom_above, double freedom_below) {
    if (!(statistic > 0)) {
        return 1;
    }
    const FisherF f(freedom_above, freedom_below);
    return boost::math::cdf(boost::math::complement(f, statistic));
}

}  // namespace kokemus::stats
