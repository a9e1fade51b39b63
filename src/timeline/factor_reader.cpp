#include "timeline/factor_reader.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "timeline/code_set.h"
#include "timeline/contacts.h"
#include "timeline/metric_rule.h"
#include "timeline/predicate_row.h"
#include "timeline/text_field.h"

namespace kokemus::timeline {
namespace {

using question::Factor;
using question::FactorOf;
using Reader = std::unique_ptr<const FactorReader>;

constexpr double missing = std::numeric_limits<double>::quiet_NaN();
constexpr double milliseconds_per_hour = 3600.0 * 1000;
constexpr double milliseconds_per_day = 24 * milliseconds_per_hour;

/// One unit as a measure sees it.
struct UnitSeen {
    Code customer = 0;
    question::EpisodeStatus status = question::EpisodeStatus::Open;
    std::span<const Row> rows;
    std::vector<Code>& codes;  ///< to work with
};

/// Wraps a function `measure(unit_seen)`.
template <typename Measure>
class EachUnit final : public FactorReader {
public:
    explicit EachUnit(Measure measure) : measure_(std::move(measure)) {}

    void read(const Block& block, FactorScratch& scratch, std::span<double> out) const override {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            out[unit] = measure_(UnitSeen{
                block.customers[unit], block.statuses[unit], block.unit(unit), scratch.codes});
        }
    }

private:
    Measure measure_;
};

template <typename Measure>
Reader each_unit(Measure measure) {
    return std::make_unique<EachUnit<Measure>>(std::move(measure));
}

/// Wraps a function `number(row)`, NaN for none: the mean over the encounters that have one.
template <typename Number>
class MeanOfRows final : public FactorReader {
public:
    explicit MeanOfRows(Number number) : number_(std::move(number)) {}

    void read(const Block& block, FactorScratch&, std::span<double> out) const override {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            double sum = 0;
            double count = 0;
            for (const Row row : block.unit(unit)) {
                const double number = number_(row);
                sum += std::isnan(number) ? 0 : number;
                count += std::isnan(number) ? 0 : 1;
            }
            out[unit] = count > 0 ? sum / count : missing;
        }
    }

    std::optional<std::size_t> reads_up_to(std::span<const Row> rows) const override {
        std::size_t end = rows.size();
        while (end > 0 && std::isnan(number_(rows[end - 1]))) {
            --end;
        }
        return end;
    }

private:
    Number number_;
};

template <typename Number>
Reader mean_of_rows(Number number) {
    return std::make_unique<MeanOfRows<Number>>(std::move(number));
}

class ConditionHolds final : public FactorReader {
public:
    ConditionHolds(const Part& part, PredicatePtr predicate)
        : part_(&part),
          predicate_(std::move(predicate)) {}

    void read(const Block& block, FactorScratch& scratch, std::span<double> out) const override {
        const Judged judged{block, stretch_of(block, *part_)};
        const auto units = scratch.words.take(unit_words(judged));
        all_units(judged, units.words());
        predicate_->narrow_units(judged, units.words(), scratch.words);
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            out[unit] = has_bit(units.words(), unit) ? 1 : 0;
        }
    }

private:
    const Part* part_;
    PredicatePtr predicate_;
};

Result<Reader> holds(const Part& part, const Factor& factor) {
    PredicatePtr predicate = TRY(compile(*factor.condition, part));
    if (!predicate->is_of_units()) {
        predicate = has_row(std::move(predicate));
    }
    return Reader(std::make_unique<ConditionHolds>(part, std::move(predicate)));
}

Reader count_at(const Part& part, const Factor& factor) {
    return each_unit(
        [&part, places = CodeSet(part.touchpoints, factor.touchpoints)](const UnitSeen& unit) {
            return static_cast<double>(std::ranges::count_if(
                unit.rows, [&](Row row) { return places.contains(part.touchpoint[row]); }));
        });
}

Reader wait_between(const Part& part, const Factor& factor) {
    return each_unit([&part,
                      from = CodeSet(part.touchpoints, factor.touchpoints),
                      to = CodeSet(part.touchpoints, factor.to)](const UnitSeen& unit) {
        const auto begin = std::ranges::find_if(
            unit.rows, [&](Row row) { return from.contains(part.touchpoint[row]); });
        if (begin == unit.rows.end()) {
            return missing;
        }
        const auto end = std::find_if(
            begin + 1, unit.rows.end(), [&](Row row) { return to.contains(part.touchpoint[row]); });
        return end == unit.rows.end() ? missing
                                      : static_cast<double>(part.time[*end] - part.time[*begin]) /
                                            milliseconds_per_hour;
    });
}

/// Days on one side of the due, the mean over the promises kept in time or late.
Result<Reader> slack(const Part& part, const Factor& factor) {
    const auto& promises = part.blueprint->promises;
    const auto found = std::ranges::find(promises, factor.name, &blueprint::Promise::name);
    if (found == promises.end()) {
        return not_found(fmt::format("the blueprint has no promise \"{}\"", factor.name));
    }
    return each_unit([&part,
                      wanted = static_cast<std::uint32_t>(found - promises.begin()),
                      is_late = factor.of == FactorOf::Late](const UnitSeen& unit) {
        double sum = 0;
        double count = 0;
        for (const Row row : unit.rows) {
            for (const PromiseMade made : part.promises.made_at(row)) {
                if (made.promise == wanted && made.actual != PromiseMade::not_kept) {
                    const std::int64_t days_after = made.actual - made.due;
                    sum += static_cast<double>(
                        std::max<std::int64_t>(is_late ? days_after : -days_after, 0));
                    count += 1;
                }
            }
        }
        return count > 0 ? sum / count / milliseconds_per_day : missing;
    });
}

Reader changes_of_channel(const Part& part, const Factor& factor) {
    return each_unit([&part, forced = factor.forced](const UnitSeen& unit) {
        double count = 0;
        for (std::size_t i = 1; i < unit.rows.size(); ++i) {
            const Code from = part.channel[unit.rows[i - 1]];
            const Code to = part.channel[unit.rows[i]];
            const bool is = from != to && from != 0 && to != 0 &&
                            (!forced || part.is_forced(unit.rows[i - 1], unit.rows[i]));
            count += is ? 1 : 0;
        }
        return count;
    });
}

/// Whether the customer made contact about the same topic no longer than `within` before.
bool is_again(const Part& part, Code customer, Row row, std::int64_t within) {
    for (Row earlier = row; earlier > part.customer_offsets[customer]; --earlier) {
        const Row before = earlier - 1;
        if (part.time[row] - part.time[before] > within) {
            return false;
        }
        if (is_contact(part, before) && topic_of(part, before) == topic_of(part, row)) {
            return true;
        }
    }
    return false;
}

Reader contacts_again(const Part& part, const Factor& factor) {
    return each_unit([&part, within = factor.within.count()](const UnitSeen& unit) {
        return static_cast<double>(std::ranges::count_if(unit.rows, [&](Row row) {
            return is_contact(part, row) && is_again(part, unit.customer, row, within);
        }));
    });
}

Code code_of(const TextField& field, Code customer, Row row) {
    switch (field.source()) {
        case TextField::Source::Rows: return field.through(field.codes()[row]);
        case TextField::Source::Customers:
        case TextField::Source::CustomerName: return field.of_customer(customer);
        case TextField::Source::Scale: break;
    }
    const Answer* answer = field.answers().at(row);
    return answer == nullptr ? 0 : answer->scale;
}

Result<Reader> distinct(const Part& part, const Factor& factor) {
    const TextField field = TRY(TextField::find(part, *factor.field));
    return each_unit([field](const UnitSeen& unit) {
        unit.codes.clear();
        for (const Row row : unit.rows) {
            if (const Code code = code_of(field, unit.customer, row); code != 0) {
                unit.codes.push_back(code);
            }
        }
        std::ranges::sort(unit.codes);
        const auto rest = std::ranges::unique(unit.codes);
        return static_cast<double>(rest.begin() - unit.codes.begin());
    });
}

Result<Reader> category(const Part& part, const Factor& factor) {
    const TextField field = TRY(TextField::find(part, *factor.field));
    if (field.codes_are_of_part()) {
        return invalid_input(fmt::format("{} groups no units", factor.field->name));
    }
    return each_unit([field](const UnitSeen& unit) {
        return static_cast<double>(code_of(field, unit.customer, unit.rows.front()));
    });
}

double to_number(std::string_view text) {
    double number = 0;
    const auto [stop, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    const bool whole = fault == std::errc() && stop == text.data() + text.size();
    return whole && std::isfinite(number) ? number : missing;
}

Result<Reader> number_in_text(const Part& part, const Factor& factor) {
    const TextField field = TRY(TextField::find(part, *factor.field));
    std::vector<double> numbers;
    for (Code code = 0; code < field.texts().size(); ++code) {
        const double number = to_number(field.texts().text(code));
        numbers.push_back(factor.zero_missing && number == 0 ? missing : number);
    }
    if (field.is_of_customers()) {
        return each_unit([field, numbers = std::move(numbers)](const UnitSeen& unit) {
            return numbers[field.of_customer(unit.customer)];
        });
    }
    return mean_of_rows(
        [field, numbers = std::move(numbers)](Row row) { return numbers[code_of(field, 0, row)]; });
}

/// `numbers`: what an answer is read as, by its code; NaN where it is not read.
template <typename Place>
Reader answers_at(const Part& part, std::vector<double> numbers, Place is_place) {
    return mean_of_rows(
        [&part, numbers = std::move(numbers), is_place = std::move(is_place)](Row row) {
            const auto code = part.answer.code_at(row);
            return code && is_place(part.touchpoint[row]) ? numbers[*code] : missing;
        });
}

Reader answers_on_scale(const Part& part, const Factor& factor) {
    std::vector<double> numbers;
    for (const Answer& answer : part.answers) {
        const bool on_scale = part.scales.text(answer.scale) == factor.name;
        numbers.push_back(on_scale ? answer.score : missing);
    }
    return answers_at(part,
                      std::move(numbers),
                      [places = CodeSet(part.touchpoints, factor.touchpoints),
                       anywhere = factor.touchpoints.empty()](Code touchpoint) {
                          return anywhere || places.contains(touchpoint);
                      });
}

Reader unit_experience(const Part& part) {
    std::vector<double> numbers;
    for (const Answer& answer : part.answers) {
        numbers.push_back(answer.placed ? from_fixed(answer.experience) : missing);
    }
    return answers_at(part, std::move(numbers), [](Code) { return true; });
}

Reader promises_kept(const Part& part, const MetricRule& rule) {
    return each_unit(
        [&part, wanted = rule.promises, judge = PromiseJudge(*part.blueprint, part.latest_time)](
            const UnitSeen& unit) {
            double kept = 0;
            double decided = 0;
            for (const Row row : unit.rows) {
                for (const PromiseMade made : part.promises.made_at(row)) {
                    const auto outcome = judge.outcome(made);
                    const bool is_kept = outcome == question::PromiseOutcome::Kept;
                    const bool counts = wanted[made.promise] != 0 &&
                                        (is_kept || outcome == question::PromiseOutcome::Late ||
                                         outcome == question::PromiseOutcome::Broken);
                    kept += counts && is_kept ? 1 : 0;
                    decided += counts ? 1 : 0;
                }
            }
            return decided > 0 ? kept / decided : missing;
        });
}

Reader of_metric(const Part& part, const MetricRule& rule) {
    switch (rule.reads) {
        case MetricRule::Reads::Promises: return promises_kept(part, rule);
        case MetricRule::Reads::Contacts:
            return each_unit(
                [&part, contacts = ContactTable(part.facts, rule.places)](const UnitSeen& unit) {
                    return static_cast<double>(std::ranges::count_if(unit.rows, [&](Row row) {
                        return contacts.is_contact(part.touchpoint[row], part.channel[row]);
                    }));
                });
        case MetricRule::Reads::Episodes:
            return each_unit([](const UnitSeen& unit) {
                switch (unit.status) {
                    case question::EpisodeStatus::Completed: return 1.0;
                    case question::EpisodeStatus::Abandoned: return 0.0;
                    case question::EpisodeStatus::Open: break;
                }
                return missing;
            });
        case MetricRule::Reads::Scores: break;
    }
    std::vector<double> numbers;
    for (std::size_t code = 0; code < rule.answers.size(); ++code) {
        numbers.push_back(rule.answers[code] != 0 ? rule.numbers[code] : missing);
    }
    return answers_at(part, std::move(numbers), [places = rule.places](Code touchpoint) {
        return places[touchpoint] != 0;
    });
}

/// The sum of a column of numbers, in units of `divisor`.
Reader sum_of(const NumberColumn& column, double divisor) {
    return each_unit([&column, divisor](const UnitSeen& unit) {
        double sum = 0;
        for (const Row row : unit.rows) {
            sum += column.at(row).value_or(0);
        }
        return sum / divisor;
    });
}

}  // namespace

std::optional<std::size_t> FactorReader::reads_up_to(std::span<const Row> /*rows*/) const {
    return std::nullopt;
}

Result<Reader> make_factor_reader(const Part& part, const Factor& factor,
                                  const question::Unit& per) {
    constexpr double seconds_per_minute = 60;
    switch (factor.of) {
        case FactorOf::Count: return count_at(part, factor);
        case FactorOf::If: return holds(part, factor);
        case FactorOf::Encounters:
            return each_unit(
                [](const UnitSeen& unit) { return static_cast<double>(unit.rows.size()); });
        case FactorOf::Lasts:
            return each_unit([&part](const UnitSeen& unit) {
                return static_cast<double>(part.time[unit.rows.back()] -
                                           part.time[unit.rows.front()]) /
                       milliseconds_per_hour;
            });
        case FactorOf::Wait: return wait_between(part, factor);
        case FactorOf::Late:
        case FactorOf::Early: return slack(part, factor);
        case FactorOf::Switches: return changes_of_channel(part, factor);
        case FactorOf::Repeats: return contacts_again(part, factor);
        case FactorOf::Distinct: return distinct(part, factor);
        case FactorOf::Duration: return sum_of(part.duration_seconds, seconds_per_minute);
        case FactorOf::Value: return sum_of(part.value, 1);
        case FactorOf::Mean: return answers_on_scale(part, factor);
        case FactorOf::Number: return number_in_text(part, factor);
        case FactorOf::Category: return category(part, factor);
        case FactorOf::Experienced: return unit_experience(part);
        case FactorOf::Metric: break;
    }
    question::Question of_metric_alone;
    of_metric_alone.metric = factor.name;
    of_metric_alone.per = per;
    const MetricRule rule = TRY(MetricRule::make(part, of_metric_alone));
    if (rule.per != per) {
        return invalid_input(
            fmt::format("metric \"{}\" counts episodes of \"{}\": ask it per that "
                        "journey",
                        factor.name,
                        rule.per.journey));
    }
    return of_metric(part, rule);
}

}  // namespace kokemus::timeline
