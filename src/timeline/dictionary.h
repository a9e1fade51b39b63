#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/array.h"
#include "timeline/code_column.h"
#include "timeline/growing_array.h"

namespace kokemus::timeline {

/// Distinct texts by code. Code 0 is always the empty text, which stands for "absent". Codes of a
/// part's own texts stand in byte order; those that parts share in order of first sight, so nothing
/// may depend on their order. Immutable.
class Dictionary {
public:
    /// Only the empty text.
    Dictionary();

    /// From distinct texts in ascending order, the first of them empty: codes compare as texts do.
    explicit Dictionary(const std::vector<std::string_view>& sorted);

    std::size_t size() const { return starts_.size() - 1; }

    std::string_view text(Code code) const {
        const std::uint64_t from = start(code);
        return {bytes_.data() + from, start(code + 1) - from};
    }

    std::string string(Code code) const { return std::string(text(code)); }

    /// Nothing when no encounter has this text. Logarithmic.
    std::optional<Code> find(std::string_view text) const;

    /// The place of every code when its texts are sorted.
    std::vector<Code> ranks() const;

    std::size_t bytes() const {
        return bytes_.bytes() + starts_.bytes() + blocks_.bytes() + sorted_.bytes() +
               recent_.bytes();
    }

    /// Whether every code has a text within it and code 0 the empty one (of columns from a file).
    bool is_sound() const;

    friend bool operator==(const Dictionary&, const Dictionary&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(in_order_);
        visit(bytes_);
        visit(starts_);
        visit(blocks_);
        visit(sorted_);
        visit(recent_);
    }

private:
    friend class Interner;

    std::uint64_t start(std::size_t code) const { return blocks_[code >> 16U] + starts_[code]; }

    template <typename CodeAt>
    std::optional<Code> search(std::string_view wanted, std::size_t count,
                               const CodeAt& code_at) const;

    Array<char> bytes_;
    Array<std::uint32_t> starts_;  ///< of each text, counted from the start of its block
    Array<std::uint64_t> blocks_;  ///< where each run of 65,536 texts starts in `bytes_`
    std::uint32_t in_order_ = 1;   ///< codes are in byte order; else the two below say it
    Array<Code> sorted_;           ///< the first codes by their text
    Array<Code> recent_;           ///< the codes behind those, by their text
};

/// Gives texts codes in order of first sight, 0 to the empty text, and makes dictionaries of them.
/// Not thread safe; the dictionaries are.
class Interner {
public:
    Interner();

    /// Goes on from a dictionary: its texts keep their codes.
    explicit Interner(const Dictionary& start);

    /// The code of `text`; a new one when it has none.
    Code intern(std::string_view text);

    std::size_t size() const { return starts_.size() - 1; }

    std::string_view text(Code code) const {
        const std::uint64_t from = start(code);
        return {bytes_.span().data() + from, start(code + 1) - from};
    }

    /// Puts something that says nothing in the place of texts that nobody has any more (true in
    /// `lost`, by code): codes stay what they are, and such a text gets a new one when it comes
    /// again. Dictionaries given out before keep them. Costs a pass over all texts.
    void lose(const std::vector<bool>& lost);

    /// The texts so far under these codes. Costs a sort of what is new since the last call, and now
    /// and then a pass over all.
    Dictionary dictionary();

    struct Ranked {
        Dictionary dictionary;
        std::vector<Code> code_of;  ///< code here -> code there
    };

    /// The texts so far in byte order.
    Ranked rank() const;

private:
    void add(std::string_view text);
    void fill_slots();
    void sort_recent();
    std::uint64_t start(std::size_t code) const { return blocks_[code >> 16U] + starts_[code]; }

    GrowingArray<char> bytes_;
    GrowingArray<std::uint32_t> starts_;
    GrowingArray<std::uint64_t> blocks_;
    std::vector<Code> slots_;  ///< open addressing; `none` is free
    Code last_ = 0;            ///< the latest answer: neighbours often repeat
    Array<Code> sorted_, recent_;
};

}  // namespace kokemus::timeline
