#include "sample/planted.h"

#include <array>
#include <cmath>
#include <functional>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "sample/generator.h"
#include "sample/journeys.h"
#include "sample/life.h"
#include "sample/truth.h"

/// What was planted is really in the data: found again by plain means in twenty thousand customers.
namespace kokemus::sample {
namespace {

/// One life as the tests look at it.
struct Person {
    Profile profile;
    std::vector<Event> events;
};

class PlantedTruth : public testing::Test {
protected:
    static void SetUpTestSuite() {
        const Options options =
            options_until(parse_instant("2026-11-22T05:00:00Z").value(), 20'000);
        world = std::make_unique<World>(options);
        for (std::uint64_t number = 0; number < options.customers; ++number) {
            people.push_back({make_profile(*world, number), {}});
            live(*world, people.back().profile, world->to, people.back().events);
        }
    }

    static void TearDownTestSuite() {
        people.clear();
        world.reset();
    }

    static std::unique_ptr<World> world;
    static std::vector<Person> people;
};

std::unique_ptr<World> PlantedTruth::world;
std::vector<Person> PlantedTruth::people;

struct Share {
    double hits = 0;
    double count = 0;

    void add(bool hit) {
        hits += hit ? 1 : 0;
        ++count;
    }
    double value() const { return hits / count; }
    /// Four standard errors: a test that fails by chance once in sixteen thousand runs.
    double tolerance() const { return 4 * std::sqrt(0.25 / count); }
};

/// What became of a promise: how many milliseconds after it was due it was kept, or nothing.
std::optional<Millis> kept_after(const Person& person, std::size_t made, const Due& due,
                                 Touchpoint keeps) {
    const Event& maker = person.events[made];
    for (std::size_t i = made + 1; i < person.events.size(); ++i) {
        const Event& event = person.events[i];
        if (event.touchpoint == keeps && event.thread == maker.thread &&
            event.thread_number == maker.thread_number) {
            return event.time - due.time;
        }
    }
    return std::nullopt;
}

using MadePromise =
    std::function<void(const Person&, std::size_t made, const Due&, std::optional<Millis> after)>;

void each_promise(const std::vector<Person>& people, Millis decided_before, Promise promise,
                  Touchpoint keeps, const MadePromise& take) {
    for (const Person& person : people) {
        for (std::size_t i = 0; i < person.events.size(); ++i) {
            for (std::size_t k = 0; k < person.events[i].due_count; ++k) {
                const Due& due = person.events[i].due[k];
                if (due.promise == promise && due.time < decided_before) {
                    take(person, i, due, kept_after(person, i, due, keeps));
                }
            }
        }
    }
}

/// Least squares by the normal equations; small enough to solve by hand.
std::vector<double> regress(const std::vector<std::vector<double>>& rows,
                            const std::vector<double>& values) {
    const std::size_t width = rows.front().size();
    std::vector<std::vector<double>> a(width, std::vector<double>(width + 1, 0));
    for (std::size_t n = 0; n < rows.size(); ++n) {
        for (std::size_t i = 0; i < width; ++i) {
            for (std::size_t k = 0; k < width; ++k) {
                a[i][k] += rows[n][i] * rows[n][k];
            }
            a[i][width] += rows[n][i] * values[n];
        }
    }
    for (std::size_t i = 0; i < width; ++i) {
        for (std::size_t other = 0; other < width; ++other) {
            if (other != i) {
                const double factor = a[other][i] / a[i][i];
                for (std::size_t k = i; k <= width; ++k) {
                    a[other][k] -= factor * a[i][k];
                }
            }
        }
    }
    std::vector<double> out(width);
    for (std::size_t i = 0; i < width; ++i) {
        out[i] = a[i][width] / a[i][i];
    }
    return out;
}

/// From the answers alone, as any user of the product would: the score on -3..3 against what came
/// before in the order.
TEST_F(PlantedTruth, TouchpointEffectsAreFoundInTheAnswers) {
    constexpr std::array looked_at = {Touchpoint::VisitMoved,
                                      Touchpoint::NobodyCame,
                                      Touchpoint::TechnicianVisit,
                                      Touchpoint::BotWhereIsIt,
                                      Touchpoint::BotNoConnection,
                                      Touchpoint::FirstBill,
                                      Touchpoint::BillNotAsQuoted,
                                      Touchpoint::CallTheBill,
                                      Touchpoint::RouterSent,
                                      Touchpoint::OrderPlaced,
                                      Touchpoint::Store,
                                      Touchpoint::SelfInstall,
                                      Touchpoint::CallWhereIsMyVisit,
                                      Touchpoint::SpeedTest,
                                      Touchpoint::CallSales};
    constexpr std::size_t hand_off = looked_at.size() + 1;
    std::vector<std::vector<double>> rows;
    std::vector<double> values;
    for (const Person& person : people) {
        if (person.profile.segment == planted::silent_segment) {
            continue;
        }
        std::vector<double> row(looked_at.size() + 2, 0);
        row[0] = 1;
        bool bot_was_last = false;
        for (const Event& event : person.events) {
            if (event.thread != ThreadKind::Order) {
                continue;
            }
            for (std::size_t i = 0; i < looked_at.size(); ++i) {
                row[i + 1] += event.touchpoint == looked_at[i] ? 1 : 0;
            }
            row[hand_off] += bot_was_last && event.channel == Channel::Phone ? 1 : 0;
            bot_was_last = event.channel == Channel::Chatbot;
            // Two such blows end below the scale, where nothing can be told any more.
            const bool is_on_scale = row[1] + row[2] < 2 && row[hand_off] < 2;
            if (event.score >= 0 && is_on_scale) {
                const Scale scale = facts(event.touchpoint).scale;
                const double low = scale == Scale::Nps ? 0 : 1;
                const double high = scale == Scale::Nps ? 10 : scale == Scale::Csat5 ? 5 : 7;
                rows.push_back(row);
                values.push_back((event.score - low) / (high - low) * 6 - 3);
            }
        }
    }
    ASSERT_GT(rows.size(), 15'000U);
    const auto found = regress(rows, values);
    for (std::size_t i = 0; i < looked_at.size(); ++i) {
        // The ends of the scales hold back the largest effects.
        const double planted_effect = facts(looked_at[i]).effect;
        EXPECT_NEAR(found[i + 1], planted_effect, 0.18 + 0.16 * std::abs(planted_effect))
            << facts(looked_at[i]).name;
    }
    EXPECT_NEAR(found[hand_off], planted::hand_off_effect, 0.35);
}

TEST_F(PlantedTruth, VisitsMoveWhereTheyWerePlantedTo) {
    std::map<Region, Share> moved;
    Share elsewhere;
    for (const Person& person : people) {
        for (std::size_t i = 0; i < person.events.size(); ++i) {
            if (person.events[i].touchpoint == Touchpoint::VisitTimePicked &&
                i + 1 < person.events.size()) {
                bool is_moved = false;
                for (std::size_t k = i + 1;
                     k < person.events.size() &&
                     person.events[k].touchpoint != Touchpoint::TechnicianVisit;
                     ++k) {
                    is_moved = is_moved ||
                               (person.events[k].touchpoint == Touchpoint::VisitMoved &&
                                person.events[k].thread_number == person.events[i].thread_number);
                }
                (person.profile.region == Region::North ? moved[Region::North] : elsewhere)
                    .add(is_moved);
            }
        }
    }
    EXPECT_GT(moved[Region::North].value() / elsewhere.value(), 1.8);
    EXPECT_LT(moved[Region::North].value() / elsewhere.value(), 2.8);
}

TEST_F(PlantedTruth, WeakCrewsAndTheEveningCallShowInTheWindows) {
    std::array<Share, 2> weak;
    std::array<Share, 2> called;
    for (const Person& person : people) {
        std::optional<Millis> window_end;
        for (const Event& event : person.events) {
            for (std::size_t k = 0; k < event.due_count; ++k) {
                if (event.due[k].promise == Promise::TechnicianInWindow) {
                    window_end = event.due[k].time;
                }
            }
            const bool arrives = event.touchpoint == Touchpoint::TechnicianVisit ||
                                 event.touchpoint == Touchpoint::NobodyCame;
            if (!arrives || !window_end) {
                continue;
            }
            const bool misses =
                event.touchpoint == Touchpoint::NobodyCame || event.time > *window_end;
            const bool is_weak =
                std::count(planted::weak_crews.begin(), planted::weak_crews.end(), event.employee) >
                0;
            weak[is_weak ? 1 : 0].add(misses);
            if (!is_weak && !is_winter(day_of(event.time))) {
                called[event.evening_call ? 1 : 0].add(misses);
            }
            window_end.reset();
        }
    }
    EXPECT_NEAR(weak[1].value() - weak[0].value(), planted::missed_extra_weak_crew, 0.04);
    EXPECT_NEAR(called[0].value(), planted::missed_share, called[0].tolerance());
    EXPECT_NEAR(called[1].value() - called[0].value(), planted::evening_call_effect, 0.025);
    EXPECT_GT(called[1].count, 500);
}

TEST_F(PlantedTruth, CallBacksBreakOnMondays) {
    Share monday;
    Share other;
    each_promise(
        people,
        world->to,
        Promise::CallBack,
        Touchpoint::CalledBack,
        [&](const Person& person, std::size_t made, const Due&, std::optional<Millis> after) {
            const bool is_monday = weekday_of(day_of(person.events[made].time)) == 0;
            (is_monday ? monday : other).add(!after || *after > 0);
        });
    const double never = planted::call_back_never_share;
    EXPECT_NEAR(monday.value(), never + planted::call_back_late_share_monday, monday.tolerance());
    EXPECT_NEAR(other.value(), never + planted::call_back_late_share, other.tolerance());
}

TEST_F(PlantedTruth, BillsDifferWhereOrdersWereTakenInStores) {
    std::array<Share, 2> wrong;
    for (const Person& person : people) {
        bool in_store = false;
        for (const Event& event : person.events) {
            in_store = in_store || event.touchpoint == Touchpoint::Store;
            if (event.touchpoint == Touchpoint::FirstBill ||
                event.touchpoint == Touchpoint::BillNotAsQuoted) {
                wrong[in_store ? 1 : 0].add(event.touchpoint == Touchpoint::BillNotAsQuoted);
            }
        }
    }
    EXPECT_NEAR(wrong[1].value(), planted::bill_wrong_shares[2], wrong[1].tolerance());
    EXPECT_NEAR(wrong[0].value(), 0.085, 0.02);
}

TEST_F(PlantedTruth, TheShorterBillChangesNothing) {
    std::array<Share, 2> calls;
    for (const Person& person : people) {
        for (std::size_t i = 0; i < person.events.size(); ++i) {
            const Event& bill = person.events[i];
            if (bill.is_bill_test && bill.time < world->to - 16 * day_ms) {
                bool has_called = false;
                for (std::size_t k = i + 1; k < person.events.size(); ++k) {
                    has_called =
                        has_called || person.events[k].touchpoint == Touchpoint::CallTheBill;
                }
                calls[bill.short_bill ? 1 : 0].add(has_called);
            }
        }
    }
    EXPECT_GT(calls[1].count, 500);
    EXPECT_NEAR(calls[1].value(), calls[0].value(), 0.06);
}

TEST_F(PlantedTruth, TheSilentSegmentIsWorseOffAndSaysLittle) {
    Generator generator(world->options);
    std::vector<encounter::Encounter> batch;
    while (generator.next(batch)) {
    }
    const Realised& realised = generator.realised();
    const auto mean = [&](Segment segment) {
        const auto& group = realised.segments[static_cast<std::size_t>(segment)];
        return static_cast<double>(group.experience_milli) / 1000 /
               static_cast<double>(group.encounters);
    };
    const auto rate = [&](Segment segment) {
        const auto& group = realised.segments[static_cast<std::size_t>(segment)];
        return static_cast<double>(group.answers) / static_cast<double>(group.encounters);
    };
    EXPECT_NEAR(mean(planted::silent_segment) - mean(Segment::Home), -0.9, 0.1);
    EXPECT_LT(rate(planted::silent_segment), rate(Segment::Home) / 4);
    const std::string truth = truth_json(world->options, realised);
    EXPECT_NE(truth.find("\"silent_segment\":\"holiday cabin\""), std::string::npos);
}

TEST_F(PlantedTruth, AHandOffBringsPeopleBack) {
    std::array<Share, 2> repeats;
    for (const Person& person : people) {
        for (std::size_t i = 0; i < person.events.size(); ++i) {
            const Event& call = person.events[i];
            if (call.touchpoint != Touchpoint::CallSomethingIsWrong) {
                continue;
            }
            std::array<int, 2> others = {0, 0};  // calls before and after it in the ticket
            bool after_bot = false;
            for (std::size_t k = 0; k < person.events.size(); ++k) {
                const Event& event = person.events[k];
                if (event.thread != call.thread || event.thread_number != call.thread_number ||
                    k == i) {
                    continue;
                }
                after_bot = after_bot || (k < i && event.channel == Channel::Chatbot);
                others[k < i ? 0 : 1] +=
                    event.touchpoint == Touchpoint::CallSomethingIsWrong ? 1 : 0;
            }
            if (others[0] == 0) {
                repeats[after_bot ? 1 : 0].add(others[1] > 0);
            }
        }
    }
    EXPECT_NEAR(repeats[0].value(), planted::repeat_call_share, 0.02);
    EXPECT_NEAR(repeats[1].value(), planted::repeat_call_share_after_hand_off, 0.03);
}

}  // namespace
}  // namespace kokemus::sample
