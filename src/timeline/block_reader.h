#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "timeline/block.h"
#include "timeline/marked_block.h"
#include "timeline/plan.h"
#include "timeline/population_count.h"

namespace kokemus::timeline {

/// Customers of one part that one worker takes at a time: about 64 thousand encounters.
struct PartChunk {
    std::size_t part = 0;             ///< its place in the timeline
    Code from = 0;                    ///< customers [from, to)
    Code to = 0;                      ///< not used where `only` is
    const RowSet* without = nullptr;  ///< customers who are left out
    std::span<const Code> only = {};  ///< just these, ascending, wherever they live
};

/// All customers of a part, whether or not they live there, but for those in `without`.
std::vector<PartChunk> chunks_of(const Part& part, std::size_t place, const RowSet& without);

/// Gives out the blocks of chunks of one part, filtered. One per worker; keeps its buffers from
/// chunk to chunk.
class BlockReader {
public:
    explicit BlockReader(const PartPlan& plan)
        : plan_(&plan),
          filter_(plan.part, plan.where.get(), plan.having.get()) {}

    /// Calls `use(block)` with the units that have an encounter that counts, and only with those
    /// encounters.
    template <typename Use>
    void read(const PartChunk& chunk, PopulationCount& population, const Use& use) {
        form(chunk, population, [&](const Block& formed) {
            const Block& block = filter_.keep(formed);
            if (block.units() > 0) {
                population.add(plan_->part, block);
                use(block);
            }
        });
    }

    /// Calls `use(marked)` with all units and bits for the encounters that count, if there are any.
    template <typename Use>
    void mark(const PartChunk& chunk, PopulationCount& population, const Use& use) {
        form(chunk, population, [&](const Block& formed) {
            const MarkedBlock marked = filter_.mark(formed);
            if (population.add(plan_->part, marked)) {
                use(marked);
            }
        });
    }

private:
    /// Rows of a block's customers, so that bits and codes of them stay in the cache.
    static constexpr std::size_t block_rows = 1U << 11U;

    template <typename Use>
    void form(const PartChunk& chunk, PopulationCount& population, const Use& use) {
        const auto use_formed = [&] {
            if (formed_.units() > 0) {
                use(formed_);
                formed_.clear();
            }
        };
        if (!chunk.only.empty()) {
            for (std::size_t first = 0; first < chunk.only.size();) {
                first = form_listed(chunk.only, first, population);
                use_formed();
            }
            return;
        }
        for (Code from = chunk.from; from < chunk.to;) {
            const Code end = end_of_block(from, chunk.to);
            form_range(from, end, chunk.without, population);
            use_formed();
            from = end;
        }
    }

    Code end_of_block(Code from, Code to) const;
    void form_range(Code from, Code to, const RowSet* without, PopulationCount& population);

    /// The next block of listed customers from `first` on; the place behind them.
    std::size_t form_listed(std::span<const Code> listed, std::size_t first,
                            PopulationCount& population);

    const PartPlan* plan_;
    BlockFilter filter_;
    Block formed_;
};

}  // namespace kokemus::timeline
