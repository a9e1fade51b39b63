#include "timeline/funnel_count.h"

#include "timeline/distinct_count.h"
#include "timeline/plan.h"
#include "timeline/time_counts.h"
#include "timeline/window_funnel.h"

namespace kokemus::timeline {
namespace {

struct StepCount {
    DistinctCount seen;
    TimeCounts times;
    std::vector<std::uint64_t> instead;  ///< per touchpoint, and the last for END
};

class FunnelCounter {
public:
    FunnelCounter(const Part& part, const WindowFunnel& funnel)
        : part_(&part),
          funnel_(&funnel),
          steps_(funnel.steps()) {
        for (auto& step : steps_) {
            step.instead.resize(part.touchpoints.size() + 1);
        }
    }

    void add(const Block& block) {
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            add_unit(block.unit(unit), block.customers[unit]);
        }
    }

    void merge(const FunnelCounter& other) {
        for (std::size_t step = 0; step < steps_.size(); ++step) {
            steps_[step].seen.merge(other.steps_[step].seen);
            steps_[step].times.merge(other.steps_[step].times);
            for (std::size_t code = 0; code < steps_[step].instead.size(); ++code) {
                steps_[step].instead[code] += other.steps_[step].instead[code];
            }
        }
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
    void add_unit(std::span<const Row> rows, Code customer) {
        const auto reached = funnel_->follow(rows);
        for (std::size_t step = 0; step < reached.level; ++step) {
            steps_[step].seen.add(unit_, customer);
            steps_[step].times.add(reached.times[step] - reached.times[0]);
        }
        ++unit_;
        if (reached.level > 0 && reached.level < steps_.size()) {
            const std::size_t next = reached.place + 1;
            const Code instead = next < rows.size() ? part_->touchpoint[rows[next]]
                                                    : static_cast<Code>(part_->touchpoints.size());
            ++steps_[reached.level - 1].instead[instead];
        }
    }

    const Part* part_;
    const WindowFunnel* funnel_;
    std::vector<StepCount> steps_;
    std::uint32_t unit_ = 0;
};

}  // namespace

Result<question::FunnelCounts> count_funnel(const Timeline& timeline,
                                            const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    std::vector<WindowFunnel> funnels;
    for (const Part& part : timeline.parts) {
        funnels.push_back(TRY(WindowFunnel::make(part, question.steps, question.within)));
    }
    const auto [counter, population] = count_blocks(plan, [&](const Part& part) {
        return FunnelCounter(part, funnels[timeline.place_of(part)]);
    });
    question::FunnelCounts counts;
    counts.population = population.population();
    for (std::size_t step = 0; step < question.steps.size(); ++step) {
        counts.steps.push_back(counter.finish(step));
        counts.steps.back().touchpoints = question.steps[step];
    }
    return counts;
}

}  // namespace kokemus::timeline
