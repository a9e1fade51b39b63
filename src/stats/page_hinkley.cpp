#include "stats/page_hinkley.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

bool PageHinkley::add(double x) {
    if (std::isfinite(x)) {
        ++count_;
        mean_ += (x - mean_) / static_cast<double>(count_);
        sum_ += x - mean_ - slack_;
        lowest_ = std::min(lowest_, sum_);
    }
    return alarm();
}

}  // namespace kokemus::stats
