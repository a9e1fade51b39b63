#pragma once

namespace kokemus::stats {

/// How strongly something unmeasured would have to go with both the factor and the outcome, as a
/// ratio of risks, to explain a ratio of risks away altogether: RR + sqrt(RR (RR - 1)), of 1 / RR
/// when it is below 1 (the E-value: VanderWeele and Ding 2017, Annals of Internal Medicine 167,
/// 268-274). 1 for a ratio of 1 or what is no ratio: nothing is needed.
double confounding_to_explain(double risk_ratio);

/// The same for the limit of the interval that is nearer to 1; 1 when the interval holds 1.
double confounding_to_lose(double risk_ratio_low, double risk_ratio_high);

}  // namespace kokemus::stats
