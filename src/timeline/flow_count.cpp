#include "timeline/flow_count.h"

#include <algorithm>
#include <tuple>

#include "timeline/distinct_count.h"
#include "timeline/pair_slots.h"
#include "timeline/plan.h"
#include "timeline/time_counts.h"

namespace kokemus::timeline {
namespace {

/// Places in a unit as 2^30 parts of its length, so that their sum is exact.
constexpr std::uint64_t place_one = 1U << 30U;

constexpr Fixed no_experience = INT64_MIN;

struct NodeCount {
    DistinctCount seen;
    ExactMoments experience;
    std::uint64_t places = 0;
};

struct EdgeCount {
    DistinctCount seen;
    std::uint64_t forced = 0;
    TimeCounts times;
    ExactMoments experience;
};

class FlowCounter {
public:
    explicit FlowCounter(const Part& part)
        : part_(&part),
          outside_(static_cast<Code>(part.touchpoints.size())),
          nodes_(outside_),
          slots_(outside_ + std::size_t{1}),
          channels_(std::max(part.touchpoints.size(), part.channels.size())) {}

    void add(const Block& block);
    void merge(const FlowCounter& other);
    void finish(question::FlowCounts& counts) const;

private:
    Fixed add_nodes(const Block& block, std::size_t unit);
    void add_edges(const Block& block, std::size_t unit, Fixed experience);
    EdgeCount& edge(Code from, Code to);
    std::string channel_of(Code touchpoint) const;
    question::FlowEdge finish_edge(std::size_t slot) const;

    const Part* part_;
    Code outside_;  ///< stands for START as `from` and for END as `to`
    std::vector<NodeCount> nodes_;
    PairSlots slots_;
    std::vector<EdgeCount> edges_;
    PairSlots channels_;  ///< (touchpoint, channel)
    std::vector<std::uint64_t> channel_counts_;
    ExactMoments experience_;
    std::uint32_t unit_ = 0;         ///< counts the units of this worker
    std::vector<Code> touchpoints_;  ///< of the block, here and below
    std::vector<Code> block_channels_;
    std::vector<Fixed> experiences_;
};

void FlowCounter::add(const Block& block) {
    touchpoints_.resize(block.size());
    gather(part_->touchpoint, block.rows(), touchpoints_.data());
    block_channels_.resize(block.size());
    gather(part_->channel, block.rows(), block_channels_.data());
    experiences_.resize(block.size());
    for (std::size_t i = 0; i < block.size(); ++i) {
        const auto* answer = part_->answer.at(block.rows()[i]);
        experiences_[i] = answer != nullptr && answer->placed ? answer->experience : no_experience;
        const auto slot = channels_.slot(touchpoints_[i], block_channels_[i]);
        if (slot == channel_counts_.size()) {
            channel_counts_.push_back(0);
        }
        ++channel_counts_[slot];
    }
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const Fixed experience = add_nodes(block, unit);
        if (experience != no_experience) {
            experience_.add(experience);
        }
        add_edges(block, unit, experience);
        ++unit_;
    }
}

/// Gives the experience of the unit on the way.
Fixed FlowCounter::add_nodes(const Block& block, std::size_t unit) {
    const std::size_t from = block.offsets[unit];
    const std::size_t length = block.offsets[unit + 1] - from;
    constexpr unsigned extra_bits = 10;  // so that adding up the steps does not round away the end
    const std::uint64_t step = length > 1 ? (place_one << extra_bits) / (length - 1) : 0;
    Fixed sum = 0;
    Fixed scores = 0;
    for (std::size_t i = 0; i < length; ++i) {
        NodeCount& node = nodes_[touchpoints_[from + i]];
        node.seen.add(unit_, block.customers[unit]);
        node.places += (i * step) >> extra_bits;
        if (const Fixed experience = experiences_[from + i]; experience != no_experience) {
            node.experience.add(experience);
            sum += experience;
            ++scores;
        }
    }
    return scores > 0 ? sum / scores : no_experience;
}

void FlowCounter::add_edges(const Block& block, std::size_t unit, Fixed experience) {
    const Code customer = block.customers[unit];
    const auto rows = block.unit(unit);
    const Code* touchpoints = touchpoints_.data() + block.offsets[unit];
    const Code* channels = block_channels_.data() + block.offsets[unit];
    const auto pass = [&](Code from, Code to) -> EdgeCount& {
        EdgeCount& passed = edge(from, to);
        if (passed.seen.add(unit_, customer) && experience != no_experience) {
            passed.experience.add(experience);
        }
        return passed;
    };
    pass(outside_, touchpoints[0]);
    for (std::size_t i = 1; i < rows.size(); ++i) {
        EdgeCount& passed = pass(touchpoints[i - 1], touchpoints[i]);
        passed.times.add(part_->time[rows[i]] - part_->time[rows[i - 1]]);
        if (part_->facts.is_machine(channels[i - 1]) && part_->facts.is_human(channels[i]) &&
            part_->is_forced(rows[i - 1], rows[i])) {
            ++passed.forced;
        }
    }
    pass(touchpoints[rows.size() - 1], outside_);
}

EdgeCount& FlowCounter::edge(Code from, Code to) {
    const std::uint32_t slot = slots_.slot(from, to);
    if (slot == edges_.size()) {
        edges_.emplace_back();
    }
    return edges_[slot];
}

void FlowCounter::merge(const FlowCounter& other) {
    for (std::size_t code = 0; code < nodes_.size(); ++code) {
        nodes_[code].seen.merge(other.nodes_[code].seen);
        nodes_[code].experience.merge(other.nodes_[code].experience);
        nodes_[code].places += other.nodes_[code].places;
    }
    for (std::size_t slot = 0; slot < other.edges_.size(); ++slot) {
        const auto [from, to] = other.slots_.pairs()[slot];
        EdgeCount& mine = edge(from, to);
        const EdgeCount& theirs = other.edges_[slot];
        mine.seen.merge(theirs.seen);
        mine.forced += theirs.forced;
        mine.times.merge(theirs.times);
        mine.experience.merge(theirs.experience);
    }
    for (std::size_t slot = 0; slot < other.channel_counts_.size(); ++slot) {
        const auto [touchpoint, channel] = other.channels_.pairs()[slot];
        const auto mine = channels_.slot(touchpoint, channel);
        channel_counts_.resize(channels_.pairs().size());
        channel_counts_[mine] += other.channel_counts_[slot];
    }
    experience_.merge(other.experience_);
}

/// The channel most encounters of each touchpoint have; of equals the first by name.
std::vector<Code> most_used(const PairSlots& pairs, const std::vector<std::uint64_t>& counts,
                            const Shared& shared) {
    std::vector<Code> channels(shared.touchpoints.size());
    std::vector<std::uint64_t> most(channels.size());
    for (std::size_t slot = 0; slot < counts.size(); ++slot) {
        const auto [touchpoint, channel] = pairs.pairs()[slot];
        if (counts[slot] > most[touchpoint] ||
            (counts[slot] == most[touchpoint] &&
             shared.channels.text(channel) < shared.channels.text(channels[touchpoint]))) {
            most[touchpoint] = counts[slot];
            channels[touchpoint] = channel;
        }
    }
    return channels;
}

void FlowCounter::finish(question::FlowCounts& counts) const {
    const auto channels = most_used(channels_, channel_counts_, *part_);
    for (Code code = 0; code < nodes_.size(); ++code) {
        const NodeCount& node = nodes_[code];
        if (node.seen.count == 0) {
            continue;
        }
        question::FlowNode out;
        out.touchpoint = part_->touchpoints.string(code);
        out.channel = part_->channels.string(channels[code]);
        out.encounters = node.seen.count;
        out.units = node.seen.units;
        out.customers = node.seen.customers;
        out.experience = node.experience.moments();
        out.position_sum = static_cast<double>(node.places) / static_cast<double>(place_one);
        counts.nodes.push_back(std::move(out));
    }
    std::ranges::sort(counts.nodes, {}, &question::FlowNode::touchpoint);
    for (std::size_t slot = 0; slot < edges_.size(); ++slot) {
        counts.edges.push_back(finish_edge(slot));
    }
    std::ranges::sort(counts.edges, [](const auto& a, const auto& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
    counts.experience = experience_.moments();
}

question::FlowEdge FlowCounter::finish_edge(std::size_t slot) const {
    const auto [from, to] = slots_.pairs()[slot];
    const EdgeCount& edge = edges_[slot];
    question::FlowEdge out;
    out.from = from == outside_ ? "START" : part_->touchpoints.string(from);
    out.to = to == outside_ ? "END" : part_->touchpoints.string(to);
    out.count = edge.seen.count;
    out.units = edge.seen.units;
    out.customers = edge.seen.customers;
    out.forced = edge.forced;
    out.milliseconds = edge.times.histogram();
    out.seconds_sum = edge.times.seconds_sum();
    out.experience = edge.experience.moments();
    return out;
}

}  // namespace

Result<question::FlowCounts> count_flow(const Timeline& timeline,
                                        const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const auto [counter, population] =
        count_blocks(plan, [](const Part& part) { return FlowCounter(part); });
    question::FlowCounts counts;
    counts.population = population.population();
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
