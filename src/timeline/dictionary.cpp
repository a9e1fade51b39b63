#include "timeline/dictionary.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace kokemus::timeline {
namespace {

/// Texts whose starts are counted from one place, so that 32 bits are enough.
constexpr std::size_t block_texts = 1U << 16U;

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

Dictionary::Dictionary() : Dictionary(std::vector<std::string_view>{""}) {}

Dictionary::Dictionary(const std::vector<std::string_view>& sorted) {
    CHECK(!sorted.empty() && sorted.front().empty());
    std::size_t size = 0;
    for (const auto text : sorted) {
        size += text.size();
    }
    std::vector<char> bytes;
    std::vector<std::uint32_t> starts;
    std::vector<std::uint64_t> blocks;
    bytes.reserve(size);
    starts.reserve(sorted.size() + 1);
    const auto start_text = [&] {
        if (starts.size() % block_texts == 0) {
            blocks.push_back(bytes.size());
        }
        starts.push_back(static_cast<std::uint32_t>(bytes.size() - blocks.back()));
    };
    for (const auto text : sorted) {
        start_text();
        bytes.insert(bytes.end(), text.begin(), text.end());
    }
    start_text();
    bytes_ = Array(std::move(bytes));
    starts_ = Array(std::move(starts));
    blocks_ = Array(std::move(blocks));
}

template <typename CodeAt>
std::optional<Code> Dictionary::search(std::string_view wanted, std::size_t count,
                                       const CodeAt& code_at) const {
    std::size_t low = 0;
    std::size_t high = count;
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (text(code_at(middle)) < wanted) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < count && text(code_at(low)) == wanted) {
        return code_at(low);
    }
    return std::nullopt;
}

std::optional<Code> Dictionary::find(std::string_view wanted) const {
    if (in_order_ != 0) {
        return search(wanted, size(), [](std::size_t place) { return static_cast<Code>(place); });
    }
    const auto found =
        search(wanted, sorted_.size(), [this](std::size_t place) { return sorted_[place]; });
    if (found) {
        return found;
    }
    return search(wanted, recent_.size(), [this](std::size_t place) { return recent_[place]; });
}

std::vector<Code> Dictionary::ranks() const {
    std::vector<Code> sorted(size());
    std::iota(sorted.begin(), sorted.end(), Code{0});
    if (in_order_ != 0) {
        return sorted;
    }
    std::ranges::sort(sorted, [this](Code a, Code b) { return text(a) < text(b); });
    std::vector<Code> ranks(size());
    for (std::size_t place = 0; place < sorted.size(); ++place) {
        ranks[sorted[place]] = static_cast<Code>(place);
    }
    return ranks;
}

Interner::Interner() : slots_(64, none) {
    add({});
    slots_[hash64({}) % slots_.size()] = 0;
}

Interner::Interner(const Dictionary& start) : slots_(64, none) {
    bytes_.append(start.bytes_.span());
    starts_.append(start.starts_.span());
    blocks_.append(start.blocks_.span());
    while (slots_.size() < size() * 2) {
        slots_.resize(slots_.size() * 2);
    }
    fill_slots();
    if (start.in_order_ == 0) {
        sorted_ = start.sorted_;
        recent_ = start.recent_;
        return;
    }
    std::vector<Code> sorted(size());
    std::iota(sorted.begin(), sorted.end(), Code{0});
    sorted_ = Array(std::move(sorted));
}

/// Appends a text as the next code; what `starts_` ends with is where it begins.
void Interner::add(std::string_view text) {
    if (starts_.size() == 0) {
        blocks_.append(0);
        starts_.append(0);
    }
    bytes_.append(text);
    if (starts_.size() % block_texts == 0) {
        blocks_.append(bytes_.size());
    }
    starts_.append(
        static_cast<std::uint32_t>(bytes_.size() - blocks_[starts_.size() / block_texts]));
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
    add(wanted);
    if (size() * 2 > slots_.size()) {
        slots_.resize(slots_.size() * 2);
        fill_slots();
    }
    return last_;
}

void Interner::fill_slots() {
    std::ranges::fill(slots_, none);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t code = 0; code < size(); ++code) {
        std::size_t slot = hash64(text(static_cast<Code>(code))) & mask;
        while (slots_[slot] != none) {
            slot = (slot + 1) & mask;
        }
        slots_[slot] = static_cast<Code>(code);
    }
}

void Interner::lose(const std::vector<bool>& lost) {
    Interner kept;
    for (Code code = 1; code < size(); ++code) {
        if (!lost[code]) {
            kept.add(text(code));
        } else {
            // No sender would write it, and each is another: two codes must not have one text.
            kept.add("\x1F" + std::to_string(code));
        }
    }
    kept.slots_.resize(slots_.size());
    kept.fill_slots();
    *this = std::move(kept);
}

Dictionary Interner::dictionary() {
    if (sorted_.size() + recent_.size() < size()) {
        sort_recent();
    }
    Dictionary dictionary;
    dictionary.bytes_ = bytes_.array();
    dictionary.starts_ = starts_.array();
    dictionary.blocks_ = blocks_.array();
    dictionary.in_order_ = 0;
    dictionary.sorted_ = sorted_;
    dictionary.recent_ = recent_;
    return dictionary;
}

/// Codes not sorted yet join the recent ones; when those have become many, all become one run.
void Interner::sort_recent() {
    const auto before = [this](Code a, Code b) { return text(a) < text(b); };
    const auto merged = [&](std::span<const Code> a, std::span<const Code> b) {
        std::vector<Code> both(a.size() + b.size());
        std::merge(a.begin(), a.end(), b.begin(), b.end(), both.begin(), before);
        return Array(std::move(both));
    };
    const std::size_t known = sorted_.size() + recent_.size();
    std::vector<Code> news(size() - known);
    std::iota(news.begin(), news.end(), static_cast<Code>(known));
    std::ranges::sort(news, before);
    recent_ = merged(recent_.span(), news);
    if (recent_.size() > std::max<std::size_t>(64, sorted_.size() / 8)) {
        sorted_ = merged(sorted_.span(), recent_.span());
        recent_ = Array<Code>();
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
