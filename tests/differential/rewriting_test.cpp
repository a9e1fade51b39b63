#include <algorithm>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "draw.h"
#include "live_steps.h"
#include "random_world.h"
#include "world_timeline.h"

/// What is written anew: customers stitched together and taken apart again, erased, corrected, in
/// any order with news and merges in between, and the same asked again and again.
namespace kokemus::reference {
namespace {

using encounter::CustomerName;
using timeline::LiveTimeline;

/// A live timeline, and beside it in plain lists what it should hold.
class Rewriting {
public:
    explicit Rewriting(const World& world) : world_(world), customers_(world.customers) {
        std::size_t start = *rc::gen::inRange<std::size_t>(0, world.entries.size() + 1);
        for (const auto& entry : world.entries) {
            (start > 0 ? known_ : coming_).push_back(entry);
            start -= start > 0 ? 1 : 0;
        }
        live_ =
            live_timeline_of(world_, known_, *rc::gen::inRange<std::size_t>(1, 4), draw_tallies());
        take_customers(*live_, customers_);
    }

    const LiveTimeline& live() const { return *live_; }

    /// As the sender named them, under the names they go by now.
    World expected() const {
        World now{world_.blueprint, known_, {}};
        for (auto& entry : now.entries) {
            entry.encounter.customer = stands_under(entry.encounter.customer);
        }
        for (const auto& customer : customers_) {
            if (stands_under(customer.name) == customer.name) {
                now.customers.push_back(customer);
            }
        }
        return now;
    }

    void any_step() {
        switch (*rc::gen::inRange(0, 7)) {
            case 0: return take_news();
            case 1:
            case 2: return stitch(any_name(), any_name());
            case 3: return take_apart(any_name());
            case 4: return erase(any_name());
            case 5: return correct(any_name());
            default: return merge_now_and_then(*live_);
        }
    }

private:
    static CustomerName any_name() {
        return CustomerName("c" + std::to_string(*rc::gen::inRange(0, 4)));
    }

    CustomerName stands_under(const CustomerName& identity) const {
        const auto found = stitched_.find(identity.value());
        return found == stitched_.end() ? identity : CustomerName(found->second);
    }

    void take_news() {
        const auto count = *rc::gen::inRange<std::size_t>(0, coming_.size() + 1);
        std::vector<ledger::Entry> news;
        for (std::size_t i = 0; i < count; ++i) {
            known_.push_back(coming_.back());
            news.push_back(coming_.back());
            news.back().encounter.customer = stands_under(news.back().encounter.customer);
            coming_.pop_back();
        }
        take_entries(*live_, news);
    }

    /// Everybody who goes by the name `other` goes by `name` from now on.
    void stitch(const CustomerName& name, const CustomerName& other) {
        const std::string into = stands_under(name).value();
        const std::string from = stands_under(other).value();
        if (into == from) {
            return;
        }
        for (auto& [identity, stands] : stitched_) {
            stands = stands == from ? into : stands;
        }
        stitched_[from] = into;
        replace(*live_, {CustomerName(into), CustomerName(from)}, expected());
    }

    /// Everybody who goes by the name goes by their own again.
    void take_apart(const CustomerName& name) {
        const std::string whole = stands_under(name).value();
        std::vector<CustomerName> names = {CustomerName(whole)};
        std::erase_if(stitched_, [&](const auto& one) {
            if (one.second == whole) {
                names.emplace_back(one.first);
            }
            return one.second == whole;
        });
        replace(*live_, names, expected());
    }

    void erase(const CustomerName& name) {
        const CustomerName whole = stands_under(name);
        std::erase_if(known_, [&](const auto& entry) {
            return stands_under(entry.encounter.customer) == whole;
        });
        std::erase_if(customers_,
                      [&](const auto& customer) { return stands_under(customer.name) == whole; });
        replace(*live_, {whole}, expected());
    }

    /// Some encounters were never, others were later and elsewhere.
    void correct(const CustomerName& name) {
        const CustomerName whole = stands_under(name);
        const auto is_meant = [&](const auto& entry) {
            return stands_under(entry.encounter.customer) == whole;
        };
        std::erase_if(known_,
                      [&](const auto& entry) { return is_meant(entry) && entry.number % 3 == 0; });
        for (auto& entry : known_) {
            if (is_meant(entry) && entry.number % 3 == 1) {
                entry.encounter.time += std::chrono::hours(12);
                entry.encounter.touchpoint = known_.front().encounter.touchpoint;
            }
        }
        replace(*live_, {whole}, expected());
    }

    const World& world_;
    std::vector<ledger::Entry> known_, coming_;
    std::vector<encounter::Customer> customers_;
    std::map<std::string, std::string> stitched_;  ///< identity -> the name it goes by
    std::unique_ptr<LiveTimeline> live_;
};

class Rewritten : public testing::Test {};

RC_GTEST_FIXTURE_PROP(Rewritten, AnyHistoryOfStitchingErasingAndCorrectingAnswersAsIfMadeAtOnce,
                      ()) {
    const World world = make_world(*draw_encounters());
    Rewriting rewriting(world);
    for (int steps = *rc::gen::inRange(1, 12); steps > 0; --steps) {
        rewriting.any_step();
    }
    expect_same_answers(rewriting.live(), rewriting.expected());
}

/// So that an answer is made of tallies kept from before, less who has moved on, and of news.
RC_GTEST_FIXTURE_PROP(Rewritten, AskedAgainAfterAnyStepItAnswersAsIfAskedForTheFirstTime, ()) {
    const World world = make_world(*draw_encounters());
    Rewriting rewriting(world);
    const auto choices = *draw_choices();
    for (int steps = *rc::gen::inRange(1, 8); steps > 0; --steps) {
        if (*rc::gen::inRange(0, 3) > 0) {
            expect_same_answers(rewriting.live(), rewriting.expected(), choices);
        }
        rewriting.any_step();
    }
    expect_same_answers(rewriting.live(), rewriting.expected(), choices);
}

}  // namespace
}  // namespace kokemus::reference
