#include "stats/e_value.h"

#include <algorithm>
#include <cmath>

namespace kokemus::stats {

bool Bet::add(double likelihood_ratio) {
    if (!(likelihood_ratio >= 0) || std::isinf(likelihood_ratio)) {
        return false;
    }
    log_ += std::log(likelihood_ratio);  // minus infinity, and stays there, at 0
    greatest_log_ = std::max(greatest_log_, log_);
    return true;
}

double Bet::e_value() const {
    return std::exp(log_);
}

double Bet::p_value() const {
    return std::exp(-greatest_log_);
}

double yes_or_no_ratio(bool yes, double null, double alternative) {
    return yes ? alternative / null : (1 - alternative) / (1 - null);
}

double product_of_e_values(std::span<const double> independent) {
    double product = 1;
    for (const double each : independent) {
        product *= each;
    }
    return product;
}

double mean_of_e_values(std::span<const double> any) {
    if (any.empty()) {
        return 1;
    }
    double sum = 0;
    for (const double each : any) {
        sum += each;
    }
    return sum / static_cast<double>(any.size());
}

}  // namespace kokemus::stats
