#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/code_column.h"

namespace kokemus::timeline {

/// How often each distinct path occurs. Paths are numbered in order of first sight and compared
/// themselves, so that no two ever meet by a hash. Takes 24 bytes a path, its bytes, and 16 to 32
/// of slots.
class PathTable {
public:
    PathTable() : slots_(64) {}

    /// Fetches what `add` and `look_up` will look at first.
    void prefetch(std::uint64_t hash) const { __builtin_prefetch(&slots_[place_of(hash)]); }

    /// Adds to the count of a path, which has this hash, and gives its number.
    std::uint32_t add(std::string_view path, std::uint64_t hash, std::uint64_t times) {
        Slot& slot = slots_[find(path, hash)];
        if (slot.number != none) {
            entries_[slot.number].times += times;
            return slot.number;
        }
        const auto number = static_cast<std::uint32_t>(entries_.size());
        slot = Slot{number, tag_of(hash)};
        bytes_.append(path);
        entries_.push_back(Entry{hash, bytes_.size(), times});
        if (entries_.size() * 2 > slots_.size()) {
            grow();
        }
        return number;
    }

    /// `none` when there is no such path.
    std::uint32_t look_up(std::string_view path, std::uint64_t hash) const {
        return slots_[find(path, hash)].number;
    }

    /// Also of those added 0 times, or taken away as often as added.
    std::size_t size() const { return entries_.size(); }

    std::size_t bytes() const {
        return slots_.size() * sizeof(Slot) + entries_.size() * sizeof(Entry) + bytes_.size();
    }

    std::uint64_t hash(std::uint32_t number) const { return entries_[number].hash; }
    std::uint64_t times(std::uint32_t number) const { return entries_[number].times; }

    std::string_view path(std::uint32_t number) const {
        const std::size_t start = number == 0 ? 0 : entries_[number - 1].end;
        return std::string_view(bytes_).substr(start, entries_[number].end - start);
    }

private:
    struct Slot {
        std::uint32_t number = none;
        std::uint32_t tag = 0;  ///< of the hash, so that other paths are seldom looked at
    };

    struct Entry {
        std::uint64_t hash = 0;
        std::size_t end = 0;  ///< of the path in `bytes_`; it starts at the end of the one before
        std::uint64_t times = 0;
    };

    static std::uint32_t tag_of(std::uint64_t hash) {
        return static_cast<std::uint32_t>(hash >> 32U);
    }

    std::size_t place_of(std::uint64_t hash) const { return hash & (slots_.size() - 1); }

    std::size_t find(std::string_view wanted, std::uint64_t hash) const {
        std::size_t place = place_of(hash);
        while (slots_[place].number != none &&
               (slots_[place].tag != tag_of(hash) || path(slots_[place].number) != wanted)) {
            place = (place + 1) & (slots_.size() - 1);
        }
        return place;
    }

    void grow() {
        slots_.assign(slots_.size() * 2, Slot{});
        for (std::uint32_t number = 0; number < entries_.size(); ++number) {
            std::size_t place = place_of(entries_[number].hash);
            while (slots_[place].number != none) {
                place = (place + 1) & (slots_.size() - 1);
            }
            slots_[place] = Slot{number, tag_of(entries_[number].hash)};
        }
    }

    std::vector<Slot> slots_;
    std::vector<Entry> entries_;
    std::string bytes_;
};

}  // namespace kokemus::timeline
