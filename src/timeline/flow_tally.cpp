#include "timeline/flow_tally.h"

namespace kokemus::timeline {

template <typename Width>
void EdgeTally::find(const Width* touchpoints, std::span<const std::uint32_t> offsets,
                     std::uint32_t* slots, std::uint32_t* ends) {
    const std::size_t count = offsets.back();
    slots_.find_neighbours(touchpoints, count, slots);
    for (std::size_t unit = 0; unit + 1 < offsets.size(); ++unit) {
        slots[offsets[unit]] = slots_.slot(outside_, touchpoints[offsets[unit]]);
        ends[unit] = slots_.slot(touchpoints[offsets[unit + 1] - 1], outside_);
    }
    grow();
}

void EdgeTally::grow() {
    edges_.resize(size());
    scores_.resize(size());
    times_.grow(size());
}

template <bool Shared, bool Scored>
void EdgeTally::pass_all(const FlowUnits& units, const std::uint32_t* slots,
                         const std::int64_t* milliseconds, std::size_t count,
                         const ScoreSums* scores) {
    Edge* const edges = edges_.data();
    ScoreSums* const edge_scores = scores_.data();
    std::size_t next = 0;  // unit of the block, plus 1
    for (std::size_t i = 0; i < count; ++i) {
        next += units.begins[i];
        const auto unit = static_cast<std::uint32_t>(units.first + next);
        Edge& edge = edges[slots[i]];
        const bool first = edge.last_unit != unit;
        edge.last_unit = unit;
        edge.passes_and_units += 1 + (std::uint64_t{first} << 32U);
        edge.milliseconds += milliseconds[i];
        if constexpr (Shared) {
            const Code customer = units.customers[next - 1];
            edge.customers += edge.last_customer != customer ? 1 : 0;
            edge.last_customer = customer;
        }
        if constexpr (Scored) {
            edge_scores[slots[i]].add(scores[next - 1], 0 - std::uint64_t{first});
        }
    }
}

void EdgeTally::pass(const FlowUnits& units, const std::uint32_t* slots,
                     const std::int64_t* milliseconds, std::size_t count, const ScoreSums* scores) {
    if (units.may_share_customer) {
        scores != nullptr ? pass_all<true, true>(units, slots, milliseconds, count, scores)
                          : pass_all<true, false>(units, slots, milliseconds, count, scores);
    } else {
        scores != nullptr ? pass_all<false, true>(units, slots, milliseconds, count, scores)
                          : pass_all<false, false>(units, slots, milliseconds, count, scores);
    }
}

void EdgeTally::pass_ends(const FlowUnits& units, const std::uint32_t* ends, std::size_t count,
                          const ScoreSums* scores) {
    no_time_.resize(std::max(no_time_.size(), count));
    all_begin_.resize(std::max(all_begin_.size(), count), 1);
    FlowUnits one_each = units;
    one_each.begins = all_begin_.data();
    pass(one_each, ends, no_time_.data(), count, scores);
}

void EdgeTally::merge(const EdgeTally& other) {
    for (std::size_t slot = 0; slot < other.size(); ++slot) {
        const Edge& theirs = other.edges_[slot];
        if (theirs.passes() == 0) {
            continue;
        }
        const auto [from, to] = other.ends_of(slot);
        const std::uint32_t at = slots_.slot(from, to);
        grow();
        Edge& mine = edges_[at];
        mine.milliseconds += theirs.milliseconds;
        mine.passes_and_units += theirs.passes_and_units;
        mine.customers += theirs.customers;
        mine.forced += theirs.forced;
        scores_[at].add(other.scores_[slot]);
        times_.merge(at, other.times_, slot);
    }
}

template <bool Shared, typename Width>
void NodeTally::add_all(const FlowUnits& units, const Width* touchpoints, std::size_t count,
                        const std::uint64_t* strides) {
    Node* const nodes = nodes_.data();
    std::size_t next = 0;
    std::uint64_t place = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const bool begins = units.begins[i] != 0;
        next += begins ? 1 : 0;
        place = begins ? 0 : place + strides[next - 1];
        const auto unit = static_cast<std::uint32_t>(units.first + next);
        Node& node = nodes[touchpoints[i]];
        node.places += place >> 10U;
        node.units += node.last_unit != unit ? 1 : 0;
        node.last_unit = unit;
        if constexpr (Shared) {
            const Code customer = units.customers[next - 1];
            node.customers += node.last_customer != customer ? 1 : 0;
            node.last_customer = customer;
        }
    }
}

template <typename Width>
void NodeTally::add_cells(const Width* touchpoints, const Width* channels, std::size_t count) {
    if (dense_) {
        for (std::size_t i = 0; i < count; ++i) {
            ++cells_[touchpoints[i] * channels_ + channels[i]];
        }
        return;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::uint32_t cell = pairs_.slot(touchpoints[i], channels[i]);
        if (cell == cells_.size()) {
            cells_.push_back(0);
        }
        ++cells_[cell];
    }
}

template <typename Width>
void NodeTally::add(const FlowUnits& units, const Width* touchpoints, const Width* channels,
                    std::size_t count, const std::uint64_t* strides) {
    units.may_share_customer ? add_all<true>(units, touchpoints, count, strides)
                             : add_all<false>(units, touchpoints, count, strides);
    add_cells(touchpoints, channels, count);
}

void NodeTally::merge(const NodeTally& other) {
    for (std::size_t code = 0; code < nodes_.size(); ++code) {
        nodes_[code].places += other.nodes_[code].places;
        nodes_[code].units += other.nodes_[code].units;
        nodes_[code].customers += other.nodes_[code].customers;
        scores_[code].add(other.scores_[code]);
    }
    other.for_each_cell([&](Code touchpoint, Code channel, std::uint64_t encounters) {
        if (dense_) {
            cells_[touchpoint * channels_ + channel] += encounters;
            return;
        }
        const std::uint32_t cell = pairs_.slot(touchpoint, channel);
        cells_.resize(pairs_.pairs().size());
        cells_[cell] += encounters;
    });
}

template void EdgeTally::find(const std::uint8_t*, std::span<const std::uint32_t>, std::uint32_t*,
                              std::uint32_t*);
template void EdgeTally::find(const Code*, std::span<const std::uint32_t>, std::uint32_t*,
                              std::uint32_t*);
template void NodeTally::add(const FlowUnits&, const std::uint8_t*, const std::uint8_t*,
                             std::size_t, const std::uint64_t*);
template void NodeTally::add(const FlowUnits&, const Code*, const Code*, std::size_t,
                             const std::uint64_t*);

}  // namespace kokemus::timeline
