#pragma once

#include <boost/math/policies/policy.hpp>

namespace kokemus::stats {

/// For Boost's distributions: calculate in doubles. Left to itself Boost takes long doubles, which
/// agree to 3e-12 over all that is asked here (confidence from 1e-12 to 1 - 1e-12, up to 1e9
/// answers) and take ten times as long: of a flow's answer, 36 ms instead of 3.
using InDoubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;

}  // namespace kokemus::stats
