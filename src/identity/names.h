#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace kokemus::identity {

/// Names by number, 0, 1, 2... in order of first sight; never taken away. Some 60 bytes a name. Not
/// thread safe.
class Names {
public:
    static constexpr std::uint32_t none = UINT32_MAX;

    std::size_t size() const { return ends_.size(); }

    std::string_view text(std::uint32_t number) const {
        const std::uint64_t from = number == 0 ? 0 : ends_[number - 1];
        return {bytes_.data() + from, ends_[number] - from};
    }

    /// `none` for a name that was never added.
    std::uint32_t find(std::string_view name) const {
        return slots_.empty() ? none : slots_[slot_of(name)];
    }

    /// The number of the name, a new one when it has none.
    std::uint32_t add(std::string_view name) {
        if (slots_.size() < 2 * (size() + 1)) {
            grow();
        }
        const std::size_t slot = slot_of(name);
        if (slots_[slot] == none) {
            slots_[slot] = static_cast<std::uint32_t>(size());
            bytes_.insert(bytes_.end(), name.begin(), name.end());
            ends_.push_back(bytes_.size());
        }
        return slots_[slot];
    }

private:
    /// Where the name is, or may be put.
    std::size_t slot_of(std::string_view name) const {
        const std::size_t mask = slots_.size() - 1;
        std::size_t slot = hash64(name) & mask;
        while (slots_[slot] != none && text(slots_[slot]) != name) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    void grow() {
        slots_.assign(slots_.empty() ? 64 : 2 * slots_.size(), none);
        for (std::uint32_t number = 0; number < size(); ++number) {
            slots_[slot_of(text(number))] = number;
        }
    }

    std::vector<char> bytes_;
    std::vector<std::uint64_t> ends_;
    std::vector<std::uint32_t> slots_;  ///< open addressing, a power of two, at most half full
};

}  // namespace kokemus::identity
