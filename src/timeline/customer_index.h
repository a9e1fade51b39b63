#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// Finds customers of a part by name in constant time: 8 to 16 bytes a customer. The dictionary
/// must outlive it. Immutable, thread safe.
class CustomerIndex {
public:
    explicit CustomerIndex(const Dictionary& customers) : slots_(64, none) {
        while (slots_.size() < customers.size() * 2) {
            slots_.resize(slots_.size() * 2, none);
        }
        for (Code code = 1; code < customers.size(); ++code) {
            std::size_t slot = hash64(customers.text(code)) & (slots_.size() - 1);
            while (slots_[slot] != none) {
                slot = (slot + 1) & (slots_.size() - 1);
            }
            slots_[slot] = code;
        }
    }

    /// `hash` is hash64 of the name.
    std::optional<Code> find(const Dictionary& customers, std::string_view name,
                             std::uint64_t hash) const {
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot] != none) {
            if (customers.text(slots_[slot]) == name) {
                return slots_[slot];
            }
            slot = (slot + 1) & (slots_.size() - 1);
        }
        return std::nullopt;
    }

private:
    std::vector<Code> slots_;
};

}  // namespace kokemus::timeline
