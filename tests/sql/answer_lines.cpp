#include "answer_lines.h"

#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace kokemus::sql {
namespace {

double number_after_tilde(std::string_view word) {
    double number = 0;
    std::from_chars(word.data() + 1, word.data() + word.size(), number);
    return number;
}

/// Whether both words say the same, approximately where they say so themselves.
bool agree(std::string_view actual, std::string_view expected) {
    if (!actual.starts_with('~') || !expected.starts_with('~')) {
        return actual == expected;
    }
    const double wanted = number_after_tilde(expected);
    return std::abs(number_after_tilde(actual) - wanted) <= std::abs(wanted) / 100;
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
