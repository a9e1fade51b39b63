#include "timeline/funnel_count.h"

#include "timeline/block_columns.h"
#include "timeline/count_parts.h"
#include "timeline/distinct_count.h"
#include "timeline/time_counts.h"
#include "timeline/window_funnel.h"

namespace kokemus::timeline {
namespace {

struct StepCount {
    DistinctCount seen;
    TimeCounts times;
    std::vector<std::uint64_t> instead;  ///< per touchpoint, and the last for END
};

/// Costs 1 ns an encounter, and 10 ns one that is at a step behind the unit's first at step 1.
class FunnelCounter {
public:
    FunnelCounter(const Part& part, const WindowFunnel& funnel)
        : part_(&part),
          funnel_(&funnel),
          narrow_(part.touchpoints.size() <= 0x100),
          steps_(funnel.steps()) {
        for (auto& step : steps_) {
            step.instead.resize(part.touchpoints.size() + 1);
        }
    }

    void add(const Block& block) {
        if (narrow_) {
            add_codes(block, narrow_codes_.read(part_->touchpoint, block));
        } else {
            add_codes(block, wide_codes_.read(part_->touchpoint, block));
        }
        unit_ += static_cast<std::uint32_t>(block.units());
    }

    void merge(const FunnelCounter& other, Sign sign = Sign::Plus) {
        for (std::size_t step = 0; step < steps_.size(); ++step) {
            steps_[step].seen.merge(other.steps_[step].seen, sign);
            steps_[step].times.merge(other.steps_[step].times, sign);
            for (std::size_t code = 0; code < steps_[step].instead.size(); ++code) {
                steps_[step].instead[code] += with_sign(sign, other.steps_[step].instead[code]);
            }
        }
    }

    void rest() {
        part_ = nullptr;
        funnel_ = nullptr;
        narrow_codes_ = {};
        wide_codes_ = {};
        listed_ = {};
        hits_ = {};
    }

    std::size_t bytes() const {
        std::size_t bytes = 0;
        for (const StepCount& step : steps_) {
            bytes +=
                sizeof(step) + step.times.bytes() + step.instead.size() * sizeof(std::uint64_t);
        }
        return bytes;
    }

    question::FunnelStep finish(std::size_t step) const {
        const StepCount& counted = steps_[step];
        question::FunnelStep out;
        out.units = counted.seen.units;
        out.customers = counted.seen.customers;
        out.milliseconds = counted.times.histogram();
        out.seconds_sum = counted.times.seconds_sum();
        for (Code code = 0; code < counted.instead.size(); ++code) {
            if (counted.instead[code] > 0) {
                const bool ended = code == part_->touchpoints.size();
                out.instead[ended ? "END" : part_->touchpoints.string(code)] +=
                    counted.instead[code];
            }
        }
        return out;
    }

private:
    template <typename Width>
    void add_codes(const Block& block, const Width* codes);
    template <typename Width>
    std::size_t list_hits(const Width* codes, std::size_t count);
    void add_unit(std::span<const WindowFunnel::Hit> hits, Code customer, std::uint32_t unit,
                  const auto& code_behind);

    const Part* part_;
    const WindowFunnel* funnel_;
    bool narrow_;  ///< touchpoints have a byte each
    std::vector<StepCount> steps_;
    std::uint32_t unit_ = 0;
    PlaceCodes<std::uint8_t> narrow_codes_;
    PlaceCodes<Code> wide_codes_;
    std::vector<std::uint32_t> listed_;  ///< places of the block that satisfy any step
    std::vector<WindowFunnel::Hit> hits_;
};

/// Few encounters are at any step, so those are listed first, without a branch.
template <typename Width>
std::size_t FunnelCounter::list_hits(const Width* codes, std::size_t count) {
    if (listed_.size() < count) {
        listed_.resize(count);
        hits_.resize(count);
    }
    const std::uint32_t* const steps_of = funnel_->steps_of().data();
    std::uint32_t* const listed = listed_.data();
    std::size_t found = 0;
    for (std::size_t place = 0; place < count; ++place) {
        listed[found] = static_cast<std::uint32_t>(place);
        found += steps_of[codes[place]] != 0 ? 1 : 0;
    }
    return found;
}

template <typename Width>
void FunnelCounter::add_codes(const Block& block, const Width* codes) {
    const std::size_t found = list_hits(codes, block.size());
    const auto steps_of = funnel_->steps_of();
    std::size_t unit = 0;
    for (std::size_t i = 0; i < found;) {
        while (block.offsets[unit + 1] <= listed_[i]) {
            ++unit;
        }
        const std::uint32_t end = block.offsets[unit + 1];
        while (i < found && listed_[i] < end && (steps_of[codes[listed_[i]]] & 1U) == 0) {
            ++i;
        }
        std::size_t hits = 0;
        for (; i < found && listed_[i] < end; ++i, ++hits) {
            const std::uint32_t place = listed_[i];
            const Row row = block.is_run() ? block.first_row() + place : block.rows()[place];
            hits_[hits] = {place, steps_of[codes[place]], part_->time[row]};
        }
        if (hits > 0) {
            add_unit(std::span(hits_).first(hits),
                     block.customers[unit],
                     unit_ + static_cast<std::uint32_t>(unit),
                     [&](std::size_t place) -> std::size_t {
                         return place + 1 < end ? codes[place + 1] : part_->touchpoints.size();
                     });
        }
    }
}

void FunnelCounter::add_unit(std::span<const WindowFunnel::Hit> hits, Code customer,
                             std::uint32_t unit, const auto& code_behind) {
    const auto reached = funnel_->follow(hits);
    for (std::size_t step = 0; step < reached.level; ++step) {
        steps_[step].seen.add(unit, customer);
        steps_[step].times.add(reached.times[step] - reached.times[0]);
    }
    if (reached.level < steps_.size()) {
        ++steps_[reached.level - 1].instead[code_behind(reached.place)];
    }
}

}  // namespace

Result<question::FunnelCounts> count_funnel(const Timeline& timeline,
                                            const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    std::vector<WindowFunnel> funnels;
    for (const Part& part : timeline.parts) {
        funnels.push_back(TRY(WindowFunnel::make(part, question.steps, question.within)));
    }
    const Keeping keeping{.what = "funnel", .layout = layout_of({timeline.touchpoints.size()})};
    const auto [counter, population] = count_blocks(
        plan,
        [&](const Part& part) { return FunnelCounter(part, funnels[timeline.place_of(part)]); },
        &keeping);
    question::FunnelCounts counts;
    counts.population = population.population();
    for (std::size_t step = 0; step < question.steps.size(); ++step) {
        counts.steps.push_back(counter.finish(step));
        counts.steps.back().touchpoints = question.steps[step];
    }
    return counts;
}

}  // namespace kokemus::timeline
