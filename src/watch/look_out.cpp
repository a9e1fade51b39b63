#include "watch/look_out.h"

#include <algorithm>

#include <fmt/format.h>

#include "question/field.h"
#include "question/format.h"
#include "question/parse.h"
#include "stats/false_discovery.h"
#include "stats/wilson.h"

namespace kokemus::watch {

namespace {

using std::chrono::weeks;

constexpr std::size_t values_max = 30;   ///< of a field, the most frequent ones
constexpr std::size_t series_max = 500;  ///< of all metrics together
constexpr double undecided_max = 0.1;    ///< of a day's promises or episodes, for it to be counted
constexpr weeks leading_now{4};
constexpr weeks leading_before{8};
constexpr weeks to_repeat{1};
constexpr double q_alarm = 0.05;

Result<question::Question> asked(const Ground& ground, const std::string& text) {
    return ground.narrow(TRY(question::parse_question(text, ground.blueprint)));
}

std::vector<std::string> metrics_of(const Ground& ground, const Wanted& wanted) {
    if (!wanted.metrics.empty()) {
        return wanted.metrics;
    }
    std::vector<std::string> all;
    std::vector<std::string> with_target;
    for (const blueprint::Metric& metric : ground.blueprint.metrics) {
        const bool needs_journey =
            metric.kind == blueprint::MetricKind::Completion && metric.journey.empty();
        if (!needs_journey) {
            all.push_back(metric.name);
            if (metric.target) {
                with_target.push_back(metric.name);
            }
        }
    }
    return with_target.empty() ? all : with_target;
}

/// Of a day much of which is still open the end is not known: what was kept early is, what will
/// be broken is not.
bool is_decided(const metric::Definition& of, const question::MetricCounts& counts) {
    const bool of_promises = of.metric.kind == blueprint::MetricKind::Kept;
    const bool of_episodes = of.metric.kind == blueprint::MetricKind::Completion;
    const auto open = static_cast<double>(of_promises   ? counts.open
                                          : of_episodes ? counts.unfinished
                                                        : 0);
    const auto decided = static_cast<double>(of_promises ? counts.kept + counts.late + counts.broken
                                                         : counts.completed + counts.abandoned);
    return open == 0 || open <= undecided_max * (open + decided);
}

TimeRange watched_range(const Ground& ground, const Settings& settings) {
    return {
        ground.latest - weeks(settings.history_weeks) - std::chrono::days(settings.watched_days),
        ground.latest};
}

/// The series of the question; nothing when it may not be shown or has no answers.
Result<std::optional<Series>> series_of(const Ground& ground, question::Question question,
                                        Series head) {
    const metric::Definition of =
        metric::define(*ground.blueprint.metric(head.metric), ground.blueprint);
    head.unit = of.unit;
    head.high_is_good = of.high_is_good();
    head.question = question::format(question);
    const question::SeriesCounts counts = TRY(ground.engine.trend(question));
    if (counts.groups.empty() || !ground.may_show(counts.population.customers)) {
        return std::optional<Series>();
    }
    for (const question::MetricGroup& day : counts.groups) {
        // The last day may have just begun.
        if (day.end && *day.end <= ground.latest && *day.start >= question.range.from) {
            head.days.push_back(
                {*day.start,
                 is_decided(of, day.counts) ? metric::outcome(of, day.counts) : metric::Outcome{}});
        }
    }
    return std::optional(std::move(head));
}

Status add_series(const Ground& ground, const Wanted& wanted, const std::string& metric,
                  std::vector<Series>& all) {
    question::Question question =
        TRY(asked(ground, fmt::format("trend {} by day", question::spelled(metric))));
    question.range = watched_range(ground, wanted.settings);
    if (auto one = TRY(series_of(ground, question, {metric, "", "", {}, true, {}, ""}))) {
        all.push_back(std::move(*one));
    }
    if (wanted.by.empty()) {
        return {};
    }
    const auto field = question::find_field(wanted.by, ground.blueprint);
    if (!field || question::is_number(*field)) {
        return invalid_input(fmt::format("by: there is no field of words \"{}\"", wanted.by));
    }
    question::Question values = question;
    values.kind = question::Kind::Flow;
    const auto found = TRY(ground.engine.values(*field, values, values_max));
    for (const auto& row : found.most) {
        question::Question of_value = question;
        of_value.where = question::both(
            question.where,
            question::make_condition(question::TextCondition{*field, {row.value}, false}));
        auto one = TRY(series_of(
            ground, std::move(of_value), {metric, wanted.by, row.value, {}, true, {}, ""}));
        if (one && all.size() < series_max) {
            all.push_back(std::move(*one));
        }
    }
    return {};
}

Leading share_now(std::string name, std::uint64_t part, std::uint64_t n) {
    Leading leading;
    leading.name = std::move(name);
    leading.part = part;
    leading.n = n;
    leading.share = n > 0 ? static_cast<double>(part) / static_cast<double>(n) : 0;
    leading.interval = stats::wilson(part, n);
    return leading;
}

struct Part {
    std::uint64_t part = 0;
    std::uint64_t n = 0;
};

Result<question::SwitchCounts> switches(const Ground& ground, const TimeRange& range) {
    question::Question question = TRY(asked(ground, "switches per thread"));
    question.range = range;
    return ground.engine.switches(question);
}

void add_change(std::vector<Leading>& leading, const std::string& name, const Part& now,
                const Part& before) {
    if (now.n == 0 || before.n == 0) {
        return;
    }
    Leading one = share_now(name, now.part, now.n);
    one.change = stats::newcombe(now.part, now.n, before.part, before.n);
    one.question = "switches per thread";
    leading.push_back(std::move(one));
}

/// Repeats need a week to show, so that both times end a week earlier.
Status add_switches(const Ground& ground, std::vector<Leading>& leading) {
    const auto counts = [&](Instant end, weeks length) {
        return switches(ground, {end - length, end});
    };
    const auto now = TRY(counts(ground.latest, leading_now));
    const auto before = TRY(counts(ground.latest - leading_now, leading_before));
    if (!ground.may_show(now.population.customers)) {
        return {};
    }
    add_change(leading,
               "forced-switches",
               {now.units_forced, now.population.units},
               {before.units_forced, before.population.units});
    const Instant seen = ground.latest - to_repeat;
    const auto repeats = TRY(counts(seen, leading_now));
    const auto were = TRY(counts(seen - leading_now, leading_before));
    add_change(leading,
               "repeats",
               {repeats.all.repeats, repeats.all.contacts - repeats.all.censored},
               {were.all.repeats, were.all.contacts - were.all.censored});
    return {};
}

Status add_promises(const Ground& ground, std::vector<Leading>& leading) {
    const auto question = TRY(asked(ground, "promises"));
    const auto counts = TRY(ground.engine.promises(question));
    for (const question::PromiseTally& one : counts.promises) {
        if (one.open > 0 && ground.may_show(one.customers)) {
            leading.push_back(share_now("promises-at-risk", one.at_risk, one.open));
            leading.back().subject = one.promise;
            leading.back().question =
                fmt::format("episodes where promise {} is at risk", question::quoted(one.promise));
        }
    }
    return {};
}

/// Many comparisons in one view: what is said to be worse is adjusted for all of them.
void judge(std::vector<Leading>& leading) {
    std::vector<double> p_values;
    for (const Leading& one : leading) {
        if (one.change) {
            p_values.push_back(one.change->p_value);
        }
    }
    const std::vector<double> adjusted = stats::false_discovery_adjusted(p_values);
    std::size_t next = 0;
    for (Leading& one : leading) {
        if (one.change) {
            one.q_value = adjusted[next++];
            one.worse = one.q_value <= q_alarm && one.change->estimate > 0;
        }
    }
}

}  // namespace

std::size_t LookOut::alarms() const {
    return static_cast<std::size_t>(std::count_if(
        series.begin(), series.end(), [](const Found& one) { return one.watched.alarm; }));
}

Result<LookOut> look_out(const Ground& ground, const Wanted& wanted) {
    LookOut found;
    found.latest = ground.latest;
    found.settings = wanted.settings;
    std::vector<Series> all;
    for (const std::string& metric : metrics_of(ground, wanted)) {
        TRY(add_series(ground, wanted, metric, all));
    }
    for (Series& one : all) {
        Watched seen = watched(one, wanted.settings, all.size());
        found.series.push_back({std::move(one), std::move(seen)});
    }
    const auto height = [](const Found& one) {
        return one.watched.limit > 0 ? one.watched.sum / one.watched.limit : 0;
    };
    std::stable_sort(found.series.begin(), found.series.end(), [&](const Found& a, const Found& b) {
        return a.watched.alarm != b.watched.alarm ? a.watched.alarm : height(a) > height(b);
    });
    TRY(add_switches(ground, found.leading));
    TRY(add_promises(ground, found.leading));
    judge(found.leading);
    return found;
}

}  // namespace kokemus::watch
