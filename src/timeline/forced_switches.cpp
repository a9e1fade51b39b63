#include "timeline/forced_switches.h"

#include <algorithm>

#include "stats/log_histogram.h"
#include "timeline/full_width.h"
#include "timeline/row_bits.h"

namespace kokemus::timeline {
namespace {

/// Marks the places whose channel is one of `wanted`: compared one by one, which becomes vectors.
template <typename Width>
void mark(const std::vector<Code>& wanted, const Width* channels, std::size_t count,
          std::uint8_t* __restrict marks) {
    std::fill_n(marks, count, std::uint8_t{0});
    for (const Code code : wanted) {
        const auto channel = static_cast<Width>(code);
        for (std::size_t i = 0; i < count; ++i) {
            marks[i] |= channels[i] == channel ? 1 : 0;
        }
    }
}

void keep_switches(const std::uint8_t* machine, const std::uint16_t* buckets, std::size_t count,
                   std::uint8_t* __restrict human) {
    const auto soon =
        static_cast<std::uint16_t>(stats::LogHistogram::bucket(forced_switch_within.count()));
    for (std::size_t i = 1; i < count; ++i) {
        human[i] &= machine[i - 1] & (buckets[i] <= soon ? 1 : 0);
    }
}

}  // namespace

ForcedSwitches::ForcedSwitches(const Shared& shared) {
    for (Code channel = 0; channel < shared.channels.size(); ++channel) {
        if (shared.facts.is_machine(channel)) {
            machines_.push_back(channel);
        } else if (shared.facts.is_human(channel)) {
            humans_.push_back(channel);
        }
    }
}

template <typename Width>
std::span<const std::uint64_t> ForcedSwitches::find(const Width* channels,
                                                    const std::uint16_t* buckets,
                                                    std::span<const std::uint32_t> offsets) {
    const std::size_t count = offsets.back();
    const std::size_t words = (count + 63) / 64;
    machine_.resize(std::max(machine_.size(), words * 64));
    candidate_.resize(machine_.size());
    at_full_width([&] {
        mark(machines_, channels, count, machine_.data());
        mark(humans_, channels, count, candidate_.data());
        keep_switches(machine_.data(), buckets, count, candidate_.data());
    });
    for (const std::uint32_t first : offsets.first(offsets.size() - 1)) {
        candidate_[first] = 0;
    }
    bits_.resize(words);
    for (std::size_t word = 0; word < words; ++word) {
        bits_[word] = word_of([&](std::size_t i) { return candidate_[word * 64 + i]; });
    }
    bits_.back() &= ~std::uint64_t{0} >> (words * 64 - count);
    return bits_;
}

template std::span<const std::uint64_t> ForcedSwitches::find(const std::uint8_t*,
                                                             const std::uint16_t*,
                                                             std::span<const std::uint32_t>);
template std::span<const std::uint64_t> ForcedSwitches::find(const Code*, const std::uint16_t*,
                                                             std::span<const std::uint32_t>);

}  // namespace kokemus::timeline
