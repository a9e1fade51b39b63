#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "question/counts.h"
#include "timeline/contacts.h"
#include "timeline/group_tally.h"
#include "timeline/marked_block.h"
#include "timeline/metric_rule.h"
#include "timeline/pair_tally.h"
#include "timeline/part.h"
#include "timeline/rate_sums.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Writes the groups of the rows of a block that count, by their bits.
using ReadGroups = std::function<void(const MarkedBlock& marked, std::span<Code> groups)>;

/// In which groups an episode is counted.
enum class EpisodeIn { FirstGroup, EveryGroup };

/// Whether all encounters of a customer are in one group.
enum class GroupsOf { Encounters, Customers };

struct Groups {
    std::size_t count = 0;
    GroupsOf of = GroupsOf::Encounters;
    EpisodeIn episode_in = EpisodeIn::EveryGroup;
};

/// Counts what a metric needs, in total and per group.
///
/// An encounter costs 0.7 ns and what reading its group does. Beside it a score costs 3 ns and a
/// promise 5, which few encounters have; contacts cost 3 ns an encounter, episodes 1.
class SeriesCounter {
public:
    SeriesCounter(const Part& part, const MetricRule& rule, ReadGroups read_groups,
                  const Groups& groups);

    void add(const MarkedBlock& marked);
    void merge(const SeriesCounter& other, Sign sign = Sign::Plus);

    /// Lets go of all but what `merge` reads.
    void rest();
    std::size_t bytes() const;

    std::uint64_t encounters(Code group) const { return encounters_.count(group); }
    question::MetricCounts total() const;

    /// What each group has counted, by group.
    std::vector<question::MetricCounts> groups() const;

private:
    using Outcomes = std::array<std::uint64_t, 5>;
    using Statuses = std::array<std::uint64_t, 3>;

    Code group_at(const MarkedBlock& marked, Row row) const {
        return block_groups_[marked.stretch.bit(row)];
    }

    void add_scores(const MarkedBlock& marked);
    void add_promises(const MarkedBlock& marked);
    void add_contacts(const MarkedBlock& marked);
    template <typename IsContact, typename AddToGroup>
    void add_contacts_of_units(const MarkedBlock& marked, const IsContact& is_contact,
                               const AddToGroup& add_to_group);
    void add_episodes(const MarkedBlock& marked);

    const Part* part_;
    PromiseJudge judge_;
    const MetricRule* rule_;
    ReadGroups read_groups_;
    GroupsOf groups_of_;
    EpisodeIn episode_in_;
    ContactTable contacts_;
    GroupTally encounters_;
    PairTally answers_;               ///< (group, answer)
    std::vector<Outcomes> outcomes_;  ///< per group, as all below
    std::vector<GroupRate> rates_;
    std::vector<Statuses> statuses_;
    std::vector<std::uint32_t> last_unit_;
    RateSums rate_total_;
    Statuses statuses_total_{};
    std::vector<Code> block_groups_;  ///< of the present block, by bit
    std::uint32_t unit_ = 0;          ///< tells the units of this counter apart
};

}  // namespace kokemus::timeline
