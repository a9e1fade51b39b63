#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "timeline/pair_slots.h"
#include "timeline/score_sums.h"
#include "timeline/set_tally.h"
#include "timeline/time_table.h"

namespace kokemus::timeline {

/// A block as a flow passes over it: columns by place, what is of units by unit.
template <typename Width>
struct FlowBlock {
    const Width* touchpoints;
    const Width* channels;
    const std::int64_t* milliseconds;  ///< since the encounter before; 0 at the first of a unit
    const std::uint16_t* buckets;      ///< of those, as in stats::LogHistogram
    std::span<const std::uint32_t> offsets;
    const Code* customers;
    const ScoreSums* scores;  ///< nullptr when no unit has any
};

/// What one worker counts of a flow: per edge (from START, to END, between touchpoints) and per
/// touchpoint. What an encounter adds to lies in tables of some ten kilobytes, but for the
/// histogram of times, which has a loop of its own. For up to 2^32 units.
class FlowTally {
public:
    /// Places in a unit are in 2^-30 parts of its length.
    static constexpr unsigned place_bits = 30;

    /// `longest`: no time between two encounters is longer. `shared`: a customer may have several
    /// units.
    FlowTally(std::size_t touchpoints, std::size_t channels, std::int64_t longest, bool shared);

    /// Counts the units of a block: 5 ns an encounter, of that 1 to 2 for the histogram of times,
    /// while touchpoints are at most 64; 4 ns more beyond. What is in the block takes 3 more to
    /// make (FlowCounter).
    template <typename Width>
    void add(const FlowBlock<Width>& block);

    void add_score(Code touchpoint, const ScoreSums& score) { node_scores_[touchpoint].add(score); }

    /// One of the traversals of this edge was a forced switch.
    void add_forced(Code from, Code to) { ++forced_[slots_.slot(from, to)]; }

    /// Adds what the other has counted, or takes it away: then edges, cells and touchpoints may
    /// stay that nobody passes. Both must have been made with the same numbers, but that `longest`
    /// may differ while TimeTable::stride_for of it is the same.
    void merge(const FlowTally& other, Sign sign);

    /// Lets go of all but what `merge` reads.
    void rest();

    std::size_t bytes() const;

    std::size_t touchpoints() const { return node_scores_.size(); }
    std::uint64_t units_at(Code touchpoint) const;
    std::uint64_t customers_at(Code touchpoint) const;
    const ScoreSums& scores_at(Code touchpoint) const { return node_scores_[touchpoint]; }

    /// What stands for START as the beginning of an edge and for END as its end.
    Code outside() const { return outside_; }
    std::size_t edges() const { return edges_.size(); }
    std::pair<Code, Code> ends_of(std::size_t edge) const { return slots_.pairs()[edge]; }
    std::uint64_t units(std::size_t edge) const { return edges_[edge].sums[Edge::units]; }
    std::uint64_t customers(std::size_t edge) const;
    std::uint64_t forced(std::size_t edge) const { return forced_[edge]; }
    std::int64_t milliseconds(std::size_t edge) const {
        return static_cast<std::int64_t>(edges_[edge].sums[Edge::milliseconds]);
    }
    ScoreSums scores(std::size_t edge) const { return edges_[edge].scores(); }

    /// Makes ready for `times`, until more is added.
    void settle() { times_.settle(); }

    /// Of every traversal of an edge that does not lead to END.
    stats::LogHistogram times(std::size_t edge) const { return times_.histogram(edge); }

    /// Calls `use(touchpoint, channel, encounters, places)` for every pair that occurs.
    template <typename Use>
    void for_each_cell(const Use& use) const;

private:
    static constexpr std::size_t few = 64;  ///< touchpoints that fit into a set
    static constexpr std::size_t byte_codes = 0x100;

    /// A cache line, added to as one vector.
    struct alignas(64) Edge {
        using Line = std::uint64_t __attribute__((vector_size(64)));
        /// Where the scores begin: as in ScoreSums, of every unit once.
        static constexpr std::size_t milliseconds = 0, units = 1, score_sums = 2;
        Line sums{};

        /// What a unit adds to each of its edges.
        void set_unit(const ScoreSums& of_unit) {
            sums = Line{0,
                        1,
                        of_unit.sums[0],
                        of_unit.sums[1],
                        of_unit.squares[0],
                        of_unit.squares[1],
                        0,
                        0};
        }

        ScoreSums scores() const {
            ScoreSums scores;
            scores.sums = ScoreSums::Pair{sums[score_sums], sums[score_sums + 1]};
            scores.squares = ScoreSums::Pair{sums[score_sums + 2], sums[score_sums + 3]};
            return scores;
        }
    };

    /// Encounters on one channel, and their places: added to at once.
    struct Cell {
        using Sums = std::uint64_t __attribute__((vector_size(16)));
        Sums sums{};  ///< places, encounters
    };

    /// How many customers, where one may have several units.
    struct Customers {
        std::uint32_t latest = 0;  ///< as numbered by this tally
        std::uint32_t count = 0;

        void add(std::uint32_t customer) {
            count += latest != customer ? 1 : 0;
            latest = customer;
        }
    };

    /// Who visits a touchpoint, where there are too many for a set.
    struct Visits {
        std::uint32_t latest_unit = 0;
        std::uint32_t units = 0;
        Customers customers;
    };

    template <typename Width>
    void find_slots(const FlowBlock<Width>& block);
    template <bool Few, typename Width>
    void add_units(const FlowBlock<Width>& block);
    template <typename Width>
    void add_edge_customers(const FlowBlock<Width>& block);
    std::uint32_t find_or_add(Code from, Code to);
    void visit(Code touchpoint);
    void begin_customer();
    Cell& cell_of(Code touchpoint, Code channel);

    Code outside_;
    std::size_t channels_;
    bool shared_;
    /// Numbers of those at hand, from 1 on; the last is that of add_edge_customers.
    std::uint32_t unit_ = 0, customer_ = 0, edge_customer_ = 0;

    PairSlots slots_;  ///< of edges
    std::vector<Edge> edges_;
    std::vector<std::uint32_t> latest_units_;  ///< of each edge, to count each unit once
    std::vector<Customers> edge_customers_;
    std::vector<std::uint32_t> forced_;
    TimeTable times_;
    /// Of the block at hand: the edge that leads to each place, and those to END.
    std::vector<std::uint32_t> block_slots_, end_slots_;

    SetTally units_at_, customers_at_;  ///< by touchpoint, where they are few
    std::uint64_t seen_by_customer_ = 0;
    std::vector<Visits> visits_;  ///< where they are not
    std::vector<ScoreSums> node_scores_;
    PairSlots cell_slots_;  ///< where codes are wider than a byte
    std::vector<Cell> cells_;
};

template <typename Use>
void FlowTally::for_each_cell(const Use& use) const {
    const auto& pairs = cell_slots_.pairs();
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        if (cells_[cell].sums[1] == 0) {
            continue;
        }
        const auto [touchpoint, channel] = pairs.empty()
                                               ? std::pair(static_cast<Code>(cell / channels_),
                                                           static_cast<Code>(cell % channels_))
                                               : pairs[cell];
        use(touchpoint, channel, cells_[cell].sums[1], cells_[cell].sums[0]);
    }
}

}  // namespace kokemus::timeline
