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
        Code period = near_period(time);
        while (time >= starts_[period + 1]) {
            ++period;
        }
        return period;
    }

    /// Calls `use(period_of)` with the quickest function from times to periods.
    template <typename Use>
    void with_period_of(const Use& use) const {
        if (skips_) {
            use([this](std::int64_t time) { return period_of(time); });
        } else {
            use([near = near_.data(), starts = starts_.data(), front = front_, bits = step_bits_](
                    std::int64_t time) {
                const Code period = near[(time - front) >> bits];
                return static_cast<Code>(period + (time >= starts[period + 1] ? 1 : 0));
            });
        }
    }

private:
    Code near_period(std::int64_t time) const {
        return near_[static_cast<std::size_t>((time - front_) >> step_bits_)];
    }

    void index_steps(question::Grain grain);

    std::vector<std::int64_t> starts_;  ///< and the end of the last
    std::int64_t front_ = 0;            ///< the first of them
    int step_bits_ = 0;       ///< even steps of 2^bits milliseconds, each shorter than a period
    std::vector<Code> near_;  ///< the period in which each step begins
    bool skips_ = false;      ///< some step holds the beginnings of several periods
};

}  // namespace kokemus::timeline
