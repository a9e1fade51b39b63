#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// Distinct texts in byte order, so that codes compare as their texts do and do not depend on
/// arrival. Code 0 is always the empty text, which stands for "absent". Immutable.
class Dictionary {
public:
    /// Only the empty text.
    Dictionary();

    /// From distinct texts in ascending order, the first of them empty.
    explicit Dictionary(const std::vector<std::string_view>& sorted);

    std::size_t size() const { return offsets_.size() - 1; }

    std::string_view text(Code code) const {
        return {bytes_.data() + offsets_[code], offsets_[code + 1] - offsets_[code]};
    }

    std::string string(Code code) const { return std::string(text(code)); }

    /// Nothing when no encounter has this text. Logarithmic.
    std::optional<Code> find(std::string_view text) const;

    /// The place of every code when its texts are sorted.
    std::vector<Code> ranks() const;

    std::size_t bytes() const { return bytes_.bytes() + offsets_.bytes(); }

    friend bool operator==(const Dictionary&, const Dictionary&) = default;

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        visit(bytes_);
        visit(offsets_);
    }

private:
    Array<char> bytes_;
    Array<std::uint64_t> offsets_;
};

/// Gives texts provisional codes while encounters come in, then a dictionary and the final codes.
class Interner {
public:
    Interner();

    /// The provisional code of `text`, in order of first sight; 0 is the empty text.
    Code intern(std::string_view text);

    std::size_t size() const { return starts_.size() - 1; }

    std::string_view text(Code provisional) const {
        return std::string_view(bytes_).substr(starts_[provisional],
                                               starts_[provisional + 1] - starts_[provisional]);
    }

    struct Ranked {
        Dictionary dictionary;
        std::vector<Code> code_of;  ///< provisional -> final
    };

    Ranked rank() const;

private:
    void grow();

    std::string bytes_;
    std::vector<std::uint64_t> starts_;
    std::vector<Code> slots_;  ///< open addressing; `none` is free
    Code last_ = 0;            ///< the latest answer: neighbours often repeat
};

}  // namespace kokemus::timeline
