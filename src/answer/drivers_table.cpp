#include "answer/drivers_table.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "answer/number_text.h"
#include "answer/safe_text.h"

namespace kokemus::answer {
namespace {

constexpr Align right = Align::Right;

/// A bar of at most 20 cells, to an eighth of one.
std::string bar(double share, double longest) {
    constexpr double cells = 20;
    constexpr std::array<std::string_view, 8> eighths = {
        "", "\u258f", "\u258e", "\u258d", "\u258c", "\u258b", "\u258a", "\u2589"};
    const double length = longest > 0 ? cells * share / longest : 0;
    const auto full = static_cast<std::size_t>(length);
    std::string text;
    for (std::size_t i = 0; i < full; ++i) {
        text += "\u2588";
    }
    const auto part = static_cast<std::size_t>((length - static_cast<double>(full)) * 8);
    return text + std::string(eighths[part]);
}

/// As value_text, with two digits of what is too small for it: a point a day is little an hour.
std::string small_text(const Value& value) {
    const double factor = value.unit == metric::Unit::Share ? 100 : 1;
    const double half = factor * (value.is.interval.high - value.is.interval.low) / 2;
    constexpr double shown_by_value_text = 0.02;
    if (half >= shown_by_value_text || half <= 0) {
        return value_text(value);
    }
    const int decimals = std::min(static_cast<int>(std::ceil(-std::log10(half))) + 1, 6);
    return fmt::format("{}{}, {} to {}",
                       number_text(factor * value.is.estimate, decimals),
                       factor > 1 ? "%" : "",
                       number_text(factor * value.is.interval.low, decimals),
                       number_text(factor * value.is.interval.high, decimals));
}

/// How the outcome changes with one more: "−0.4 a day, −0.5 to −0.3".
std::string effect_text(const DriverRow& row) {
    if (!row.levels.empty()) {
        const auto largest = std::ranges::max_element(row.levels, {}, [](const DriverLevel& level) {
            return std::abs(level.effect.is.estimate);
        });
        return fmt::format("{}: {} (against {})",
                           largest->value,
                           value_text(largest->effect),
                           none_given(row.usual_value));
    }
    if (!row.effect) {
        return "";
    }
    return small_text(*row.effect) +
           (row.measured_in.empty()
                ? ""
                : " per " + row.measured_in.substr(0, row.measured_in.size() - 1));
}

std::string contrast_text(const std::optional<DriverContrast>& contrast) {
    return contrast && contrast->verdict != "open" ? contrast->verdict : "";
}

std::string number_or_none(const std::optional<double>& number) {
    return number ? fmt::format("{:.2f}", *number) : "";
}

Grid rows_of(const Drivers& drivers) {
    Grid grid{{{"factor"},
               {"share of variation"},
               {""},
               {"one more means"},
               {"in units", right},
               {"asymmetric"},
               {"goes well", right},
               {"target", right},
               {"to explain away", right},
               {""}},
              {}};
    const double longest = drivers.rows.empty() ? 0 : drivers.rows.front().share.is.estimate;
    for (const DriverRow& row : drivers.rows) {
        grid.rows.push_back({row.factor,
                             value_text(row.share),
                             bar(row.share.is.estimate, longest),
                             effect_text(row),
                             count_text(row.present),
                             contrast_text(row.contrast),
                             row.performance ? percent_text(*row.performance) : "",
                             row.target ? percent_text(*row.target) : "",
                             number_or_none(row.confounding_limit),
                             row.warning.empty() ? "" : "!"});
    }
    return grid;
}

Grid segments_of(const Drivers& drivers) {
    Grid grid{{{drivers.by}, {"units", right}, {"explained"}}, {}};
    for (const DriverRow& row : drivers.rows) {
        grid.columns.push_back({row.factor, right});
    }
    for (const DriverSegment& segment : drivers.segments) {
        auto& cells = grid.rows.emplace_back();
        cells = {none_given(segment.value),
                 count_text(segment.explained.is.n),
                 value_text(segment.explained)};
        for (std::size_t i = 0; i < drivers.rows.size(); ++i) {
            cells.push_back(i < segment.shares.size() ? estimate_text(segment.shares[i]) : "");
        }
    }
    return grid;
}

std::string looked_at(const Drivers& drivers) {
    std::string line =
        fmt::format("mean of {}: {}\n", drivers.outcome_words, value_text(drivers.outcome_mean));
    line += fmt::format("explained by all together: {}; {} units of {} customers",
                        value_text(drivers.explained),
                        count_text(drivers.units),
                        count_text(drivers.customers));
    if (drivers.rows_missing > 0) {
        line += fmt::format("; {} more lack one of the factors", count_text(drivers.rows_missing));
    }
    if (drivers.one_of > 1) {
        line += fmt::format("; one customer in {} drawn", count_text(drivers.one_of));
    }
    return safe_line(line.substr(0, line.find('\n'))) + "\n" +
           safe_line(line.substr(line.find('\n') + 1)) + "\n";
}

}  // namespace

std::string drivers_table(const Drivers& drivers, Colour colour) {
    std::string text = looked_at(drivers) + "\n";
    if (!drivers.rows.empty()) {
        text += draw(rows_of(drivers), colour) + "\n";
    }
    for (const DriverRow& row : drivers.rows) {
        if (!row.warning.empty()) {
            text += safe_line("! " + row.factor + ": " + row.warning) + "\n";
        }
        if (row.counted_as_zero > 0) {
            text += safe_line(fmt::format("{}: 0 in {} units without such a promise kept",
                                          row.factor,
                                          count_text(row.counted_as_zero))) +
                    "\n";
        }
    }
    for (const DriverLeftOut& each : drivers.left_out) {
        text += quiet(safe_line(fmt::format("left out: {}, {}", each.factor, each.words)), colour) +
                "\n";
    }
    if (!drivers.segments.empty()) {
        text += "\n" + draw(segments_of(drivers), colour);
        for (const std::string& factor : drivers.differing) {
            text += safe_line(fmt::format("{}: not the same in all of them", factor)) + "\n";
        }
    }
    return text + "\n" + drivers.caveat + "\n";
}

}  // namespace kokemus::answer
