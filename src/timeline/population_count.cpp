#include "timeline/population_count.h"

#include "timeline/full_width.h"

namespace kokemus::timeline {

void PopulationCount::add(const Part& part, const Block& block) {
    encounters_ += block.size();
    units_ += block.units();
    Code customer = none;
    for (const Code next : block.customers) {
        customers_ += next != customer ? 1 : 0;
        customer = next;
    }
    if (!bounds_are_known(part, block)) {
        part.time.visit([&](const auto& times) {
            for (std::size_t unit = 0; unit < block.units(); ++unit) {
                bounds_.add(TimeBounds{times[block.first(unit)], times[block.last(unit)]});
            }
        });
    }
}

bool PopulationCount::add(const Part& part, const MarkedBlock& marked) {
    if (marked.whole) {
        add(part, marked.block);
        return true;
    }
    const std::uint64_t before = encounters_;
    if (marked.block.starts().empty()) {
        count_listed_units(marked);
    } else {
        count_units(marked);
    }
    if (encounters_ == before) {
        return false;
    }
    if (!bounds_are_known(part, marked.block)) {
        for (std::size_t unit = 0; unit < marked.block.units(); ++unit) {
            const UnitEnds ends = ends_of(marked, unit);
            if (ends.first != none) {
                bounds_.add(TimeBounds{part.time[ends.first], part.time[ends.last]});
            }
        }
    }
    return true;
}

/// Seldom are they not: the least and the greatest time so far soon come near those of all rows.
bool PopulationCount::bounds_are_known(const Part& part, const Block& block) const {
    if (bounds_known_) {
        return true;
    }
    const Stretch rows = stretch_of(block, part);
    return part.time.lie_within(rows.first, rows.end, bounds_.first, bounds_.latest);
}

void PopulationCount::count_units(const MarkedBlock& marked) {
    const Block& block = marked.block;
    const Row base = marked.stretch.base();
    at_full_width([&] {
        Code customer = none;
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const std::size_t first = block.starts()[unit] - base;
            const std::size_t length = block.offsets[unit + 1] - block.offsets[unit];
            const std::size_t rows = count_bits(marked.rows, first, first + length);
            encounters_ += rows;
            units_ += rows > 0 ? 1 : 0;
            customers_ += rows > 0 && block.customers[unit] != customer ? 1 : 0;
            customer = rows > 0 ? block.customers[unit] : customer;
        }
    });
}

void PopulationCount::count_listed_units(const MarkedBlock& marked) {
    Code customer = none;
    for (std::size_t unit = 0; unit < marked.block.units(); ++unit) {
        const std::uint64_t before = encounters_;
        marked.for_each_row(unit, [&](Row) { ++encounters_; });
        if (encounters_ > before) {
            ++units_;
            customers_ += marked.block.customers[unit] != customer ? 1 : 0;
            customer = marked.block.customers[unit];
        }
    }
}

void PopulationCount::merge(const PopulationCount& other, Sign sign) {
    encounters_ += with_sign(sign, other.encounters_);
    units_ += with_sign(sign, other.units_);
    customers_ += with_sign(sign, other.customers_);
    without_unit_ += with_sign(sign, other.without_unit_);
    if (sign == Sign::Plus) {
        widen(other.bounds_);
    }
}

void PopulationCount::widen(const TimeBounds& bounds) {
    if (!bounds_known_) {
        bounds_.add(bounds);
    }
}

question::Population PopulationCount::population() const {
    question::Population population{encounters_, units_, customers_, without_unit_, {}, {}};
    if (!empty()) {
        population.first = to_instant(bounds_.first);
        population.latest = to_instant(bounds_.latest);
    }
    return population;
}

}  // namespace kokemus::timeline
