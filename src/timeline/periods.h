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

    /// The period of a time between `first` and `latest`.
    Code period_of(std::int64_t time) const {
        Code period = near_[static_cast<std::size_t>((time - starts_.front()) / step_)];
        while (time >= starts_[period + 1]) {
            ++period;
        }
        return period;
    }

private:
    std::vector<std::int64_t> starts_;  ///< and the end of the last
    std::int64_t step_ =
        1;  ///< even steps through the span, for finding the period without a search
    std::vector<Code> near_;  ///< the period in which each step begins
};

}  // namespace kokemus::timeline
