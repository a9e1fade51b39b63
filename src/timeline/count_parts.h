#pragma once

#include <concepts>
#include <cstddef>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "base/parallel.h"
#include "base/task.h"
#include "timeline/block_reader.h"
#include "timeline/tally_work.h"

namespace kokemus::timeline {

/// A counter that may go on from one part to another: what it counts by are codes that all parts
/// share. Others are made anew for each part.
template <typename Counter>
concept GoesOn = requires(Counter counter, const Part& part) {
    counter.enter(part);
};

/// A counter that may be kept: `rest()` lets go of all that only counting needs, after which it is
/// merged into others, with either sign, and nothing else.
template <typename Counter>
concept MayRest = requires(Counter counter, const Counter& other) {
    counter.merge(other, Sign::Minus);
    counter.rest();
    { other.bytes() } -> std::convertible_to<std::size_t>;
};

template <typename Counter>
struct Tally {
    Counter counter;
    PopulationCount population;
};

/// Runs a counter over a plan on all workers and puts together what they and the kept tallies say.
template <typename Counter>
class PartsCount {
public:
    using Counted = Tally<Counter>;

    PartsCount(const Plan& plan, TallyWork& work)
        : plan_(plan),
          work_(work),
          nobody_(plan.takes_everything() ? PopulationCount(plan.timeline) : PopulationCount()),
          readers_(worker_count() * plan.parts.size()),
          places_(GoesOn<Counter> ? 1 : plan.parts.size()),
          tallies_(worker_count() * tallies() * places_) {}

    /// As count_chunks below.
    template <typename Make, typename Count>
    void run(const Make& make, const Count& count) {
        const auto& chunks = work_.chunks();
        for_each_chunk_plain(chunks.size(), 1, [&](const Chunk& taken) {
            const TallyWork::Chunk& chunk = chunks[taken.from];
            const std::size_t place = chunk.customers.part;
            const PartPlan& part_plan = plan_.parts[place];
            auto& reader = readers_[taken.worker * plan_.parts.size() + place];
            if (reader == nullptr) {
                reader = std::make_unique<BlockReader>(part_plan);
            }
            auto& tally = tallies_[(taken.worker * tallies() + chunk.tally) * places_ +
                                   (GoesOn<Counter> ? 0 : place)];
            if (tally == nullptr) {
                tally.reset(new Counted{make(part_plan.part), nobody_});
            }
            if constexpr (GoesOn<Counter>) {
                tally->counter.enter(part_plan.part);
            }
            if (chunk.tally < TallyWork::first_group) {
                count(*reader, chunk.customers, tally->population, tally->counter);
                return;
            }
            PopulationCount population = nobody_;
            count(*reader, chunk.customers, population, tally->counter);
            work_.note_bounds(chunk, population.bounds());
            tally->population.merge(population);
        });
    }

    /// The sum of everything.
    template <typename Make>
    Counted finish(const Make& make) {
        std::unique_ptr<Counted> sum = gather(TallyWork::added);
        std::vector<std::unique_ptr<Counted>> of_groups;
        for (std::size_t group = 0; group < work_.groups(); ++group) {
            of_groups.push_back(gather(TallyWork::first_group + group));
        }
        if constexpr (MayRest<Counter>) {
            std::vector<Resting> resting;
            for (std::size_t group = 0; group < of_groups.size(); ++group) {
                if (may_be_kept(of_groups[group].get())) {
                    resting.push_back(keep(group, std::move(*of_groups[group])));
                    of_groups[group].reset();
                }
            }
            put_together(sum, of_groups);
            if (sum == nullptr) {
                sum.reset(new Counted{make(plan_.timeline.parts.front()), nobody_});
            }
            for (const Resting& kept : resting) {
                sum->counter.merge(kept.tally->counter, Sign::Plus);
                sum->population.merge(kept.population);
            }
            add_fitting(*sum);
        } else if (sum == nullptr) {
            sum.reset(new Counted{make(plan_.timeline.parts.front()), nobody_});
        }
        return std::move(*sum);
    }

private:
    using Kept = KeptCounter<Counter>;

    /// A tally just kept, and its population with the bounds of time.
    struct Resting {
        std::shared_ptr<const Kept> tally;
        PopulationCount population;
    };

    std::size_t tallies() const { return TallyWork::first_group + work_.groups(); }

    /// Puts `more` into `sum`, each of them possibly nullptr.
    static void put_together(std::unique_ptr<Counted>& sum, std::unique_ptr<Counted>& more) {
        if (sum == nullptr) {
            sum = std::move(more);
        } else if (more != nullptr) {
            sum->counter.merge(more->counter);
            sum->population.merge(more->population);
            more.reset();
        }
    }

    static void put_together(std::unique_ptr<Counted>& sum,
                             std::vector<std::unique_ptr<Counted>>& more) {
        for (auto& each : more) {
            put_together(sum, each);
        }
    }

    /// What all workers have counted for one of the tallies; nullptr when they did not.
    std::unique_ptr<Counted> gather(std::size_t tally) {
        std::unique_ptr<Counted> sum;
        for (std::size_t worker = 0; worker < worker_count(); ++worker) {
            for (std::size_t place = 0; place < places_; ++place) {
                put_together(sum, tallies_[(worker * tallies() + tally) * places_ + place]);
            }
        }
        return sum;
    }

    /// Not when it is too large, nor when it is not whole, as nobody waits for it any more.
    bool may_be_kept(const Counted* counted) const {
        const Task* task = Task::present();
        const bool over = task != nullptr && task->is_over();
        return counted != nullptr && !over &&
               counted->counter.bytes() <= plan_.timeline.tallies->rules().tally_bytes_max;
    }

    Resting keep(std::size_t group, Counted counted) {
        counted.counter.rest();
        const auto kept = std::make_shared<Kept>(std::move(counted.counter));
        kept->population = counted.population;
        kept->bytes = kept->counter.bytes();
        work_.keep(group, kept);
        return Resting{kept, counted.population};
    }

    void add_fitting(Counted& sum) {
        for (const auto& fitting : work_.fitting()) {
            sum.counter.merge(static_cast<const Kept&>(*fitting).counter, Sign::Plus);
            sum.population.merge(fitting->population);
        }
        if (const auto taken_away = gather(TallyWork::taken_away)) {
            sum.counter.merge(taken_away->counter, Sign::Minus);
            sum.population.merge(taken_away->population, Sign::Minus);
        }
        sum.population.widen(work_.bounds_of_fitting());
    }

    const Plan& plan_;
    TallyWork& work_;
    PopulationCount nobody_;                             ///< with what is known before counting
    std::vector<std::unique_ptr<BlockReader>> readers_;  ///< by worker and part
    std::size_t places_;                                 ///< tallies of one kind a worker has
    std::vector<std::unique_ptr<Counted>> tallies_;      ///< by worker, tally and place
};

/// Runs over all customers of the plan on every worker. Each worker fills counters of its own, made
/// by `make(part)`, through `count(reader, chunk, population, counter)`; in the end they are put
/// together by `merge`, which must not depend on the order: counters are integers, by codes that
/// all parts share.
template <typename Make, typename Count>
auto count_chunks(const Plan& plan, const Keeping* keeping, const Make& make, const Count& count) {
    using Counter = decltype(make(plan.timeline.parts.front()));
    std::optional<TallyWork> work;
    if (MayRest<Counter> && keeping != nullptr && plan.timeline.tallies != nullptr) {
        work.emplace(plan, *keeping);
    } else {
        work.emplace(plan);
    }
    PartsCount<Counter> counting(plan, *work);
    counting.run(make, count);
    auto counted = counting.finish(make);
    return std::pair(std::move(counted.counter), counted.population);
}

/// Over blocks of which only units and rows that count are left: `counter.add(block)`. What is
/// counted is kept when `keeping` says how.
template <typename Make>
auto count_blocks(const Plan& plan, const Make& make, const Keeping* keeping = nullptr) {
    return count_chunks(plan,
                        keeping,
                        make,
                        [](BlockReader& reader,
                           const PartChunk& chunk,
                           PopulationCount& population,
                           auto& counter) {
                            reader.read(
                                chunk, population, [&](const Block& block) { counter.add(block); });
                        });
}

/// Over blocks with bits for the rows that count, which is quicker for what single encounters have:
/// `counter.add(marked)`.
template <typename Make>
auto count_marked(const Plan& plan, const Make& make, const Keeping* keeping = nullptr) {
    return count_chunks(
        plan,
        keeping,
        make,
        [](BlockReader& reader,
           const PartChunk& chunk,
           PopulationCount& population,
           auto& counter) {
            reader.mark(chunk, population, [&](const MarkedBlock& marked) { counter.add(marked); });
        });
}

}  // namespace kokemus::timeline
