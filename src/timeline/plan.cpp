#include "timeline/plan.h"

#include "timeline/full_width.h"

namespace kokemus::timeline {

Result<Plan> Plan::make(const Timeline& timeline, const question::Question& question) {
    return make(timeline, question, question.per);
}

Result<Plan> Plan::make(const Timeline& timeline, const question::Question& question,
                        const question::Unit& per) {
    Plan plan{timeline, {}};
    for (const Part& part : timeline.parts) {
        PartPlan of_part{part, TRY(UnitFormer::make(part, per, question.range)), nullptr, nullptr};
        if (question.where != nullptr) {
            of_part.where = TRY(compile(*question.where, part));
        }
        if (question.having != nullptr) {
            of_part.having = TRY(compile(*question.having, part));
            if (!of_part.having->is_of_units()) {
                of_part.having = has_row(std::move(of_part.having));
            }
        }
        plan.parts.push_back(std::move(of_part));
    }
    return plan;
}

bool Plan::takes_everything() const {
    return std::ranges::all_of(parts, [](const PartPlan& part) {
        return part.where == nullptr && part.having == nullptr &&
               part.units.takes_whole_customers();
    });
}

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
                first_ = std::min(first_, times[block.first(unit)]);
                latest_ = std::max(latest_, times[block.last(unit)]);
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
                first_ = std::min(first_, part.time[ends.first]);
                latest_ = std::max(latest_, part.time[ends.last]);
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
    return part.time.lie_within(rows.first, rows.end, first_, latest_);
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

void PopulationCount::merge(const PopulationCount& other) {
    encounters_ += other.encounters_;
    units_ += other.units_;
    customers_ += other.customers_;
    without_unit_ += other.without_unit_;
    first_ = std::min(first_, other.first_);
    latest_ = std::max(latest_, other.latest_);
}

question::Population PopulationCount::population() const {
    question::Population population{encounters_, units_, customers_, without_unit_, {}, {}};
    if (!empty()) {
        population.first = to_instant(first_);
        population.latest = to_instant(latest_);
    }
    return population;
}

std::vector<PartChunk> chunks_of(const Timeline& timeline) {
    constexpr std::size_t rows_per_chunk = 1U << 16U;
    std::vector<PartChunk> chunks;
    for (std::size_t place = 0; place < timeline.parts.size(); ++place) {
        const std::size_t customers = timeline.parts[place].customer_count();
        const std::size_t rows_per_customer = timeline.parts[place].rows() / customers + 1;
        const std::size_t step = std::max<std::size_t>(rows_per_chunk / rows_per_customer, 1);
        for (std::size_t from = 0; from < customers; from += step) {
            chunks.push_back(PartChunk{place,
                                       static_cast<Code>(from),
                                       static_cast<Code>(std::min(from + step, customers))});
        }
    }
    return chunks;
}

}  // namespace kokemus::timeline
