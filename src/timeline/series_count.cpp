#include "timeline/series_count.h"

#include <algorithm>
#include <bit>

#include "base/time_zone.h"
#include "timeline/count_parts.h"
#include "timeline/full_width.h"
#include "timeline/group_field.h"
#include "timeline/periods.h"
#include "timeline/series_counter.h"

namespace kokemus::timeline {
namespace {

question::MetricGroup group_of(const SeriesCounter& counter,
                               std::vector<question::MetricCounts>& counts, Code group) {
    question::MetricGroup out;
    out.counts = std::move(counts[group]);
    out.encounters = counter.encounters(group);
    return out;
}

/// So many of 64 rows, and it is quicker to read the periods of all of them at once.
constexpr int many_rows = 8;

/// Reads the periods of a part's rows, word by word of those that count: of days and weeks 0.6 ns a
/// row of words of which many count; else 1 ns a row of whole words and 1.5 of others.
class PeriodsReader {
public:
    PeriodsReader(const Periods& periods, const Part& part)
        : periods_(&periods),
          part_(&part),
          holds_all_(part.time.lie_within(0, static_cast<Row>(part.time.size()), periods.start(0),
                                          periods.end(periods.size() - 1) - 1)) {}

    void operator()(const MarkedBlock& marked, std::span<Code> groups) const {
        part_->time.visit([&](const auto& times) {
            periods_->with_period_of([&](const auto& period_of) {
                const std::size_t base = marked.stretch.base();
                at_full_width([&, times, period_of] {
                    for (std::size_t word = 0; word < marked.rows.size(); ++word) {
                        const std::size_t place = word * 64;
                        read_word(marked.rows[word],
                                  times,
                                  base + place,
                                  period_of,
                                  groups.data() + place);
                    }
                });
            });
        });
    }

private:
    /// Whether the word's rows that do not count have a period too.
    bool may_read_all(std::uint64_t rows, std::size_t first) const {
        return rows == ~std::uint64_t{0} ||
               (holds_all_ && std::popcount(rows) >= many_rows && first + 64 <= part_->time.size());
    }

    template <typename Times, typename PeriodOf>
    void read_word(std::uint64_t rows, const Times& times, std::size_t first,
                   const PeriodOf& period_of, Code* groups) const {
        if (periods_->are_even() && may_read_all(rows, first)) {
            periods_->periods_of_word([&](std::size_t i) { return times[first + i]; }, groups);
        } else if (rows == ~std::uint64_t{0}) {
            for (std::size_t i = 0; i < 64; ++i) {
                groups[i] = period_of(times[first + i]);
            }
        } else {
            for_each_bit(rows,
                         [&](std::size_t bit) { groups[bit] = period_of(times[first + bit]); });
        }
    }

    const Periods* periods_;
    const Part* part_;
    bool holds_all_;  ///< every row of the part is in a period
};

/// The periods that any encounter of the question can lie in.
Result<Periods> periods_of(const Timeline& timeline, const question::Question& question,
                           const question::Unit& per) {
    std::int64_t first = timeline.first_time;
    std::int64_t latest = timeline.latest_time;
    if (per.kind == question::UnitKind::Customer) {
        first = std::max(first, question.range.from.time_since_epoch().count());
        latest = std::min(latest, question.range.to.time_since_epoch().count() - 1);
    }
    const auto zone = TRY(TimeZone::find(timeline.blueprint->time_zone));
    return Periods::make(zone, question.grain, std::min(first, latest), latest);
}

}  // namespace

Result<question::SeriesCounts> count_trend(const Timeline& timeline,
                                           const question::Question& question) {
    const auto rule = TRY(MetricRule::make(timeline, question));
    const Plan plan = TRY(Plan::make(timeline, question, rule.per));
    question::SeriesCounts counts;
    if (question.range.from >= question.range.to) {
        return counts;
    }
    const auto periods = TRY(periods_of(timeline, question, rule.per));
    const auto make = [&](const Part& part) {
        return SeriesCounter(part,
                             rule,
                             PeriodsReader(periods, part),
                             Groups{periods.size(), GroupsOf::Encounters, EpisodeIn::FirstGroup});
    };
    const Keeping keeping{.what = "trend",
                          .layout = layout_of({timeline.answers.size(),
                                               periods.size(),
                                               static_cast<std::uint64_t>(periods.start(0))}),
                          .reach = rule.reach(*timeline.blueprint)};
    const auto [counter, population] = count_marked(plan, make, &keeping);
    counts.population = population.population();
    counts.total = counter.total();
    if (population.empty()) {
        return counts;
    }
    auto groups = counter.groups();
    const Code last = periods.period_of(population.latest());
    for (Code period = periods.period_of(population.first()); period <= last; ++period) {
        counts.groups.push_back(group_of(counter, groups, period));
        counts.groups.back().start = to_instant(periods.start(period));
        counts.groups.back().end = to_instant(periods.end(period));
    }
    return counts;
}

Result<question::SeriesCounts> count_breakdown(const Timeline& timeline,
                                               const question::Question& question) {
    if (!question.by) {
        return invalid_input("a breakdown needs a field: `by channel`");
    }
    const auto rule = TRY(MetricRule::make(timeline, question));
    const Plan plan = TRY(Plan::make(timeline, question, rule.per));
    const auto field = TRY(GroupField::make(timeline, *question.by));
    const Groups groups{field.size(),
                        field.is_of_customers() ? GroupsOf::Customers : GroupsOf::Encounters,
                        EpisodeIn::EveryGroup};
    const auto make = [&](const Part& part) {
        const ReadGroups read = [&field, place = timeline.place_of(part)](
                                    const MarkedBlock& marked, std::span<Code> of_rows) {
            field.read(place, marked, of_rows);
        };
        return SeriesCounter(part, rule, read, groups);
    };
    const Keeping keeping{
        .what = "breakdown",
        .layout = layout_of({timeline.answers.size(), field.size(), field.column_codes()}),
        .reach = rule.reach(*timeline.blueprint)};
    const auto [counter, population] =
        count_marked(plan, make, field.is_shared() ? &keeping : nullptr);
    question::SeriesCounts counts;
    counts.population = population.population();
    counts.total = counter.total();
    auto of_groups = counter.groups();
    for (Code code = 0; code < of_groups.size(); ++code) {
        if (counter.encounters(code) > 0) {
            counts.groups.push_back(group_of(counter, of_groups, code));
            counts.groups.back().value = field.text(code);
        }
    }
    std::ranges::sort(counts.groups, {}, &question::MetricGroup::value);
    return counts;
}

}  // namespace kokemus::timeline
