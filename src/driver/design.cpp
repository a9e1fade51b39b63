#include "driver/design.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include <fmt/format.h>

#include "driver/bounds.h"
#include "driver/independence.h"
#include "question/format.h"

namespace kokemus::driver {
namespace {

using question::Factor;
using question::FactorOf;
using question::UnitColumn;
using question::UnitTable;

bool is_zero_when_missing(const Factor& factor) {
    return factor.of == FactorOf::Late || factor.of == FactorOf::Early;
}

std::uint64_t missing_of(const UnitColumn& column) {
    return static_cast<std::uint64_t>(
        std::ranges::count_if(column.numbers, [](double number) { return std::isnan(number); }));
}

/// Rows whose number is not the most frequent one.
std::uint64_t varying(std::vector<double> numbers) {
    std::ranges::sort(numbers);
    std::size_t longest = 0;
    for (std::size_t from = 0; from < numbers.size();) {
        std::size_t to = from;
        while (to < numbers.size() && numbers[to] == numbers[from]) {
            ++to;
        }
        longest = std::max(longest, to - from);
        from = to;
    }
    return numbers.size() - longest;
}

class DesignMaker {
public:
    DesignMaker(const UnitTable& table, const DesignWish& wish) : table_(table), wish_(wish) {}

    Design make() {
        const std::vector<std::size_t> candidates = with_enough();
        choose_rows(candidates);
        for (const std::size_t place : candidates) {
            Prepared factor = prepare(place);
            if (design_.rows.empty() || !varies(factor)) {
                leave_out(place, LeftOutFor::Constant, constant_words(factor));
                continue;
            }
            design_.factors.push_back(std::move(factor));
        }
        leave_out_what_repeats();
        std::ranges::stable_sort(design_.left_out, {}, &LeftOut::place);
        return std::move(design_);
    }

private:
    const UnitColumn& column(std::size_t place) const {
        return table_.columns[wish_.first_column + place];
    }

    void leave_out(std::size_t place, LeftOutFor reason, std::string words) {
        design_.left_out.push_back(LeftOut{place, reason, std::move(words)});
    }

    /// Factors that are there in enough of the units.
    std::vector<std::size_t> with_enough() {
        std::vector<std::size_t> places;
        const auto all = static_cast<double>(std::max<std::size_t>(table_.rows(), 1));
        for (std::size_t place = 0; place < wish_.factors.size(); ++place) {
            const Factor& factor = wish_.factors[place];
            const std::uint64_t missing = missing_of(column(place));
            const double share = static_cast<double>(missing) / all;
            if (is_zero_when_missing(factor) && missing == table_.rows()) {
                leave_out(place, LeftOutFor::Missing, "no such promise was kept in any unit");
            } else if (!is_zero_when_missing(factor) && share > missing_share_max) {
                leave_out(place,
                          LeftOutFor::Missing,
                          fmt::format("missing in {:.0f} % of the units", 100 * share));
            } else {
                places.push_back(place);
            }
        }
        return places;
    }

    void choose_rows(const std::vector<std::size_t>& candidates) {
        for (std::uint32_t row = 0; row < table_.rows(); ++row) {
            const bool lacks = std::ranges::any_of(candidates, [&](std::size_t place) {
                const auto& numbers = column(place).numbers;
                return !is_zero_when_missing(wish_.factors[place]) && !numbers.empty() &&
                       std::isnan(numbers[row]);
            });
            if (lacks) {
                ++design_.rows_missing;
                continue;
            }
            const std::uint64_t customer = table_.customers[row];
            design_.customer_count +=
                design_.customers.empty() || customer != design_.customers.back() ? 1 : 0;
            design_.rows.push_back(row);
            design_.outcome.push_back(table_.columns[wish_.outcome].numbers[row]);
            design_.customers.push_back(customer);
        }
    }

    Prepared prepare(std::size_t place) const {
        Prepared factor;
        factor.place = place;
        if (wish_.factors[place].is_category()) {
            add_values(factor);
            return factor;
        }
        factor.missing = missing_of(column(place));
        factor.missing_as_zero = is_zero_when_missing(wish_.factors[place]) && factor.missing > 0;
        Column& numbers = factor.columns.emplace_back();
        numbers.numbers.reserve(design_.rows.size());
        for (const std::uint32_t row : design_.rows) {
            const double number = column(place).numbers[row];
            numbers.numbers.push_back(std::isnan(number) ? 0 : number);
        }
        return factor;
    }

    /// A column for each frequent value but the most frequent, and one for all the rest.
    void add_values(Prepared& factor) const {
        const UnitColumn& texts = column(factor.place);
        std::vector<std::uint64_t> count(texts.texts.size());
        for (const std::uint32_t row : design_.rows) {
            ++count[texts.codes[row]];
        }
        std::vector<std::uint32_t> by_count;
        for (std::uint32_t code = 0; code < count.size(); ++code) {
            by_count.push_back(code);
        }
        std::ranges::stable_sort(
            by_count, [&](std::uint32_t a, std::uint32_t b) { return count[a] > count[b]; });
        std::vector<std::size_t> column_of(count.size(), none);
        std::size_t last = 0;
        for (std::size_t i = 0; i < by_count.size(); ++i) {
            const std::uint32_t code = by_count[i];
            const bool frequent = i < values_max && count[code] >= varying_rows_min;
            if (i == 0) {
                factor.usual_value = texts.texts[code];
            } else if (frequent) {
                column_of[code] = factor.columns.size();
                factor.columns.push_back(Column{shown(texts.texts[code]), {}});
                last = factor.columns.size();
            } else if (count[code] > 0) {
                column_of[code] = last;
            }
        }
        const bool others = std::ranges::count(column_of, last) > 0;
        if (others) {
            factor.columns.push_back(Column{"other", {}});
        }
        for (std::size_t i = 0; i < factor.columns.size(); ++i) {
            auto& numbers = factor.columns[i].numbers;
            numbers.reserve(design_.rows.size());
            for (const std::uint32_t row : design_.rows) {
                numbers.push_back(column_of[texts.codes[row]] == i ? 1 : 0);
            }
        }
        std::erase_if(factor.columns,
                      [](const Column& each) { return varying(each.numbers) < varying_rows_min; });
    }

    static std::string shown(const std::string& text) {
        return text.empty() ? "(none given)" : text;
    }

    static bool varies(const Prepared& factor) {
        return !factor.columns.empty() &&
               std::ranges::all_of(factor.columns, [](const Column& each) {
                   return varying(each.numbers) >= varying_rows_min;
               });
    }

    static std::string constant_words(const Prepared& factor) {
        if (factor.columns.empty() || factor.columns.front().numbers.empty()) {
            return "it is the same in all units";
        }
        const std::uint64_t units = varying(factor.columns.front().numbers);
        return units == 0
                   ? std::string("it is the same in all units")
                   : fmt::format("it differs in {} unit{} only", units, units == 1 ? "" : "s");
    }

    void leave_out_what_repeats() {
        IndependentColumns independent(design_.outcome);
        for (Prepared& factor : design_.factors) {
            factor.alone = independent.alone(factor.columns);
        }
        if (wish_.strongest_first) {
            std::ranges::stable_sort(design_.factors, [](const Prepared& a, const Prepared& b) {
                return a.alone > b.alone;
            });
        }
        std::vector<Prepared> kept;
        for (Prepared& factor : design_.factors) {
            if (kept.size() == wish_.factors_max) {
                leave_out(factor.place, LeftOutFor::TooMany, too_many_words());
                continue;
            }
            const auto joined = independent.join(factor.columns);
            if (joined.independent) {
                kept.push_back(std::move(factor));
                continue;
            }
            leave_out(factor.place,
                      joined.varies ? LeftOutFor::Repeats : LeftOutFor::Constant,
                      joined.varies ? repeats_words(joined, kept)
                                    : std::string("it is the same in nearly all units"));
        }
        design_.factors = std::move(kept);
    }

    std::string too_many_words() const {
        return wish_.strongest_first
                   ? fmt::format("{} others explain more by themselves", wish_.factors_max)
                   : fmt::format("there are {} before it, and no more can be told apart",
                                 wish_.factors_max);
    }

    std::string repeats_words(const IndependentColumns::Joined& joined,
                              const std::vector<Prepared>& kept) const {
        if (joined.nearest == none || std::abs(joined.nearest_correlation) < 0.99) {
            return "it follows from the others together";
        }
        std::size_t columns = 0;
        for (const Prepared& factor : kept) {
            columns += factor.columns.size();
            if (joined.nearest < columns) {
                return fmt::format("it says the same as {}",
                                   question::format(wish_.factors[factor.place]));
            }
        }
        return "it follows from the others together";
    }

    static constexpr std::size_t none = IndependentColumns::none;

    const UnitTable& table_;
    const DesignWish& wish_;
    Design design_;
};

}  // namespace

std::size_t Design::columns() const {
    std::size_t count = 0;
    for (const Prepared& factor : factors) {
        count += factor.columns.size();
    }
    return count;
}

Design make_design(const UnitTable& table, const DesignWish& wish) {
    return DesignMaker(table, wish).make();
}

}  // namespace kokemus::driver
