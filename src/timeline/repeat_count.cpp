#include "timeline/repeat_count.h"

#include <algorithm>

namespace kokemus::timeline {
namespace {

constexpr std::int64_t hour_milliseconds = 3600 * 1000;

void count_hour(std::vector<std::uint64_t>& hours, std::int64_t milliseconds) {
    const auto hour = static_cast<std::size_t>(milliseconds / hour_milliseconds);
    if (hour >= hours.size()) {
        hours.resize(hour + 1);
    }
    ++hours[hour];
}

void merge_hours(std::vector<std::uint64_t>& mine, const std::vector<std::uint64_t>& theirs,
                 Sign sign) {
    mine.resize(std::max(mine.size(), theirs.size()));
    for (std::size_t hour = 0; hour < theirs.size(); ++hour) {
        mine[hour] += with_sign(sign, theirs[hour]);
    }
}

std::map<std::int64_t, std::uint64_t> map_of(const std::vector<std::uint64_t>& hours) {
    std::map<std::int64_t, std::uint64_t> map;
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
        if (hours[hour] > 0) {
            map.emplace(static_cast<std::int64_t>(hour), hours[hour]);
        }
    }
    return map;
}

}  // namespace

RepeatCounter::RepeatCounter(const Part& part, std::int64_t window)
    : part_(&part),
      window_(window),
      contacts_(part.facts),
      tallies_(part.facts.topics.size()),
      pending_(part.facts.topics.size()) {}

void RepeatCounter::add(const MarkedBlock& marked) {
    const auto& offsets = part_->customer_offsets;
    const Block& block = marked.block;
    const Stretch all{offsets[block.customers.front()], offsets[block.customers.back() + 1]};
    find_contacts(all);
    part_->touchpoint.visit([&](const auto* touchpoints) {
        part_->time.visit([&](const auto& times) {
            Code customer = none;
            for (const Code next : block.customers) {
                if (next == customer) {
                    continue;
                }
                customer = next;
                for_each_bit(bits_,
                             all.bit(offsets[customer]),
                             all.bit(offsets[customer + 1]),
                             [&](std::size_t bit) {
                                 const Row row = all.base() + static_cast<Row>(bit);
                                 meet(customer,
                                      part_->facts.topic_of[touchpoints[row]],
                                      times[row],
                                      counts(marked, row));
                             });
            }
        });
    });
}

bool RepeatCounter::counts(const MarkedBlock& marked, Row row) {
    return row >= marked.stretch.first && row < marked.stretch.end && marked.has(row);
}

/// Bits for the contacts among the rows: a customer's encounters are contacts or not by chance, and
/// finding them in a loop without a branch costs a part of what guessing would.
void RepeatCounter::find_contacts(const Stretch& rows) {
    bits_.resize(rows.words());
    spare_.resize(rows.words());
    part_->touchpoint.visit([&](const auto* touchpoints) {
        part_->channel.visit([&](const auto* channels) {
            const Row base = rows.base();
            contacts_.find(touchpoints + base, channels + base, rows.end - base, bits_, spare_);
        });
    });
}

/// Settles the contact before this one about the same topic, and waits for what follows this one.
void RepeatCounter::meet(Code customer, Code topic, std::int64_t time, bool counts) {
    Pending& pending = pending_[topic];
    Tally& tally = tallies_[topic];
    bool first = true;
    if (pending.customer == customer && time - pending.time <= window_) {
        first = false;
        if (pending.counts) {
            ++tally.contacts;
            ++tally.repeats;
            count_hour(tally.event_hours, time - pending.time);
        }
    } else {
        settle(pending, tally);
    }
    pending = Pending{customer, first && counts, time};
}

/// Counts a first contact that nothing followed within the window.
void RepeatCounter::settle(const Pending& pending, Tally& tally) const {
    if (!pending.counts) {
        return;
    }
    ++tally.contacts;
    const std::int64_t left = part_->latest_time - pending.time;
    if (left < window_) {
        ++tally.censored;
        count_hour(tally.censored_hours, left);
    }
}

RepeatCounter::Tally RepeatCounter::settled(Code topic) const {
    Tally tally = tallies_[topic];
    settle(pending_[topic], tally);
    return tally;
}

void RepeatCounter::merge(const RepeatCounter& other, Sign sign) {
    for (Code topic = 0; topic < tallies_.size(); ++topic) {
        tallies_[topic].merge(other.settled(topic), sign);
    }
}

void RepeatCounter::rest() {
    for (Code topic = 0; topic < tallies_.size(); ++topic) {
        settle(pending_[topic], tallies_[topic]);
        pending_[topic] = Pending{};
    }
    part_ = nullptr;
    bits_ = {};
    spare_ = {};
}

std::size_t RepeatCounter::bytes() const {
    std::size_t bytes = pending_.size() * sizeof(Pending);
    for (const Tally& tally : tallies_) {
        bytes += sizeof(tally) +
                 (tally.event_hours.size() + tally.censored_hours.size()) * sizeof(std::uint64_t);
    }
    return bytes;
}

void RepeatCounter::Tally::merge(const Tally& other, Sign sign) {
    contacts += with_sign(sign, other.contacts);
    repeats += with_sign(sign, other.repeats);
    censored += with_sign(sign, other.censored);
    merge_hours(event_hours, other.event_hours, sign);
    merge_hours(censored_hours, other.censored_hours, sign);
}

question::RepeatTally RepeatCounter::Tally::finish() const {
    question::RepeatTally out;
    out.contacts = contacts;
    out.repeats = repeats;
    out.censored = censored;
    out.event_hours = map_of(event_hours);
    out.censored_hours = map_of(censored_hours);
    return out;
}

std::vector<question::RepeatTally> RepeatCounter::topics() const {
    std::vector<question::RepeatTally> topics;
    for (Code topic = 0; topic < tallies_.size(); ++topic) {
        const Tally tally = settled(topic);
        if (tally.contacts > 0) {
            topics.push_back(tally.finish());
            topics.back().topic = part_->facts.topics.string(topic);
        }
    }
    std::ranges::sort(topics, {}, &question::RepeatTally::topic);
    return topics;
}

question::RepeatTally RepeatCounter::all() const {
    Tally all;
    for (Code topic = 0; topic < tallies_.size(); ++topic) {
        all.merge(settled(topic), Sign::Plus);
    }
    return all.finish();
}

}  // namespace kokemus::timeline
