#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
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
    /// InvalidInput when there are more than 20,000.
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

    /// Whether periods_of_word may be called: days and weeks, which have one length but for the
    /// hour that clocks are put on or back, and few such changes among them.
    bool are_even() const { return is_even_; }

    /// The periods of 64 times between `first` and `latest`, the i-th being `time_at(i)`: by a
    /// multiplication, and looked up only next to where a period begins.
    template <typename TimeAt>
    [[gnu::always_inline]] void periods_of_word(const TimeAt& time_at, Code* periods) const {
        std::array<std::int32_t, word_size> steps, unsure;
        std::array<float, word_size> places;
        std::array<Code, word_size> found;
        const std::int64_t front = front_;
        const unsigned bits = coarse_bits_;
        const float per_step = periods_per_step_;
        const float margin = margin_;
        for (std::size_t i = 0; i < word_size; ++i) {
            steps[i] = static_cast<std::int32_t>((time_at(i) - front) >> bits);
            places[i] = static_cast<float>(steps[i]) * per_step;
        }
        for (const Shift& shift : shifts_) {
            const Shift by = shift;
            for (std::size_t i = 0; i < word_size; ++i) {
                places[i] -= steps[i] >= by.from_step ? by.periods : 0.0F;
            }
        }
        std::int32_t any_unsure = 0;
        for (std::size_t i = 0; i < word_size; ++i) {
            const auto period = static_cast<std::int32_t>(places[i]);
            const float inside = places[i] - static_cast<float>(period);
            found[i] = static_cast<Code>(period);
            unsure[i] = (inside < margin ? 1 : 0) | (inside > 1 - margin ? 1 : 0);
            any_unsure |= unsure[i];
        }
        std::memcpy(periods, found.data(), sizeof found);
        for (std::size_t i = 0; any_unsure != 0 && i < word_size; ++i) {
            periods[i] = unsure[i] != 0 ? period_of(time_at(i)) : periods[i];
        }
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

    /// From the middle of the period before it on, all periods begin by so much of one later.
    struct Shift {
        std::int32_t from_step;
        float periods;
    };

    static constexpr std::size_t word_size = 64;
    static constexpr std::size_t shifts_max = 8;

    void index_steps(question::Grain grain);
    void find_shifts(question::Grain grain);

    std::vector<std::int64_t> starts_;  ///< and the end of the last
    std::int64_t front_ = 0;            ///< the first of them
    unsigned step_bits_ = 0;            ///< at most 31
    std::vector<Step> steps_;
    bool skips_ = false;  ///< some step holds the beginnings of several periods

    /// For periods_of_word: from front_ on in steps of 2^coarse_bits_ milliseconds, of which an
    /// int32 holds as many as there are.
    unsigned coarse_bits_ = 0;
    float periods_per_step_ = 0;
    float margin_ = 0;  ///< so near to a whole number a place may be on either side of it
    std::vector<Shift> shifts_;
    bool is_even_ = false;
};

}  // namespace kokemus::timeline
