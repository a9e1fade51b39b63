#include "timeline/repeat_count.h"

#include "timeline/contacts.h"

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

void merge_hours(std::vector<std::uint64_t>& mine, const std::vector<std::uint64_t>& theirs) {
    mine.resize(std::max(mine.size(), theirs.size()));
    for (std::size_t hour = 0; hour < theirs.size(); ++hour) {
        mine[hour] += theirs[hour];
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
      tallies_(part.facts.topics.size()),
      pending_(part.facts.topics.size()) {}

void RepeatCounter::add_customer(Code customer, std::span<const Row> counting) {
    const Row from = part_->customer_offsets[customer];
    const Row to = part_->customer_offsets[customer + 1];
    counting_.assign(to - from, 0);
    for (const Row row : counting) {
        counting_[row - from] = 1;
    }
    for (Row row = from; row < to; ++row) {
        if (is_contact(*part_, row)) {
            meet(row, counting_[row - from] != 0);
        }
    }
    for (const Code topic : touched_) {
        settle(topic, pending_[topic]);
        pending_[topic] = Pending{};
    }
    touched_.clear();
}

/// Settles the contact before this one about the same topic, and waits for what follows this one.
void RepeatCounter::meet(Row row, bool counts) {
    const Code topic = topic_of(*part_, row);
    const std::int64_t time = part_->time[row];
    Pending& pending = pending_[topic];
    bool first = true;
    if (!pending.seen) {
        touched_.push_back(topic);
    } else if (time - pending.time <= window_) {
        first = false;
        if (pending.counts) {
            Tally& tally = tallies_[topic];
            ++tally.contacts;
            ++tally.repeats;
            count_hour(tally.event_hours, time - pending.time);
        }
    } else {
        settle(topic, pending);
    }
    pending = Pending{true, first && counts, time};
}

/// Counts a first contact that nothing followed within the window.
void RepeatCounter::settle(Code topic, const Pending& pending) {
    if (!pending.counts) {
        return;
    }
    Tally& tally = tallies_[topic];
    ++tally.contacts;
    const std::int64_t left = part_->latest_time - pending.time;
    if (left < window_) {
        ++tally.censored;
        count_hour(tally.censored_hours, left);
    }
}

void RepeatCounter::merge(const RepeatCounter& other) {
    for (std::size_t topic = 0; topic < tallies_.size(); ++topic) {
        tallies_[topic].merge(other.tallies_[topic]);
    }
}

void RepeatCounter::Tally::merge(const Tally& other) {
    contacts += other.contacts;
    repeats += other.repeats;
    censored += other.censored;
    merge_hours(event_hours, other.event_hours);
    merge_hours(censored_hours, other.censored_hours);
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
        if (tallies_[topic].contacts > 0) {
            topics.push_back(tallies_[topic].finish());
            topics.back().topic = part_->facts.topics.string(topic);
        }
    }
    return topics;
}

question::RepeatTally RepeatCounter::all() const {
    Tally all;
    for (const auto& tally : tallies_) {
        all.merge(tally);
    }
    return all.finish();
}

}  // namespace kokemus::timeline
