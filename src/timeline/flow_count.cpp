#include "timeline/flow_count.h"

#include <algorithm>
#include <numeric>
#include <string_view>
#include <utility>

#include "timeline/block_columns.h"
#include "timeline/count_parts.h"
#include "timeline/flow_tally.h"
#include "timeline/forced_switches.h"
#include "timeline/row_bits.h"
#include "timeline/step_times.h"
#include "timeline/text_ranks.h"
#include "timeline/transition_count.h"
#include "timeline/unit_scores.h"

namespace kokemus::timeline {
namespace {

constexpr std::string_view start = "START";  ///< what units come from before their first encounter
constexpr std::string_view end = "END";      ///< and go to after their last

/// What the blocks that one worker meets add up to. Arrays below are of the block at hand, by place
/// or by unit. Costs 8 ns an encounter of a run: 5 for counting (FlowTally), 1 each for times since
/// the encounter before and for scores, 0.6 for forced switches.
class FlowCounter {
public:
    FlowCounter(const Part& part, const question::Question& question);

    /// Goes on with the blocks of another part.
    void enter(const Part& part) { part_ = &part; }

    void add(const Block& block);
    void merge(const FlowCounter& other, Sign sign = Sign::Plus);
    void rest();
    std::size_t bytes() const { return tally_.bytes(); }
    void finish(question::FlowCounts& counts);

private:
    template <typename Width>
    void add_codes(const Block& block, PlaceCodes<Width>& touchpoints, PlaceCodes<Width>& channels);
    template <typename Width>
    void add_forced(const Block& block, const FlowBlock<Width>& columns);
    question::FlowEdge finish_edge(std::size_t edge) const;

    const Part* part_;
    bool narrow_;  ///< touchpoints and channels have a byte each
    FlowTally tally_;
    ForcedSwitches forced_;
    UnitScores scores_;

    PlaceCodes<std::uint8_t> narrow_touchpoints_, narrow_channels_;
    PlaceCodes<Code> wide_touchpoints_, wide_channels_;
    std::vector<std::int64_t> milliseconds_;
    std::vector<std::uint16_t> buckets_;
};

FlowCounter::FlowCounter(const Part& part, const question::Question& question)
    : part_(&part),
      narrow_(part.touchpoints.size() <= 0x100 && part.channels.size() <= 0x100),
      tally_(part.touchpoints.size(), part.channels.size(), part.latest_time - part.first_time,
             question.per.kind != question::UnitKind::Customer),
      forced_(part),
      scores_(part) {}

void FlowCounter::add(const Block& block) {
    if (narrow_) {
        add_codes(block, narrow_touchpoints_, narrow_channels_);
    } else {
        add_codes(block, wide_touchpoints_, wide_channels_);
    }
}

template <typename Width>
void FlowCounter::add_codes(const Block& block, PlaceCodes<Width>& touchpoints,
                            PlaceCodes<Width>& channels) {
    milliseconds_.resize(std::max(milliseconds_.size(), block.size()));
    buckets_.resize(std::max(buckets_.size(), block.size()));
    FlowBlock<Width> columns{.touchpoints = touchpoints.read(part_->touchpoint, block),
                             .channels = channels.read(part_->channel, block),
                             .milliseconds = milliseconds_.data(),
                             .buckets = buckets_.data(),
                             .offsets = block.offsets,
                             .customers = block.customers.data(),
                             .scores = nullptr};
    read_step_times(part_->time, block, milliseconds_.data(), buckets_.data());
    columns.scores = scores_.read(*part_, block, [&](std::size_t place, const ScoreSums& score) {
        tally_.add_score(columns.touchpoints[place], score);
    });
    tally_.add(columns);
    add_forced(block, columns);
}

/// As Part::is_forced, with what is at hand.
template <typename Width>
void FlowCounter::add_forced(const Block& block, const FlowBlock<Width>& columns) {
    const auto bits = forced_.find(columns.channels, columns.buckets, block.offsets);
    const auto& topic_of = part_->facts.topic_of;
    part_->thread.visit([&](const auto* threads) {
        for_each_bit(bits, 0, block.size(), [&](std::size_t place) {
            const Code from = columns.touchpoints[place - 1];
            const Code to = columns.touchpoints[place];
            bool is_forced = topic_of[from] == topic_of[to];
            if (!is_forced) {
                const bool run = block.is_run();
                const Row later =
                    run ? block.first_row() + static_cast<Row>(place) : block.rows()[place];
                const Row earlier = run ? later - 1 : block.rows()[place - 1];
                is_forced = threads[earlier] != 0 && threads[earlier] == threads[later];
            }
            if (is_forced && columns.milliseconds[place] <= forced_switch_within.count()) {
                tally_.add_forced(from, to);
            }
        });
    });
}

void FlowCounter::merge(const FlowCounter& other, Sign sign) {
    tally_.merge(other.tally_, sign);
    scores_.merge(other.scores_, sign);
}

void FlowCounter::rest() {
    part_ = nullptr;
    tally_.rest();
    scores_.rest();
    narrow_touchpoints_ = narrow_channels_ = {};
    wide_touchpoints_ = wide_channels_ = {};
    milliseconds_ = {};
    buckets_ = {};
}

/// Of each touchpoint: how many encounters and where in their units, and the channel that most of
/// them have, of equals the first by name.
struct Cells {
    Cells(const FlowTally& tally, const Part& part)
        : channel(tally.touchpoints()),
          encounters(tally.touchpoints()),
          places(tally.touchpoints()) {
        std::vector<std::uint64_t> most(tally.touchpoints());
        tally.for_each_cell([&](Code touchpoint, Code on, std::uint64_t count, std::uint64_t sum) {
            encounters[touchpoint] += count;
            places[touchpoint] += sum;
            Code& used = channel[touchpoint];
            if (count > most[touchpoint] ||
                (count == most[touchpoint] && part.channels.text(on) < part.channels.text(used))) {
                most[touchpoint] = count;
                used = on;
            }
        });
    }

    std::vector<Code> channel;
    std::vector<std::uint64_t> encounters, places;
};

/// All edges in the order of their texts: by ranks, as there may be a million of them.
std::vector<std::uint32_t> in_order(const FlowTally& tally, const Dictionary& touchpoints) {
    const auto from_ranks = text_ranks(touchpoints, start);
    const auto to_ranks = text_ranks(touchpoints, end);
    std::vector<std::uint32_t> order(tally.edges());
    std::iota(order.begin(), order.end(), 0U);
    std::ranges::sort(order, {}, [&](std::uint32_t edge) {
        const auto [from, to] = tally.ends_of(edge);
        return std::pair(from_ranks[from], to_ranks[to]);
    });
    return order;
}

void FlowCounter::finish(question::FlowCounts& counts) {
    tally_.settle();
    constexpr double place_one = std::uint64_t{1} << FlowTally::place_bits;
    const Cells cells(tally_, *part_);
    for (Code code = 0; code < tally_.touchpoints(); ++code) {
        if (cells.encounters[code] == 0) {
            continue;
        }
        question::FlowNode out;
        out.touchpoint = part_->touchpoints.string(code);
        out.channel = part_->channels.string(cells.channel[code]);
        out.encounters = cells.encounters[code];
        out.units = tally_.units_at(code);
        out.customers = tally_.customers_at(code);
        out.experience = tally_.scores_at(code).moments();
        out.position_sum = static_cast<double>(cells.places[code]) / place_one;
        counts.nodes.push_back(std::move(out));
    }
    std::ranges::sort(counts.nodes, {}, &question::FlowNode::touchpoint);
    counts.edges.reserve(tally_.edges());
    for (const std::uint32_t edge : in_order(tally_, part_->touchpoints)) {
        if (tally_.units(edge) > 0) {
            counts.edges.push_back(finish_edge(edge));
        }
    }
    counts.experience = scores_.moments().moments();
}

question::FlowEdge FlowCounter::finish_edge(std::size_t edge) const {
    const auto [from, to] = tally_.ends_of(edge);
    const bool starts = from == tally_.outside();
    const bool ends = to == tally_.outside();
    question::FlowEdge out;
    out.from = starts ? std::string(start) : part_->touchpoints.string(from);
    out.to = ends ? std::string(end) : part_->touchpoints.string(to);
    out.units = tally_.units(edge);
    out.customers = tally_.customers(edge);
    out.forced = tally_.forced(edge);
    out.count = out.units;
    if (!starts && !ends) {
        out.milliseconds = tally_.times(edge);
        out.count = out.milliseconds.count();
    }
    out.seconds_sum = static_cast<double>(tally_.milliseconds(edge)) / 1000;
    out.experience = tally_.scores(edge).moments();
    return out;
}

question::FlowCounts count_transitions(const Plan& plan) {
    const Keeping keeping{.what = "transitions",
                          .layout = layout_of({plan.timeline.touchpoints.size()})};
    const auto [counter, population] = count_blocks(
        plan, [](const Part& part) { return TransitionCounter(part); }, &keeping);
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
    const std::size_t stride = TimeTable::stride_for(timeline.latest_time - timeline.first_time);
    const Keeping keeping{
        .what = "flow",
        .layout = layout_of({timeline.touchpoints.size(), timeline.channels.size(), stride})};
    auto [counter, population] = count_blocks(
        plan, [&](const Part& part) { return FlowCounter(part, question); }, &keeping);
    question::FlowCounts counts;
    counts.population = population.population();
    counter.finish(counts);
    return counts;
}

}  // namespace kokemus::timeline
