#include "timeline/cause_count.h"

#include <algorithm>
#include <array>

#include "shape/first_contact.h"
#include "timeline/count_parts.h"
#include "timeline/distinct_count.h"

namespace kokemus::timeline {
namespace {

constexpr std::int64_t day_milliseconds = 24 * 3600 * 1000;

/// What a question means for one timeline.
struct Watch {
    std::vector<std::uint8_t> is_contact;  ///< touchpoint -> one of those asked for
    std::int64_t window = 0;
    std::int64_t since = 0,
                 until = 0;  ///< the first and the last moment that is known
};

Watch watch_of(const Timeline& timeline, const Part& part, const question::Question& question) {
    Watch watch;
    watch.is_contact.resize(timeline.touchpoints.size());
    for (const std::string& name : question.steps.front()) {
        if (const auto code = timeline.touchpoints.find(name)) {
            watch.is_contact[*code] = 1;
        }
    }
    watch.window = question.within.value_or(question::causes_window_usual).count();
    watch.since = part.first_time;
    watch.until = part.latest_time;
    if (question.per.kind == question::UnitKind::Customer) {
        // Of threads and episodes the range takes whole ones, however long they
        // last.
        watch.since = std::max(watch.since, question.range.from.time_since_epoch().count());
        if (question.range.to != Instant::max()) {
            watch.until = std::min(watch.until, question.range.to.time_since_epoch().count() - 1);
        }
    }
    return watch;
}

struct Tally {
    DistinctCount followed;  ///< also those whose window is not over
    std::uint64_t events = 0, events_followed = 0, events_last = 0;
    std::uint64_t contacts = 0, contacts_last = 0;
    std::uint64_t case_only = 0, control_only = 0;

    void merge(const Tally& other) {
        followed.merge(other.followed);
        events += other.events;
        events_followed += other.events_followed;
        events_last += other.events_last;
        contacts += other.contacts;
        contacts_last += other.contacts_last;
        case_only += other.case_only;
        control_only += other.control_only;
    }
};

/// The touchpoints in the window before a contact, and in the one before that:
/// each row enters and leaves once.
class Windows {
public:
    explicit Windows(std::size_t touchpoints) : of_(touchpoints) {}

    void enter(Code touchpoint) {
        Counts& counts = of_[touchpoint];
        if (counts.near + counts.far == 0) {
            counts.place = static_cast<std::uint32_t>(present_.size());
            present_.push_back(touchpoint);
        }
        ++counts.near;
    }

    void age(Code touchpoint) {
        --of_[touchpoint].near;
        ++of_[touchpoint].far;
    }

    void leave(Code touchpoint) {
        Counts& counts = of_[touchpoint];
        --counts.far;
        if (counts.near + counts.far == 0) {
            present_[counts.place] = present_.back();
            of_[present_.back()].place = counts.place;
            present_.pop_back();
        }
    }

    void clear() {
        for (const Code touchpoint : present_) {
            of_[touchpoint] = Counts{};
        }
        present_.clear();
    }

    std::span<const Code> present() const { return present_; }
    bool is_near(Code touchpoint) const { return of_[touchpoint].near > 0; }
    bool is_far(Code touchpoint) const { return of_[touchpoint].far > 0; }

private:
    struct Counts {
        std::uint32_t near = 0, far = 0;
        std::uint32_t place = 0;  ///< among the present
    };

    std::vector<Counts> of_;
    std::vector<Code> present_;
};

class CauseCounter {
public:
    CauseCounter(const Part& part, Watch watch)
        : part_(&part),
          watch_(std::move(watch)),
          tallies_(watch_.is_contact.size()),
          contacts_at_(watch_.is_contact.size()),
          windows_(watch_.is_contact.size()) {}

    void add(const Block& block) {
        part_->touchpoint.visit([&](const auto* touchpoints) {
            part_->time.visit([&](const auto& times) {
                for (std::size_t unit = 0; unit < block.units(); ++unit, ++unit_) {
                    read(block.unit(unit), touchpoints, times);
                    add_unit(block.customers[unit]);
                }
            });
        });
    }

    void merge(const CauseCounter& other);
    void finish(const Dictionary& touchpoints, question::CauseCounts& counts) const;

private:
    /// What a unit did, so that nothing below depends on how columns are laid
    /// out.
    template <typename Width, typename Times>
    void read(std::span<const Row> rows, const Width* touchpoints, const Times& times) {
        codes_.resize(rows.size());
        times_.resize(rows.size());
        for (std::size_t i = 0; i < rows.size(); ++i) {
            codes_[i] = touchpoints[rows[i]];
            times_[i] = times[rows[i]];
        }
    }

    bool is_contact(std::size_t i) const { return watch_.is_contact[codes_[i]] != 0; }

    void add_unit(Code customer) {
        contact_times_.clear();
        for (std::size_t i = 0; i < codes_.size(); ++i) {
            if (is_contact(i)) {
                contact_times_.push_back(times_[i]);
            }
        }
        follow_events(customer);
        if (!contact_times_.empty()) {
            look_back();
            add_first_contacts();
        }
    }

    void follow_events(Code customer);
    void look_back();
    void look_back_from(std::size_t contact, std::size_t last_event);
    void add_first_contacts();

    const Part* part_;
    Watch watch_;
    std::vector<Tally> tallies_;              ///< by touchpoint
    std::vector<std::uint64_t> contacts_at_;  ///< by touchpoint
    std::uint64_t contacts_alone_ = 0, contacts_compared_ = 0;
    std::array<shape::FirstContacts, question::first_contact_days.size()> firsts_{};
    std::uint32_t unit_ = 0;

    // of the unit at hand
    std::vector<Code> codes_;
    std::vector<std::int64_t> times_, contact_times_;
    Windows windows_;
};

/// From the end, with the next contact in mind.
void CauseCounter::follow_events(Code customer) {
    bool any_contact = false;
    bool contact_is_next = false;
    std::int64_t contact_time = 0;
    for (std::size_t i = codes_.size(); i-- > 0;) {
        if (is_contact(i)) {
            any_contact = contact_is_next = true;
            contact_time = times_[i];
            ++contacts_at_[codes_[i]];
            continue;
        }
        Tally& tally = tallies_[codes_[i]];
        const bool followed = any_contact && contact_time - times_[i] <= watch_.window;
        if (followed) {
            tally.followed.add(unit_, customer);
        }
        if (watch_.until - times_[i] >= watch_.window) {
            ++tally.events;
            tally.events_followed += followed ? 1 : 0;
            tally.events_last += followed && contact_is_next ? 1 : 0;
        }
        contact_is_next = false;
    }
}

void CauseCounter::look_back() {
    constexpr std::size_t nothing = SIZE_MAX;
    std::size_t near = 0;  // rows from here on are in the window before
    std::size_t far = 0;   // ... from here to there in the one before that
    std::size_t last_event = nothing;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
        if (!is_contact(i)) {
            windows_.enter(codes_[i]);
            last_event = i;
            continue;
        }
        for (; near < i && times_[i] - times_[near] > watch_.window; ++near) {
            if (!is_contact(near)) {
                windows_.age(codes_[near]);
            }
        }
        for (; far < near && times_[i] - times_[far] > 2 * watch_.window; ++far) {
            if (!is_contact(far)) {
                windows_.leave(codes_[far]);
            }
        }
        look_back_from(i, last_event != nothing && last_event >= near ? last_event : nothing);
    }
    windows_.clear();
}

/// Windows of equal length are compared only where the unit had begun before
/// both.
void CauseCounter::look_back_from(std::size_t contact, std::size_t last_event) {
    if (last_event == SIZE_MAX) {
        ++contacts_alone_;
    } else {
        ++tallies_[codes_[last_event]].contacts_last;
    }
    const bool compared = times_[contact] - times_.front() > 2 * watch_.window;
    contacts_compared_ += compared ? 1 : 0;
    for (const Code touchpoint : windows_.present()) {
        const bool near = windows_.is_near(touchpoint);
        const bool far = windows_.is_far(touchpoint);
        Tally& tally = tallies_[touchpoint];
        tally.contacts += near ? 1 : 0;
        tally.case_only += compared && near && !far ? 1 : 0;
        tally.control_only += compared && far && !near ? 1 : 0;
    }
}

void CauseCounter::add_first_contacts() {
    for (std::size_t i = 0; i < firsts_.size(); ++i) {
        firsts_[i].merge(shape::first_contacts(
            contact_times_,
            shape::Watched{
                question::first_contact_days[i] * day_milliseconds, watch_.until, watch_.since}));
    }
}

void CauseCounter::merge(const CauseCounter& other) {
    tallies_.resize(std::max(tallies_.size(), other.tallies_.size()));
    contacts_at_.resize(tallies_.size());
    for (std::size_t code = 0; code < other.tallies_.size(); ++code) {
        tallies_[code].merge(other.tallies_[code]);
        contacts_at_[code] += other.contacts_at_[code];
    }
    contacts_alone_ += other.contacts_alone_;
    contacts_compared_ += other.contacts_compared_;
    for (std::size_t i = 0; i < firsts_.size(); ++i) {
        firsts_[i].merge(other.firsts_[i]);
    }
}

void CauseCounter::finish(const Dictionary& touchpoints, question::CauseCounts& counts) const {
    for (Code code = 0; code < tallies_.size(); ++code) {
        const Tally& tally = tallies_[code];
        if (contacts_at_[code] > 0) {
            counts.contacts += contacts_at_[code];
            counts.at.push_back({touchpoints.string(code), contacts_at_[code]});
        }
        if (tally.events == 0 && tally.followed.count == 0 && tally.control_only == 0) {
            continue;
        }
        counts.causes.push_back(question::CauseTally{touchpoints.string(code),
                                                     tally.events,
                                                     tally.events_followed,
                                                     tally.events_last,
                                                     tally.contacts,
                                                     tally.contacts_last,
                                                     tally.case_only,
                                                     tally.control_only,
                                                     tally.followed.units,
                                                     tally.followed.customers});
    }
    std::ranges::sort(counts.causes, {}, &question::CauseTally::touchpoint);
    std::ranges::sort(counts.at, {}, &question::ContactsAt::touchpoint);
    counts.contacts_alone = contacts_alone_;
    counts.contacts_compared = contacts_compared_;
    for (std::size_t i = 0; i < firsts_.size(); ++i) {
        counts.firsts[i] = question::FirstContactTally{firsts_[i].firsts,
                                                       firsts_[i].resolved,
                                                       firsts_[i].repeats,
                                                       firsts_[i].too_late,
                                                       firsts_[i].too_early};
    }
}

}  // namespace

Result<question::CauseCounts> count_causes(const Timeline& timeline,
                                           const question::Question& question) {
    const Plan plan = TRY(Plan::make(timeline, question));
    const auto [counter, population] = count_blocks(plan, [&](const Part& part) {
        return CauseCounter(part, watch_of(timeline, part, question));
    });
    question::CauseCounts counts;
    counts.population = population.population();
    counts.window = question.within.value_or(question::causes_window_usual);
    counter.finish(timeline.touchpoints, counts);
    return counts;
}

}  // namespace kokemus::timeline
