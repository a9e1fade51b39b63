#pragma once

#include <cstdint>
#include <vector>

#include "question/counts.h"
#include "timeline/contacts.h"
#include "timeline/marked_block.h"
#include "timeline/part.h"
#include "timeline/sign.h"

namespace kokemus::timeline {

/// Counts, per topic, contacts and the time to the next one about the same topic.
///
/// Only contacts that count in the question are counted, but what came before and after is looked
/// up among all the customer's contacts, in whatever channel and unit and outside the range too: a
/// repeat is a repeat wherever it lands. So all rows of the customers of a block are walked, at 0.5
/// ns an encounter and 3 ns a contact.
class RepeatCounter {
public:
    RepeatCounter(const Part& part, std::int64_t window);

    void add(const MarkedBlock& marked);
    void merge(const RepeatCounter& other, Sign sign);

    /// Counts what is still pending as not followed, after which nothing may be added, and lets go
    /// of all but what `merge` reads.
    void rest();
    std::size_t bytes() const;

    /// Topics with at least one first contact, by name.
    std::vector<question::RepeatTally> topics() const;

    /// Over all topics.
    question::RepeatTally all() const;

private:
    struct Tally {
        std::uint64_t contacts = 0, repeats = 0, censored = 0;
        std::vector<std::uint64_t> event_hours, censored_hours;

        void merge(const Tally& other, Sign sign);
        question::RepeatTally finish() const;
    };

    /// The latest contact about one topic, waiting for what follows it. It stays until the topic is
    /// met again, by whatever customer, or all is put together.
    struct Pending {
        Code customer = none;
        bool counts = false;  ///< a first contact that counts in the question
        std::int64_t time = 0;
    };

    static bool counts(const MarkedBlock& marked, Row row);
    void find_contacts(const Stretch& rows);
    void meet(Code customer, Code topic, std::int64_t time, bool counts);
    void settle(const Pending& pending, Tally& tally) const;

    /// With what is still pending.
    Tally settled(Code topic) const;

    const Part* part_;
    std::int64_t window_;
    ContactTable contacts_;
    std::vector<Tally> tallies_;    ///< per topic
    std::vector<Pending> pending_;  ///< per topic
    std::vector<std::uint64_t> bits_, spare_;
};

}  // namespace kokemus::timeline
