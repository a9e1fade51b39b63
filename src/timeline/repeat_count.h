#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "question/counts.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Counts, per topic, contacts and the time to the next one about the same topic.
///
/// Only contacts that count in the question are counted, but what came before and after is looked
/// up among all the customer's contacts, in whatever channel and unit and outside the range too: a
/// repeat is a repeat wherever it lands.
class RepeatCounter {
public:
    RepeatCounter(const Part& part, std::int64_t window);

    /// `counting`: the customer's rows that count, in any order.
    void add_customer(Code customer, std::span<const Row> counting);
    void merge(const RepeatCounter& other);

    /// Topics with at least one first contact, by name.
    std::vector<question::RepeatTally> topics() const;

    /// Over all topics.
    question::RepeatTally all() const;

private:
    struct Tally {
        std::uint64_t contacts = 0, repeats = 0, censored = 0;
        std::vector<std::uint64_t> event_hours, censored_hours;

        void merge(const Tally& other);
        question::RepeatTally finish() const;
    };

    /// The latest contact about one topic while a customer's timeline is walked.
    struct Pending {
        bool seen = false;
        bool counts = false;  ///< a first contact that counts in the question
        std::int64_t time = 0;
    };

    void meet(Row row, bool counts);
    void settle(Code topic, const Pending& pending);

    const Part* part_;
    std::int64_t window_;
    std::vector<Tally> tallies_;    ///< per topic
    std::vector<Pending> pending_;  ///< per topic
    std::vector<Code> touched_;     ///< topics of the present customer
    std::vector<std::uint8_t> counting_;
};

}  // namespace kokemus::timeline
