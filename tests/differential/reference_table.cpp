#include <algorithm>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "base/hash.h"
#include "reference.h"
#include "reference_tally.h"

namespace kokemus::reference {

using question::Factor;
using question::FactorOf;
using question::PromiseOutcome;

namespace {

constexpr double hour_seconds = 3600;

bool contains(const std::vector<std::string>& texts, const std::string& text) {
    return std::find(texts.begin(), texts.end(), text) != texts.end();
}

std::optional<double> mean(const std::vector<double>& numbers) {
    if (numbers.empty()) {
        return std::nullopt;
    }
    double sum = 0;
    for (const double number : numbers) {
        sum += number;
    }
    return sum / static_cast<double>(numbers.size());
}

std::optional<double> number_in(const std::string& text, bool zero_missing) {
    char* end = nullptr;
    const double number = std::strtod(text.c_str(), &end);
    const bool is_number = !text.empty() && *end == '\0';
    return is_number && (number != 0 || !zero_missing) ? std::optional(number) : std::nullopt;
}

struct Measure {
    const History& history;
    const Unit& unit;

    std::optional<double> of(const Factor& factor) const {
        switch (factor.of) {
            case FactorOf::Count:
                return count([&](const Lived& lived, std::size_t) {
                    return contains(factor.touchpoints, lived.touchpoint());
                });
            case FactorOf::If: return holds_anywhere(*factor.condition) ? 1 : 0;
            case FactorOf::Encounters: return count([](const Lived&, std::size_t) { return true; });
            case FactorOf::Lasts:
                return seconds(unit.lived.back().time() - unit.lived.front().time()) / hour_seconds;
            case FactorOf::Wait: return wait(factor);
            case FactorOf::Late: return slack(factor.name, 1);
            case FactorOf::Early: return slack(factor.name, -1);
            case FactorOf::Switches:
                return count([&](const Lived& lived, std::size_t i) {
                    return i > 0 && history.is_switch(unit.lived[i - 1], lived) &&
                           (!factor.forced || history.is_forced(unit.lived[i - 1], lived));
                });
            case FactorOf::Repeats:
                return count([&](const Lived& lived, std::size_t) {
                    return is_again(lived, factor.within);
                });
            case FactorOf::Distinct: return distinct(*factor.field);
            case FactorOf::Duration: {
                double sum = 0;
                for (const auto& lived : unit.lived) {
                    sum += lived.encounter().duration_seconds.value_or(0);
                }
                return sum / 60;
            }
            case FactorOf::Value: {
                double sum = 0;
                for (const auto& lived : unit.lived) {
                    sum += lived.encounter().value.value_or(0);
                }
                return sum;
            }
            case FactorOf::Mean:
            case FactorOf::Number:
            case FactorOf::Experienced: return mean_of_each(factor);
            case FactorOf::Metric: return metric(factor);
            case FactorOf::Category: break;
        }
        return std::nullopt;
    }

    /// What one encounter says of a factor that is read at encounters.
    std::optional<double> at(const Factor& factor, const Lived& lived) const {
        const auto& encounter = lived.encounter();
        if (factor.of == FactorOf::Experienced) {
            return history.experience(lived);
        }
        if (factor.of == FactorOf::Number) {
            return number_in(history.text(lived, *factor.field), factor.zero_missing);
        }
        if (factor.of == FactorOf::Mean) {
            const bool here =
                factor.touchpoints.empty() || contains(factor.touchpoints, lived.touchpoint());
            return here && encounter.scale == factor.name ? encounter.score : std::nullopt;
        }
        const auto& metric = *history.world().blueprint.metric(factor.name);
        if (!metric.touchpoints.empty() && !contains(metric.touchpoints, lived.touchpoint())) {
            return std::nullopt;
        }
        if (metric.scale.empty()) {
            return history.experience(lived);
        }
        return encounter.scale == metric.scale ? encounter.score : std::nullopt;
    }

    /// Whether `at` says of it.
    bool is_read_at_encounters(const Factor& factor) const {
        if (factor.of == FactorOf::Number) {
            return factor.field->of != question::FieldOf::Customer;
        }
        if (factor.of != FactorOf::Metric) {
            return factor.of == FactorOf::Experienced || factor.of == FactorOf::Mean;
        }
        const auto kind = history.world().blueprint.metric(factor.name)->kind;
        return kind != blueprint::MetricKind::Kept && kind != blueprint::MetricKind::ContactRate &&
               kind != blueprint::MetricKind::Completion;
    }

private:
    template <typename Is>
    double count(const Is& is) const {
        double count = 0;
        for (std::size_t i = 0; i < unit.lived.size(); ++i) {
            count += is(unit.lived[i], i) ? 1 : 0;
        }
        return count;
    }

    bool holds_anywhere(const question::Condition& condition) const {
        return std::any_of(unit.lived.begin(), unit.lived.end(), [&](const Lived& lived) {
            return holds(history, condition, unit, lived);
        });
    }

    std::optional<double> wait(const Factor& factor) const {
        std::optional<Instant> since;
        for (const auto& lived : unit.lived) {
            if (since && contains(factor.to, lived.touchpoint())) {
                return seconds(lived.time() - *since) / hour_seconds;
            }
            if (!since && contains(factor.touchpoints, lived.touchpoint())) {
                since = lived.time();
            }
        }
        return std::nullopt;
    }

    std::optional<double> slack(const std::string& promise, int side) const {
        std::vector<double> days;
        for (const auto& lived : unit.lived) {
            for (const auto& kept : history.promises_made(lived)) {
                if (kept.promise == promise && kept.actual) {
                    const double after = seconds(*kept.actual - kept.due) / (24 * hour_seconds);
                    days.push_back(std::max(side * after, 0.0));
                }
            }
        }
        return mean(days);
    }

    bool is_again(const Lived& lived, Milliseconds within) const {
        if (!history.is_contact(lived)) {
            return false;
        }
        for (const auto& other : history.of(lived.customer())) {
            if (other.entry == lived.entry) {
                return false;
            }
            if (history.is_contact(other) && history.topic(other) == history.topic(lived) &&
                lived.time() - other.time() <= within) {
                return true;
            }
        }
        return false;
    }

    double distinct(const question::Field& field) const {
        std::set<std::string> values;
        for (const auto& lived : unit.lived) {
            values.insert(history.text(lived, field));
        }
        values.erase("");
        return static_cast<double>(values.size());
    }

    std::optional<double> mean_of_each(const Factor& factor) const {
        std::vector<double> numbers;
        for (const auto& lived : unit.lived) {
            if (const auto number = at(factor, lived)) {
                numbers.push_back(*number);
            }
        }
        return mean(numbers);
    }

    std::optional<double> metric(const Factor& factor) const {
        const auto& metric = *history.world().blueprint.metric(factor.name);
        if (metric.kind == blueprint::MetricKind::ContactRate) {
            return count([&](const Lived& lived, std::size_t) {
                return history.is_contact(lived) &&
                       (metric.touchpoints.empty() ||
                        contains(metric.touchpoints, lived.touchpoint()));
            });
        }
        if (metric.kind == blueprint::MetricKind::Completion) {
            return unit.status == question::EpisodeStatus::Open
                       ? std::nullopt
                       : std::optional(unit.status == question::EpisodeStatus::Completed ? 1.0
                                                                                         : 0.0);
        }
        if (metric.kind != blueprint::MetricKind::Kept) {
            return mean_of_each(factor);
        }
        std::vector<double> kept;
        for (const auto& lived : unit.lived) {
            for (const auto& made : history.promises_made(lived)) {
                const bool decided = made.outcome == PromiseOutcome::Kept ||
                                     made.outcome == PromiseOutcome::Late ||
                                     made.outcome == PromiseOutcome::Broken;
                if (decided && (metric.promise.empty() || metric.promise == made.promise)) {
                    kept.push_back(made.outcome == PromiseOutcome::Kept ? 1 : 0);
                }
            }
        }
        return mean(kept);
    }
};

/// The encounters up to the last at which the outcome is read.
Unit up_to_outcome(const History& history, const Unit& unit, const Factor& outcome) {
    Unit part = unit;
    const Measure measure{history, unit};
    while (measure.is_read_at_encounters(outcome) && !measure.at(outcome, part.lived.back())) {
        part.lived.pop_back();
    }
    return part;
}

}  // namespace

std::vector<TableRow> table(const History& history, const question::Question& question,
                            const question::TableWish& wish) {
    std::vector<TableRow> rows;
    for (const Unit& unit : count(history, question, question.per).units) {
        Unit measured = unit;
        if (wish.outcome) {
            const Factor& outcome = wish.columns.at(*wish.outcome);
            if (!Measure{history, unit}.of(outcome)) {
                continue;
            }
            measured = up_to_outcome(history, unit, outcome);
        }
        TableRow row;
        row.customer = hash64(unit.customer);
        row.start = unit.lived.front().time().time_since_epoch().count();
        for (const Factor& factor : wish.columns) {
            if (factor.is_category()) {
                row.cells.push_back(history.text(measured.lived.front(), *factor.field));
                continue;
            }
            const auto number = Measure{history, measured}.of(factor);
            row.cells.push_back(number ? fmt::format("{:.10g}", *number + 0.0) : "missing");
        }
        rows.push_back(row);
    }
    std::stable_sort(rows.begin(), rows.end(), [](const TableRow& a, const TableRow& b) {
        return a.customer < b.customer;
    });
    return rows;
}

}  // namespace kokemus::reference
