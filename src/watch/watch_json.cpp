#include "watch/watch_json.h"

#include <boost/json.hpp>

namespace kokemus::watch {

namespace json = boost::json;

namespace {

json::value instant_or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value();
}

json::object to_json(const Found& one) {
    const Series& series = one.series;
    const Watched& seen = one.watched;
    json::object said{{"metric", series.metric},
                      {"by", series.by},
                      {"value", series.value},
                      {"unit", metric::name_of(series.unit)},
                      {"known", seen.known},
                      {"alarm", seen.alarm},
                      {"small", seen.small},
                      {"question", series.question}};
    const auto if_known = [&](json::value value) {
        return seen.known ? std::move(value) : json::value();
    };
    said["why_not"] = seen.known ? json::value() : json::value(seen.why_not);
    said["chart"] = if_known(json::value(seen.chart));
    said["sum"] = if_known(seen.sum);
    said["limit"] = if_known(seen.limit);
    said["since"] = instant_or_null(seen.since);
    said["now"] = if_known(seen.now);
    said["usual"] = if_known(seen.usual);
    said["n"] = if_known(seen.answers);
    said["changed"] = instant_or_null(seen.changed);
    said["changed_chance"] = if_known(seen.changed_chance);
    said["z"] = json::value_from(seen.z);
    return said;
}

json::object to_json(const Leading& one) {
    json::object said{{"name", one.name},
                      {"subject", one.subject},
                      {"part", one.part},
                      {"n", one.n},
                      {"share", one.share},
                      {"low", one.interval.low},
                      {"high", one.interval.high},
                      {"worse", one.worse},
                      {"question", one.question}};
    const bool changes = one.change.has_value();
    said["change"] = changes ? json::value(one.change->estimate) : json::value();
    said["change_low"] = changes ? json::value(one.change->interval.low) : json::value();
    said["change_high"] = changes ? json::value(one.change->interval.high) : json::value();
    said["q_value"] = changes ? json::value(one.q_value) : json::value();
    return said;
}

template <typename Rows>
json::array rows_of(const Rows& rows) {
    json::array list;
    for (const auto& row : rows) {
        list.push_back(to_json(row));
    }
    return list;
}

}  // namespace

json::object to_json(const LookOut& found) {
    return json::object{{"latest", format_instant(found.latest)},
                        {"false_alarms", found.settings.false_alarms},
                        {"watched_days", found.settings.watched_days},
                        {"history_weeks", found.settings.history_weeks},
                        {"minimum", found.settings.minimum},
                        {"alarms", found.alarms()},
                        {"series", rows_of(found.series)},
                        {"leading", rows_of(found.leading)}};
}

}  // namespace kokemus::watch
