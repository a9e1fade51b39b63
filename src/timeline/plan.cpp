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
        }
        plan.parts.push_back(std::move(of_part));
    }
    return plan;
}

void PopulationCount::add(const Part& part, const Block& block) {
    encounters_ += block.size();
    units_ += block.units();
    Code customer = none;
    for (const Code next : block.customers) {
        customers_ += next != customer ? 1 : 0;
        customer = next;
    }
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        first_ = std::min(first_, part.time[block.first(unit)]);
        latest_ = std::max(latest_, part.time[block.last(unit)]);
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

namespace {

/// The rows of `block` that the mask lets through; units left without any drop out.
void keep_rows(const Block& block, Mask mask, Block& kept) {
    kept.clear();
    const auto rows = block.rows();
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        for (std::size_t i = block.offsets[unit]; i < block.offsets[unit + 1]; ++i) {
            if (mask[i] != 0) {
                kept.add_row(rows[i]);
            }
        }
        if (kept.has_open_unit()) {
            kept.close_unit(block.customers[unit], block.statuses[unit]);
        }
    }
}

/// The units of `block` that the mask lets any row of through, whole.
void keep_units(const Block& block, Mask mask, Block& kept) {
    kept.clear();
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const std::size_t from = block.offsets[unit];
        if (std::ranges::count(mask.subspan(from, block.offsets[unit + 1] - from), 1) == 0) {
            continue;
        }
        if (!block.starts().empty()) {
            kept.add_range(block.first(unit),
                           block.last(unit) + 1,
                           block.customers[unit],
                           block.statuses[unit]);
        } else {
            kept.add_rows(block.unit(unit));
            kept.close_unit(block.customers[unit], block.statuses[unit]);
        }
    }
}

}  // namespace

const Block& BlockReader::filter() {
    const Block* block = &formed_;
    if (plan_->where != nullptr) {
        mask_.resize(block->size());
        plan_->where->decide(*block, mask_);
        keep_rows(*block, mask_, counted_);
        block = &counted_;
    }
    if (plan_->having != nullptr) {
        mask_.resize(block->size());
        plan_->having->decide(*block, mask_);
        keep_units(*block, mask_, kept_);
        block = &kept_;
    }
    return *block;
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
