#include "timeline/unit_table.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <numeric>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "base/parallel.h"
#include "timeline/count_parts.h"
#include "timeline/factor_reader.h"
#include "timeline/text_field.h"

namespace kokemus::timeline {
namespace {

using question::TableWish;
using question::UnitColumn;
using question::UnitTable;
using Readers = std::vector<std::unique_ptr<const FactorReader>>;

/// Where a row stands among all.
struct RowKey {
    std::uint64_t customer = 0;  ///< hash of the name
    std::uint32_t place = 0;     ///< among the units of the customer
    std::int64_t start = 0;

    friend auto operator<=>(const RowKey&, const RowKey&) = default;
};

/// Every second customer has a level of at least 1, every fourth of at least 2...
std::size_t level_of(std::uint64_t hash) {
    constexpr std::size_t highest = 63;
    return std::min(static_cast<std::size_t>(std::countr_zero(hash)), highest);
}

/// Measures units and keeps their rows, those of customers of at least its level.
class RowKeeper {
public:
    RowKeeper(const Part& part, const Readers& readers, const TableWish& wish)
        : part_(&part),
          readers_(&readers),
          wish_(&wish) {}

    void add(const Block& block) {
        const std::size_t units = block.units();
        outcome_.resize(units);
        if (wish_->outcome) {
            readers_->at(*wish_->outcome)->read(block, scratch_, outcome_);
        }
        const std::size_t before = keys_.size();
        place_units(block);
        if (keys_.size() == before) {
            return;
        }
        const Block& measured = measured_part(block);
        const std::size_t width = wish_->columns.size();
        rows_.resize(keys_.size() * width);
        column_.resize(measured.units());
        for (std::size_t column = 0; column < width; ++column) {
            readers_->at(column)->read(measured, scratch_, column_);
            for (std::size_t row = 0; row < column_.size(); ++row) {
                rows_[(before + row) * width + column] = column_[row];
            }
        }
        draw();
    }

    void merge(const RowKeeper& other) {
        keys_.insert(keys_.end(), other.keys_.begin(), other.keys_.end());
        rows_.insert(rows_.end(), other.rows_.begin(), other.rows_.end());
        with_outcome_ += other.with_outcome_;
        level_ = std::max(level_, other.level_);
        leave_out_below_level();
        draw();
    }

    void finish(UnitTable& table);

private:
    /// Chooses the units of a block that have a row, and says where they stand.
    void place_units(const Block& block) {
        chosen_.assign(block.units(), 0);
        std::uint32_t place = 0;
        Code hashed = none;  // the customer whose hash is known
        std::uint64_t hash = 0;
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const Code customer = block.customers[unit];
            const bool same = unit > 0 && customer == block.customers[unit - 1];
            place = same ? place + 1 : 0;
            if (wish_->outcome && std::isnan(outcome_[unit])) {
                continue;
            }
            ++with_outcome_;
            if (hashed != customer) {
                hashed = customer;
                hash = hash64(part_->customers.text(customer));
            }
            if (level_of(hash) >= level_) {
                chosen_[unit] = 1;
                keys_.push_back(RowKey{hash, place, part_->time[block.first(unit)]});
            }
        }
    }

    /// The units chosen, each up to where the outcome was last read.
    const Block& measured_part(const Block& block) {
        const FactorReader* outcome =
            wish_->outcome ? readers_->at(*wish_->outcome).get() : nullptr;
        kept_.list_units(block, [&](std::size_t unit, Row* out) {
            if (chosen_[unit] == 0) {
                return out;
            }
            const auto rows = block.unit(unit);
            const auto end = outcome != nullptr ? outcome->reads_up_to(rows) : std::nullopt;
            return std::copy_n(rows.begin(), end.value_or(rows.size()), out);
        });
        return kept_;
    }

    /// Raises the level until there are no more rows than wished for.
    void draw() {
        if (keys_.size() <= wish_->rows_max) {
            return;
        }
        std::array<std::size_t, 64> at_level{};
        for (const RowKey& key : keys_) {
            ++at_level[level_of(key.customer)];
        }
        std::size_t kept = keys_.size();
        while (kept > wish_->rows_max && level_ < at_level.size()) {
            kept -= at_level[level_];
            ++level_;
        }
        leave_out_below_level();
    }

    void leave_out_below_level() {
        const std::size_t width = wish_->columns.size();
        std::size_t kept = 0;
        for (std::size_t row = 0; row < keys_.size(); ++row) {
            if (level_of(keys_[row].customer) < level_) {
                continue;
            }
            if (kept != row) {
                keys_[kept] = keys_[row];
                std::copy_n(rows_.begin() + static_cast<std::ptrdiff_t>(row * width),
                            width,
                            rows_.begin() + static_cast<std::ptrdiff_t>(kept * width));
            }
            ++kept;
        }
        keys_.resize(kept);
        rows_.resize(kept * width);
    }

    const Part* part_;
    const Readers* readers_;
    const TableWish* wish_;
    std::vector<RowKey> keys_;
    std::vector<double> rows_;  ///< as many numbers for each key as there are columns
    std::uint64_t with_outcome_ = 0;
    std::size_t level_ = 0;
    FactorScratch scratch_;
    std::vector<double> outcome_, column_;
    std::vector<std::uint8_t> chosen_;  ///< of the units of the present block
    Block kept_;
};

void RowKeeper::finish(UnitTable& table) {
    std::vector<std::uint32_t> order(keys_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [this](std::uint32_t row) { return keys_[row]; });
    for (const std::uint32_t row : order) {
        table.customers.push_back(keys_[row].customer);
        table.starts.push_back(keys_[row].start);
    }
    const std::size_t width = wish_->columns.size();
    table.columns.resize(width);
    for_each_chunk_plain(width, 1, [&](const Chunk& chunk) {
        auto& numbers = table.columns[chunk.from].numbers;
        numbers.reserve(order.size());
        for (const std::uint32_t row : order) {
            numbers.push_back(rows_[row * width + chunk.from]);
        }
    });
    table.with_outcome = with_outcome_;
    table.one_of = std::uint64_t{1} << std::min<std::size_t>(level_, 63);
}

/// Puts texts in the place of codes.
void name_categories(const Dictionary& texts, UnitColumn& column) {
    std::vector<std::uint32_t> place_of(texts.size(), 0);
    std::vector<Code> used;
    for (const double number : column.numbers) {
        const auto code = static_cast<Code>(number);
        if (place_of[code]++ == 0) {
            used.push_back(code);
        }
    }
    std::ranges::sort(used, {}, [&](Code code) { return texts.text(code); });
    for (const Code code : used) {
        place_of[code] = static_cast<std::uint32_t>(column.texts.size());
        column.texts.push_back(texts.string(code));
    }
    for (const double number : column.numbers) {
        column.codes.push_back(place_of[static_cast<Code>(number)]);
    }
    column.numbers = {};
}

}  // namespace

Result<UnitTable> make_unit_table(const Timeline& timeline, const question::Question& question,
                                  const TableWish& wish) {
    const Plan plan = TRY(Plan::make(timeline, question));
    std::vector<Readers> readers;
    for (const Part& part : timeline.parts) {
        Readers& of_part = readers.emplace_back();
        for (const question::Factor& factor : wish.columns) {
            of_part.push_back(TRY(make_factor_reader(part, factor, question.per)));
        }
    }
    auto [keeper, population] = count_blocks(plan, [&](const Part& part) {
        return RowKeeper(part, readers[timeline.place_of(part)], wish);
    });
    UnitTable table;
    table.population = population.population();
    keeper.finish(table);
    for (std::size_t column = 0; column < wish.columns.size(); ++column) {
        if (wish.columns[column].is_category()) {
            const TextField field =
                TRY(TextField::find(timeline.parts.front(), *wish.columns[column].field));
            name_categories(field.texts(), table.columns[column]);
        }
    }
    return table;
}

}  // namespace kokemus::timeline
