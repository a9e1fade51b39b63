#include "stats/confounding.h"

#include <cmath>

namespace kokemus::stats {

double confounding_to_explain(double risk_ratio) {
    if (!(risk_ratio > 0) || !std::isfinite(risk_ratio)) {
        return 1;
    }
    const double ratio = risk_ratio < 1 ? 1 / risk_ratio : risk_ratio;
    return ratio + std::sqrt(ratio * (ratio - 1));
}

double confounding_to_lose(double risk_ratio_low, double risk_ratio_high) {
    if (risk_ratio_low <= 1 && risk_ratio_high >= 1) {
        return 1;
    }
    return confounding_to_explain(risk_ratio_low > 1 ? risk_ratio_low : risk_ratio_high);
}

}  // namespace kokemus::stats
