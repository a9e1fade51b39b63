#include "improve/observe.h"

#include <algorithm>

#include <fmt/format.h>

#include "improve/bounds.h"
#include "metric/compare.h"
#include "question/field.h"
#include "question/format.h"
#include "question/parse.h"

namespace kokemus::improve {

namespace {

using std::chrono::weeks;

constexpr weeks before_by_customer{12};  ///< what is known of customers, for CUPED and feasibility

/// The present level against another one, were this the only look.
std::optional<stats::Difference> compared(const metric::Value& now, const metric::Value& other,
                                          double confidence) {
    const auto change = metric::change(now, other);
    if (!change) {
        return std::nullopt;
    }
    stats::Difference difference;
    difference.estimate = change->estimate;
    difference.interval = change->interval;
    difference.standard_error =
        (change->interval.high - change->interval.low) / (2 * stats::two_sided_z(confidence));
    return difference;
}

std::string method_of(const metric::Value& value) {
    return value.is.method == "wilson" ? "newcombe" : std::string(value.is.method);
}

TimeRange before_of(const Registration& registration, Milliseconds length) {
    return {registration.start - length, registration.start};
}

}  // namespace

question::ConditionPtr either(const question::ConditionPtr& a, const question::ConditionPtr& b) {
    return a == nullptr || b == nullptr ? nullptr : question::make_condition(question::Or{{a, b}});
}

Result<question::Question> metric_question(const Registration& registration,
                                           const std::string& filter,
                                           const blueprint::Blueprint& blueprint) {
    std::string text = fmt::format("trend {} by week", question::spelled(registration.metric));
    if (!registration.per.empty() && registration.per != "customer") {
        text += registration.per == "thread" ? " per thread"
                                             : " per " + question::quoted(registration.per);
    }
    if (!filter.empty()) {
        text += " where " + filter;
    }
    return question::parse_question(text, blueprint);
}

metric::Definition Observer::definition(const Registration& registration) const {
    return metric::define(*blueprint_.metric(registration.metric), blueprint_);
}

Instant Observer::end(const Registration& registration) const {
    return std::min(registration.until, latest_);
}

Result<question::Question> Observer::question(const Registration& registration,
                                              const std::string& filter) const {
    return narrow_(TRY(metric_question(registration, filter, blueprint_)));
}

Result<question::SeriesCounts> Observer::trend(question::Question question,
                                               const TimeRange& range) const {
    question.range = range;
    if (range.from >= range.to) {
        return question::SeriesCounts{};
    }
    return engine_.trend(question);
}

Result<Observer::ByCustomer> Observer::by_customer(question::Question question,
                                                   const TimeRange& range) const {
    question.kind = question::Kind::Breakdown;
    question.by = question::find_field("customer", blueprint_);
    question.range = range;
    ByCustomer found;
    if (range.from >= range.to) {
        return found;
    }
    const metric::Definition definition =
        metric::define(*blueprint_.metric(question.metric), blueprint_);
    const question::SeriesCounts counts = TRY(engine_.breakdown(question));
    for (const question::MetricGroup& group : counts.groups) {
        if (const Outcome one = metric::outcome(definition, group.counts); one.any()) {
            found.emplace(group.value, one);
        }
    }
    return found;
}

Result<std::vector<std::string>> Observer::units_of(const Registration& registration,
                                                    const std::string& filter,
                                                    const TimeRange& range) const {
    std::vector<std::string> units;
    const auto field = question::find_field(registration.units, blueprint_);
    if (!field) {
        return units;
    }
    question::Question asked = TRY(question(registration, filter));
    asked.kind = question::Kind::Flow;
    asked.range = range;
    const auto values = TRY(engine_.values(*field, asked, bounds::units_max + 1));
    for (const auto& row : values.most) {
        if (!row.value.empty()) {
            units.push_back(row.value);
        }
    }
    if (units.size() > bounds::units_max) {
        return invalid_input(fmt::format("{} has more than {} values; name a coarser field",
                                         registration.units,
                                         bounds::units_max));
    }
    std::sort(units.begin(), units.end());
    return units;
}

Result<question::ConditionPtr> Observer::of_unit(const Registration& registration,
                                                 const std::string& unit) const {
    const auto field = question::find_field(registration.units, blueprint_);
    if (!field) {
        return invalid_input(fmt::format("there is no field \"{}\"", registration.units));
    }
    const auto is = question::make_condition(question::TextCondition{*field, {unit}, false});
    const bool is_of_row = registration.per.empty() || registration.per == "customer";
    return is_of_row ? is : question::make_condition(question::Has{is});
}

Result<Facts> Observer::facts(const Registration& registration) const {
    Facts facts;
    const TimeRange before = before_of(registration, before_by_customer);
    const auto population = TRY(question(registration, registration.population));
    const metric::Definition of = definition(registration);
    const auto customers = [&](const question::Question& asked) -> Result<std::uint64_t> {
        const auto counts = TRY(trend(asked, before));
        return metric::outcome(of, counts.total).any() ? counts.population.customers : 0;
    };
    facts.population_before = TRY(customers(population));
    auto all = population;
    if (!registration.comparison.empty()) {
        const auto comparison = TRY(question(registration, registration.comparison));
        facts.comparison_before = TRY(customers(comparison));
        all.where = either(population.where, comparison.where);
    }
    const TimeRange history = before_of(registration, weeks(bounds::weeks_before_max));
    const question::SeriesCounts counts = TRY(trend(all, history));
    for (const auto& week : counts.groups) {
        const bool is_whole = week.end && *week.end <= registration.start;
        facts.weeks_before += is_whole && metric::outcome(of, week.counts).any() ? 1 : 0;
    }
    if (!registration.units.empty() && registration.starts.empty()) {
        facts.population_units =
            TRY(units_of(registration, registration.population, history)).size();
    }
    if (!registration.units.empty() && !registration.comparison.empty()) {
        facts.comparison_units =
            TRY(units_of(registration, registration.comparison, history)).size();
    }
    return facts;
}

Result<Arms> Observer::arms_of_lot(const Registration& registration) const {
    const metric::Definition of = definition(registration);
    const double confidence = 1 - registration.alpha;
    const TimeRange after{registration.start, end(registration)};
    const auto population = TRY(question(registration, registration.population));
    const auto comparison = TRY(question(registration, registration.comparison));
    const auto with = TRY(trend(population, after));
    const auto without = TRY(trend(comparison, after));
    Arms arms;
    arms.population_customers = with.population.customers;
    arms.comparison_customers = without.population.customers;
    const metric::Value value = metric::value(of, with.total, confidence);
    const metric::Value other = metric::value(of, without.total, confidence);
    arms.by_answers = compared(value, other, confidence);
    arms.by_answers_method = method_of(value);
    arms.population_level = metric::outcome(of, with.total).level();
    arms.comparison_level = metric::outcome(of, without.total).level();
    arms.answers = value.is.n + other.is.n;
    arms.one_by_one = arms.population_customers + arms.comparison_customers <= bounds::people_max;
    if (!arms.one_by_one) {
        return arms;
    }
    // What was before is of everybody: who is in which group may show only afterwards.
    const auto anybody = TRY(question(registration, ""));
    const TimeRange before = before_of(registration, before_by_customer);
    ByCustomer known;
    if (TRY(trend(anybody, before)).population.customers <= bounds::people_max) {
        known = TRY(by_customer(anybody, before));
    }
    const auto fill = [&](std::vector<Person>& people, const ByCustomer& found) {
        for (const auto& [customer, outcome_after] : found) {
            const auto was = known.find(customer);
            people.push_back({was == known.end() ? Outcome{} : was->second, outcome_after});
        }
    };
    fill(arms.population, TRY(by_customer(population, after)));
    fill(arms.comparison, TRY(by_customer(comparison, after)));
    return arms;
}

Result<Arms> Observer::arms_in_time(const Registration& registration, bool with_comparison) const {
    const metric::Definition of = definition(registration);
    const double confidence = 1 - registration.alpha;
    const TimeRange after{registration.start, end(registration)};
    const TimeRange before = before_of(registration, registration.until - registration.start);
    Arms arms;
    const auto fill = [&](const std::string& filter,
                          std::vector<Person>& people,
                          std::uint64_t& customers) -> Result<question::SeriesCounts> {
        const auto asked = TRY(question(registration, filter));
        auto counts = TRY(trend(asked, after));
        customers = counts.population.customers;
        if (std::max(customers, TRY(trend(asked, before)).population.customers) >
            bounds::people_max) {
            arms.one_by_one = false;
            return counts;
        }
        std::map<std::string, Person> found;
        for (const auto& [customer, was] : TRY(by_customer(asked, before))) {
            found[customer].before = was;
        }
        for (const auto& [customer, is] : TRY(by_customer(asked, after))) {
            found[customer].after = is;
        }
        for (const auto& [customer, person] : found) {
            people.push_back(person);
        }
        return counts;
    };
    const auto with =
        TRY(fill(registration.population, arms.population, arms.population_customers));
    arms.population_level = metric::outcome(of, with.total).level();
    const auto population = TRY(question(registration, registration.population));
    const auto other =
        with_comparison
            ? TRY(fill(registration.comparison, arms.comparison, arms.comparison_customers))
            : TRY(trend(population, before));
    arms.comparison_level = metric::outcome(of, other.total).level();
    const metric::Value value = metric::value(of, with.total, confidence);
    if (!with_comparison) {
        arms.by_answers = compared(value, metric::value(of, other.total, confidence), confidence);
        arms.by_answers_method = method_of(value);
    }
    arms.answers = value.is.n;
    return arms;
}

Result<Evidence> Observer::observe(const Registration& registration, Design design) const {
    Evidence evidence;
    evidence.until = end(registration);
    switch (design) {
        case Design::Randomised: evidence.arms = TRY(arms_of_lot(registration)); break;
        case Design::BeforeAfter: evidence.arms = TRY(arms_in_time(registration, false)); break;
        case Design::DifferenceInDifferences:
            if (registration.units.empty()) {
                evidence.arms = TRY(arms_in_time(registration, true));
            }
            evidence.weekly = TRY(weekly(registration, design));
            break;
        case Design::Staggered:
        case Design::InterruptedSeries:
        case Design::SyntheticControl: evidence.weekly = TRY(weekly(registration, design)); break;
    }
    return evidence;
}

Result<metric::Value> Observer::level(const Registration& registration) const {
    return TRY(to_draw_from(registration)).level;
}

Result<Observer::Drawn> Observer::to_draw_from(const Registration& registration) const {
    const metric::Definition of = definition(registration);
    const Milliseconds length = registration.until - registration.start;
    const Instant last = std::min(registration.start, latest_);
    const TimeRange near{last - length, last};
    const TimeRange far{last - 2 * length, last - length};
    auto asked = TRY(question(registration, registration.population));
    if (!registration.comparison.empty()) {
        asked.where =
            either(asked.where, TRY(question(registration, registration.comparison)).where);
    }
    Drawn drawn;
    auto counts = TRY(trend(asked, near));
    if (!metric::outcome(of, counts.total).any()) {
        drawn.of_all = true;
        asked = TRY(question(registration, ""));
        counts = TRY(trend(asked, near));
    }
    drawn.level = metric::value(of, counts.total, 1 - registration.alpha);
    drawn.customers = counts.population.customers;
    drawn.one_by_one = drawn.customers <= bounds::people_max;
    if (!drawn.one_by_one) {
        return drawn;
    }
    const ByCustomer before = TRY(by_customer(asked, far));
    for (const auto& [customer, is] : TRY(by_customer(asked, near))) {
        const auto was = before.find(customer);
        drawn.people.push_back({was == before.end() ? Outcome{} : was->second, is});
    }
    drawn.customers = drawn.people.size();
    return drawn;
}

}  // namespace kokemus::improve
