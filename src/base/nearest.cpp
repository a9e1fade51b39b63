#include "base/nearest.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include <fmt/format.h>

namespace kokemus {
namespace {

constexpr std::size_t name_bytes_max = 64;

char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Optimal string alignment distance (Levenshtein with swaps of neighbours), over bytes.
std::size_t slips(std::string_view a, std::string_view b) {
    using Row = std::array<std::size_t, name_bytes_max + 1>;
    Row before_last{};
    Row last{};
    Row row{};
    for (std::size_t j = 0; j <= b.size(); ++j) {
        last[j] = j;
    }
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const bool same = lower(a[i - 1]) == lower(b[j - 1]);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            if (i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                lower(a[i - 2]) == lower(b[j - 1])) {
                row[j] = std::min(row[j], before_last[j - 2] + 1);
            }
        }
        before_last = last;
        last = row;
    }
    return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view name,
                                        std::span<const std::string_view> candidates) {
    if (name.empty() || name.size() > name_bytes_max) {
        return std::nullopt;
    }
    // One slip in a short word, a third of the letters in a long one.
    std::size_t fewest = std::max<std::size_t>(1, name.size() / 3) + 1;
    std::optional<std::string_view> found;
    for (const std::string_view candidate : candidates) {
        const std::size_t longer = std::max(candidate.size(), name.size());
        const std::size_t shorter = std::min(candidate.size(), name.size());
        if (candidate.size() > name_bytes_max || longer - shorter >= fewest) {
            continue;
        }
        if (const std::size_t count = slips(name, candidate); count < fewest && count < longer) {
            fewest = count;
            found = candidate;
        }
    }
    return found;
}

std::string did_you_mean(std::string_view name, std::span<const std::string_view> candidates) {
    const auto found = nearest(name, candidates);
    return found ? fmt::format("; did you mean \"{}\"?", *found) : std::string();
}

}  // namespace kokemus
