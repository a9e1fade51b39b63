#include "timeline/transition_count.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <map>
#include <tuple>
#include <utility>

namespace kokemus::timeline {
namespace {

constexpr std::size_t byte_codes = 0x100;

/// Two bytes that follow each other, as one number: what the processor reads at once.
std::size_t pair_at(const std::uint8_t* codes) {
    std::uint16_t pair = 0;
    std::memcpy(&pair, codes, sizeof(pair));
    return pair;
}

std::pair<Code, Code> codes_of(std::size_t pair) {
    const auto low = static_cast<Code>(pair % byte_codes);
    const auto high = static_cast<Code>(pair / byte_codes);
    return std::endian::native == std::endian::little ? std::pair(low, high) : std::pair(high, low);
}

}  // namespace

TransitionCounter::TransitionCounter(const Part& part)
    : part_(&part),
      outside_(static_cast<Code>(part.touchpoints.size())),
      narrow_(part.touchpoints.size() <= byte_codes),
      pairs_(narrow_ ? byte_codes * byte_codes : 0),
      starts_(narrow_ ? byte_codes : 0),
      ends_(narrow_ ? byte_codes : 0),
      slots_(outside_ + std::size_t{1}) {}

void TransitionCounter::add(const Block& block) {
    if (narrow_) {
        add_narrow(block, narrow_codes_.read(part_->touchpoint, block));
    } else {
        add_wide(block, wide_codes_.read(part_->touchpoint, block));
    }
}

/// Counts all pairs of neighbours, then takes those back that lie between two units.
void TransitionCounter::add_narrow(const Block& block, const std::uint8_t* codes) {
    const std::size_t count = block.size();
    std::uint64_t* const pairs = pairs_.data();
    for (std::size_t i = 0; i + 1 < count; ++i) {
        ++pairs[pair_at(codes + i)];
    }
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const std::size_t first = block.offsets[unit];
        const std::size_t end = block.offsets[unit + 1];
        if (first > 0) {
            --pairs[pair_at(codes + first - 1)];
        }
        ++starts_[codes[first]];
        ++ends_[codes[end - 1]];
    }
}

void TransitionCounter::add_wide(const Block& block, const Code* codes) {
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const std::size_t first = block.offsets[unit];
        const std::size_t end = block.offsets[unit + 1];
        count(outside_, codes[first], 1);
        for (std::size_t i = first + 1; i < end; ++i) {
            count(codes[i - 1], codes[i], 1);
        }
        count(codes[end - 1], outside_, 1);
    }
}

void TransitionCounter::count(Code from, Code to, std::uint64_t times) {
    const std::uint32_t slot = slots_.slot(from, to);
    if (slot == slot_counts_.size()) {
        slot_counts_.push_back(0);
    }
    slot_counts_[slot] += times;
}

void TransitionCounter::merge(const TransitionCounter& other, Sign sign) {
    const auto add_all = [sign](auto& mine, const auto& theirs) {
        for (std::size_t i = 0; i < mine.size(); ++i) {
            mine[i] += with_sign(sign, theirs[i]);
        }
    };
    add_all(pairs_, other.pairs_);
    add_all(starts_, other.starts_);
    add_all(ends_, other.ends_);
    for (std::size_t slot = 0; slot < other.slot_counts_.size(); ++slot) {
        const auto [from, to] = other.slots_.pairs()[slot];
        count(from, to, with_sign(sign, other.slot_counts_[slot]));
    }
}

void TransitionCounter::rest() {
    part_ = nullptr;
    narrow_codes_ = {};
    wide_codes_ = {};
}

std::size_t TransitionCounter::bytes() const {
    return (pairs_.size() + starts_.size() + ends_.size() + slot_counts_.size()) *
               sizeof(std::uint64_t) +
           slots_.bytes();
}

void TransitionCounter::finish(question::FlowCounts& counts) const {
    std::map<Code, std::uint64_t> encounters;  // every one is left once
    const auto add_edge = [&](Code from, Code to, std::uint64_t times) {
        if (times == 0) {
            return;
        }
        question::FlowEdge edge;
        edge.from = from == outside_ ? "START" : part_->touchpoints.string(from);
        edge.to = to == outside_ ? "END" : part_->touchpoints.string(to);
        edge.count = times;
        counts.edges.push_back(std::move(edge));
        if (from != outside_) {
            encounters[from] += times;
        }
    };
    for (std::size_t pair = 0; pair < pairs_.size(); ++pair) {
        const auto [from, to] = codes_of(pair);
        add_edge(from, to, pairs_[pair]);
    }
    for (Code code = 0; code < starts_.size(); ++code) {
        add_edge(outside_, code, starts_[code]);
        add_edge(code, outside_, ends_[code]);
    }
    for (std::size_t slot = 0; slot < slot_counts_.size(); ++slot) {
        add_edge(slots_.pairs()[slot].first, slots_.pairs()[slot].second, slot_counts_[slot]);
    }
    for (const auto& [code, count] : encounters) {
        question::FlowNode node;
        node.touchpoint = part_->touchpoints.string(code);
        node.encounters = count;
        counts.nodes.push_back(std::move(node));
    }
    std::ranges::sort(counts.nodes, {}, &question::FlowNode::touchpoint);
    std::ranges::sort(counts.edges, [](const auto& a, const auto& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
}

}  // namespace kokemus::timeline
