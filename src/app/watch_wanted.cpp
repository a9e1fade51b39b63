#include "app/watch_wanted.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace kokemus::app {

namespace {

Result<double> number_in(std::string_view name, const std::string& text, double otherwise,
                         double least, double most) {
    if (text.empty()) {
        return otherwise;
    }
    double number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || !(number >= least) ||
        number > most) {
        return invalid_input(fmt::format("{}: a number from {:g} to {:g}", name, least, most));
    }
    return number;
}

}  // namespace

Result<watch::Wanted> wanted_of(const WatchWords& words) {
    watch::Wanted wanted;
    if (!words.metric.empty()) {
        wanted.metrics.push_back(words.metric);
    }
    wanted.by = words.by;
    watch::Settings& settings = wanted.settings;
    settings.false_alarms =
        TRY(number_in("false_alarms", words.false_alarms, settings.false_alarms, 0.001, 100));
    settings.watched_days =
        static_cast<int>(TRY(number_in("days", words.days, settings.watched_days, 7, 365)));
    settings.history_weeks =
        static_cast<int>(TRY(number_in("history", words.history, settings.history_weeks, 4, 260)));
    settings.minimum = TRY(number_in("minimum", words.minimum, settings.minimum, 1, 10'000));
    return wanted;
}

}  // namespace kokemus::app
