#include "shape/contact_lift.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "stats/false_discovery.h"
#include "stats/wilson.h"

namespace kokemus::shape {
namespace {

using stats::Interval;

constexpr double infinite = std::numeric_limits<double>::infinity();
constexpr std::uint64_t contacts_for_enough = 5;

/// A cell of the table: what it adds to G squared.
double cell(double seen, double expected) {
    return seen > 0 ? 2 * seen * std::log(seen / expected) : 0;
}

double evidence_of(double contacts, double events, double all_contacts, double all_events) {
    const double quiet = all_events - all_contacts;
    const double others = all_events - events;
    const double share = events / all_events;
    return std::max(0.0,
                    cell(contacts, share * all_contacts) + cell(events - contacts, share * quiet) +
                        cell(all_contacts - contacts, (1 - share) * all_contacts) +
                        cell(others - all_contacts + contacts, (1 - share) * quiet));
}

Interval ratio_interval(const Followed& kind, const Followed& others, double confidence) {
    if (kind.contacts == 0 || others.contacts == 0) {
        return Interval{0, infinite};
    }
    const auto inverse = [](std::uint64_t count) { return 1 / static_cast<double>(count); };
    const double variance = inverse(kind.contacts) - inverse(kind.events) +
                            inverse(others.contacts) - inverse(others.events);
    const double half = stats::two_sided_z(confidence) * std::sqrt(std::max(0.0, variance));
    const double ratio = static_cast<double>(kind.contacts) * inverse(kind.events) /
                         (static_cast<double>(others.contacts) * inverse(others.events));
    return Interval{ratio * std::exp(-half), ratio * std::exp(half)};
}

Lift lift_of(const Followed& kind, const Followed& all, double confidence) {
    Lift lift;
    lift.risk_ratio_interval = Interval{0, infinite};
    const auto events = static_cast<double>(kind.events);
    lift.attributable_interval = Interval{-events, events};
    lift.enough = kind.contacts >= contacts_for_enough;
    const Followed others{all.events - kind.events, all.contacts - kind.contacts};
    if (kind.events == 0 || others.events == 0) {
        return lift;
    }
    const auto contacts = static_cast<double>(kind.contacts);
    const double share = contacts / events;
    const double of_all = static_cast<double>(all.contacts) / static_cast<double>(all.events);
    const double of_others =
        static_cast<double>(others.contacts) / static_cast<double>(others.events);
    lift.lift = of_all > 0 ? share / of_all : 0;
    lift.risk_ratio = of_others > 0 ? share / of_others : (share > 0 ? infinite : 0);
    lift.risk_ratio_interval = ratio_interval(kind, others, confidence);
    const stats::Difference difference =
        stats::newcombe(kind.contacts, kind.events, others.contacts, others.events, confidence);
    lift.attributable = contacts - events * of_others;
    lift.attributable_interval =
        Interval{events * difference.interval.low, events * difference.interval.high};
    lift.evidence = evidence_of(
        contacts, events, static_cast<double>(all.contacts), static_cast<double>(all.events));
    // Chi-square with one degree of freedom is the square of a normal.
    lift.p_value = stats::two_sided_p(std::sqrt(lift.evidence));
    return lift;
}

}  // namespace

std::vector<Lift> contact_lift(std::span<const Followed> kinds, double confidence) {
    std::vector<Followed> sane(kinds.begin(), kinds.end());
    Followed all;
    for (Followed& kind : sane) {
        kind.contacts = std::min(kind.contacts, kind.events);
        all.events += kind.events;
        all.contacts += kind.contacts;
    }
    std::vector<Lift> lifts;
    std::vector<double> p_values;
    for (const Followed& kind : sane) {
        lifts.push_back(lift_of(kind, all, confidence));
        p_values.push_back(lifts.back().p_value);
    }
    const std::vector<double> q_values = stats::false_discovery_adjusted(p_values);
    for (std::size_t i = 0; i < lifts.size(); ++i) {
        lifts[i].q_value = q_values[i];
    }
    return lifts;
}

}  // namespace kokemus::shape
