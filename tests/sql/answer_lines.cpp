#include "answer_lines.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace kokemus::sql {
namespace {

/// Nothing where the word is anything but a number.
std::optional<double> number_of(std::string_view word) {
    double number = 0;
    const auto read = std::from_chars(word.data(), word.data() + word.size(), number);
    return read.ec == std::errc() && read.ptr == word.data() + word.size() ? std::optional(number)
                                                                           : std::nullopt;
}

bool agree_within(double share, std::string_view actual, std::string_view expected) {
    const auto number = number_of(actual);
    const auto wanted = number_of(expected);
    return number && wanted && std::abs(*number - *wanted) <= std::abs(*wanted) * share;
}

/// Whether a word is a whole number that a double cannot tell from its neighbours.
bool is_beyond_double(std::string_view word) {
    constexpr double neighbours_merge = 0x1p53;
    const auto number = number_of(word);
    return number && std::abs(*number) >= neighbours_merge;
}

/// Whether both words say the same, approximately where they say so themselves.
bool agree(std::string_view actual, std::string_view expected) {
    if (actual.starts_with('~') && expected.starts_with('~')) {
        return agree_within(0.01, actual.substr(1), expected.substr(1));
    }
    return actual == expected ||
           (is_beyond_double(expected) && agree_within(1e-12, actual, expected));
}

bool agree_word_by_word(std::string_view actual, std::string_view expected) {
    while (!actual.empty() || !expected.empty()) {
        const std::string_view mine = actual.substr(0, actual.find(' '));
        const std::string_view other = expected.substr(0, expected.find(' '));
        if (!agree(mine, other)) {
            return false;
        }
        actual.remove_prefix(std::min(mine.size() + 1, actual.size()));
        expected.remove_prefix(std::min(other.size() + 1, expected.size()));
    }
    return true;
}

}  // namespace

Lines lines_of(const question::FlowCounts& counts, Detail detail) {
    Lines lines;
    for (const auto& edge : counts.edges) {
        lines.push_back(fmt::format("{} {} {}", edge.from, edge.to, edge.count));
        if (detail == Detail::Times) {
            lines.back() += fmt::format(" {} {} {} ~{}",
                                        edge.units,
                                        edge.customers,
                                        std::llround(edge.seconds_sum * 1000),
                                        edge.milliseconds.quantile(0.5));
        }
    }
    return lines;
}

Lines lines_of(const question::FunnelCounts& counts) {
    Lines lines;
    for (const auto& step : counts.steps) {
        if (step.units > 0) {
            lines.push_back(fmt::format("{} {} {}", lines.size() + 1, step.units, step.customers));
        }
    }
    return lines;
}

Lines lines_of(const question::SeriesCounts& counts) {
    Lines lines;
    for (const auto& group : counts.groups) {
        std::uint64_t promoters = 0;
        for (const auto& [score, answers] : group.counts.levels) {
            promoters += score >= 9 ? answers : 0;
        }
        lines.push_back(fmt::format("{} {} {} {} {}",
                                    group.value,
                                    group.encounters,
                                    group.counts.scores.count(),
                                    std::llround(group.counts.scores.sum() * 2),
                                    promoters));
    }
    return lines;
}

Result<Lines> lines_of(duck::Connection& connection, const std::string& query) {
    auto rows = TRY(connection.query(query));
    Lines lines;
    while (const auto chunk = TRY(rows.next())) {
        const auto column = chunk->column(0);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            lines.emplace_back(column.text(row));
        }
    }
    return lines;
}

std::string difference(const Lines& actual, const Lines& expected) {
    if (actual.size() != expected.size()) {
        return fmt::format("{} rows against {} of SQL", actual.size(), expected.size());
    }
    for (std::size_t row = 0; row < actual.size(); ++row) {
        if (!agree_word_by_word(actual[row], expected[row])) {
            return fmt::format(
                "row {}: \"{}\" against \"{}\" of SQL", row + 1, actual[row], expected[row]);
        }
    }
    return "";
}

}  // namespace kokemus::sql
