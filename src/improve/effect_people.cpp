#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "improve/effect.h"
#include "improve/effect_parts.h"
#include "stats/cuped.h"
#include "stats/mean.h"
#include "stats/sample_ratio.h"

namespace kokemus::improve {

namespace {

constexpr std::size_t customers_min = 10;     ///< in a group, for any effect
constexpr std::size_t known_before_min = 30;  ///< in each group, for CUPED

using Side = Outcome Person::*;

Outcome total_of(const std::vector<Person>& people, Side side) {
    Outcome sum;
    for (const Person& person : people) {
        sum.add(person.*side);
    }
    return sum;
}

std::size_t there(const std::vector<Person>& people, Side side) {
    return static_cast<std::size_t>(std::count_if(
        people.begin(), people.end(), [&](const Person& one) { return (one.*side).any(); }));
}

/// What one customer adds to a ratio of sums: its deviation from the ratio over the mean weight
/// (Deng, Knoblich and Lu 2018).
double influence(const Outcome& of_one, double level, double mean_weight) {
    return (of_one.total - level * of_one.weight) / mean_weight;
}

/// Each customer with an answer after the start: before as the deviation from all of both groups,
/// after as the level of the group and their own deviation, so that the mean is the level.
stats::PairedMoments paired(const std::vector<Person>& people, const Outcome& all_before,
                            double known_before) {
    const Outcome after = total_of(people, &Person::after);
    const double mean_weight =
        after.weight / static_cast<double>(std::max<std::size_t>(1, there(people, &Person::after)));
    stats::PairedMoments moments;
    for (const Person& person : people) {
        if (!person.after.any()) {
            continue;
        }
        const double x =
            person.before.any() && known_before > 0
                ? influence(person.before, all_before.level(), all_before.weight / known_before)
                : 0.0;
        moments.add(x, after.level() + influence(person.after, after.level(), mean_weight));
    }
    return moments;
}

Check ratio_check(const Arms& arms, double share) {
    const std::array<std::uint64_t, 2> sizes{arms.population_customers, arms.comparison_customers};
    const std::array<double, 2> shares{share, 1 - share};
    const stats::SampleRatio ratio = stats::sample_ratio(sizes, shares);
    return {"sample-ratio",
            !ratio.broken,
            fmt::format("{} and {} customers where {:.0f} : {:.0f} was meant (p = {:.3g}){}",
                        sizes[0],
                        sizes[1],
                        100 * share,
                        100 * (1 - share),
                        ratio.p_value,
                        ratio.broken ? ": something else than the lot has sorted them" : "")};
}

void take(Effect& effect, const stats::Difference& difference, std::string method) {
    effect.estimate = difference.estimate;
    effect.standard_error = difference.standard_error;
    effect.interval = difference.interval;
    effect.method = std::move(method);
    effect.enough = difference.standard_error > 0;
    effect.why_not = effect.enough ? "" : "all answers are alike, which tells nothing of chance";
}

/// The sum of squares of what each customer adds to (level after - level before).
struct ChangeOfPeople {
    double estimate = 0;
    double variance = 0;
    std::size_t customers = 0;
};

ChangeOfPeople change_of(const std::vector<Person>& people) {
    const Outcome before = total_of(people, &Person::before);
    const Outcome after = total_of(people, &Person::after);
    ChangeOfPeople change;
    change.estimate = after.level() - before.level();
    if (!before.any() || !after.any()) {
        return change;
    }
    for (const Person& person : people) {
        if (person.before.any() || person.after.any()) {
            const double adds = influence(person.after, after.level(), after.weight) -
                                influence(person.before, before.level(), before.weight);
            change.variance += adds * adds;
            ++change.customers;
        }
    }
    const auto n = static_cast<double>(change.customers);
    change.variance *= n > 1 ? n / (n - 1) : 1;
    return change;
}

stats::Difference normal_difference(double estimate, double variance, double confidence) {
    stats::Difference difference;
    difference.estimate = estimate;
    difference.standard_error = std::sqrt(variance);
    const double half = stats::two_sided_z(confidence) * difference.standard_error;
    difference.interval = {estimate - half, estimate + half};
    return difference;
}

Effect too_few(Effect effect, std::size_t first, std::size_t second, std::string_view of_whom) {
    effect.why_not =
        fmt::format("not enough: {} and {} customers with answers {}; {} of each are needed",
                    first,
                    second,
                    of_whom,
                    customers_min);
    return effect;
}

}  // namespace

Effect effect_by_lot(const Arms& arms, const Registration& registration) {
    Effect effect = begun(Design::Randomised, "customers");
    effect.with = arms.population_level;
    effect.without = arms.comparison_level;
    effect.checks.push_back(ratio_check(arms, registration.share));
    if (!arms.one_by_one) {
        effect.n = arms.population_customers + arms.comparison_customers;
        if (!arms.by_answers) {
            effect.why_not = "not enough answers in one of the groups";
            return effect;
        }
        take(effect, *arms.by_answers, arms.by_answers_method);
        return effect;
    }
    const std::size_t first = there(arms.population, &Person::after);
    const std::size_t second = there(arms.comparison, &Person::after);
    effect.n = first + second;
    if (first < customers_min || second < customers_min) {
        return too_few(std::move(effect), first, second, "in the two groups");
    }
    const std::size_t known_first = there(arms.population, &Person::before);
    const std::size_t known_second = there(arms.comparison, &Person::before);
    const bool are_known = known_first >= known_before_min && known_second >= known_before_min;
    Outcome all_before = total_of(arms.population, &Person::before);
    all_before.add(total_of(arms.comparison, &Person::before));
    const auto known = are_known ? static_cast<double>(known_first + known_second) : 0.0;
    const auto of_first = paired(arms.population, all_before, known);
    const auto of_second = paired(arms.comparison, all_before, known);
    const double confidence = 1 - registration.alpha;
    if (const auto cuped = stats::cuped_difference(of_first, of_second, confidence);
        are_known && cuped) {
        take(effect, cuped->difference, "cuped");
        effect.variance_left = cuped->variance_left;
        return effect;
    }
    const auto plain = stats::welch(of_first.y(), of_second.y(), confidence);
    take(effect, plain.value_or(stats::Difference{}), "welch");
    const Outcome answers = total_of(arms.population, &Person::after);
    const bool one_each = answers.weight == static_cast<double>(first);
    if (plain && arms.by_answers && one_each) {
        effect.interval = arms.by_answers->interval;
        effect.method = arms.by_answers_method;
    }
    return effect;
}

Effect effect_before_after(const Arms& arms, const Registration& registration) {
    Effect effect = begun(Design::BeforeAfter, "customers");
    effect.with = arms.population_level;
    effect.without = arms.comparison_level;
    const double confidence = 1 - registration.alpha;
    if (!arms.one_by_one) {
        effect.n = arms.population_customers;
        effect.why_not = "not enough answers before or after";
        if (arms.by_answers) {
            take(effect, *arms.by_answers, arms.by_answers_method);
        }
        return effect;
    }
    const std::size_t before = there(arms.population, &Person::before);
    const std::size_t after = there(arms.population, &Person::after);
    effect.n = after;
    if (before < customers_min || after < customers_min) {
        return too_few(std::move(effect), before, after, "before and after");
    }
    const ChangeOfPeople change = change_of(arms.population);
    take(effect, normal_difference(change.estimate, change.variance, confidence), "customers");
    return effect;
}

Effect effect_of_people(const Arms& arms, const Registration& registration) {
    Effect effect = begun(Design::DifferenceInDifferences, "customers");
    effect.with = arms.population_level;
    effect.without = arms.comparison_level;
    const std::size_t first = there(arms.population, &Person::after);
    const std::size_t second = there(arms.comparison, &Person::after);
    effect.n = first + second;
    if (!arms.one_by_one) {
        effect.why_not = "too many customers to follow each; name the units that got the change";
        return effect;
    }
    const std::size_t least_before =
        std::min(there(arms.population, &Person::before), there(arms.comparison, &Person::before));
    if (std::min(first, second) < customers_min || least_before < customers_min) {
        return too_few(std::move(effect),
                       std::min(first, second),
                       least_before,
                       "after and before in the smaller group");
    }
    const ChangeOfPeople got_it = change_of(arms.population);
    const ChangeOfPeople others = change_of(arms.comparison);
    take(effect,
         normal_difference(got_it.estimate - others.estimate,
                           got_it.variance + others.variance,
                           1 - registration.alpha),
         "customers");
    return effect;
}

}  // namespace kokemus::improve
