#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

#include "question/counts.h"
#include "timeline/block.h"
#include "timeline/metric_rule.h"
#include "timeline/pair_slots.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Reads the group of every row of a block.
using ReadGroups = std::function<void(const Block& block, std::vector<Code>& groups)>;

/// In which groups an episode is counted.
enum class EpisodeIn { FirstGroup, EveryGroup };

/// Counts what a metric needs, in total and per group.
class SeriesCounter {
public:
    SeriesCounter(const Part& part, const MetricRule& rule, ReadGroups read_groups,
                  std::size_t groups, EpisodeIn episode_in);

    void add(const Block& block);
    void merge(const SeriesCounter& other);

    std::uint64_t encounters(Code group) const { return encounters_[group]; }
    question::MetricCounts total() const;

    /// What each group has counted, by group.
    std::vector<question::MetricCounts> groups() const;

private:
    /// Sums over customers of contacts a and exposure b.
    struct RateSums {
        std::uint64_t customers = 0, a = 0, b = 0, aa = 0, ab = 0, bb = 0;

        void add(std::uint64_t contacts, std::uint64_t exposure);
        void merge(const RateSums& other);
        void finish(question::MetricCounts& counts) const;
    };

    /// One customer's sums while the customer is walked.
    struct CustomerRate {
        std::uint32_t a = 0, b = 0;
        std::uint32_t last_unit = none;
    };

    using Outcomes = std::array<std::uint64_t, 5>;
    using Statuses = std::array<std::uint64_t, 3>;

    void add_scores(const Block& block);
    void add_promises(const Block& block);
    void add_contacts(const Block& block);
    void add_contacts_of_unit(const Block& block, std::size_t unit);
    void end_customer(std::uint64_t units);
    void add_episodes(const Block& block);
    void count_answer(Code group, Code answer, std::uint64_t times);

    const Part* part_;
    PromiseJudge judge_;
    const MetricRule* rule_;
    ReadGroups read_groups_;
    EpisodeIn episode_in_;
    std::vector<std::uint64_t> encounters_;  ///< per group, as all below
    PairSlots answer_slots_;                 ///< (group, answer)
    std::vector<std::uint64_t> answer_counts_;
    std::vector<Outcomes> outcomes_;
    std::vector<RateSums> rates_;
    std::vector<Statuses> statuses_;
    RateSums rate_total_;
    Statuses statuses_total_{};
    std::vector<Code> block_groups_;
    std::vector<CustomerRate> customer_rates_;
    std::vector<Code> touched_;
    std::uint32_t customer_contacts_ = 0;
    std::uint32_t unit_ = 0;
    std::vector<std::uint32_t> last_unit_;
};

}  // namespace kokemus::timeline
