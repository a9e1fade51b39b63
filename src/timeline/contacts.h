#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "timeline/held_codes.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Whether the encounter is a contact that costs effort (see Facts::is_contact).
inline bool is_contact(const Part& part, Row row) {
    return part.facts.is_contact(part.touchpoint[row], part.channel[row]);
}

inline Code topic_of(const Part& part, Row row) {
    return part.facts.topic_of[part.touchpoint[row]];
}

/// The same as tables of bytes, for loops: a look-up of the touchpoint, another of the channel.
class ContactTable {
public:
    /// Only at `places` (touchpoint code -> 1), where any are given.
    explicit ContactTable(const Facts& facts, std::span<const std::uint8_t> places = {}) {
        for (std::size_t touchpoint = 0; touchpoint < facts.contact_of.size(); ++touchpoint) {
            const bool here = places.empty() || places[touchpoint] != 0;
            const auto contact = facts.contact_of[touchpoint];
            always_.push_back(here && contact == Facts::Contact::Yes);
            by_channel_.push_back(here && contact == Facts::Contact::ByChannel);
        }
        for (const ChannelClass channel : facts.class_of) {
            costly_.push_back(channel == ChannelClass::Human || channel == ChannelClass::Bot);
        }
    }

    bool is_contact(Code touchpoint, Code channel) const {
        return (always_[touchpoint] | (by_channel_[touchpoint] & costly_[channel])) != 0;
    }

    /// Sets the bits of those of `count` encounters that are contacts, and clears all others;
    /// `spare` has as many words.
    template <typename Touchpoint, typename Channel>
    void find(const Touchpoint* touchpoints, const Channel* channels, std::size_t count,
              Words words, Words spare) const {
        find_held(by_channel_, touchpoints, count, words);
        find_held(costly_, channels, count, spare);
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] &= spare[word];
        }
        find_held(always_, touchpoints, count, spare);
        for (std::size_t word = 0; word < words.size(); ++word) {
            words[word] |= spare[word];
        }
    }

private:
    std::vector<std::uint8_t> always_;      ///< of touchpoints
    std::vector<std::uint8_t> by_channel_;  ///< of touchpoints
    std::vector<std::uint8_t> costly_;      ///< of channels
};

/// Whether `customer` contacts us again about the topic of `row` within so many milliseconds, in
/// whatever unit. `row` itself must be a contact of that customer.
inline bool is_repeated(const Part& part, Code customer, Row row, std::int64_t within) {
    for (Row later = row + 1;
         later < part.customer_offsets[customer + 1] && part.time[later] - part.time[row] <= within;
         ++later) {
        if (is_contact(part, later) && topic_of(part, later) == topic_of(part, row)) {
            return true;
        }
    }
    return false;
}

}  // namespace kokemus::timeline
