#include "describe.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <optional>
#include <string_view>

#include <fmt/format.h>

namespace kokemus::reference {
namespace {

std::string rounded(double number) {
    return fmt::format("{:.10g}", number + 0.0);
}

std::string text(const std::string& text) {
    return "'" + text + "'";
}
std::string text(Instant time) {
    return format_instant(time);
}
std::string text(double number) {
    return rounded(number);
}
std::string text(std::uint64_t number) {
    return std::to_string(number);
}

template <typename T>
std::string text(const std::optional<T>& value) {
    return value ? text(*value) : "-";
}

std::string text(const std::vector<std::string>& path) {
    std::string out;
    for (const auto& each : path) {
        out += text(each) + ">";
    }
    return out;
}

std::string text(const stats::Moments& moments) {
    return fmt::format("[n {} mean {} variance {}]",
                       moments.count(),
                       rounded(moments.mean()),
                       rounded(moments.variance()));
}

std::string text(const stats::LogHistogram& histogram) {
    std::string out = fmt::format("[n {}", histogram.count());
    for (const double q : {0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0}) {
        out += fmt::format(" {}", histogram.quantile(q));
    }
    return out + "]";
}

std::string text(const std::map<double, std::uint64_t>& levels) {
    std::string out = "{";
    for (const auto& [level, count] : levels) {
        out += fmt::format("{}: {}, ", rounded(level), count);
    }
    return out + "}";
}

template <typename Key>
std::string text(const std::map<Key, std::uint64_t>& map) {
    std::string out = "{";
    for (const auto& [key, value] : map) {
        out += fmt::format("{}: {}, ", key, value);
    }
    return out + "}";
}

template <typename... Parts>
std::string line(const Parts&... parts) {
    std::string out;
    ((out += text(parts) + " "), ...);
    return out + "\n";
}

std::string line(const question::Population& all) {
    return "population " +
           line(all.encounters, all.units, all.customers, all.without_unit, all.first, all.latest);
}

std::string line(const question::MetricCounts& counts) {
    return "counts " + text(counts.levels) +
           line(std::uint64_t{counts.overflow},
                counts.scores,
                counts.kept,
                counts.late,
                counts.broken,
                counts.open,
                counts.at_risk,
                counts.completed,
                counts.abandoned,
                counts.unfinished,
                counts.customers,
                counts.a,
                counts.b,
                counts.aa,
                counts.ab,
                counts.bb);
}

std::string line(const question::RepeatTally& tally) {
    return "topic " + line(tally.topic,
                           tally.contacts,
                           tally.repeats,
                           tally.censored,
                           tally.event_hours,
                           tally.censored_hours);
}

/// The words of a description, without what stands between them.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words(1);
    for (const char letter : text) {
        if (std::string_view(" \n,:{}[]'>").find(letter) == std::string_view::npos) {
            words.back() += letter;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    return words;
}

std::optional<double> number(const std::string& word) {
    double value = 0;
    const char* end = word.data() + word.size();
    const auto read = std::from_chars(word.data(), end, value);
    return read.ec == std::errc() && read.ptr == end ? std::optional(value) : std::nullopt;
}

/// Both are numbers, one at least with a fraction, and as near as two ways of rounding come.
bool are_near(const std::string& a, const std::string& b) {
    const auto left = number(a);
    const auto right = number(b);
    const bool fraction = (a + b).find_first_of(".e") != std::string::npos;
    return left && right && fraction &&
           std::abs(*left - *right) <= 1e-6 * std::max(1.0, std::abs(*left));
}

}  // namespace

std::string describe(const std::vector<TableRow>& rows) {
    std::string out;
    for (const TableRow& row : rows) {
        out += fmt::format("row of {} from {}:", row.customer, row.start);
        for (const std::string& cell : row.cells) {
            out += " " + cell;
        }
        out += "\n";
    }
    return out;
}

std::string describe(const question::UnitTable& table) {
    std::vector<TableRow> rows;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        rows.push_back(TableRow{table.customers[row], table.starts[row], {}});
        for (const question::UnitColumn& column : table.columns) {
            if (column.numbers.empty()) {
                rows.back().cells.push_back(column.texts[column.codes[row]]);
                continue;
            }
            const double number = column.numbers[row];
            rows.back().cells.push_back(std::isnan(number) ? "missing" : rounded(number));
        }
    }
    return describe(rows);
}

bool same(const std::string& a, const std::string& b) {
    return std::ranges::equal(words_of(a), words_of(b), [](const auto& left, const auto& right) {
        return left == right || are_near(left, right);
    });
}

std::string describe(const question::FlowCounts& counts) {
    std::string out = line(counts.population) + "all " + line(counts.experience);
    for (const auto& node : counts.nodes) {
        out += "node " + line(node.touchpoint,
                              node.channel,
                              node.encounters,
                              node.units,
                              node.customers,
                              node.experience,
                              node.position_sum);
    }
    for (const auto& edge : counts.edges) {
        out += "edge " + line(edge.from,
                              edge.to,
                              edge.count,
                              edge.units,
                              edge.customers,
                              edge.forced,
                              edge.milliseconds,
                              edge.seconds_sum,
                              edge.experience);
    }
    return out;
}

std::string describe(const question::VariantCounts& counts) {
    std::string out =
        line(counts.population) + line(counts.distinct, counts.other_variants, counts.other_count);
    for (const auto& variant : counts.variants) {
        out += "variant " + line(variant.path,
                                 variant.count,
                                 variant.customers,
                                 variant.milliseconds,
                                 variant.seconds_sum,
                                 variant.experience);
    }
    return out;
}

std::string describe(const question::FunnelCounts& counts) {
    std::string out = line(counts.population);
    for (const auto& step : counts.steps) {
        out += "step " + line(step.touchpoints,
                              step.units,
                              step.customers,
                              step.milliseconds,
                              step.seconds_sum,
                              step.instead);
    }
    return out;
}

std::string describe(const question::SeriesCounts& counts) {
    std::string out = line(counts.population) + line(counts.total);
    for (const auto& group : counts.groups) {
        out += "group " + line(group.value, group.start, group.end, group.encounters) +
               line(group.counts);
    }
    return out;
}

std::string describe(const question::PromiseCounts& counts) {
    std::string out = line(counts.population) + line(counts.now);
    for (const auto& tally : counts.promises) {
        out += "promise " + line(tally.promise,
                                 tally.made,
                                 tally.kept,
                                 tally.late,
                                 tally.broken,
                                 tally.open,
                                 tally.at_risk,
                                 tally.customers,
                                 tally.early_milliseconds,
                                 tally.late_milliseconds,
                                 tally.slack_seconds_sum,
                                 tally.after_kept,
                                 tally.after_late,
                                 tally.after_broken);
        for (const auto bin : tally.slack_bins) {
            out += text(bin) + " ";
        }
        out += "\n";
    }
    return out;
}

std::string describe(const question::SwitchCounts& counts) {
    std::string out =
        line(counts.population) + line(counts.units_with_switch,
                                       counts.units_forced,
                                       static_cast<std::uint64_t>(counts.window.count()),
                                       counts.encounters_machine);
    for (const auto& pair : counts.switches) {
        out += "switch " + line(pair.from,
                                pair.to,
                                pair.count,
                                pair.units,
                                pair.customers,
                                pair.forced,
                                pair.experience);
    }
    for (const auto& topic : counts.topics) {
        out += line(topic);
    }
    return out + line(counts.all);
}

std::string describe(const question::CauseCounts& counts) {
    std::string out =
        line(counts.population) + line(static_cast<std::uint64_t>(counts.window.count()),
                                       counts.contacts,
                                       counts.contacts_alone,
                                       counts.contacts_compared);
    for (const auto& at : counts.at) {
        out += "contacts " + line(at.touchpoint, at.contacts);
    }
    for (const auto& cause : counts.causes) {
        out += "cause " + line(cause.touchpoint,
                               cause.events,
                               cause.followed,
                               cause.followed_last,
                               cause.contacts,
                               cause.contacts_last,
                               cause.case_only,
                               cause.control_only,
                               cause.units,
                               cause.customers);
    }
    for (const auto& first : counts.firsts) {
        out += "first " +
               line(first.firsts, first.resolved, first.repeats, first.too_late, first.too_early);
    }
    return out;
}

std::string describe(const question::EpisodePage& page) {
    std::string out = line(page.population) + line(page.total);
    for (const auto& row : page.rows) {
        out += "episode " + line(row.customer,
                                 row.thread,
                                 row.start,
                                 row.end,
                                 row.encounters,
                                 static_cast<std::uint64_t>(row.status),
                                 row.experience,
                                 row.path);
    }
    return out;
}

std::string describe(const question::TimelinePage& page) {
    std::string out = line(page.total);
    for (const auto& row : page.rows) {
        out += "encounter " + line(row.time,
                                   row.touchpoint,
                                   row.channel,
                                   row.department,
                                   row.employee,
                                   row.thread,
                                   row.score,
                                   row.scale,
                                   row.value,
                                   row.duration_seconds,
                                   row.ledger_number);
    }
    return out;
}

std::string describe(const question::Engine::Values& values) {
    std::string out = line(values.distinct);
    for (const auto& value : values.most) {
        out += line(value.value, value.encounters);
    }
    return out;
}

}  // namespace kokemus::reference
