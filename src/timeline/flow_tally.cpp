#include "timeline/flow_tally.h"

#include <algorithm>

#include "timeline/full_width.h"

namespace kokemus::timeline {
namespace {

/// More bits of a place than are kept, so that adding up strides does not round away the end.
constexpr unsigned stride_bits = 10;

/// What the place of an encounter grows by in a unit of so many.
std::uint64_t stride_of(std::uint64_t length) {
    constexpr std::uint64_t end = std::uint64_t{1} << (FlowTally::place_bits + stride_bits);
    return length > 1 ? end / (length - 1) : 0;
}

bool holds_none(const std::uint32_t* slots, std::size_t count) {
    std::uint32_t found = 0;
    at_full_width([&] {
        std::uint32_t any = 0;
        for (std::size_t i = 0; i < count; ++i) {
            any |= slots[i] == none ? 1U : 0U;
        }
        found = any;
    });
    return found != 0;
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
    block_slots_.resize(std::max(block_slots_.size(), count));
    end_slots_.resize(std::max(end_slots_.size(), block.offsets.size()));
    find_slots(block);
    begin_customer();
    if (sizeof(Width) == 1 && visits_.empty()) {
        at_full_width([&] { add_units<true>(block); });
    } else {
        at_full_width([&] { add_units<false>(block); });
    }
    begin_customer();
    if (shared_) {
        add_edge_customers(block);
    }
    // A loop of its own: histograms are too large for the caches near by, and what is fetched from
    // further off is fetched side by side only when little else stands between.
    times_.add(block_slots_.data(), block.buckets, count);
}

/// Blind to where units end at first, so that it is a loop without a branch.
template <typename Width>
void FlowTally::find_slots(const FlowBlock<Width>& block) {
    const std::size_t count = block.offsets.back();
    const Width* const touchpoints = block.touchpoints;
    const std::uint32_t* const square = slots_.square();
    const std::size_t codes = slots_.codes();
    std::uint32_t* const slots = block_slots_.data();
    const auto slot_of = [&](Code from, Code to) {
        const std::uint32_t slot = square != nullptr ? square[from * codes + to] : none;
        return slot != none ? slot : find_or_add(from, to);
    };
    if (square != nullptr) {
        for (std::size_t i = 1; i < count; ++i) {
            slots[i] = square[touchpoints[i - 1] * codes + touchpoints[i]];
        }
    } else {
        std::fill_n(slots, count, none);
    }
    for (std::size_t unit = 0; unit + 1 < block.offsets.size(); ++unit) {
        const std::uint32_t first = block.offsets[unit];
        slots[first] = slot_of(outside_, touchpoints[first]);
        end_slots_[unit] = slot_of(touchpoints[block.offsets[unit + 1] - 1], outside_);
    }
    if (holds_none(slots, count)) {
        for (std::size_t i = 1; i < count; ++i) {
            slots[i] = slots[i] != none ? slots[i] : slot_of(touchpoints[i - 1], touchpoints[i]);
        }
    }
}

/// Touches every encounter once. A loop for each unit costs a wrongly predicted branch at its end,
/// which is less than telling units apart within one loop.
template <bool Few, typename Width>
void FlowTally::add_units(const FlowBlock<Width>& given) {
    const FlowBlock<Width> block = given;  // of its own, so that no counter can lie in it
    Edge* const edges = edges_.data();
    std::uint32_t* const latest_units = latest_units_.data();
    Cell* const cells = cells_.data();
    const std::uint32_t* const slots = block_slots_.data();
    const std::size_t channels = channels_;
    std::uint32_t number = unit_;
    for (std::size_t unit = 0; unit + 1 < block.offsets.size(); ++unit) {
        if (shared_ && unit > 0 && block.customers[unit] != block.customers[unit - 1]) {
            begin_customer();
        }
        ++number;
        if constexpr (!Few) {
            unit_ = number;
        }
        Edge of_unit;
        of_unit.set_unit(block.scores != nullptr ? block.scores[unit] : ScoreSums{});
        const auto pass = [&](std::uint32_t slot, std::int64_t milliseconds) {
            const bool first = latest_units[slot] != number;
            latest_units[slot] = number;
            edges[slot].sums += (of_unit.sums & (0 - std::uint64_t{first})) +
                                Edge::Line{static_cast<std::uint64_t>(milliseconds)};
        };
        const std::size_t end = block.offsets[unit + 1];
        const Cell::Sums stride{stride_of(end - block.offsets[unit]), 0};
        Cell::Sums place{0, std::uint64_t{1} << stride_bits};
        std::uint64_t seen = 0;
        for (std::size_t i = block.offsets[unit]; i < end; ++i) {
            const Code now = block.touchpoints[i];
            pass(slots[i], block.milliseconds[i]);
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
        }
        pass(end_slots_[unit], 0);
        units_at_.add(seen);
        seen_by_customer_ |= seen;
    }
    unit_ = number;
}

[[gnu::noinline]] std::uint32_t FlowTally::find_or_add(Code from, Code to) {
    const std::uint32_t slot = slots_.slot(from, to);
    if (slot == edges_.size()) {
        edges_.emplace_back();
        latest_units_.push_back(0);
        edge_customers_.emplace_back();
        forced_.push_back(0);
        times_.grow(edges_.size());
    }
    return slot;
}

template <typename Width>
void FlowTally::add_edge_customers(const FlowBlock<Width>& block) {
    for (std::size_t unit = 0; unit + 1 < block.offsets.size(); ++unit) {
        const bool same = unit > 0 && block.customers[unit] == block.customers[unit - 1];
        edge_customer_ += same ? 0 : 1;
        for (std::size_t i = block.offsets[unit]; i < block.offsets[unit + 1]; ++i) {
            edge_customers_[block_slots_[i]].add(edge_customer_);
        }
        edge_customers_[end_slots_[unit]].add(edge_customer_);
    }
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

void FlowTally::merge(const FlowTally& other, Sign sign) {
    std::vector<std::uint32_t> mine_of(other.edges());
    for (std::size_t edge = 0; edge < other.edges(); ++edge) {
        const auto [from, to] = other.ends_of(edge);
        const std::uint32_t mine = find_or_add(from, to);
        mine_of[edge] = mine;
        const Edge::Line& sums = other.edges_[edge].sums;
        edges_[mine].sums += sign == Sign::Plus ? sums : -sums;
        edge_customers_[mine].count += with_sign(sign, other.edge_customers_[edge].count);
        forced_[mine] += with_sign(sign, other.forced_[edge]);
    }
    times_.merge(mine_of, other.times_, sign);
    units_at_.merge(other.units_at_, sign);
    customers_at_.merge(other.customers_at_, sign);
    for (std::size_t code = 0; code < visits_.size(); ++code) {
        visits_[code].units += with_sign(sign, other.visits_[code].units);
        visits_[code].customers.count += with_sign(sign, other.visits_[code].customers.count);
    }
    for (std::size_t code = 0; code < node_scores_.size(); ++code) {
        node_scores_[code].merge(other.node_scores_[code], sign);
    }
    const auto& pairs = other.cell_slots_.pairs();
    for (std::size_t cell = 0; cell < other.cells_.size(); ++cell) {
        Cell& mine = pairs.empty() ? cells_[cell] : cell_of(pairs[cell].first, pairs[cell].second);
        mine.sums += with_sign(sign, other.cells_[cell].sums);
    }
}

void FlowTally::rest() {
    block_slots_ = {};
    end_slots_ = {};
    latest_units_ = {};
    times_.settle();
}

std::size_t FlowTally::bytes() const {
    return slots_.bytes() + cell_slots_.bytes() + times_.bytes() +
           edges_.size() * (sizeof(Edge) + sizeof(Customers) + sizeof(std::uint32_t)) +
           visits_.size() * sizeof(Visits) + node_scores_.size() * sizeof(ScoreSums) +
           cells_.size() * sizeof(Cell);
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
