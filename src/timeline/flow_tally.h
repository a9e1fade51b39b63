#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "timeline/exact_moments.h"
#include "timeline/pair_slots.h"
#include "timeline/time_table.h"

/// What one worker counts of a flow, place by place of a block, in loops without branches: the
/// units of a block are told apart by a mark at their first place, since ending a loop at every
/// unit would cost more than its turns.
namespace kokemus::timeline {

/// The units of a block as the loops below read them.
struct FlowUnits {
    std::uint32_t first = 0;               ///< number of the first unit, counted over all blocks
    const std::uint8_t* begins = nullptr;  ///< of each place: 1 at the first of a unit, else 0
    const Code* customers = nullptr;       ///< of each unit
    bool may_share_customer = false;       ///< a customer may have several units
};

/// Count, sum and squares of fixed-point values within -3 .. +3, in words that add one by one.
struct alignas(32) ScoreSums {
    enum Word : std::uint8_t { sum, count, squares_low, squares_high };
    std::array<std::uint64_t, 4> words{};  ///< `squares_low`: the low 32 bits of each square, added

    static ScoreSums of(Fixed value) {
        const auto size = static_cast<std::uint64_t>(value < 0 ? -value : value);
        const std::uint64_t square = size * size;
        return {{static_cast<std::uint64_t>(value), 1, square & 0xFFFF'FFFFU, square >> 32U}};
    }

    /// All of `other` or, with a mask of 0, nothing.
    void add(const ScoreSums& other, std::uint64_t mask = ~std::uint64_t{0}) {
        for (std::size_t i = 0; i < words.size(); ++i) {
            words[i] += other.words[i] & mask;
        }
    }

    stats::Moments moments() const {
        return ExactMoments::from(words[count],
                                  static_cast<Fixed>(words[sum]),
                                  words[squares_high],
                                  words[squares_low])
            .moments();
    }
};

/// Counts per edge.
class EdgeTally {
public:
    struct alignas(32) Edge {
        std::int64_t milliseconds = 0;
        std::uint64_t passes_and_units = 0;  ///< traversals in the low 32 bits, units above
        std::uint32_t last_unit = none;
        Code last_customer = none;
        std::uint32_t customers = 0;  ///< counted where customers may share units
        std::uint32_t forced = 0;

        std::uint64_t passes() const { return passes_and_units & 0xFFFF'FFFFU; }
        std::uint64_t units() const { return passes_and_units >> 32U; }
    };

    /// For codes up to `outside`, which stands for START as `from` and for END as `to`, and times
    /// up to `longest`.
    EdgeTally(Code outside, std::int64_t longest)
        : outside_(outside),
          slots_(outside + std::size_t{1}),
          times_(longest) {}

    /// The slots of the edges that lead to each place (from START at the first of a unit) and of
    /// those that lead from each unit to END. 0.6 ns an encounter while there are no more than
    /// 1,024 touchpoints.
    template <typename Width>
    void find(const Width* touchpoints, std::span<const std::uint32_t> offsets,
              std::uint32_t* slots, std::uint32_t* ends);

    /// Counts one traversal of each edge, with the time it took and (unless nullptr) the scores of
    /// its unit, by unit. 1.5 ns a traversal, with scores 2.5 ns.
    void pass(const FlowUnits& units, const std::uint32_t* slots, const std::int64_t* milliseconds,
              std::size_t count, const ScoreSums* scores);

    /// The same of the edges to END, one of each unit.
    void pass_ends(const FlowUnits& units, const std::uint32_t* ends, std::size_t count,
                   const ScoreSums* scores);

    /// Counts how long traversals took. 2 ns each.
    void add_times(const std::uint32_t* slots, const std::uint16_t* buckets, std::size_t count) {
        times_.add(slots, buckets, count);
    }

    void add_forced(std::uint32_t slot) { ++edges_[slot].forced; }

    void merge(const EdgeTally& other);

    std::size_t size() const { return slots_.pairs().size(); }
    Code outside() const { return outside_; }
    std::pair<Code, Code> ends_of(std::size_t slot) const { return slots_.pairs()[slot]; }
    const Edge& edge(std::size_t slot) const { return edges_[slot]; }
    const ScoreSums& scores(std::size_t slot) const { return scores_[slot]; }
    stats::LogHistogram histogram(std::size_t slot) const { return times_.histogram(slot); }

private:
    template <bool Shared, bool Scored>
    void pass_all(const FlowUnits& units, const std::uint32_t* slots,
                  const std::int64_t* milliseconds, std::size_t count, const ScoreSums* scores);
    void grow();

    Code outside_;
    PairSlots slots_;
    std::vector<Edge> edges_;        ///< by slot; some pairs are only met between two units
    std::vector<ScoreSums> scores_;  ///< by slot
    TimeTable times_;
    std::vector<std::int64_t> no_time_;
    std::vector<std::uint8_t> all_begin_;
};

/// Counts per touchpoint.
class NodeTally {
public:
    struct Node {
        std::uint64_t places = 0;  ///< sum of (index in unit) / (length - 1) in 2^-30 parts
        std::uint32_t last_unit = none;
        std::uint32_t units = 0;
        Code last_customer = none;
        std::uint32_t customers = 0;  ///< counted where customers may share units
    };

    NodeTally(std::size_t touchpoints, std::size_t channels)
        : nodes_(touchpoints),
          scores_(touchpoints),
          channels_(channels),
          dense_(touchpoints * channels <= dense_cells_max),
          cells_(dense_ ? touchpoints * channels : 0),
          pairs_(dense_ ? 0 : std::max(touchpoints, channels)) {}

    /// `strides[u]` is what the place of an encounter grows by in the unit u, in 2^-40 parts. 1.5
    /// ns an encounter.
    template <typename Width>
    void add(const FlowUnits& units, const Width* touchpoints, const Width* channels,
             std::size_t count, const std::uint64_t* strides);

    void add_score(Code touchpoint, const ScoreSums& score) { scores_[touchpoint].add(score); }

    void merge(const NodeTally& other);

    std::size_t size() const { return nodes_.size(); }
    const Node& node(Code touchpoint) const { return nodes_[touchpoint]; }
    const ScoreSums& scores(Code touchpoint) const { return scores_[touchpoint]; }

    /// Calls `use(touchpoint, channel, encounters)` for every pair of them that occurs.
    template <typename Use>
    void for_each_cell(const Use& use) const;

private:
    static constexpr std::size_t dense_cells_max = std::size_t{1} << 20U;

    template <bool Shared, typename Width>
    void add_all(const FlowUnits& units, const Width* touchpoints, std::size_t count,
                 const std::uint64_t* strides);
    template <typename Width>
    void add_cells(const Width* touchpoints, const Width* channels, std::size_t count);

    std::vector<Node> nodes_;
    std::vector<ScoreSums> scores_;
    std::size_t channels_;
    bool dense_;
    std::vector<std::uint64_t> cells_;  ///< encounters by (touchpoint, channel), or by slot
    PairSlots pairs_;
};

template <typename Use>
void NodeTally::for_each_cell(const Use& use) const {
    for (std::size_t cell = 0; cell < cells_.size(); ++cell) {
        if (cells_[cell] == 0) {
            continue;
        }
        if (dense_) {
            use(static_cast<Code>(cell / channels_),
                static_cast<Code>(cell % channels_),
                cells_[cell]);
        } else {
            use(pairs_.pairs()[cell].first, pairs_.pairs()[cell].second, cells_[cell]);
        }
    }
}

}  // namespace kokemus::timeline
