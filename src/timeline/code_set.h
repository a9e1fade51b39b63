#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// Some codes of a dictionary: a table while that is small, else a sorted list.
class CodeSet {
public:
    /// Those of `texts`; a text that no encounter has is none of them.
    CodeSet(const Dictionary& dictionary, const std::vector<std::string>& texts) {
        for (const auto& text : texts) {
            if (const auto code = dictionary.find(text)) {
                list_.push_back(*code);
            }
        }
        std::ranges::sort(list_);
        constexpr std::size_t table_max = 1U << 16U;
        if (dictionary.size() <= table_max) {
            table_.resize(dictionary.size());
            for (const Code code : list_) {
                table_[code] = 1;
            }
        }
    }

    bool contains(Code code) const {
        return table_.empty() ? std::ranges::binary_search(list_, code) : table_[code] != 0;
    }

    bool empty() const { return list_.empty(); }

    /// Ascending.
    const std::vector<Code>& list() const { return list_; }

private:
    std::vector<Code> list_;
    std::vector<std::uint8_t> table_;
};

}  // namespace kokemus::timeline
