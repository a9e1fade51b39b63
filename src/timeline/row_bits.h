#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <span>
#include <vector>

#include "timeline/row_set.h"

namespace kokemus::timeline {

/// Bits by 64, the first one lowest.
using Words = std::span<std::uint64_t>;

/// Rows that follow one another, and where their bits stand: at row - base(), which is a multiple
/// of 64, so that the words of a RowSet fit word for word.
struct Stretch {
    Row first = 0;
    Row end = 0;

    Row base() const { return first / 64 * 64; }
    std::size_t words() const { return (end - base() + 63) / 64; }
    std::size_t bit(Row row) const { return row - base(); }
};

inline std::uint64_t bits_from(std::size_t bit) {
    return ~std::uint64_t{0} << bit % 64;
}

inline std::uint64_t bits_below(std::size_t bit) {
    return ~bits_from(bit);
}

/// Calls `use(word, mask)` for each word that has some of the bits [from, to).
template <typename Use>
void for_each_word(std::size_t from, std::size_t to, const Use& use) {
    if (from >= to) {
        return;
    }
    std::size_t word = from / 64;
    const std::size_t last = (to - 1) / 64;
    std::uint64_t mask = bits_from(from);
    for (; word < last; ++word) {
        use(word, mask);
        mask = ~std::uint64_t{0};
    }
    use(word, mask & (~std::uint64_t{0} >> (63 - (to - 1) % 64)));
}

inline void set_bits(Words words, std::size_t from, std::size_t to) {
    for_each_word(from, to, [&](std::size_t word, std::uint64_t mask) { words[word] |= mask; });
}

inline void clear_bits(Words words, std::size_t from, std::size_t to) {
    for_each_word(from, to, [&](std::size_t word, std::uint64_t mask) { words[word] &= ~mask; });
}

inline bool any_bit(std::span<const std::uint64_t> words, std::size_t from, std::size_t to) {
    std::uint64_t any = 0;
    for_each_word(
        from, to, [&](std::size_t word, std::uint64_t mask) { any |= words[word] & mask; });
    return any != 0;
}

inline bool any_bit(std::span<const std::uint64_t> words) {
    std::uint64_t any = 0;
    for (const std::uint64_t word : words) {
        any |= word;
    }
    return any != 0;
}

inline bool has_bit(std::span<const std::uint64_t> words, std::size_t bit) {
    return (words[bit / 64] >> (bit % 64) & 1U) != 0;
}

inline std::size_t count_bits(std::span<const std::uint64_t> words) {
    std::size_t count = 0;
    for (const std::uint64_t word : words) {
        count += static_cast<std::size_t>(std::popcount(word));
    }
    return count;
}

/// Of the bits [from, to).
inline std::size_t count_bits(std::span<const std::uint64_t> words, std::size_t from,
                              std::size_t to) {
    std::size_t count = 0;
    for_each_word(from, to, [&](std::size_t word, std::uint64_t mask) {
        count += static_cast<std::size_t>(std::popcount(words[word] & mask));
    });
    return count;
}

/// Calls `use(place)` for every bit of the word, ascending.
template <typename Use>
void for_each_bit(std::uint64_t word, const Use& use) {
    while (word != 0) {
        use(static_cast<std::size_t>(std::countr_zero(word)));
        word &= word - 1;
    }
}

/// As above, for the bits [from, to) of many words, with their place in them.
template <typename Use>
void for_each_bit(std::span<const std::uint64_t> words, std::size_t from, std::size_t to,
                  const Use& use) {
    for_each_word(from, to, [&](std::size_t word, std::uint64_t mask) {
        for_each_bit(words[word] & mask, [&](std::size_t bit) { use(word * 64 + bit); });
    });
}

/// The word of `holds(0) .. holds(63)`. Bytes first, which the compiler makes vectors of, then
/// eight of them at a time into bits.
template <typename Holds>
std::uint64_t word_of(const Holds& holds) {
    alignas(64) std::uint8_t bytes[64];
    for (std::size_t i = 0; i < 64; ++i) {
        bytes[i] = static_cast<std::uint8_t>(holds(i));
    }
    std::uint64_t word = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        std::uint64_t eight = 0;
        std::memcpy(&eight, bytes + 8 * i, 8);
        word |= (eight * 0x0102'0408'1020'4080U >> 56U) << (8 * i);
    }
    return word;
}

/// Clears the bits of `rows` for which `holds(row)` is not so. Words without a bit are passed; of
/// the others every row is looked at that is below `rows_end`, the number of rows there are.
template <typename Holds>
void narrow_each(const Stretch& stretch, Words rows, std::size_t rows_end, const Holds& holds) {
    for (std::size_t word = 0; word < rows.size(); ++word) {
        if (rows[word] == 0) {
            continue;
        }
        const std::size_t row = stretch.base() + word * 64;
        if (row + 64 <= rows_end) {
            rows[word] &= word_of([&](std::size_t i) { return holds(row + i); });
            continue;
        }
        for_each_bit(rows[word], [&, word](std::size_t bit) {
            if (!holds(row + bit)) {
                rows[word] &= ~(std::uint64_t{1} << bit);
            }
        });
    }
}

/// Calls `use(row, place)` for every row of the stretch that is both in `set` and in `rows`, where
/// `place` is the row's rank in the set. Costs a word per 64 rows and 1 ns a member.
template <typename Use>
void for_each_member(const RowSet& set, const Stretch& stretch, std::span<const std::uint64_t> rows,
                     const Use& use) {
    if (set.empty() || rows.empty()) {
        return;
    }
    const std::size_t first_word = stretch.base() / 64;
    std::size_t place = set.rank(stretch.base());
    for (std::size_t word = 0; word < rows.size(); ++word) {
        std::uint64_t members = set.word(first_word + word);
        const std::uint64_t wanted = rows[word];
        if ((members & wanted) == 0) {
            place += static_cast<std::size_t>(std::popcount(members));
            continue;
        }
        for (; members != 0; members &= members - 1, ++place) {
            const auto bit = static_cast<std::size_t>(std::countr_zero(members));
            if ((wanted >> bit & 1U) != 0) {
                use(static_cast<Row>(stretch.base() + word * 64 + bit), place);
            }
        }
    }
}

/// As above, for every row of the stretch that is in `set`.
template <typename Use>
void for_each_member(const RowSet& set, const Stretch& stretch, const Use& use) {
    if (set.empty()) {
        return;
    }
    std::size_t place = set.rank(stretch.first);
    for_each_word(stretch.first, stretch.end, [&](std::size_t word, std::uint64_t mask) {
        for_each_bit(set.word(word) & mask,
                     [&](std::size_t bit) { use(static_cast<Row>(word * 64 + bit), place++); });
    });
}

/// Calls `use(place, rank)` for every row that is both marked (bit 0 of `marks` is that of the row
/// `base`) and in `set`: its places among those that are marked, and in the set.
template <typename Use>
void for_each_marked(const RowSet& set, Row base, std::span<const std::uint64_t> marks,
                     const Use& use) {
    if (set.empty() || marks.empty()) {
        return;
    }
    std::size_t place = 0;
    std::size_t rank = set.rank(base);
    for (std::size_t word = 0; word < marks.size(); ++word) {
        const std::uint64_t members = set.word(base / 64 + word);
        for_each_bit(members & marks[word], [&](std::size_t bit) {
            use(place + static_cast<std::size_t>(std::popcount(marks[word] & bits_below(bit))),
                rank + static_cast<std::size_t>(std::popcount(members & bits_below(bit))));
        });
        place += static_cast<std::size_t>(std::popcount(marks[word]));
        rank += static_cast<std::size_t>(std::popcount(members));
    }
}

/// Clears the bits of `rows` but those of members of `set` for whose place `holds(place)`.
template <typename Holds>
void narrow_to_members(const RowSet& set, const Stretch& stretch, Words rows, const Holds& holds) {
    if (set.empty()) {
        std::ranges::fill(rows, 0);
        return;
    }
    const std::size_t first_word = stretch.base() / 64;
    std::size_t place = set.rank(stretch.base());
    for (std::size_t word = 0; word < rows.size(); ++word) {
        const std::uint64_t members = set.word(first_word + word);
        std::uint64_t kept = members & rows[word];
        if (kept != 0) {
            std::size_t member = place;
            for_each_bit(members, [&](std::size_t bit) {
                if (!holds(member++)) {
                    kept &= ~(std::uint64_t{1} << bit);
                }
            });
        }
        rows[word] = kept;
        place += static_cast<std::size_t>(std::popcount(members));
    }
}

/// Words to work with, kept from block to block, so that nothing is allocated in a pass. Taken and
/// given back like a stack, by one thread.
class WordPool {
public:
    class Lease {
    public:
        Lease(WordPool& pool, std::size_t words) : pool_(pool), depth_(pool.depth_++) {
            if (depth_ == pool.levels_.size()) {
                pool.levels_.emplace_back();
            }
            auto& level = pool.levels_[depth_];
            if (level.size() < words) {
                level.resize(words);
            }
            words_ = Words(level).first(words);
        }
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;
        ~Lease() { --pool_.depth_; }

        Words words() const { return words_; }

    private:
        WordPool& pool_;
        std::size_t depth_;
        Words words_;
    };

    /// So many words of any content.
    Lease take(std::size_t words) { return Lease(*this, words); }

private:
    std::deque<std::vector<std::uint64_t>> levels_;
    std::size_t depth_ = 0;
};

}  // namespace kokemus::timeline
