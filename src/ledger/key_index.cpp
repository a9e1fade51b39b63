#include "ledger/key_index.h"

#include <unordered_map>
#include <vector>

#include <boost/unordered/unordered_flat_map.hpp>

#include "base/huge_pages.h"

namespace kokemus::ledger {

struct KeyIndex::Maps {
    boost::unordered_flat_map<std::uint64_t, std::uint32_t, boost::hash<std::uint64_t>,
                              std::equal_to<>,
                              HugePages<std::pair<const std::uint64_t, std::uint32_t>>>
        first;
    std::unordered_map<std::uint64_t, std::vector<std::uint32_t>> others;  ///< behind the first
    std::size_t count_of_others = 0;
};

KeyIndex::KeyIndex() : maps_(std::make_unique<Maps>()) {}
KeyIndex::~KeyIndex() = default;

void KeyIndex::reserve(std::size_t count) {
    maps_->first.reserve(count);
}

void KeyIndex::add(std::uint64_t key, std::uint32_t number) {
    if (!maps_->first.try_emplace(key, number).second) {
        maps_->others[key].push_back(number);
        ++maps_->count_of_others;
    }
}

void KeyIndex::remove(std::uint64_t key, std::uint32_t number) {
    const auto found = maps_->first.find(key);
    if (found == maps_->first.end()) {
        return;
    }
    const auto others = maps_->others.find(key);
    if (others == maps_->others.end()) {
        if (found->second == number) {
            maps_->first.erase(found);
        }
        return;
    }
    if (found->second == number) {
        found->second = others->second.front();
        number = found->second;
    }
    maps_->count_of_others -= std::erase(others->second, number);
    if (others->second.empty()) {
        maps_->others.erase(others);
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
    if (const auto others = maps_->others.find(key); others != maps_->others.end()) {
        for (const std::uint32_t number : others->second) {
            take(number);
        }
    }
}

std::size_t KeyIndex::count(std::uint64_t key) const {
    const auto others = maps_->others.find(key);
    return others == maps_->others.end() ? maps_->first.count(key) : 1 + others->second.size();
}

bool KeyIndex::add_if_absent(std::uint64_t key, std::uint32_t number) {
    return maps_->first.try_emplace(key, number).second;
}

std::size_t KeyIndex::size() const {
    return maps_->first.size() + maps_->count_of_others;
}

}  // namespace kokemus::ledger
