#include "timeline/predicate_row.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "timeline/code_set.h"
#include "timeline/held_codes.h"
#include "timeline/text_field.h"

namespace kokemus::timeline {
namespace {

using question::Comparison;
using question::Sight;

/// How many codes are compared one by one; more are looked up in a table.
constexpr std::size_t compared_max = 4;

/// Calls `use(op)` with the comparison as a function of two numbers.
template <typename Use>
void with_comparison(Comparison comparison, const Use& use) {
    switch (comparison) {
        case Comparison::Equal: return use([](auto a, auto b) { return a == b; });
        case Comparison::NotEqual: return use([](auto a, auto b) { return a != b; });
        case Comparison::Less: return use([](auto a, auto b) { return a < b; });
        case Comparison::LessOrEqual: return use([](auto a, auto b) { return a <= b; });
        case Comparison::Greater: return use([](auto a, auto b) { return a > b; });
        case Comparison::GreaterOrEqual: return use([](auto a, auto b) { return a >= b; });
    }
}

/// A few codes of a column, compared as vectors: 0.1 ns a row and code.
PredicatePtr equals_few(const CodeColumn& column, const std::vector<Code>& codes, bool negated) {
    std::array<Code, compared_max> wanted{};
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        wanted[i] = codes[std::min(i, codes.size() - 1)];
    }
    const bool one = codes.size() == 1;
    return row_rule(0.2, [&column, wanted, one, negated](const Stretch& stretch, Words rows) {
        column.visit([&](const auto* values) {
            using Width = WidthOf<decltype(values)>;
            const auto a = static_cast<Width>(wanted[0]);
            const auto b = static_cast<Width>(wanted[1]);
            const auto c = static_cast<Width>(wanted[2]);
            const auto d = static_cast<Width>(wanted[3]);
            if (one) {
                narrow_each(stretch, rows, column.size(), [=](std::size_t row) {
                    return (values[row] == a) != negated;
                });
                return;
            }
            narrow_each(stretch, rows, column.size(), [=](std::size_t row) {
                const Width value = values[row];
                return ((value == a) | (value == b) | (value == c) | (value == d)) != negated;
            });
        });
    });
}

/// Any codes of a column, looked up: 0.5 ns a row while the table is in the cache.
PredicatePtr looked_up(const CodeColumn& column, std::vector<std::uint8_t> holds) {
    return row_rule(0.5, [&column, holds = std::move(holds)](const Stretch& stretch, Words rows) {
        column.visit([&](const auto* values) {
            const std::uint8_t* table = holds.data();
            narrow_each(
                stretch, rows, column.size(), [=](std::size_t row) { return table[values[row]]; });
        });
    });
}

/// Bytes, looked up many at a time: 0.05 ns a row.
PredicatePtr found_at_once(const CodeColumn& column, std::vector<std::uint8_t> holds) {
    return row_rule(0.1, [&column, holds = std::move(holds)](const Stretch& stretch, Words rows) {
        const auto* codes = column.visit([](const auto* values) -> const std::uint8_t* {
            if constexpr (sizeof(*values) == 1) {
                return values;
            } else {
                return nullptr;
            }
        });
        std::array<std::uint64_t, 64> found;
        for (std::size_t word = 0; word < rows.size(); word += found.size()) {
            const Words some = rows.subspan(word, std::min(found.size(), rows.size() - word));
            const std::size_t first = stretch.base() + word * 64;
            find_held(holds,
                      codes + first,
                      std::min(some.size() * 64, column.size() - first),
                      Words(found).first(some.size()));
            for (std::size_t i = 0; i < some.size(); ++i) {
                some[i] &= found[i];
            }
        }
    });
}

PredicatePtr all_or_none(bool all) {
    return unit_rule(Sight::Customer, 0, [all](const Judged&, Words units) {
        if (!all) {
            std::ranges::fill(units, 0);
        }
    });
}

/// The codes of the column that stand for one of the wanted of the field. A text that came after
/// the column was laid down may have a code beyond its width; no row has that.
std::vector<Code> column_codes_of(const TextField& field, const CodeSet& wanted) {
    std::vector<Code> codes;
    if (field.is_derived()) {
        for (Code code = 0; code < field.column_codes(); ++code) {
            if (wanted.contains(field.through(code))) {
                codes.push_back(code);
            }
        }
    } else {
        codes = wanted.list();
    }
    field.codes().visit([&](const auto* values) {
        using Width = WidthOf<decltype(values)>;
        std::erase_if(codes, [](Code code) { return code > std::numeric_limits<Width>::max(); });
    });
    return codes;
}

PredicatePtr text_of_rows(const TextField& field, const CodeSet& wanted, bool negated) {
    const std::vector<Code> codes = column_codes_of(field, wanted);
    if (codes.empty()) {
        return all_or_none(negated);
    }
    const bool at_once =
        field.codes().bytes() == field.codes().size() && are_found_at_once(field.column_codes());
    if (codes.size() <= compared_max && !at_once) {
        return equals_few(field.codes(), codes, negated);
    }
    std::vector<std::uint8_t> holds(field.column_codes(), negated ? 1 : 0);
    for (const Code code : codes) {
        holds[code] = negated ? 0 : 1;
    }
    if (at_once) {
        return found_at_once(field.codes(), std::move(holds));
    }
    return looked_up(field.codes(), std::move(holds));
}

/// Looked up for each unit: 1 ns while the texts have a table.
PredicatePtr text_of_customers(const TextField& field, CodeSet wanted, bool negated) {
    return unit_rule(
        Sight::Customer,
        0.1,
        [field, wanted = std::move(wanted), negated](const Judged& judged, Words units) {
            const std::span<const Code> customers = judged.block.customers;
            for (std::size_t word = 0; word < units.size(); ++word) {
                std::uint64_t held = 0;
                const auto some = customers.subspan(
                    word * 64, std::min<std::size_t>(customers.size() - word * 64, 64));
                for (std::size_t i = 0; i < some.size(); ++i) {
                    const bool holds = wanted.contains(field.of_customer(some[i])) != negated;
                    held |= std::uint64_t{holds} << i;
                }
                units[word] &= held;
            }
        });
}

/// Decided once for each distinct answer; absent where there is none.
PredicatePtr text_of_scale(const Part& part, const CodeSet& wanted, bool negated) {
    std::vector<std::uint8_t> differs;
    const bool absent = wanted.contains(0) != negated;
    for (const Answer& answer : part.answers) {
        differs.push_back((wanted.contains(answer.scale) != negated) != absent);
    }
    return row_rule(0.3,
                    [&column = part.answer, differs = std::move(differs), absent](
                        const Stretch& stretch, Words rows) {
                        if (!absent) {
                            narrow_to_members(column.rows(), stretch, rows, [&](std::size_t place) {
                                return differs[column.code(place)] != 0;
                            });
                            return;
                        }
                        for_each_member(
                            column.rows(), stretch, rows, [&](Row row, std::size_t place) {
                                if (differs[column.code(place)] != 0) {
                                    const std::size_t bit = stretch.bit(row);
                                    rows[bit / 64] &= ~(std::uint64_t{1} << bit % 64);
                                }
                            });
                    });
}

/// A score: compared once for each distinct answer.
PredicatePtr score_rule(const Part& part, const question::NumberCondition& condition) {
    std::vector<std::uint8_t> holds;
    for (const Answer& answer : part.answers) {
        holds.push_back(compare(answer.score, condition.comparison, condition.number));
    }
    return row_rule(
        0.3, [&column = part.answer, holds = std::move(holds)](const Stretch& stretch, Words rows) {
            narrow_to_members(column.rows(), stretch, rows, [&](std::size_t place) {
                return holds[column.code(place)] != 0;
            });
        });
}

PredicatePtr number_rule(const NumberColumn& column, const question::NumberCondition& condition) {
    return row_rule(0.3,
                    [&column, comparison = condition.comparison, number = condition.number](
                        const Stretch& stretch, Words rows) {
                        with_comparison(comparison, [&](auto holds) {
                            narrow_to_members(column.rows(), stretch, rows, [&](std::size_t place) {
                                return holds(column.number(place), number);
                            });
                        });
                    });
}

/// When it was, in whole milliseconds, so that any number stands for a span of whole ones.
PredicatePtr time_rule(const TimeColumn& column, const question::NumberCondition& condition) {
    constexpr double bound = 9e15;
    const double number = std::clamp(condition.number, -bound, bound);
    const auto below = static_cast<std::int64_t>(std::ceil(number));   // t < number: t < below
    const auto up_to = static_cast<std::int64_t>(std::floor(number));  // t <= number: t <= up_to
    constexpr std::int64_t least = std::numeric_limits<std::int64_t>::min() / 2;
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max() / 2;
    std::pair<std::int64_t, std::int64_t> span{below, up_to};  // both ends are in it
    switch (condition.comparison) {
        case Comparison::Equal:
        case Comparison::NotEqual: break;
        case Comparison::Less: span = {least, below - 1}; break;
        case Comparison::LessOrEqual: span = {least, up_to}; break;
        case Comparison::Greater: span = {up_to + 1, most}; break;
        case Comparison::GreaterOrEqual: span = {below, most}; break;
    }
    const bool negated = condition.comparison == Comparison::NotEqual;
    return row_rule(0.6, [&column, span, negated](const Stretch& stretch, Words rows) {
        column.visit([&](const auto& times) {
            narrow_each(stretch, rows, column.size(), [&](std::size_t row) {
                const std::int64_t time = times[row];
                return ((time >= span.first) & (time <= span.second)) != negated;
            });
        });
    });
}

}  // namespace

Result<PredicatePtr> compile_row(const question::TextCondition& condition, const Part& part) {
    const auto field = TRY(TextField::find(part, condition.field));
    CodeSet wanted(field.texts(), condition.values);
    switch (field.source()) {
        case TextField::Source::Rows: return text_of_rows(field, wanted, condition.negated);
        case TextField::Source::Scale: return text_of_scale(part, wanted, condition.negated);
        case TextField::Source::Customers:
        case TextField::Source::CustomerName: break;
    }
    return text_of_customers(field, std::move(wanted), condition.negated);
}

Result<PredicatePtr> compile_row(const question::NumberCondition& condition, const Part& part) {
    const auto& name = condition.field.name;
    if (name == "score") {
        return score_rule(part, condition);
    }
    if (name == "time") {
        return time_rule(part.time, condition);
    }
    if (name != "value" && name != "duration") {
        return invalid_input(fmt::format("\"{}\" is not a field with numbers", name));
    }
    return number_rule(name == "value" ? part.value : part.duration_seconds, condition);
}

}  // namespace kokemus::timeline
