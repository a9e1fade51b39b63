#include "metric/league.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "metric/league_measures.h"
#include "stats/beta_binomial.h"
#include "stats/reliability.h"
#include "stats/shrinkage.h"

namespace kokemus::metric {
namespace {

constexpr std::uint64_t answers_listed_max = 2'000'000;  ///< one by one, for the test of spreads

/// What is believed of the units' true values, whichever prior it comes from.
struct Believed {
    bool differ = false;
    double between_variance = 0;
    std::vector<stats::Shrunken> units;        ///< as normal: mean and deviation
    std::vector<stats::ShrunkenShare> shares;  ///< exactly, of shares; else empty
    std::string_view method;

    stats::Interval interval(std::size_t unit) const {
        return shares.empty() ? units[unit].interval() : shares[unit].interval();
    }

    double draw(std::size_t unit, Random& random) const {
        return shares.empty() ? random.normal(units[unit].estimate, units[unit].deviation)
                              : shares[unit].draw(random);
    }
};

Believed by_normal(const MeasuredUnits& measured) {
    std::vector<stats::Measured> units;
    for (const Measure& each : measured.units) {
        units.push_back(stats::Measured{each.value, each.variance});
    }
    Believed believed;
    believed.method = "paule-mandel";
    believed.between_variance = stats::between_variance(units, stats::BetweenVariance::PauleMandel);
    believed.differ = believed.between_variance > 0;
    believed.units = stats::shrink(units, believed.between_variance).units;
    return believed;
}

/// Where nothing tells how the shares spread, since all answers agree, by the normal.
Believed by_beta(std::span<const Tally> tallies, const MeasuredUnits& measured) {
    std::vector<stats::ShareCount> units;
    for (const Tally& each : tallies) {
        units.push_back(each.share);
    }
    const auto prior = stats::beta_prior(units);
    if (!prior) {
        return by_normal(measured);
    }
    Believed believed;
    believed.method = "beta-binomial";
    believed.differ = prior->weight() < 0.99 * stats::prior_weight_max;
    believed.between_variance = prior->mean() * (1 - prior->mean()) / (prior->weight() + 1);
    for (const stats::ShareCount& unit : units) {
        const stats::ShrunkenShare share(unit, *prior);
        const double n = static_cast<double>(unit.n);
        believed.units.push_back(stats::Shrunken{share.estimate(),
                                                 share.deviation(),
                                                 n / (n + prior->weight()),
                                                 share.above(prior->mean())});
        believed.shares.push_back(share);
    }
    return believed;
}

stats::Interval within(const stats::Interval& interval, const Definition& definition) {
    const auto cut = [&](double low, double high) {
        return stats::Interval{std::clamp(interval.low, low, high),
                               std::clamp(interval.high, low, high)};
    };
    switch (definition.unit) {
        case Unit::Share: return cut(0, 1);
        case Unit::Points: return cut(-100, 100);
        case Unit::Experience: return cut(-3, 3);
        case Unit::Score: return cut(definition.range.low, definition.range.high);
        case Unit::Rate: break;
    }
    return {std::max(0.0, interval.low), std::max(0.0, interval.high)};
}

Value value_of(const Definition& definition, double estimate, const stats::Interval& interval,
               std::uint64_t n, std::string_view method) {
    const stats::Interval cut = within(interval, definition);
    return Value{stats::Estimate{std::clamp(estimate, cut.low, cut.high), cut, n, method, true},
                 definition.unit,
                 definition.minimum(),
                 definition.version,
                 {}};
}

/// Answers that one unit needs to be ranked as a person: 0.8 = n / (n + within / between).
std::optional<double> answers_needed(const Believed& believed, double within_variance,
                                     Measures measures, double all) {
    if (!believed.differ) {
        return std::nullopt;
    }
    const double of_one = measures == Measures::Shares
                              ? stats::within_variance_of_shares(all, believed.between_variance)
                              : within_variance;
    return std::ceil(stats::answers_for_reliability(
        stats::reliability_needed, believed.between_variance, of_one));
}

std::string why_no_rank(const LeagueUnit& unit, std::uint64_t n,
                        const std::optional<double>& needed) {
    if (!needed) {
        return "not ranked: nothing shows that these people differ";
    }
    return fmt::format(
        "not ranked: {} answers say so little of one person (reliability {:.2f} of "
        "{:.1f}); about {:.0f} are needed",
        n,
        unit.reliability,
        stats::reliability_needed,
        *needed);
}

/// Ranks of those who may be ranked, by draws of what is believed of them.
void rank(const Definition& definition, const LeagueCounts& counts, const Believed& believed,
          League& league) {
    std::vector<std::size_t> ranked;
    for (std::size_t i = 0; i < league.units.size(); ++i) {
        LeagueUnit& unit = league.units[i];
        const bool may = !counts.are_people || unit.reliability >= stats::reliability_needed;
        if (may) {
            ranked.push_back(i);
        } else {
            unit.why_no_rank = why_no_rank(unit, unit.measured.is.n, league.answers_needed);
        }
    }
    if (ranked.size() < 2) {
        for (const std::size_t i : ranked) {
            league.units[i].why_no_rank = "not ranked: there is nobody to compare with";
        }
        return;
    }
    const double sign = definition.high_is_good() ? 1 : -1;
    const auto ranks = stats::posterior_ranks(
        ranked.size(),
        [&](std::size_t place, Random& random) {
            return sign * believed.draw(ranked[place], random);
        },
        counts.seed);
    for (std::size_t place = 0; place < ranked.size(); ++place) {
        league.units[ranked[place]].rank = ranks[place];
    }
}

/// Runs of the ranked ones, who stand first.
void find_inseparable(const Definition& definition, League& league,
                      const std::vector<stats::Shrunken>& believed) {
    const double sign = definition.high_is_good() ? 1 : -1;
    std::vector<stats::Shrunken> ranked;
    for (std::size_t i = 0; i < league.units.size() && league.units[i].rank; ++i) {
        ranked.push_back(believed[i]);
        ranked.back().estimate *= sign;
    }
    league.inseparable = stats::inseparable(ranked);
}

/// Puts the best first, and what is believed of them alike.
void sort(League& league, std::vector<stats::Shrunken>& believed) {
    std::vector<std::size_t> order(league.units.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, [&](std::size_t a, std::size_t b) {
        const LeagueUnit& left = league.units[a];
        const LeagueUnit& right = league.units[b];
        if (left.rank.has_value() != right.rank.has_value()) {
            return left.rank.has_value();
        }
        if (left.rank && left.rank->expected != right.rank->expected) {
            return left.rank->expected < right.rank->expected;
        }
        return left.name < right.name;
    });
    std::vector<LeagueUnit> units;
    std::vector<stats::Shrunken> of_units;
    for (const std::size_t i : order) {
        units.push_back(std::move(league.units[i]));
        of_units.push_back(believed[i]);
    }
    league.units = std::move(units);
    believed = std::move(of_units);
}

/// How alike the answers of a unit are, and whether some units are less even than others.
void look_at_spread(const Definition& definition, std::span<const Tally> tallies,
                    std::span<const LeagueUnitCounts* const> counts, League& league) {
    std::vector<stats::Moments> values;
    std::uint64_t answers = 0;
    bool has_levels = definition.reads_scores();
    for (std::size_t i = 0; i < tallies.size(); ++i) {
        values.push_back(tallies[i].values);
        answers += tallies[i].n;
        has_levels = has_levels && !counts[i]->whole.overflow;
    }
    league.consistency = stats::consistency(values);
    if (!has_levels || answers > answers_listed_max || measures_of(definition) != Measures::Means) {
        return;
    }
    std::vector<std::vector<double>> listed;
    for (const LeagueUnitCounts* unit : counts) {
        auto& of_unit = listed.emplace_back();
        for (const auto& [score, times] : unit->whole.levels) {
            of_unit.insert(of_unit.end(), times, score);
        }
    }
    league.spread = stats::brown_forsythe(listed);
}

LeagueFunnel funnel_of(const Definition& definition, const Measure& measure, double all,
                       double overdispersion) {
    LeagueFunnel funnel;
    funnel.z = measure.z;
    const double half = stats::two_sided_z(stats::usual_confidence) * measure.null_deviation *
                        std::sqrt(std::max(1.0, overdispersion));
    funnel.beyond = std::abs(measure.value - all) > half;
    funnel.limits = within(stats::Interval{all - half, all + half}, definition);
    return funnel;
}

/// Levels that a metric needs were too many to be kept.
bool is_lost(const Definition& definition, const question::MetricCounts& counts) {
    return counts.overflow && definition.reads_scores() &&
           (definition.unit == Unit::Points || definition.unit == Unit::Share);
}

struct Taken {
    std::vector<const LeagueUnitCounts*> counts;
    std::vector<Tally> tallies;
    std::vector<std::vector<Tally>> strata;
};

Taken take(const Definition& definition, const LeagueCounts& counts, League& league) {
    Taken taken;
    for (const LeagueUnitCounts& unit : counts.units) {
        const Tally tally = tally_of(definition, unit.whole);
        if (tally.n == 0 || is_lost(definition, unit.whole)) {
            continue;
        }
        if (tally.n < definition.minimum() || !(tally.exposure > 0)) {
            ++league.few;
            continue;
        }
        taken.counts.push_back(&unit);
        taken.tallies.push_back(tally);
        if (counts.strata > 0) {
            auto& of_unit = taken.strata.emplace_back();
            for (const question::MetricCounts& cell : unit.of_strata) {
                of_unit.push_back(tally_of(definition, cell));
            }
        }
    }
    return taken;
}

}  // namespace

League league(const Definition& definition, const LeagueCounts& counts) {
    League league;
    const Taken taken = take(definition, counts, league);
    if (taken.tallies.empty()) {
        return league;
    }
    const Measures measures = measures_of(definition);
    const MeasuredUnits measured = measured_units(measures, taken.tallies, taken.strata);
    const bool is_exact_share = measures == Measures::Shares && counts.strata == 0;
    Believed believed = is_exact_share ? by_beta(taken.tallies, measured) : by_normal(measured);
    league.all = measured.all;
    league.differ = believed.differ && taken.tallies.size() > 1;
    league.between_deviation = std::sqrt(believed.between_variance);
    league.within_deviation = std::sqrt(measured.within_variance);
    league.answers_needed =
        answers_needed(believed, measured.within_variance, measures, measured.all);
    double squares = 0;
    for (const Measure& each : measured.units) {
        squares += each.z * each.z;
    }
    league.overdispersion = squares / static_cast<double>(measured.units.size());
    const double z = stats::two_sided_z(stats::usual_confidence);
    for (std::size_t i = 0; i < measured.units.size(); ++i) {
        const Measure& measure = measured.units[i];
        const Tally& tally = taken.tallies[i];
        LeagueUnit unit;
        unit.name = taken.counts[i]->name;
        unit.measured = value(definition, taken.counts[i]->whole);
        if (counts.strata > 0) {
            const double half = z * measure.null_deviation;
            unit.adjusted = value_of(definition,
                                     measure.value,
                                     {measure.value - half, measure.value + half},
                                     tally.n,
                                     "standardised");
        }
        unit.shrunken = value_of(
            definition, believed.units[i].estimate, believed.interval(i), tally.n, believed.method);
        unit.above = believed.units[i].above;
        unit.reliability = believed.differ ? believed.units[i].weight : 0;
        unit.funnel = funnel_of(definition, measure, measured.all, league.overdispersion);
        if (measures == Measures::Means && tally.n > 1) {
            unit.deviation = std::sqrt(tally.values.variance());
        }
        league.units.push_back(std::move(unit));
    }
    rank(definition, counts, believed, league);
    sort(league, believed.units);
    find_inseparable(definition, league, believed.units);
    look_at_spread(definition, taken.tallies, taken.counts, league);
    return league;
}

}  // namespace kokemus::metric
