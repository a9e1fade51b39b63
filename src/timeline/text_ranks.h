#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// Where the text of each code stands in the order of all, and behind them the same of `outside`,
/// as though it were one code more: numbers to sort by where there are more things than codes.
inline std::vector<std::uint32_t> text_ranks(const Dictionary& texts, std::string_view outside) {
    std::vector<Code> order(texts.size() + 1);
    std::iota(order.begin(), order.end(), Code{0});
    std::ranges::sort(order, {}, [&](Code code) {
        return std::pair(code < texts.size() ? texts.text(code) : outside, code);
    });
    std::vector<std::uint32_t> ranks(order.size());
    for (std::uint32_t rank = 0; rank < order.size(); ++rank) {
        ranks[order[rank]] = rank;
    }
    return ranks;
}

}  // namespace kokemus::timeline
