#include "timeline/block_reader.h"

#include <algorithm>

namespace kokemus::timeline {

std::vector<PartChunk> chunks_of(const Part& part, std::size_t place, const RowSet& without) {
    constexpr std::size_t rows_per_chunk = 1U << 16U;
    std::vector<PartChunk> chunks;
    const std::size_t customers = part.customer_count();
    const std::size_t rows_per_customer = part.rows() / customers + 1;
    const std::size_t step = std::max<std::size_t>(rows_per_chunk / rows_per_customer, 1);
    for (std::size_t from = 0; from < customers; from += step) {
        chunks.push_back(PartChunk{.part = place,
                                   .from = static_cast<Code>(from),
                                   .to = static_cast<Code>(std::min(from + step, customers)),
                                   .without = &without});
    }
    return chunks;
}

Code BlockReader::end_of_block(Code from, Code to) const {
    const auto offsets = plan_->part.customer_offsets.span();
    Code end = from + 1;
    while (end < to && offsets[end] - offsets[from] < block_rows) {
        ++end;
    }
    return end;
}

void BlockReader::form_range(Code from, Code to, const RowSet* without,
                             PopulationCount& population) {
    const bool all = without == nullptr || !without->contains_any(from, to);
    const bool whole = plan_->units.takes_whole_customers();
    while (from < to) {
        if (!all && without->contains(from)) {
            ++from;
            continue;
        }
        Code end = all && whole ? to : from + 1;
        while (whole && end < to && !without->contains(end)) {
            ++end;
        }
        if (whole) {
            formed_.add_customers(plan_->part.customer_offsets.span(), from, end);
        } else {
            population.add_without_unit(plan_->units.form(from, formed_));
        }
        from = end;
    }
}

std::size_t BlockReader::form_listed(std::span<const Code> listed, std::size_t first,
                                     PopulationCount& population) {
    const auto offsets = plan_->part.customer_offsets.span();
    std::size_t next = first;
    do {
        population.add_without_unit(plan_->units.form(listed[next], formed_));
        ++next;
    } while (next < listed.size() &&
             offsets[listed[next] + 1] - offsets[listed[first]] < block_rows);
    return next;
}

}  // namespace kokemus::timeline
