#include "timeline/flow_tally.h"

#include <algorithm>

namespace kokemus::timeline {
namespace {

/// More bits of a place than are kept, so that adding up strides does not round away the end.
constexpr unsigned stride_bits = 10;

/// What the place of an encounter grows by in a unit of so many.
std::uint64_t stride_of(std::uint64_t length) {
    constexpr std::uint64_t end = std::uint64_t{1} << (FlowTally::place_bits + stride_bits);
    return length > 1 ? end / (length - 1) : 0;
}

}  // namespace

FlowTally::FlowTally(std::size_t touchpoints, std::size_t channels, std::int64_t longest,
                     bool shared)
    : outside_(static_cast<Code>(touchpoints)),
      channels_(channels),
      shared_(shared),
      slots_(touchpoints + 1),
      times_(longest),
      visits_(touchpoints > few ? touchpoints : 0),
      node_scores_(touchpoints),
      cell_slots_(std::max(touchpoints, channels)),
      cells_(std::max(touchpoints, channels) <= byte_codes ? touchpoints * channels : 0) {}

template <typename Width>
void FlowTally::add(const FlowBlock<Width>& block) {
    const std::size_t count = block.offsets.back();
    const bool scored = block.scores != nullptr;
    block_slots_.resize(std::max(block_slots_.size(), count));
    begin_customer();
    if (sizeof(Width) == 1 && visits_.empty()) {
        scored ? add_units<true, true>(block) : add_units<true, false>(block);
    } else {
        scored ? add_units<false, true>(block) : add_units<false, false>(block);
    }
    begin_customer();
    // A loop of its own: histograms are too large for the caches near by, and what is fetched from
    // further off is fetched side by side only when little else stands between.
    times_.add(block_slots_.data(), block.buckets, count);
}

/// Touches every encounter once. A loop for each unit costs a wrongly predicted branch at its end,
/// which is less than telling units apart within one loop.
template <bool Few, bool Scored, typename Width>
void FlowTally::add_units(const FlowBlock<Width>& given) {
    const FlowBlock<Width> block = given;  // of its own, so that no counter can lie in it
    Tables at = tables();
    Cell* const cells = cells_.data();
    std::uint32_t* const slots = block_slots_.data();
    const std::size_t channels = channels_;
    const auto slot_of = [&](Code from, Code to) {
        std::uint32_t slot = at.square != nullptr ? at.square[from * at.codes + to] : none;
        if (slot == none) [[unlikely]] {
            slot = find_or_add(from, to);
            at = tables();
        }
        return slot;
    };
    for (std::size_t unit = 0; unit + 1 < block.offsets.size(); ++unit) {
        if (shared_ && unit > 0 && block.customers[unit] != block.customers[unit - 1]) {
            begin_customer();
        }
        const std::uint64_t mark = std::uint64_t{++unit_} << 32U;
        const std::uint32_t customer = customer_;
        const ScoreSums scores = Scored ? block.scores[unit] : ScoreSums{};
        const auto pass = [&](std::uint32_t slot, std::int64_t milliseconds) {
            Edge& edge = at.edges[slot];
            const std::uint64_t units = edge.units;
            const bool first = (units ^ mark) >> 32U != 0;
            edge.units = (mark | (units & low_half)) + (first ? 1 : 0);
            edge.milliseconds += milliseconds;
            if constexpr (Scored) {
                edge.scores.add(scores, 0 - std::uint64_t{first});
            }
            if (at.customers != nullptr) {
                at.customers[slot].add(customer);
            }
        };
        const std::size_t end = block.offsets[unit + 1];
        const Cell::Sums stride{stride_of(end - block.offsets[unit]), 0};
        Cell::Sums place{0, std::uint64_t{1} << stride_bits};
        std::uint64_t seen = 0;
        Code before = outside_;
        for (std::size_t i = block.offsets[unit]; i < end; ++i) {
            const Code now = block.touchpoints[i];
            const std::uint32_t slot = slot_of(before, now);
            pass(slot, block.milliseconds[i]);
            slots[i] = slot;
            if constexpr (sizeof(Width) == 1) {
                cells[now * channels + block.channels[i]].sums += place >> stride_bits;
            } else {
                cell_of(now, block.channels[i]).sums += place >> stride_bits;
            }
            place += stride;
            if constexpr (Few) {
                seen |= std::uint64_t{1} << now;
            } else {
                visit(now);
            }
            before = now;
        }
        pass(slot_of(before, outside_), 0);
        units_at_.add(seen);
        seen_by_customer_ |= seen;
    }
}

FlowTally::Tables FlowTally::tables() {
    return {
        slots_.square(), slots_.codes(), edges_.data(), shared_ ? edge_customers_.data() : nullptr};
}

[[gnu::noinline]] std::uint32_t FlowTally::find_or_add(Code from, Code to) {
    const std::uint32_t slot = slots_.slot(from, to);
    if (slot == edges_.size()) {
        edges_.emplace_back();
        edge_customers_.emplace_back();
        forced_.push_back(0);
        times_.grow(edges_.size());
    }
    return slot;
}

void FlowTally::visit(Code touchpoint) {
    Visits& visits = visits_[touchpoint];
    visits.units += visits.latest_unit != unit_ ? 1 : 0;
    visits.latest_unit = unit_;
    visits.customers.add(customer_);
}

void FlowTally::begin_customer() {
    customers_at_.add(seen_by_customer_);
    seen_by_customer_ = 0;
    ++customer_;
}

FlowTally::Cell& FlowTally::cell_of(Code touchpoint, Code channel) {
    const std::uint32_t slot = cell_slots_.slot(touchpoint, channel);
    if (slot == cells_.size()) {
        cells_.emplace_back();
    }
    return cells_[slot];
}

void FlowTally::merge(const FlowTally& other) {
    for (std::size_t edge = 0; edge < other.edges(); ++edge) {
        const auto [from, to] = other.ends_of(edge);
        const std::uint32_t mine = find_or_add(from, to);
        edges_[mine].milliseconds += other.milliseconds(edge);
        edges_[mine].units += other.units(edge);
        edge_customers_[mine].count += other.edge_customers_[edge].count;
        forced_[mine] += other.forced_[edge];
        edges_[mine].scores.add(other.scores(edge));
        times_.merge(mine, other.times_, edge);
    }
    units_at_.merge(other.units_at_);
    customers_at_.merge(other.customers_at_);
    for (std::size_t code = 0; code < visits_.size(); ++code) {
        visits_[code].units += other.visits_[code].units;
        visits_[code].customers.count += other.visits_[code].customers.count;
    }
    for (std::size_t code = 0; code < node_scores_.size(); ++code) {
        node_scores_[code].add(other.node_scores_[code]);
    }
    const auto& pairs = other.cell_slots_.pairs();
    for (std::size_t cell = 0; cell < other.cells_.size(); ++cell) {
        Cell& mine = pairs.empty() ? cells_[cell] : cell_of(pairs[cell].first, pairs[cell].second);
        mine.sums += other.cells_[cell].sums;
    }
}

std::uint64_t FlowTally::units_at(Code touchpoint) const {
    return visits_.empty() ? units_at_.count(touchpoint) : visits_[touchpoint].units;
}

std::uint64_t FlowTally::customers_at(Code touchpoint) const {
    if (!shared_) {
        return units_at(touchpoint);
    }
    return visits_.empty() ? customers_at_.count(touchpoint) : visits_[touchpoint].customers.count;
}

std::uint64_t FlowTally::customers(std::size_t edge) const {
    return shared_ ? edge_customers_[edge].count : units(edge);
}

template void FlowTally::add(const FlowBlock<std::uint8_t>&);
template void FlowTally::add(const FlowBlock<Code>&);

}  // namespace kokemus::timeline
