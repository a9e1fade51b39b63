#include <algorithm>
#include <map>
#include <set>

#include "reference.h"

/// What came before contacts: each encounter held against each other one.
namespace kokemus::reference {
namespace {

struct Looked {
    question::CauseTally tally;
    std::set<const Unit*> units;
    std::set<std::string> customers;
};

class CausesOf {
public:
    CausesOf(const History& history, const question::Question& question)
        : at_(question.steps.front()),
          window_(question.within.value_or(std::chrono::hours(24 * 7))),
          until_(history.latest()) {
        for (const auto& customer : history.customers()) {
            since_ = std::min(since_, customer.front().time());
        }
        if (question.per.kind == question::UnitKind::Customer) {
            since_ = std::max(since_, question.range.from);
            if (question.range.to != Instant::max()) {
                until_ = std::min(until_, question.range.to - Milliseconds(1));
            }
        }
    }

    bool is_contact(const Lived& lived) const {
        return std::find(at_.begin(), at_.end(), lived.touchpoint()) != at_.end();
    }

    void look_at(const Unit& unit) {
        for (std::size_t i = 0; i < unit.lived.size(); ++i) {
            is_contact(unit.lived[i]) ? look_back(unit, i) : look_ahead(unit, i);
        }
        for (std::size_t i = 0; i < question::first_contact_days.size(); ++i) {
            look_for_firsts(
                unit, std::chrono::hours(24 * question::first_contact_days[i]), counts.firsts[i]);
        }
    }

    question::CauseCounts counts;
    std::map<std::string, Looked> of;
    std::map<std::string, std::uint64_t> contacts_at;

private:
    /// Of an encounter that is no contact: whether one follows.
    void look_ahead(const Unit& unit, std::size_t place) {
        const auto& lived = unit.lived;
        Looked& looked = of[lived[place].touchpoint()];
        bool followed = false;
        for (std::size_t later = place + 1; later < lived.size(); ++later) {
            followed = followed || (is_contact(lived[later]) &&
                                    lived[later].time() - lived[place].time() <= window_);
        }
        if (followed) {
            looked.units.insert(&unit);
            looked.customers.insert(unit.customer);
        }
        if (until_ - lived[place].time() >= window_) {
            ++looked.tally.events;
            looked.tally.followed += followed ? 1 : 0;
            looked.tally.followed_last += followed && is_contact(lived[place + 1]) ? 1 : 0;
        }
    }

    /// Of a contact: what was there in the window before it, and in the one before that.
    void look_back(const Unit& unit, std::size_t place) {
        const auto& lived = unit.lived;
        ++counts.contacts;
        ++contacts_at[lived[place].touchpoint()];
        std::set<std::string> near, far;
        std::string last;
        bool any = false;
        for (std::size_t earlier = 0; earlier < place; ++earlier) {
            const Milliseconds before = lived[place].time() - lived[earlier].time();
            if (is_contact(lived[earlier]) || before > 2 * window_) {
                continue;
            }
            (before <= window_ ? near : far).insert(lived[earlier].touchpoint());
            any = any || before <= window_;
            last = before <= window_ ? lived[earlier].touchpoint() : last;
        }
        counts.contacts_alone += any ? 0 : 1;
        if (any) {
            ++of[last].tally.contacts_last;
        }
        for (const auto& touchpoint : near) {
            ++of[touchpoint].tally.contacts;
        }
        if (lived[place].time() - lived.front().time() <= 2 * window_) {
            return;
        }
        ++counts.contacts_compared;
        for (const auto& touchpoint : near) {
            of[touchpoint].tally.case_only += far.count(touchpoint) == 0 ? 1 : 0;
        }
        for (const auto& touchpoint : far) {
            of[touchpoint].tally.control_only += near.count(touchpoint) == 0 ? 1 : 0;
        }
    }

    void look_for_firsts(const Unit& unit, Milliseconds time, question::FirstContactTally& tally) {
        std::vector<Instant> contacts;
        for (const auto& lived : unit.lived) {
            if (is_contact(lived)) {
                contacts.push_back(lived.time());
            }
        }
        for (std::size_t i = 0; i < contacts.size(); ++i) {
            if (i > 0 && contacts[i] - contacts[i - 1] <= time) {
                ++tally.repeats;
            } else if (contacts[i] - since_ < time) {
                ++tally.too_early;
            } else if (until_ - contacts[i] < time) {
                ++tally.too_late;
            } else {
                ++tally.firsts;
                const bool again = i + 1 < contacts.size() && contacts[i + 1] - contacts[i] <= time;
                tally.resolved += again ? 0 : 1;
            }
        }
    }

    std::vector<std::string> at_;
    Milliseconds window_;
    Instant since_ = Instant::max();
    Instant until_;
};

}  // namespace

question::CauseCounts causes(const History& history, const question::Question& question) {
    const auto counted = count(history, question, question.per);
    CausesOf causes(history, question);
    for (const auto& unit : counted.units) {
        causes.look_at(unit);
    }
    question::CauseCounts out = causes.counts;
    out.population = counted.population;
    out.window = question.within.value_or(std::chrono::hours(24 * 7));
    for (const auto& [touchpoint, contacts] : causes.contacts_at) {
        out.at.push_back({touchpoint, contacts});
    }
    for (auto& [touchpoint, looked] : causes.of) {
        looked.tally.touchpoint = touchpoint;
        looked.tally.units = looked.units.size();
        looked.tally.customers = looked.customers.size();
        const bool any =
            looked.tally.events > 0 || looked.tally.units > 0 || looked.tally.control_only > 0;
        if (any) {
            out.causes.push_back(looked.tally);
        }
    }
    return out;
}

}  // namespace kokemus::reference
