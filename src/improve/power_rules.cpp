#include "improve/power_rules.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "stats/confidence_sequence.h"
#include "stats/verdict.h"

namespace kokemus::improve {

namespace {

using std::chrono::weeks;

constexpr std::size_t customers_min = 20;

/// The effect of a lot drawn among these, and how many it counts.
void power_of_lot(Power& power, const Registration& registration, const Observer::Drawn& drawn) {
    power.counted = "customers";
    if (!drawn.one_by_one) {
        const stats::Estimate& level = drawn.level.is;
        const double half = (level.interval.high - level.interval.low) / 2;
        const double of_all = half / stats::two_sided_z(1 - registration.alpha);
        const double share = registration.share * (1 - registration.share);
        fill_power(power, registration, of_all / std::sqrt(share), drawn.customers);
        return;
    }
    if (drawn.people.size() < customers_min) {
        power.why_not = fmt::format(
            "{} customers have answers in as long a time before the start; "
            "{} are needed to tell",
            drawn.people.size(),
            customers_min);
        return;
    }
    // Every other customer: an effect of nothing, with the errors that a real one would have.
    Arms arms;
    for (std::size_t i = 0; i < drawn.people.size(); ++i) {
        (i % 2 == 0 ? arms.population : arms.comparison).push_back(drawn.people[i]);
    }
    arms.population_customers = arms.population.size();
    arms.comparison_customers = arms.comparison.size();
    Registration even = registration;
    even.share = 0.5;
    const Effect nothing = effect_by_lot(arms, even);
    if (!nothing.enough) {
        power.why_not = nothing.why_not;
        return;
    }
    power.variance_left = nothing.variance_left;
    const double unevenness = 2 * std::sqrt(registration.share * (1 - registration.share));
    fill_power(power, registration, nothing.standard_error / unevenness, nothing.n);
}

/// The same improvement, so much earlier.
Registration earlier(Registration registration, Milliseconds by) {
    registration.start -= by;
    registration.until -= by;
    for (UnitStart& start : registration.starts) {
        start.from -= by;
    }
    return registration;
}

Status rehearse(Power& power, const Registration& registration, const Observer& observer) {
    const auto planned = (registration.until - registration.start) / weeks(1);
    const Instant known_until = std::min(registration.start, observer.latest());
    const Registration rehearsal = earlier(registration, registration.until - known_until);
    const Evidence evidence = TRY(observer.observe(rehearsal, power.design));
    const Effect nothing = effect_of(power.design, evidence, rehearsal);
    power.counted = nothing.counted;
    if (!nothing.enough || nothing.n == 0) {
        power.why_not =
            fmt::format("a rehearsal on the {} weeks before the start tells nothing: {}",
                        planned,
                        nothing.why_not);
        return {};
    }
    fill_power(power, registration, nothing.standard_error, nothing.n);
    return {};
}

}  // namespace

bool Power::can_be_seen(const Registration& registration) const {
    return !known || std::abs(registration.expected) >= detectable;
}

void fill_power(Power& power, const Registration& registration, double standard_error,
                std::uint64_t planned_n) {
    const double confidence = 1 - registration.alpha;
    const double z_power = stats::one_sided_z(registration.power);
    const double z_once = stats::two_sided_z(confidence);
    const double z_always = stats::sequence_z(planned_n, planned_n, confidence);
    const bool by_limit = registration.proof == stats::Proof::LimitAboveSmallest;
    const double expected = std::abs(registration.expected);
    const double worthwhile = std::abs(registration.worthwhile);
    const double floor = by_limit ? worthwhile : 0;
    power.known = true;
    power.standard_error = standard_error;
    power.planned_n = planned_n;
    power.detectable_once = (z_once + z_power) * standard_error;
    power.detectable = (z_always + z_power) * standard_error;
    power.to_confirm =
        by_limit ? worthwhile + power.detectable : std::max(power.detectable, worthwhile);
    power.chance = stats::normal_below((expected - floor) / standard_error - z_always);
    if (expected > floor) {
        const double ratio = power.detectable / (expected - floor);
        power.needed_n =
            static_cast<std::uint64_t>(std::ceil(static_cast<double>(planned_n) * ratio * ratio));
    }
}

Result<Power> power_of(const Registration& registration, const Observer& observer) {
    Power power;
    power.designs = designs_for(registration, TRY(observer.facts(registration)));
    const Feasible best = TRY(chosen(registration, power.designs));
    power.design = best.design;
    power.grade = best.grade;
    const Observer::Drawn drawn = TRY(observer.to_draw_from(registration));
    power.level = drawn.level;
    if (best.design == Design::Randomised) {
        power_of_lot(power, registration, drawn);
    } else {
        TRY(rehearse(power, registration, observer));
    }
    return power;
}

}  // namespace kokemus::improve
