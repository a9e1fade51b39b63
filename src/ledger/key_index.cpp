#include "ledger/key_index.h"

#include <unordered_map>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/huge_pages.h"

namespace kokemus::ledger {

struct KeyIndex::Maps {
    boost::unordered_flat_map<std::uint64_t, std::uint32_t, boost::hash<std::uint64_t>,
                              std::equal_to<>,
                              HugePages<std::pair<const std::uint64_t, std::uint32_t>>>
        first;
    std::unordered_multimap<std::uint64_t, std::uint32_t> others;  ///< next to never used
};

KeyIndex::KeyIndex() : maps_(std::make_unique<Maps>()) {}
KeyIndex::~KeyIndex() = default;

void KeyIndex::reserve(std::size_t count) {
    maps_->first.reserve(count);
}

void KeyIndex::add(std::uint64_t key, std::uint32_t number) {
    if (!maps_->first.try_emplace(key, number).second) {
        maps_->others.emplace(key, number);
    }
}

void KeyIndex::remove(std::uint64_t key, std::uint32_t number) {
    const auto [from, to] = maps_->others.equal_range(key);
    for (auto other = from; other != to; ++other) {
        if (other->second == number) {
            maps_->others.erase(other);
            return;
        }
    }
    const auto found = maps_->first.find(key);
    if (found == maps_->first.end() || found->second != number) {
        return;
    }
    if (from == to) {
        maps_->first.erase(found);
    } else {
        found->second = from->second;
        maps_->others.erase(from);
    }
}

void KeyIndex::each(std::uint64_t key, const std::function<void(std::uint32_t)>& take) const {
    const auto found = maps_->first.find(key);
    if (found == maps_->first.end()) {
        return;
    }
    take(found->second);
    if (maps_->others.empty()) {
        return;
    }
    const auto [from, to] = maps_->others.equal_range(key);
    for (auto other = from; other != to; ++other) {
        take(other->second);
    }
}

bool KeyIndex::add_if_absent(std::uint64_t key, std::uint32_t number) {
    return maps_->first.try_emplace(key, number).second;
}

std::size_t KeyIndex::size() const {
    return maps_->first.size() + maps_->others.size();
}

}  // namespace kokemus::ledger
