#include "timeline/plan.h"

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
    if (bounds_known_) {
        return;
    }
    part.time.visit([&](const auto& times) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            first_ = std::min(first_, times[block.first(unit)]);
            latest_ = std::max(latest_, times[block.last(unit)]);
        }
    });
}

bool PopulationCount::add(const Part& part, const MarkedBlock& marked) {
    const Block& block = marked.block;
    if (marked.whole) {
        add(part, block);
        return true;
    }
    const std::uint64_t before = units_;
    encounters_ += count_bits(marked.rows);
    Code customer = none;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const UnitEnds ends = ends_of(marked, unit);
        if (ends.first == none) {
            continue;
        }
        ++units_;
        customers_ += block.customers[unit] != customer ? 1 : 0;
        customer = block.customers[unit];
        first_ = std::min(first_, part.time[ends.first]);
        latest_ = std::max(latest_, part.time[ends.last]);
    }
    return units_ != before;
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
