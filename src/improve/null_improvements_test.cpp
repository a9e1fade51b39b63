#include <cmath>
#include <cstdio>

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/test_setting.h"
#include "improve/effect.h"
#include "improve/look.h"

/// Improvements that change nothing, looked at every week: at most 5 in 100 may be confirmed at any
/// of the looks. `make validate` runs a thousand of each.
namespace kokemus::improve {
namespace {

using stats::Verdict;

constexpr int weeks = 26;

unsigned runs(unsigned usual) {
    return static_cast<unsigned>(test_setting("NULL_IMPROVEMENTS", usual));
}

/// Whatever is above nothing is worth it: the easiest to confirm by mistake.
Registration any_rise(std::uint64_t seed) {
    Registration is;
    is.expected = 1;
    is.worthwhile = 0;
    is.seed = seed;
    return is;
}

/// Whether any look of the run confirms.
class Looker {
public:
    Looker(const Registration& registration, const Plan& plan)
        : registration_(registration),
          plan_(plan) {}

    bool confirms(const Effect& effect) {
        const Look look = judged(effect, registration_, plan_, past_);
        past_.push_back({.ordinal = look.looks,
                         .estimate = effect.estimate,
                         .standard_error = effect.standard_error,
                         .n = effect.n,
                         .enough = effect.enough,
                         .verdict = look.verdict});
        return look.verdict == Verdict::Confirmed;
    }

private:
    Registration registration_;
    Plan plan_;
    std::vector<PastLook> past_;
};

/// At most so many of that many, were each confirmed with a chance of 5 %: four errors above it.
void expect_few(unsigned confirmed, unsigned of) {
    const double n = of;
    EXPECT_LE(confirmed, .05 * n + 4 * std::sqrt(.05 * .95 * n)) << confirmed << " of " << of;
    std::printf("null improvements: %u of %u confirmed\n", confirmed, of);
}

/// Customers of a lot, week by week, known before or not; `answer` draws what one of them says.
template <typename Answer>
unsigned confirmed_by_lot(unsigned count, std::string_view purpose, const Answer& answer) {
    constexpr int each_week = 40;
    const Plan plan{Design::Randomised, Grade::Strong, weeks * each_week};
    unsigned confirmed = 0;
    for (unsigned run = 0; run < count; ++run) {
        Random random = Random::named(11, purpose, run);
        const Registration registration = any_rise(run);
        Looker looker(registration, plan);
        Arms arms;
        bool hit = false;
        for (int week = 0; week < weeks && !hit; ++week) {
            for (int i = 0; i < each_week; ++i) {
                const bool with = random.chance(.5);
                (with ? arms.population : arms.comparison).push_back(answer(random));
            }
            arms.population_customers = arms.population.size();
            arms.comparison_customers = arms.comparison.size();
            hit = looker.confirms(effect_by_lot(arms, registration));
        }
        confirmed += hit ? 1 : 0;
    }
    return confirmed;
}

TEST(NullImprovements, OfALotOverShares) {
    const unsigned count = runs(200);
    expect_few(confirmed_by_lot(count,
                                "shares",
                                [](Random& random) {
                                    return Person{{}, {random.chance(.2) ? 1.0 : 0.0, 1}};
                                }),
               count);
}

TEST(NullImprovements, OfALotOverScoresKnownBefore) {
    const unsigned count = runs(200);
    expect_few(
        confirmed_by_lot(count,
                         "scores",
                         [](Random& random) {
                             const double own = random.normal();
                             return Person{{own + random.normal(), 1}, {own + random.normal(), 1}};
                         }),
        count);
}

TEST(NullImprovements, OfALotOverCustomersWhoAnswerOften) {
    const unsigned count = runs(200);
    expect_few(confirmed_by_lot(count,
                                "often",
                                [](Random& random) {
                                    const double own = random.normal();
                                    const auto times = static_cast<double>(1 + random.below(5));
                                    return Person{{}, {own * times, times}};
                                }),
               count);
}

/// Twelve units over a year: what they do without any change.
Weekly units_without_effect(Random& random, std::size_t before, std::size_t after) {
    Weekly weekly;
    weekly.change = before;
    weekly.weeks.resize(before + after);
    for (std::size_t week = 0; week < before + after; ++week) {
        weekly.weeks[week] = Instant(std::chrono::weeks(2900 + week));
    }
    for (std::size_t number = 0; number < 12; ++number) {
        UnitWeeks unit{"unit", {}, std::nullopt};
        const double own = random.normal(.3, .05);
        for (std::size_t week = 0; week < before + after; ++week) {
            unit.weeks.push_back({static_cast<double>(random.binomial(20, own)), 20});
        }
        weekly.units.push_back(std::move(unit));
    }
    return weekly;
}

/// The first weeks of it, as a look in that week sees them.
Weekly seen_by(const Weekly& all, std::size_t count) {
    Weekly seen = all;
    seen.weeks.resize(count);
    for (UnitWeeks& unit : seen.units) {
        unit.weeks.resize(count);
    }
    return seen;
}

template <typename Start, typename EffectAt>
unsigned confirmed_of_units(unsigned count, const Plan& plan, const Start& start,
                            const EffectAt& effect_at) {
    constexpr std::size_t before = 12;
    constexpr std::size_t after = 16;
    unsigned confirmed = 0;
    for (unsigned run = 0; run < count; ++run) {
        Random random = Random::named(12, "units", run);
        Weekly all = units_without_effect(random, before, after);
        for (std::size_t unit = 0; unit < all.units.size(); ++unit) {
            all.units[unit].starts = start(before, unit);
        }
        const Registration registration = any_rise(run);
        Looker looker(registration, plan);
        bool hit = false;
        for (std::size_t week = 1; week <= after && !hit; ++week) {
            hit = looker.confirms(effect_at(seen_by(all, before + week), registration));
        }
        confirmed += hit ? 1 : 0;
    }
    return confirmed;
}

TEST(NullImprovements, OfUnitsThatStartApart) {
    const unsigned count = runs(25);
    expect_few(confirmed_of_units(
                   count,
                   {Design::Staggered, Grade::Strong, 12 * 16},
                   [](std::size_t before, std::size_t unit) -> std::optional<std::size_t> {
                       return before + unit / 2 * 2;
                   },
                   effect_staggered),
               count);
}

TEST(NullImprovements, OfUnitsAgainstOthers) {
    const unsigned count = runs(100);
    expect_few(confirmed_of_units(
                   count,
                   {Design::DifferenceInDifferences, Grade::Good, 12 * 16},
                   [](std::size_t before, std::size_t unit) -> std::optional<std::size_t> {
                       return unit < 6 ? std::optional(before) : std::nullopt;
                   },
                   effect_of_differences),
               count);
}

}  // namespace
}  // namespace kokemus::improve
