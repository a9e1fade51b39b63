#include "promise/foresight.h"

#include <algorithm>
#include <cmath>

#include "promise/keeping_curve.h"
#include "stats/confidence.h"

namespace kokemus::promise {
namespace {

using question::GivenPromise;
using question::GivenPromises;

constexpr std::uint64_t group_keepings_min = 100;
constexpr double learned_share = 0.7;

std::int64_t on(Clock clock, const GivenPromise& given, Instant time) {
    return (time - (clock == Clock::SinceGiven ? given.made : given.due)).count();
}

bool is_decided(const GivenPromise& given, Instant now) {
    return given.kept.has_value() || given.due < now;
}

/// The curves of the groups on one clock, from what was known at a time.
class Curves {
public:
    Curves(const GivenPromises& given, Clock clock, Instant known) : clock_(clock) {
        std::vector<std::vector<Watched>> of_groups(given.groups.size());
        std::vector<Watched> all;
        for (const GivenPromise& one : given.rows) {
            if (one.made >= known) {
                continue;
            }
            const bool kept = one.kept && *one.kept <= known;
            const Watched watched{.entry = on(clock, one, one.made),
                                  .exit = on(clock, one, kept ? *one.kept : known),
                                  .kept = kept};
            of_groups[one.group].push_back(watched);
            all.push_back(watched);
        }
        for (const auto& of_group : of_groups) {
            groups_.emplace_back(of_group);
        }
        groups_.emplace_back(all);
    }

    /// Of one that is not kept at `now`, which is not after its due.
    std::optional<KeepingCurve::Chance> breaks(const GivenPromise& given, Instant now,
                                               double confidence) const {
        const KeepingCurve& of_group = groups_[given.group];
        const auto ask = [&](const KeepingCurve& curve) {
            return curve.not_kept_by(
                on(clock_, given, given.due), on(clock_, given, now), confidence);
        };
        if (of_group.kept() >= group_keepings_min) {
            if (const auto chance = ask(of_group)) {
                return chance;
            }
        }
        return groups_.back().kept() > 0 ? ask(groups_.back()) : std::nullopt;
    }

private:
    Clock clock_;
    std::vector<KeepingCurve> groups_;  ///< the last is of all
};

Milliseconds usual_lead(const GivenPromises& given) {
    constexpr Milliseconds day = std::chrono::days(1);
    std::vector<Milliseconds> spans;
    for (const GivenPromise& one : given.rows) {
        spans.push_back(one.due - one.made);
    }
    if (spans.empty()) {
        return day;
    }
    const auto middle = spans.begin() + static_cast<std::ptrdiff_t>(spans.size() / 2);
    std::ranges::nth_element(spans, middle);
    return *middle < 2 * day ? std::max(*middle / 4, Milliseconds(1)) : day;
}

/// When `learned_share` of the decided had been given.
std::optional<Instant> end_of_learning(const GivenPromises& given) {
    std::vector<Instant> made;
    for (const GivenPromise& one : given.rows) {
        if (is_decided(one, given.now)) {
            made.push_back(one.made);
        }
    }
    if (made.empty()) {
        return std::nullopt;
    }
    const auto end = made.begin() + static_cast<std::ptrdiff_t>(
                                        learned_share * static_cast<double>(made.size() - 1));
    std::ranges::nth_element(made, end);
    return *end;
}

Trial try_out(const GivenPromises& given, Clock clock, Milliseconds lead, Instant learned,
              double confidence) {
    Trial trial;
    trial.lead = lead;
    const Curves curves(given, clock, learned);
    std::vector<double> chances;
    std::vector<double> broke;
    for (const GivenPromise& one : given.rows) {
        const Instant asked = one.due - lead;
        const bool open_then = one.made <= asked && (!one.kept || *one.kept > asked);
        if (one.made < learned || one.due >= given.now || !open_then) {
            continue;
        }
        const auto chance = curves.breaks(one, asked, confidence);
        if (!chance) {
            continue;
        }
        const bool is_broken = !one.kept || *one.kept > one.due;
        chances.push_back(chance->not_kept);
        broke.push_back(is_broken ? 1 : 0);
        ++trial.promises;
        trial.broken += is_broken ? 1 : 0;
        if (chance->not_kept >= 0.5) {
            ++trial.called;
            trial.called_broken += is_broken ? 1 : 0;
        }
    }
    trial.calibration = stats::calibration(chances, broke);
    return trial;
}

/// Whether the second foretold better than the first.
bool is_better(const Trial& first, const Trial& second) {
    return second.calibration &&
           (!first.calibration || second.calibration->brier < first.calibration->brier);
}

void foretell(const GivenPromises& given, double confidence, Foresight& out) {
    const Curves curves(given, out.clock, given.now);
    double variance = 0;
    for (std::size_t row = 0; row < given.rows.size(); ++row) {
        const GivenPromise& one = given.rows[row];
        if (is_decided(one, given.now)) {
            ++out.decided;
            continue;
        }
        const auto chance = curves.breaks(one, given.now, confidence);
        if (!chance) {
            ++out.untold;
            continue;
        }
        out.open.push_back({row, chance->not_kept, {chance->low, chance->high}, chance->n});
        out.expected += chance->not_kept;
        variance += chance->not_kept * (1 - chance->not_kept);
    }
    std::ranges::stable_sort(out.open, [&](const AtStake& a, const AtStake& b) {
        return a.chance != b.chance ? a.chance > b.chance
                                    : given.rows[a.row].due < given.rows[b.row].due;
    });
    const double half = stats::two_sided_z(confidence) * std::sqrt(variance);
    out.expected_interval = {std::max(0.0, out.expected - half),
                             std::min(static_cast<double>(out.open.size()), out.expected + half)};
}

}  // namespace

bool Trial::good() const {
    return broken >= broken_min && calibration && calibration->good();
}

Foresight foresee(const GivenPromises& given, const std::optional<Milliseconds>& lead,
                  double confidence) {
    Foresight out;
    out.trial.lead = lead.value_or(usual_lead(given));
    if (const auto learned = end_of_learning(given)) {
        const auto tried = [&](Clock clock) {
            return try_out(given, clock, out.trial.lead, *learned, confidence);
        };
        out.trial = tried(Clock::SinceGiven);
        if (Trial until_due = tried(Clock::UntilDue); is_better(out.trial, until_due)) {
            out.clock = Clock::UntilDue;
            out.trial = std::move(until_due);
        }
    }
    foretell(given, confidence, out);
    return out;
}

}  // namespace kokemus::promise
