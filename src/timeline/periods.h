#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "base/result.h"
#include "base/time_zone.h"
#include "question/question.h"
#include "timeline/code_column.h"

namespace kokemus::timeline {

/// The days, weeks (from Monday) or months of a place that hold a span of time.
class Periods {
public:
    /// Those from the one of `first` to the one of `latest`, both in milliseconds since 1970.
    /// InvalidInput when there are more than 100,000.
    static Result<Periods> make(const TimeZone& zone, question::Grain grain, std::int64_t first,
                                std::int64_t latest);

    std::size_t size() const { return starts_.size() - 1; }
    std::int64_t start(std::size_t period) const { return starts_[period]; }
    std::int64_t end(std::size_t period) const { return starts_[period + 1]; }

    /// The period of a time between `first` and `latest`: two look-ups in tables that stay in the
    /// cache.
    Code period_of(std::int64_t time) const {
        Code period = steps_[static_cast<std::size_t>((time - front_) >> step_bits_)].period;
        while (time >= starts_[period + 1]) {
            ++period;
        }
        return period;
    }

    /// Calls `use(period_of)` with the quickest function from times to periods: one look-up, and no
    /// branch, where no step holds the beginnings of several.
    template <typename Use>
    void with_period_of(const Use& use) const {
        if (skips_) {
            use([this](std::int64_t time) { return period_of(time); });
        } else {
            use([steps = steps_.data(), front = front_, bits = step_bits_](std::int64_t time) {
                const auto since = static_cast<std::uint64_t>(time - front);
                const Step step = steps[since >> bits];
                const auto inside = static_cast<std::uint32_t>(since & ((1U << bits) - 1));
                return step.period + (inside >= step.next ? 1U : 0U);
            });
        }
    }

private:
    /// An even step of 2^step_bits_ milliseconds.
    struct Step {
        Code period;         ///< in which it begins
        std::uint32_t next;  ///< milliseconds from there to the next period, or beyond the step
    };

    void index_steps(question::Grain grain);

    std::vector<std::int64_t> starts_;  ///< and the end of the last
    std::int64_t front_ = 0;            ///< the first of them
    unsigned step_bits_ = 0;            ///< at most 31
    std::vector<Step> steps_;
    bool skips_ = false;  ///< some step holds the beginnings of several periods
};

}  // namespace kokemus::timeline
