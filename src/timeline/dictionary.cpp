#include "timeline/dictionary.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace kokemus::timeline {
namespace {

/// The first eight bytes as a number that compares as they do: most comparisons end here, without a
/// cache miss.
struct SortKey {
    std::uint64_t prefix = 0;
    Code provisional = 0;
};

std::uint64_t prefix_of(std::string_view text) {
    std::uint64_t prefix = 0;
    for (std::size_t i = 0; i < 8; ++i) {
        const auto byte = i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
        prefix = prefix << 8U | byte;
    }
    return prefix;
}

}  // namespace

Dictionary::Dictionary() : offsets_(std::vector<std::uint64_t>{0, 0}) {}

Dictionary::Dictionary(const std::vector<std::string_view>& sorted) {
    CHECK(!sorted.empty() && sorted.front().empty());
    std::size_t bytes = 0;
    for (const auto text : sorted) {
        bytes += text.size();
    }
    std::vector<char> all;
    std::vector<std::uint64_t> offsets;
    all.reserve(bytes);
    offsets.reserve(sorted.size() + 1);
    offsets.push_back(0);
    for (const auto text : sorted) {
        all.insert(all.end(), text.begin(), text.end());
        offsets.push_back(all.size());
    }
    bytes_ = Array(std::move(all));
    offsets_ = Array(std::move(offsets));
}

std::optional<Code> Dictionary::find(std::string_view wanted) const {
    std::size_t low = 0;
    std::size_t high = size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (text(static_cast<Code>(middle)) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < size() && text(static_cast<Code>(low)) == wanted) {
        return static_cast<Code>(low);
    }
    return std::nullopt;
}

std::vector<Code> Dictionary::ranks() const {
    std::vector<Code> sorted(size());
    std::iota(sorted.begin(), sorted.end(), Code{0});
    std::ranges::sort(sorted, [this](Code a, Code b) { return text(a) < text(b); });
    std::vector<Code> ranks(size());
    for (std::size_t place = 0; place < sorted.size(); ++place) {
        ranks[sorted[place]] = static_cast<Code>(place);
    }
    return ranks;
}

Interner::Interner() : starts_{0, 0}, slots_(64, none) {
    slots_[hash64({}) % slots_.size()] = 0;
}

Code Interner::intern(std::string_view wanted) {
    if (text(last_) == wanted) {
        return last_;
    }
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = hash64(wanted) & mask;
    while (slots_[slot] != none) {
        if (text(slots_[slot]) == wanted) {
            return last_ = slots_[slot];
        }
        slot = (slot + 1) & mask;
    }
    last_ = static_cast<Code>(size());
    CHECK(last_ != none);
    slots_[slot] = last_;
    bytes_.append(wanted);
    starts_.push_back(bytes_.size());
    if (size() * 2 > slots_.size()) {
        grow();
    }
    return last_;
}

void Interner::grow() {
    slots_.assign(slots_.size() * 2, none);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t code = 0; code < size(); ++code) {
        std::size_t slot = hash64(text(static_cast<Code>(code))) & mask;
        while (slots_[slot] != none) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = static_cast<Code>(code);
    }
}

Interner::Ranked Interner::rank() const {
    std::vector<SortKey> keys(size());
    for (std::size_t code = 0; code < size(); ++code) {
        keys[code] = SortKey{prefix_of(text(static_cast<Code>(code))), static_cast<Code>(code)};
    }
    const auto before = [this](const SortKey& a, const SortKey& b) {
        return a.prefix != b.prefix ? a.prefix < b.prefix
                                    : text(a.provisional) < text(b.provisional);
    };
    constexpr std::size_t half_min = 1U << 14U;
    const std::size_t half = std::max(half_min, (keys.size() + 1) / 2);
    for_each_chunk_plain(keys.size(), half, [&](const Chunk& chunk) {
        std::sort(keys.begin() + static_cast<std::ptrdiff_t>(chunk.from),
                  keys.begin() + static_cast<std::ptrdiff_t>(chunk.to),
                  before);
    });
    if (half < keys.size()) {
        std::inplace_merge(
            keys.begin(), keys.begin() + static_cast<std::ptrdiff_t>(half), keys.end(), before);
    }
    Ranked ranked;
    ranked.code_of.resize(keys.size());
    std::vector<std::string_view> sorted(keys.size());
    for (std::size_t code = 0; code < keys.size(); ++code) {
        ranked.code_of[keys[code].provisional] = static_cast<Code>(code);
        sorted[code] = text(keys[code].provisional);
    }
    ranked.dictionary = Dictionary(sorted);
    return ranked;
}

}  // namespace kokemus::timeline
