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
#include "timeline/predicate.h"
#include "timeline/timeline.h"
#include "timeline/unit_former.h"

namespace kokemus::timeline {

/// A question made ready for one timeline: which units there are and which of their encounters
/// count. Const and thread safe; the timeline must outlive it.
struct Plan {
    const Timeline& timeline;
    UnitFormer units;
    PredicatePtr where;   ///< nullptr: every encounter counts
    PredicatePtr having;  ///< nullptr: every unit; judged on the encounters that `where` leaves

    /// Fails as the compiled parts do: an unknown journey, a field that is not there.
    static Result<Plan> make(const Timeline& timeline, const question::Question& question);
    static Result<Plan> make(const Timeline& timeline, const question::Question& question,
                             const question::Unit& per);
};

/// What was looked at, counted block by block.
class PopulationCount {
public:
    void add(const Timeline& timeline, const Block& block);
    void add_without_unit(std::uint64_t encounters) { without_unit_ += encounters; }
    void merge(const PopulationCount& other);
    question::Population population() const;

    bool empty() const { return encounters_ == 0; }
    std::int64_t first() const { return first_; }
    std::int64_t latest() const { return latest_; }

private:
    std::uint64_t encounters_ = 0, units_ = 0, customers_ = 0, without_unit_ = 0;
    std::int64_t first_ = INT64_MAX;
    std::int64_t latest_ = INT64_MIN;
};

/// Gives out the blocks of a range of customers, filtered. One per worker; keeps its buffers from
/// range to range.
class BlockReader {
public:
    explicit BlockReader(const Plan& plan) : plan_(&plan) {}

    /// Calls `use(block)` with the units of the customers [from, to) that have an encounter that
    /// counts, and only with those encounters.
    template <typename Use>
    void read(Code from, Code to, PopulationCount& population, const Use& use) {
        for (Code customer = from; customer < to; ++customer) {
            population.add_without_unit(plan_->units.form(customer, formed_));
            if (formed_.size() >= block_rows || customer + 1 == to) {
                const Block& block = filter();
                if (block.units() > 0) {
                    population.add(plan_->timeline, block);
                    use(block);
                }
                formed_.clear();
            }
        }
    }

private:
    static constexpr std::size_t block_rows = 1U << 13U;

    const Block& filter();

    const Plan* plan_;
    Block formed_;
    Block counted_;
    Block kept_;
    std::vector<std::uint8_t> mask_;
};

/// How many customers one worker takes at a time: about 64 thousand encounters.
std::size_t customers_per_chunk(const Timeline& timeline);

/// Runs over all blocks of the plan on every worker. Each worker fills a copy of `empty` through
/// `add(block)`; in the end they are put together by `merge`, which must not depend on the order:
/// counters are integers.
template <typename Counter>
std::pair<Counter, PopulationCount> count_blocks(const Plan& plan, const Counter& empty) {
    struct Worker {
        Worker(const Plan& plan, const Counter& start) : reader(plan), counter(start) {}
        BlockReader reader;
        Counter counter;
        PopulationCount population;
    };
    std::vector<std::unique_ptr<Worker>> workers(worker_count());
    const std::size_t customers = plan.timeline.customer_offsets.size() - 1;
    for_each_chunk_plain(customers, customers_per_chunk(plan.timeline), [&](const Chunk& chunk) {
        auto& worker = workers[chunk.worker];
        if (worker == nullptr) {
            worker = std::make_unique<Worker>(plan, empty);
        }
        worker->reader.read(static_cast<Code>(chunk.from),
                            static_cast<Code>(chunk.to),
                            worker->population,
                            [&](const Block& block) { worker->counter.add(block); });
    });
    std::erase(workers, nullptr);
    if (workers.empty()) {
        return {empty, PopulationCount()};
    }
    for (std::size_t other = 1; other < workers.size(); ++other) {
        workers[0]->counter.merge(workers[other]->counter);
        workers[0]->population.merge(workers[other]->population);
    }
    return {std::move(workers[0]->counter), workers[0]->population};
}

}  // namespace kokemus::timeline
