#include "watch/watching.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "metric/compare.h"
#include "stats/bernoulli_cusum.h"
#include "stats/change_point.h"
#include "stats/cusum.h"

namespace kokemus::watch {

namespace {

constexpr std::size_t usual_values_min = 21;  ///< three weeks of days
constexpr int days_a_week = 7;
constexpr double answers_a_day_few = 10;
constexpr std::size_t same_days_min = 3;  ///< of the week, to know what is usual on it
constexpr double worse_share_min = 0.05;  ///< above the usual one, that shall be noticed
constexpr double worse_factor = 1.5;

/// Consecutive days with as many answers as are needed for a value.
struct Value {
    Instant start{};
    metric::Outcome outcome;
    double expected = 0;  ///< total, were every day as usual
};

/// What is usual, by the day of the week where there are enough of each.
struct Usual {
    double level = 0;
    std::array<double, days_a_week> by_day{};
    double deviation = 0;  ///< of one answer

    double on(Instant day) const { return by_day.at(weekday(day)); }

    static std::size_t weekday(Instant day) {
        // In the middle of the day, so that the hour of its beginning does not matter.
        const auto noon = std::chrono::floor<std::chrono::days>(day + std::chrono::hours(12));
        return std::chrono::weekday(noon).c_encoding();
    }
};

std::vector<Value> values_of(const std::vector<Day>& days, const Usual& usual, double minimum) {
    std::vector<Value> values;
    Value open;
    for (const Day& day : days) {
        if (!day.outcome.any()) {
            continue;
        }
        open.start = open.outcome.any() ? open.start : day.start;
        open.outcome.add(day.outcome);
        open.expected += usual.on(day.start) * day.outcome.weight;
        if (open.outcome.weight >= minimum) {
            values.push_back(open);
            open = {};
        }
    }
    return values;
}

Usual usual_of(const std::vector<Day>& days, double minimum) {
    Usual usual;
    metric::Outcome all;
    std::array<metric::Outcome, days_a_week> sums{};
    std::array<std::size_t, days_a_week> counts{};
    for (const Day& day : days) {
        all.add(day.outcome);
        sums.at(Usual::weekday(day.start)).add(day.outcome);
        counts.at(Usual::weekday(day.start)) += day.outcome.any() ? 1 : 0;
    }
    usual.level = all.level();
    for (std::size_t day = 0; day < sums.size(); ++day) {
        const bool known = counts[day] >= same_days_min &&
                           sums[day].weight >= minimum * static_cast<double>(same_days_min);
        usual.by_day[day] = known ? sums[day].level() : usual.level;
    }
    double squares = 0;
    const std::vector<Value> values = values_of(days, usual, minimum);
    for (const Value& value : values) {
        const double off = value.outcome.total - value.expected;
        squares += off * off / value.outcome.weight;
    }
    const auto freedom = static_cast<double>(values.size()) - days_a_week;
    usual.deviation = freedom > 0 ? std::sqrt(squares / freedom) : 0;
    return usual;
}

double z_of(const Value& value, const Usual& usual, bool high_is_good) {
    const double z = (value.outcome.total - value.expected) /
                     (usual.deviation * std::sqrt(value.outcome.weight));
    return high_is_good ? -z : z;
}

/// The level since the rise began, beside what is usual on such days.
void take_levels(Watched& found, const std::vector<Value>& values, std::size_t last) {
    metric::Outcome now;
    double expected = 0;
    for (std::size_t i = values.size() - std::min(last, values.size()); i < values.size(); ++i) {
        now.add(values[i].outcome);
        expected += values[i].expected;
    }
    found.now = now.level();
    found.usual = now.any() ? expected / now.weight : 0;
    found.answers = now.weight;
}

void take_change_point(Watched& found, const std::vector<Value>& values,
                       const std::vector<double>& z) {
    stats::ChangePoint points;
    for (const double one : z) {
        points.add(one);
    }
    const stats::ChangePoint::Run run = points.likeliest();
    if (run.length > 0 && run.length < values.size()) {
        found.changed = values[values.size() - run.length].start;
        found.changed_chance = run.chance;
    }
}

/// Answer by answer; within a day the bad ones are spread evenly, since their order is not counted.
void add_answers(stats::BernoulliCusum& chart, const metric::Outcome& day, bool high_is_good) {
    const auto n = static_cast<std::uint64_t>(std::llround(day.weight));
    const double bad = high_is_good ? day.weight - day.total : day.total;
    const auto of_them = static_cast<std::uint64_t>(std::llround(std::clamp(bad, 0.0, day.weight)));
    for (std::uint64_t i = 0; i < n; ++i) {
        chart.add((i + 1) * of_them / n > i * of_them / n);
    }
}

void watch_answers(Watched& found, const std::vector<Day>& days, const Usual& usual,
                   bool high_is_good, double run_length) {
    const double usual_bad = std::clamp(high_is_good ? 1 - usual.level : usual.level, .01, .9);
    const stats::Shares shares{
        usual_bad, std::min(.95, std::max(usual_bad + worse_share_min, usual_bad * worse_factor))};
    found.chart = "bernoulli";
    found.limit = stats::bernoulli_cusum_limit(shares, run_length);
    stats::BernoulliCusum chart(shares, found.limit);
    for (const Day& day : days) {
        const bool was_zero = chart.value() <= 0;
        add_answers(chart, day.outcome, high_is_good);
        if (chart.value() <= 0) {
            found.since.reset();
        } else if (was_zero) {
            found.since = day.start;
        }
    }
    found.sum = chart.value();
    found.alarm = chart.alarm();
}

/// The same for all series of a look-out, and dear to find: the last one is remembered.
double cusum_limit_of(double run_length) {
    thread_local std::pair<double, double> last{0, 0};
    if (last.first != run_length) {
        last = {run_length, stats::cusum_limit(run_length)};
    }
    return last.second;
}

void watch_values(Watched& found, const std::vector<Value>& values, double run_length) {
    found.chart = "cusum";
    found.limit = cusum_limit_of(run_length);
    stats::Cusum chart(found.limit);
    for (const double z : found.z) {
        chart.add(z);
    }
    found.sum = chart.value();
    found.alarm = chart.alarm();
    if (chart.rising_for() > 0) {
        found.since = values[values.size() - chart.rising_for()].start;
    }
}

std::size_t values_since(const std::vector<Value>& values, const std::optional<Instant>& since) {
    std::size_t count = 0;
    for (const Value& value : values) {
        count += since && value.start >= *since ? 1 : 0;
    }
    return count > 0 ? count : std::min<std::size_t>(values.size(), days_a_week);
}

}  // namespace

Watched watched(const Series& of, const Settings& settings, std::size_t series) {
    Watched found;
    const auto newest = static_cast<std::size_t>(settings.watched_days);
    const std::size_t split = of.days.size() - std::min(newest, of.days.size());
    const std::vector<Day> before(of.days.begin(),
                                  of.days.begin() + static_cast<std::ptrdiff_t>(split));
    const std::vector<Day> now(of.days.begin() + static_cast<std::ptrdiff_t>(split), of.days.end());
    const Usual usual = usual_of(before, settings.minimum);
    const std::vector<Value> known = values_of(before, usual, settings.minimum);
    const std::vector<Value> values = values_of(now, usual, settings.minimum);
    if (known.size() < usual_values_min || !(usual.deviation > 0)) {
        found.why_not = fmt::format(
            "{} values of at least {:g} answers lie before; {} that differ are needed to know what "
            "is usual",
            known.size(),
            settings.minimum,
            usual_values_min);
        return found;
    }
    if (values.empty()) {
        found.why_not =
            fmt::format("none of the newest {} days has been decided yet, or has answers",
                        settings.watched_days);
        return found;
    }
    found.known = true;
    std::vector<double> all;
    for (const Value& value : known) {
        all.push_back(z_of(value, usual, of.high_is_good));
    }
    for (const Value& value : values) {
        found.z.push_back(z_of(value, usual, of.high_is_good));
        all.push_back(found.z.back());
    }
    std::vector<Value> together = known;
    together.insert(together.end(), values.begin(), values.end());
    take_change_point(found, together, all);
    metric::Outcome history;
    for (const Day& day : before) {
        history.add(day.outcome);
    }
    const double a_day = history.weight / static_cast<double>(std::max<std::size_t>(1, split));
    const auto count = static_cast<double>(std::max<std::size_t>(1, series));
    if (of.unit == metric::Unit::Share && a_day < answers_a_day_few) {
        watch_answers(
            found,
            now,
            usual,
            of.high_is_good,
            stats::run_length_for_budget(count, a_day * days_a_week, settings.false_alarms));
    } else {
        watch_values(
            found, values, stats::run_length_for_budget(count, days_a_week, settings.false_alarms));
    }
    take_levels(found, values, values_since(values, found.since));
    const double worse = (found.now - found.usual) * (of.high_is_good ? -1 : 1);
    found.small = found.alarm && worse < metric::step(of.unit) / 2;
    found.alarm = found.alarm && !found.small;
    return found;
}

}  // namespace kokemus::watch
