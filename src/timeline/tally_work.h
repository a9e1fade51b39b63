#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <initializer_list>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "timeline/block_reader.h"
#include "timeline/clock_reach.h"
#include "timeline/part_tallies.h"
#include "timeline/plan.h"

namespace kokemus::timeline {

/// How what a pass counts may be kept.
struct Keeping {
    std::string what = {};    ///< is counted, where a question makes several passes
    std::string layout = {};  ///< counters may be put together where it is equal
    ClockReach reach = {};    ///< of what is counted, beside the filter's
};

/// The layout of counters whose size and places follow from these numbers.
std::string layout_of(std::initializer_list<std::uint64_t> numbers);

/// What is to be counted so that, together with what is kept, everything is.
///
/// A kept tally fits while its parts are there. Who has moved out of them since is counted there
/// once more, to be taken away; who was left out and still lives there, as the clock might have
/// changed what counts of them, is counted to be added. Large parts without a tally are counted in
/// groups, each of which gets one; small parts are just counted.
///
/// Costs, beside the counting, a look at a bit per customer of the parts with a tally.
class TallyWork {
public:
    /// Which of several tallies a chunk is counted for: one of these, or that of a group.
    static constexpr std::size_t added = 0, taken_away = 1, first_group = 2;

    struct Chunk {
        PartChunk customers;
        std::size_t tally = added;
        std::size_t number = 0;  ///< among the chunks of its part, where it is of a group
    };

    /// Everything, keeping nothing.
    explicit TallyWork(const Plan& plan);

    TallyWork(const Plan& plan, const Keeping& keeping);

    TallyWork(const TallyWork&) = delete;
    TallyWork& operator=(const TallyWork&) = delete;

    const std::vector<Chunk>& chunks() const { return chunks_; }
    std::size_t groups() const { return groups_.size(); }

    /// What is kept and fits, to be added.
    const PartTallies::Tallies& fitting() const { return fitting_; }

    /// The bounds of time of what counts there. Counts once more where somebody who has moved on
    /// might have been the first or the latest.
    TimeBounds bounds_of_fitting() const;

    /// Of a chunk of a group. May be called for several chunks at once.
    void note_bounds(const Chunk& chunk, const TimeBounds& bounds);

    /// Fills in what `tally` of a group says of its parts, and keeps it with what fits. Once for
    /// each group at most, when everything was counted.
    void keep(std::size_t group, std::shared_ptr<KeptTally> tally);

private:
    struct GroupPart {
        std::size_t place = 0;
        const RowSet* left_out = nullptr;
        std::vector<TimeBounds> bounds;  ///< by chunk
    };

    /// Customers of a tallied part that make it differ from the part as it is.
    struct Change {
        std::size_t place = 0;
        std::vector<Code> moved, left;  ///< counted and gone; left out and not gone
    };

    const Part& part(std::size_t place) const { return plan_.timeline.parts[place]; }
    std::size_t place_of(const PartIdentity& identity) const;
    bool take(const std::shared_ptr<const KeptTally>& tally);
    bool find_changes(const KeptTally& tally, std::vector<Change>& changes) const;
    void take_bounds(const TalliedPart& tallied, const Change& change);
    void count_others();
    void count_in_group(std::size_t place, std::size_t group);
    void count_all(std::size_t place);
    void count_customers(std::size_t place, std::vector<Code> customers, std::size_t tally);

    const Plan& plan_;
    std::string question_, layout_;
    ClockReach reach_;
    std::vector<bool> covered_;  ///< parts by place: some tally that fits has it
    std::vector<Chunk> chunks_;
    PartTallies::Tallies fitting_, kept_;
    std::vector<std::vector<GroupPart>> groups_;
    std::deque<RowSet> sets_;              ///< what chunks leave out
    std::deque<std::vector<Code>> lists_;  ///< what chunks are only of
    TimeBounds bounds_;                    ///< of what fits, where they stand
    std::vector<PartChunk> doubtful_;      ///< where they may not
};

}  // namespace kokemus::timeline
