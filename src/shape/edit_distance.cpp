#include "shape/edit_distance.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <utility>

#include "base/check.h"

namespace kokemus::shape {
namespace {

constexpr std::size_t word = 64;

/// Levenshtein by the table, for designs longer than a word.
std::size_t levenshtein_by_table(std::span<const Step> designed, std::span<const Step> done) {
    std::vector<std::size_t> row(designed.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t j = 0; j < done.size(); ++j) {
        std::size_t corner = row[0];
        row[0] = j + 1;
        for (std::size_t i = 1; i <= designed.size(); ++i) {
            const std::size_t exchanged = corner + (designed[i - 1] == done[j] ? 0 : 1);
            corner = row[i];
            row[i] = std::min({exchanged, row[i] + 1, row[i - 1] + 1});
        }
    }
    return row.back();
}

/// longest[i][j]: longest common sequence of what is left from i of the design and from j on.
std::vector<std::size_t> common_from(std::span<const Step> designed, std::span<const Step> done) {
    const std::size_t width = done.size() + 1;
    std::vector<std::size_t> longest((designed.size() + 1) * width, 0);
    for (std::size_t i = designed.size(); i-- > 0;) {
        for (std::size_t j = done.size(); j-- > 0;) {
            longest[i * width + j] = designed[i] == done[j] ? longest[(i + 1) * width + j + 1] + 1
                                                            : std::max(longest[(i + 1) * width + j],
                                                                       longest[i * width + j + 1]);
        }
    }
    return longest;
}

}  // namespace

EditDistance::EditDistance(std::vector<Step> designed) : designed_(std::move(designed)) {
    for (std::size_t i = 0; i < std::min(designed_.size(), word); ++i) {
        CHECK(designed_[i] < steps_max);
        masks_.resize(std::max<std::size_t>(masks_.size(), designed_[i] + 1));
        masks_[designed_[i]] |= std::uint64_t{1} << i;
    }
}

std::size_t EditDistance::levenshtein(std::span<const Step> done) const {
    const std::size_t m = designed_.size();
    if (m == 0) {
        return done.size();
    }
    if (m > word) {
        return levenshtein_by_table(designed_, done);
    }
    // Myers 1999, figure 3, with the first row rising (a distance, not a search).
    std::uint64_t rises = ~std::uint64_t{0};
    std::uint64_t falls = 0;
    std::size_t score = m;
    const std::uint64_t last = std::uint64_t{1} << (m - 1);
    for (const Step step : done) {
        const std::uint64_t equal = mask(step);
        const std::uint64_t vertical = equal | falls;
        const std::uint64_t horizontal = (((equal & rises) + rises) ^ rises) | equal;
        std::uint64_t up = falls | ~(horizontal | rises);
        std::uint64_t down = rises & horizontal;
        score += (up & last) != 0 ? 1 : 0;
        score -= (down & last) != 0 ? 1 : 0;
        up = (up << 1U) | 1U;
        down <<= 1U;
        rises = down | ~(vertical | up);
        falls = up & vertical;
    }
    return score;
}

std::size_t EditDistance::longest_common(std::span<const Step> done) const {
    if (designed_.size() > word) {
        return common_from(designed_, done).front();
    }
    std::uint64_t open = ~std::uint64_t{0};
    for (const Step step : done) {
        const std::uint64_t hit = open & mask(step);
        open = (open + hit) | (open - hit);
    }
    const std::uint64_t used =
        designed_.size() == word ? ~std::uint64_t{0} : (std::uint64_t{1} << designed_.size()) - 1;
    return static_cast<std::size_t>(std::popcount(~open & used));
}

std::size_t EditDistance::deviations(std::span<const Step> done) const {
    return designed_.size() + done.size() - 2 * longest_common(done);
}

double EditDistance::fitness(std::span<const Step> done) const {
    const std::size_t both = designed_.size() + done.size();
    return both == 0 ? 1 : 1 - static_cast<double>(deviations(done)) / static_cast<double>(both);
}

std::vector<Move> EditDistance::moves(std::span<const Step> done) const {
    const std::vector<std::size_t> common = common_from(designed_, done);
    const std::size_t width = done.size() + 1;
    std::vector<Move> moves;
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < designed_.size() || j < done.size()) {
        const bool more_designed = i < designed_.size();
        const bool more_done = j < done.size();
        if (more_designed && more_done && designed_[i] == done[j]) {
            moves.push_back(Move{Move::Kind::Both, done[j], j});
            ++i;
            ++j;
        } else if (more_designed &&
                   (!more_done || common[(i + 1) * width + j] == common[i * width + j])) {
            moves.push_back(Move{Move::Kind::Skipped, designed_[i], j});
            ++i;
        } else {
            moves.push_back(Move{Move::Kind::Inserted, done[j], j});
            ++j;
        }
    }
    return moves;
}

}  // namespace kokemus::shape
