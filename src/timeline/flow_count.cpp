#include "timeline/flow_count.h"

#include <algorithm>
#include <bit>
#include <span>
#include <tuple>

#include "timeline/block_columns.h"
#include "timeline/flow_tally.h"
#include "timeline/plan.h"
#include "timeline/step_times.h"
#include "timeline/transition_count.h"

namespace kokemus::timeline {
namespace {

/// Places in a unit as 2^30 parts of its length, so that their sum is exact.
constexpr std::uint64_t place_one = 1U << 30U;
constexpr unsigned stride_bits = 10;  // more, so that adding up strides does not round away the end

constexpr Fixed no_experience = INT64_MIN;
constexpr std::int64_t forced_milliseconds_max = std::int64_t{24} * 3600 * 1000;

/// What the blocks of one part add up to. Arrays below are of the block at hand, by place or by
/// unit.
class FlowCounter {
public:
    FlowCounter(const Part& part, const question::Question& question);

    void add(const Block& block);
    void merge(const FlowCounter& other);
    void finish(question::FlowCounts& counts) const;

private:
    template <typename Width>
    void add_codes(const Block& block, PlaceCodes<Width>& touchpoints, PlaceCodes<Width>& channels);
    void mark_units(const Block& block);
    template <typename Width>
    void add_answers(const Block& block, const Width* touchpoints);
    const ScoreSums* score_units(const Block& block);
    template <typename Width>
    void find_forced(const Block& block, const Width* touchpoints, const Width* channels);
    question::FlowEdge finish_edge(std::size_t slot) const;

    const Part* part_;
    bool narrow_;                              ///< touchpoints and channels have a byte each
    std::vector<Fixed> experience_of_;         ///< answer code -> its place, or no_experience
    std::vector<std::uint8_t> channel_class_;  ///< channel -> 1: of a machine, 2: of a human
    std::vector<ScoreSums> score_of_;          ///< answer code -> what it adds to its touchpoint
    EdgeTally edges_;
    NodeTally nodes_;
    ExactMoments experience_;
    FlowUnits units_;

    PlaceCodes<std::uint8_t> narrow_touchpoints_, narrow_channels_;
    PlaceCodes<Code> wide_touchpoints_, wide_channels_;
    std::vector<std::uint8_t> begins_;
    std::vector<std::uint32_t> slots_;
    std::vector<std::int64_t> milliseconds_;
    std::vector<std::uint16_t> buckets_;
    std::vector<std::uint32_t> forced_;  ///< places that may be forced switches
    std::vector<std::uint32_t> ends_;
    std::vector<std::uint64_t> strides_;
    std::vector<Fixed> score_sums_, score_counts_;
    std::vector<ScoreSums> scores_;
};

FlowCounter::FlowCounter(const Part& part, const question::Question& question)
    : part_(&part),
      narrow_(part.touchpoints.size() <= 0x100 && part.channels.size() <= 0x100),
      edges_(static_cast<Code>(part.touchpoints.size()), part.latest_time - part.first_time),
      nodes_(part.touchpoints.size(), part.channels.size()) {
    for (const Answer& answer : part.answers) {
        experience_of_.push_back(answer.placed ? answer.experience : no_experience);
        score_of_.push_back(ScoreSums::of(answer.placed ? answer.experience : 0));
    }
    for (Code channel = 0; channel < part.channels.size(); ++channel) {
        channel_class_.push_back(part.facts.is_machine(channel) ? 1
                                 : part.facts.is_human(channel) ? 2
                                                                : 0);
    }
    units_.may_share_customer = question.per.kind != question::UnitKind::Customer;
}

void FlowCounter::add(const Block& block) {
    if (narrow_) {
        add_codes(block, narrow_touchpoints_, narrow_channels_);
    } else {
        add_codes(block, wide_touchpoints_, wide_channels_);
    }
}

template <typename Width>
void FlowCounter::add_codes(const Block& block, PlaceCodes<Width>& touchpoint,
                            PlaceCodes<Width>& channel) {
    const std::size_t count = block.size();
    const Width* touchpoints = touchpoint.read(part_->touchpoint, block);
    const Width* channels = channel.read(part_->channel, block);
    mark_units(block);
    edges_.find(touchpoints, block.offsets, slots_.data(), ends_.data());
    read_step_times(part_->time, block, milliseconds_.data(), buckets_.data());
    add_answers(block, touchpoints);
    const ScoreSums* scores = score_units(block);
    edges_.pass(units_, slots_.data(), milliseconds_.data(), count, scores);
    edges_.pass_ends(units_, ends_.data(), block.units(), scores);
    edges_.add_times(slots_.data(), buckets_.data(), count);
    find_forced(block, touchpoints, channels);
    nodes_.add(units_, touchpoints, channels, count, strides_.data());
    units_.first += static_cast<std::uint32_t>(block.units());
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        begins_[block.offsets[unit]] = 0;
    }
}

/// Makes room for the block and marks where its units begin.
void FlowCounter::mark_units(const Block& block) {
    if (block.size() > begins_.size()) {
        begins_.resize(block.size());
        slots_.resize(block.size());
        milliseconds_.resize(block.size());
        buckets_.resize(block.size());
        forced_.resize(block.size());
    }
    if (block.units() > ends_.size()) {
        ends_.resize(block.units());
        strides_.resize(block.units());
        scores_.resize(block.units());
    }
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        begins_[block.offsets[unit]] = 1;
        const std::uint64_t length = block.offsets[unit + 1] - block.offsets[unit];
        strides_[unit] = length > 1 ? (place_one << stride_bits) / (length - 1) : 0;
    }
    units_.begins = begins_.data();
    units_.customers = block.customers.data();
}

/// Adds every score to its touchpoint and to the sums of its unit.
template <typename Width>
void FlowCounter::add_answers(const Block& block, const Width* touchpoints) {
    score_sums_.assign(block.units(), 0);
    score_counts_.assign(block.units(), 0);
    const RowSet& answered = part_->answer.rows();
    if (answered.empty()) {
        return;
    }
    std::size_t unit = 0;
    const auto add = [&](std::size_t place, std::size_t rank) {
        const Code answer = part_->answer.code(rank);
        const Fixed experience = experience_of_[answer];
        if (experience == no_experience) {
            return;
        }
        while (place >= block.offsets[unit + 1]) {
            ++unit;
        }
        nodes_.add_score(touchpoints[place], score_of_[answer]);
        score_sums_[unit] += experience;
        ++score_counts_[unit];
    };
    if (!block.is_run()) {
        for_each_row(block, [&](std::size_t place, Row row) {
            if (answered.contains(row)) {
                add(place, answered.rank(row));
            }
        });
        return;
    }
    const std::size_t first = block.first_row();
    const std::size_t end = first + block.size();
    std::size_t rank = answered.rank(block.first_row());
    for (std::size_t word = first / 64; word * 64 < end; ++word) {
        std::uint64_t bits = answered.word(word);
        if (word == first / 64) {
            bits &= ~std::uint64_t{0} << (first % 64);
        }
        for (; bits != 0; bits &= bits - 1) {
            const std::size_t row = word * 64 + static_cast<std::size_t>(std::countr_zero(bits));
            if (row < end) {
                add(row - first, rank++);
            }
        }
    }
}

/// The experience of each unit, ready for adding; nullptr when no unit has any.
const ScoreSums* FlowCounter::score_units(const Block& block) {
    bool any = false;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        scores_[unit] = ScoreSums{};
        if (score_counts_[unit] > 0) {
            const Fixed experience = score_sums_[unit] / score_counts_[unit];
            scores_[unit] = ScoreSums::of(experience);
            experience_.add(experience);
            any = true;
        }
    }
    return any ? scores_.data() : nullptr;
}

/// Few encounters on a human channel follow one of a machine within a day, so those are listed
/// first, without a branch; only their threads and topics are compared.
template <typename Width>
void FlowCounter::find_forced(const Block& block, const Width* touchpoints, const Width* channels) {
    const std::uint8_t* const classes = channel_class_.data();
    const std::uint8_t* const begins = begins_.data();
    const std::int64_t* const milliseconds = milliseconds_.data();
    std::uint32_t* const listed = forced_.data();
    const std::size_t count = block.size();
    std::size_t candidates = 0;
    unsigned before = 0;
    for (std::size_t place = 0; place < count; ++place) {
        const unsigned now = classes[channels[place]];
        const unsigned soon = milliseconds[place] <= forced_milliseconds_max ? 1 : 0;
        listed[candidates] = static_cast<std::uint32_t>(place);
        candidates += before & (now >> 1U) & soon & (begins[place] ^ 1U);
        before = now;
    }
    for (const std::uint32_t place : std::span(forced_).first(candidates)) {
        const auto& topic_of = part_->facts.topic_of;
        bool is_forced = topic_of[touchpoints[place - 1]] == topic_of[touchpoints[place]];
        if (!is_forced) {
            const Row later = block.is_run() ? block.first_row() + place : block.rows()[place];
            const Row earlier = block.is_run() ? later - 1 : block.rows()[place - 1];
            const Code thread = part_->thread[earlier];
            is_forced = thread != 0 && thread == part_->thread[later];
        }
        if (is_forced) {
            edges_.add_forced(slots_[place]);
        }
    }
}

void FlowCounter::merge(const FlowCounter& other) {
    edges_.merge(other.edges_);
    nodes_.merge(other.nodes_);
    experience_.merge(other.experience_);
}

/// The channel most encounters of each touchpoint have, of equals the first by name, and how many
/// encounters each has.
struct Channels {
    explicit Channels(const NodeTally& nodes, const Part& part)
        : most_used(nodes.size()),
          encounters(nodes.size()) {
        std::vector<std::uint64_t> most(nodes.size());
        nodes.for_each_cell([&](Code touchpoint, Code channel, std::uint64_t count) {
            encounters[touchpoint] += count;
            Code& used = most_used[touchpoint];
            if (count > most[touchpoint] ||
                (count == most[touchpoint] &&
                 part.channels.text(channel) < part.channels.text(used))) {
                most[touchpoint] = count;
                used = channel;
            }
        });
    }

    std::vector<Code> most_used;
    std::vector<std::uint64_t> encounters;
};

void FlowCounter::finish(question::FlowCounts& counts) const {
    const Channels channels(nodes_, *part_);
    for (Code code = 0; code < nodes_.size(); ++code) {
        const NodeTally::Node& node = nodes_.node(code);
        if (node.units == 0) {
            continue;
        }
        question::FlowNode out;
        out.touchpoint = part_->touchpoints.string(code);
        out.channel = part_->channels.string(channels.most_used[code]);
        out.encounters = channels.encounters[code];
        out.units = node.units;
        out.customers = units_.may_share_customer ? node.customers : node.units;
        out.experience = nodes_.scores(code).moments();
        out.position_sum = static_cast<double>(node.places) / static_cast<double>(place_one);
        counts.nodes.push_back(std::move(out));
    }
    std::ranges::sort(counts.nodes, {}, &question::FlowNode::touchpoint);
    for (std::size_t slot = 0; slot < edges_.size(); ++slot) {
        if (edges_.edge(slot).passes() > 0) {
            counts.edges.push_back(finish_edge(slot));
        }
    }
    std::ranges::sort(counts.edges, [](const auto& a, const auto& b) {
        return std::tie(a.from, a.to) < std::tie(b.from, b.to);
    });
    counts.experience = experience_.moments();
}

question::FlowEdge FlowCounter::finish_edge(std::size_t slot) const {
    const auto [from, to] = edges_.ends_of(slot);
    const EdgeTally::Edge& edge = edges_.edge(slot);
    question::FlowEdge out;
    out.from = from == edges_.outside() ? "START" : part_->touchpoints.string(from);
    out.to = to == edges_.outside() ? "END" : part_->touchpoints.string(to);
    out.count = edge.passes();
    out.units = edge.units();
    out.customers = units_.may_share_customer ? edge.customers : edge.units();
    out.forced = edge.forced;
    if (from != edges_.outside() && to != edges_.outside()) {
        out.milliseconds = edges_.histogram(slot);
    }
    out.seconds_sum = static_cast<double>(edge.milliseconds) / 1000;
    out.experience = edges_.scores(slot).moments();
    return out;
}

question::FlowCounts count_transitions(const Plan& plan) {
    const auto [counter, population] =
        count_blocks(plan, [](const Part& part) { return TransitionCounter(part); });
    question::FlowCounts counts;
    counts.population = population.population();
    counter.finish(counts);
    return counts;
}

}  // namespace

Result<question::FlowCounts> count_flow(const Timeline& timeline,
                                        const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    if (question.counts_only) {
        return count_transitions(plan);
    }
    const auto [counter, population] =
        count_blocks(plan, [&](const Part& part) { return FlowCounter(part, question); });
    question::FlowCounts counts;
    counts.population = population.population();
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
