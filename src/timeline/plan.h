#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/result.h"
#include "question/counts.h"
#include "question/question.h"
#include "timeline/block.h"
#include "timeline/marked_block.h"
#include "timeline/predicate.h"
#include "timeline/timeline.h"
#include "timeline/unit_former.h"

namespace kokemus::timeline {

/// A question made ready for one part: which units there are and which of their encounters count.
struct PartPlan {
    const Part& part;
    UnitFormer units;
    PredicatePtr where;  ///< nullptr: every encounter counts
    /// Of units; nullptr: every unit. Judged on the encounters that `where` leaves.
    PredicatePtr having;
};

/// A question made ready for every part of a timeline, which must outlive it. Const and thread
/// safe.
struct Plan {
    const Timeline& timeline;
    std::vector<PartPlan> parts;  ///< as those of the timeline

    /// Fails as the compiled parts do: an unknown journey, a field that is not there.
    static Result<Plan> make(const Timeline& timeline, const question::Question& question);
    static Result<Plan> make(const Timeline& timeline, const question::Question& question,
                             const question::Unit& per);

    /// Nothing is left out.
    bool takes_everything() const;
};

/// What was looked at, counted block by block.
class PopulationCount {
public:
    PopulationCount() = default;

    /// Of a question that leaves nothing out, so that no times need to be read.
    explicit PopulationCount(const Shared& everything)
        : bounds_known_(true),
          first_(everything.first_time),
          latest_(everything.latest_time) {}

    /// A block of which everything counts.
    void add(const Part& part, const Block& block);

    /// The rows that count of a block, at 2 ns a unit; false when there are none.
    bool add(const Part& part, const MarkedBlock& marked);

    void add_without_unit(std::uint64_t encounters) { without_unit_ += encounters; }
    void merge(const PopulationCount& other);
    question::Population population() const;

    bool empty() const { return encounters_ == 0; }
    std::int64_t first() const { return first_; }
    std::int64_t latest() const { return latest_; }

private:
    bool bounds_are_known(const Part& part, const Block& block) const;
    void count_units(const MarkedBlock& marked);
    void count_listed_units(const MarkedBlock& marked);

    bool bounds_known_ = false;
    std::uint64_t encounters_ = 0, units_ = 0, customers_ = 0, without_unit_ = 0;
    std::int64_t first_ = INT64_MAX;
    std::int64_t latest_ = INT64_MIN;
};

/// Gives out the blocks of a range of a part's customers, filtered. One per worker; keeps its
/// buffers from range to range.
class BlockReader {
public:
    explicit BlockReader(const PartPlan& plan)
        : plan_(&plan),
          filter_(plan.part, plan.where.get(), plan.having.get()) {}

    /// Calls `use(block)` with the units of the customers [from, to) that live in this part and
    /// have an encounter that counts, and only with those encounters.
    template <typename Use>
    void read(Code from, Code to, PopulationCount& population, const Use& use) {
        form(from, to, population, [&](const Block& formed) {
            const Block& block = filter_.keep(formed);
            if (block.units() > 0) {
                population.add(plan_->part, block);
                use(block);
            }
        });
    }

    /// Calls `use(marked)` with all units of those customers and bits for the encounters that
    /// count, if there are any.
    template <typename Use>
    void mark(Code from, Code to, PopulationCount& population, const Use& use) {
        form(from, to, population, [&](const Block& formed) {
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
    void form(Code from, Code to, PopulationCount& population, const Use& use) {
        const auto offsets = plan_->part.customer_offsets.span();
        const bool whole = plan_->units.takes_whole_customers() && plan_->part.gone.empty();
        while (from < to) {
            Code end = from + 1;
            while (end < to && offsets[end] - offsets[from] < block_rows) {
                ++end;
            }
            if (whole) {
                formed_.add_customers(offsets, from, end);
            } else {
                form_each(from, end, population);
            }
            if (formed_.units() > 0) {
                use(formed_);
                formed_.clear();
            }
            from = end;
        }
    }

    void form_each(Code from, Code to, PopulationCount& population) {
        for (Code customer = from; customer < to; ++customer) {
            if (!plan_->part.is_gone(customer)) {
                population.add_without_unit(plan_->units.form(customer, formed_));
            }
        }
    }

    const PartPlan* plan_;
    BlockFilter filter_;
    Block formed_;
};

/// Customers of one part that one worker takes at a time: about 64 thousand encounters.
struct PartChunk {
    std::size_t part = 0;
    Code from = 0;
    Code to = 0;
};

/// All customers of all parts.
std::vector<PartChunk> chunks_of(const Timeline& timeline);

/// A counter that may go on from one part to another: what it counts by are codes that all parts
/// share. Others are made anew for each part.
template <typename Counter>
concept GoesOn = requires(Counter counter, const Part& part) {
    counter.enter(part);
};

/// Runs over all customers of the plan on every worker. Each worker fills a counter of its own (for
/// each part it meets, where counters do not go on), made by `make(part)`, through `count(reader,
/// chunk, population, counter)`; in the end they are put together by `merge`, which must not depend
/// on the order: counters are integers, by codes that all parts share.
template <typename Make, typename Count>
auto count_chunks(const Plan& plan, const Make& make, const Count& count) {
    using Counter = decltype(make(plan.timeline.parts.front()));
    struct Tally {
        Counter counter;
        PopulationCount population;
    };
    const PopulationCount nobody =
        plan.takes_everything() ? PopulationCount(plan.timeline) : PopulationCount();
    const std::size_t parts = plan.parts.size();
    std::vector<std::unique_ptr<BlockReader>> readers(worker_count() * parts);
    std::vector<std::unique_ptr<Tally>> tallies(worker_count() * (GoesOn<Counter> ? 1 : parts));
    const auto chunks = chunks_of(plan.timeline);
    for_each_chunk_plain(chunks.size(), 1, [&](const Chunk& taken) {
        const PartChunk& chunk = chunks[taken.from];
        const PartPlan& part_plan = plan.parts[chunk.part];
        const std::size_t place = taken.worker * parts + chunk.part;
        auto& reader = readers[place];
        if (reader == nullptr) {
            reader = std::make_unique<BlockReader>(part_plan);
        }
        auto& tally = tallies[GoesOn<Counter> ? taken.worker : place];
        if (tally == nullptr) {
            tally.reset(new Tally{make(part_plan.part), nobody});
        }
        if constexpr (GoesOn<Counter>) {
            tally->counter.enter(part_plan.part);
        }
        count(*reader, chunk, tally->population, tally->counter);
    });
    std::erase(tallies, nullptr);
    if (tallies.empty()) {
        return std::pair(make(plan.timeline.parts.front()), PopulationCount());
    }
    for (std::size_t other = 1; other < tallies.size(); ++other) {
        tallies[0]->counter.merge(tallies[other]->counter);
        tallies[0]->population.merge(tallies[other]->population);
        tallies[other].reset();
    }
    return std::pair(std::move(tallies[0]->counter), tallies[0]->population);
}

/// Over blocks of which only units and rows that count are left: `counter.add(block)`.
template <typename Make>
auto count_blocks(const Plan& plan, const Make& make) {
    return count_chunks(plan,
                        make,
                        [](BlockReader& reader,
                           const PartChunk& chunk,
                           PopulationCount& population,
                           auto& counter) {
                            reader.read(chunk.from, chunk.to, population, [&](const Block& block) {
                                counter.add(block);
                            });
                        });
}

/// Over blocks with bits for the rows that count, which is quicker for what single encounters have:
/// `counter.add(marked)`.
template <typename Make>
auto count_marked(const Plan& plan, const Make& make) {
    return count_chunks(plan,
                        make,
                        [](BlockReader& reader,
                           const PartChunk& chunk,
                           PopulationCount& population,
                           auto& counter) {
                            reader.mark(
                                chunk.from, chunk.to, population, [&](const MarkedBlock& marked) {
                                    counter.add(marked);
                                });
                        });
}

}  // namespace kokemus::timeline
