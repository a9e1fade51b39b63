#include "lines.h"

#include <cmath>

#include <fmt/format.h>

#include "base/time_zone.h"

namespace kokemus::bench {

sql::Lines lines_of(const question::VariantCounts& counts) {
    sql::Lines lines = {fmt::format("{} {}", counts.distinct, counts.population.units)};
    for (const auto& variant : counts.variants) {
        std::string path;
        for (const auto& touchpoint : variant.path) {
            path += (path.empty() ? "" : ">") + touchpoint;
        }
        lines.push_back(fmt::format("{} {}", variant.count, path));
    }
    return lines;
}

sql::Lines lines_of(const question::PromiseCounts& counts) {
    sql::Lines lines;
    for (const auto& tally : counts.promises) {
        if (tally.made > 0) {
            lines.push_back(fmt::format("{} {} {} {} {} {} {} {} {} ~{} ~{}",
                                        tally.promise,
                                        tally.made,
                                        tally.kept,
                                        tally.late,
                                        tally.broken,
                                        tally.open,
                                        tally.at_risk,
                                        tally.customers,
                                        std::llround(tally.slack_seconds_sum * 1000),
                                        tally.early_milliseconds.quantile(0.5),
                                        tally.late_milliseconds.quantile(0.5)));
        }
    }
    return lines;
}

sql::Lines lines_of(const question::SwitchCounts& counts) {
    sql::Lines lines;
    for (const auto& each : counts.switches) {
        lines.push_back(fmt::format("{} {} {} {} {} {}",
                                    each.from,
                                    each.to,
                                    each.count,
                                    each.units,
                                    each.customers,
                                    each.forced));
    }
    for (const auto& topic : counts.topics) {
        lines.push_back(
            fmt::format("{} {} {} {}", topic.topic, topic.contacts, topic.repeats, topic.censored));
    }
    return lines;
}

sql::Lines trend_lines(const question::SeriesCounts& counts, const std::string& time_zone) {
    const auto zone = TimeZone::find(time_zone);
    question::SeriesCounts named;
    for (const auto& group : counts.groups) {
        if (group.encounters > 0 && zone && group.start) {
            named.groups.push_back(group);
            named.groups.back().value = format_day(zone->local_day(*group.start));
        }
    }
    return sql::lines_of(named);
}

}  // namespace kokemus::bench
