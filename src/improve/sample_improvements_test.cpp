#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"
#include "improve/improvement_json.h"
#include "improve/improvements.h"
#include "improve/registration_rules.h"
#include "records/both_stores.h"
#include "sample/generator.h"
#include "sample/planted.h"
#include "sample/sample_blueprint.h"
#include "timeline/timeline_build.h"
#include "timeline/timeline_engine.h"

/// The two improvements that are planted in the sample organisation: the one that worked is
/// confirmed, the other is not.
namespace kokemus::improve {
namespace {

namespace json = boost::json;
using testing::HasSubstr;

constexpr Instant data_end = std::chrono::sys_days(std::chrono::year(2026) / 7 / 1);

/// What is known at a time: the sample organisation until then, on an engine.
class World {
public:
    World()
        : blueprint_(std::make_shared<const blueprint::Blueprint>(
              blueprint::read_blueprint(sample::blueprint_toml()).blueprint)) {
        const auto options = sample::options_until(data_end, 60'000);
        timeline::TimelineBuilder builder(blueprint_, timeline::reads_nothing(), 1'200'000);
        sample::Generator people(options);
        std::vector<encounter::Customer> customers;
        while (people.next_customers(customers)) {
            builder.add_customers(customers);
        }
        sample::Generator lives(options);
        std::vector<encounter::Encounter> batch;
        std::uint64_t number = 0;
        while (lives.next(batch)) {
            std::vector<ledger::Entry> entries;
            for (encounter::Encounter& one : batch) {
                entries.push_back({});
                entries.back().number = ++number;
                entries.back().encounter = std::move(one);
            }
            EXPECT_TRUE(builder.add(entries));
        }
        engine_ = std::make_unique<timeline::TimelineEngine>(builder.finish().value());
    }

    Observer seen_at(Instant latest) const {
        return {*engine_, *blueprint_, latest, [](question::Question question) {
                    return Result<question::Question>(std::move(question));
                }};
    }

    static const World& one() {
        static const World world;
        return world;
    }

private:
    std::shared_ptr<const blueprint::Blueprint> blueprint_;
    std::unique_ptr<timeline::TimelineEngine> engine_;
};

json::object evening_call() {
    json::object starts;
    for (int crew = 1; crew <= sample::crew_count; ++crew) {
        starts[std::string(sample::employee_name(static_cast<std::uint16_t>(crew)))] =
            format_instant(sample::planted::evening_call_start(crew, data_end));
    }
    return json::object{{"name", "Confirm the visit the evening before"},
                        {"change", "the crew rings the day before"},
                        {"metric", "Technician in the window"},
                        {"per", "thread"},
                        {"assignment", "lot"},
                        {"units", "employee"},
                        {"starts", std::move(starts)},
                        {"until", format_instant(data_end)},
                        {"expected", 0.06},
                        {"worthwhile", 0.01},
                        {"from_driver", {{"question", "drivers of csat"}, {"factor", "late"}}}};
}

json::object short_bill() {
    return json::object{{"name", "A shorter first bill"},
                        {"change", "one page instead of three"},
                        {"metric", "contact_rate"},
                        {"per", "The first bill"},
                        {"population", "has (bill = 'short')"},
                        {"comparison", "has (bill = 'long')"},
                        {"assignment", "lot"},
                        {"start", format_instant(sample::planted::short_bill_start(data_end))},
                        {"until", format_instant(data_end)},
                        {"expected", -0.1},
                        {"worthwhile", -0.01}};
}

class SampleImprovements : public records::OnBothStores {
protected:
    SampleImprovements() : OnBothStores({improvement_schema()}) {}

    Writer writer() {
        return {"anna", [this](std::string_view action, std::int64_t, const std::string&) {
                    noted_.emplace_back(action);
                    return Status();
                }};
    }

    FixedClock clock_{data_end - std::chrono::weeks(17)};
    std::vector<std::string> noted_;
};

TEST_P(SampleImprovements, TheOneThatWorkedIsConfirmedAndStaysSo) {
    Store store(records_, clock_);
    Improvements improvements(store, clock_);
    const auto added = improvements.add(
        World::one().seen_at(clock_.now()), json::serialize(evening_call()), writer());
    ASSERT_TRUE(added) << added.error().message;
    const json::value said = json::parse(*added);
    EXPECT_EQ(said.at("design"), "staggered");
    EXPECT_EQ(said.at("grade"), "strong");
    EXPECT_EQ(said.at("late"), false);
    EXPECT_EQ(said.at("registration").at("from_driver").at("factor"), "late");
    EXPECT_EQ(said.at("power").at("known"), true) << said.at("power");
    const auto id = said.at("id").to_number<std::int64_t>();
    const auto early = improvements.look(World::one().seen_at(clock_.now()), id, writer());
    ASSERT_FALSE(early);
    EXPECT_EQ(early.error().code, ErrorCode::Conflict);
    json::value last;
    for (int week = 12; week >= 0; week -= 4) {
        clock_.set(data_end - std::chrono::weeks(week));
        const auto look = improvements.look(World::one().seen_at(clock_.now()), id, writer());
        ASSERT_TRUE(look) << look.error().message;
        last = json::parse(*look);
        std::printf("%2d weeks left: %s %s\n",
                    week,
                    std::string(last.at("verdict").as_string()).c_str(),
                    json::serialize(last.at("look").at("estimate")).c_str());
    }
    EXPECT_EQ(last.at("verdict"), "confirmed") << json::serialize(last);
    const double estimate = last.at("look").at("estimate").to_number<double>();
    EXPECT_GT(estimate, .03);
    EXPECT_LT(estimate, .09);
    EXPECT_EQ(last.at("recorded"), true);
    const auto again = improvements.look(World::one().seen_at(clock_.now()), id, writer());
    EXPECT_EQ(json::parse(again.value()).at("recorded"), false);
    EXPECT_EQ(json::parse(improvements.verify().value()).at("sound"), true);
    EXPECT_THAT(noted_, testing::Contains("improvement.register"));
    EXPECT_THAT(noted_, testing::Contains("improvement.look").Times(4));
}

TEST_P(SampleImprovements, TheOneThatDidNotIsNot) {
    Store store(records_, clock_);
    Improvements improvements(store, clock_);
    const auto observer = World::one().seen_at(clock_.now());
    const auto added = improvements.add(observer, json::serialize(short_bill()), writer());
    ASSERT_TRUE(added) << added.error().message;
    const auto id = json::parse(*added).at("id").to_number<std::int64_t>();
    EXPECT_EQ(json::parse(*added).at("design"), "randomised");
    for (int week = 10; week >= 0; week -= 2) {
        clock_.set(data_end - std::chrono::weeks(week));
        const auto look = improvements.look(World::one().seen_at(clock_.now()), id, writer());
        ASSERT_TRUE(look) << look.error().message;
        EXPECT_NE(json::parse(*look).at("verdict"), "confirmed") << *look;
        EXPECT_EQ(json::parse(*look).at("look").at("checks").at(0).at("passed"), true) << *look;
    }
}

TEST_P(SampleImprovements, WhatCouldNotBeSeenOrHasBegunIsRefused) {
    Store store(records_, clock_);
    Improvements improvements(store, clock_);
    const auto observer = World::one().seen_at(clock_.now());
    json::object small = short_bill();
    small["expected"] = -0.001;
    small["worthwhile"] = 0;
    const auto refused = improvements.add(observer, json::serialize(small), writer());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("could not be seen even if it were there"));
    small["underpowered"] = true;
    EXPECT_EQ(json::parse(improvements.add(observer, json::serialize(small), writer()).value())
                  .at("underpowered"),
              true);
    clock_.set(data_end);
    const auto late =
        improvements.add(World::one().seen_at(data_end), json::serialize(short_bill()), writer());
    ASSERT_FALSE(late);
    EXPECT_THAT(late.error().message, HasSubstr("lies in the past"));
    json::object marked = short_bill();
    marked["late"] = true;
    EXPECT_EQ(
        json::parse(
            improvements.add(World::one().seen_at(data_end), json::serialize(marked), writer())
                .value())
            .at("late"),
        true);
}

TEST_P(SampleImprovements, OnceItHasStartedTheEvidenceStaysAsRegistered) {
    Store store(records_, clock_);
    Improvements improvements(store, clock_);
    const auto observer = World::one().seen_at(clock_.now());
    const json::value added =
        json::parse(improvements.add(observer, json::serialize(short_bill()), writer()).value());
    const auto id = added.at("id").to_number<std::int64_t>();
    const auto amended =
        improvements.amend(observer, id, R"({"worthwhile": -0.02})", std::nullopt, writer());
    ASSERT_TRUE(amended) << amended.error().message;
    const json::value now = json::parse(*amended);
    EXPECT_EQ(now.at("amendments").at(0).at("after_start"), false);
    EXPECT_EQ(now.at("registration").at("seed"), added.at("registration").at("seed"));
    const auto stale = improvements.amend(observer, id, R"({"owner": "Eve"})", id, writer());
    ASSERT_FALSE(stale);
    EXPECT_EQ(stale.error().code, ErrorCode::Conflict);
    clock_.set(data_end - std::chrono::weeks(1));
    const auto refused =
        improvements.amend(observer, id, R"({"worthwhile": -0.03})", std::nullopt, writer());
    ASSERT_FALSE(refused);
    EXPECT_THAT(refused.error().message, HasSubstr("worthwhile: it has started"));
    const auto owner =
        improvements.amend(observer, id, R"({"owner": "Eve"})", std::nullopt, writer());
    ASSERT_TRUE(owner) << owner.error().message;
    EXPECT_EQ(json::parse(*owner).at("amendments").at(1).at("after_start"), true);
}

TEST_P(SampleImprovements, FaultsAreAllSaidAtOnce) {
    Store store(records_, clock_);
    const Improvements improvements(store, clock_);
    const auto observer = World::one().seen_at(clock_.now());
    const auto wrong = improvements.power(
        observer, R"({"metric": "nsp", "start": "2026-08-03", "until": "2026-08-01", "alpha": 2})");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("name: say what it is called"),
                      HasSubstr("did you mean \"nps\""),
                      HasSubstr("until: say until when"),
                      HasSubstr("alpha: from 0.001 to 0.2")));
    EXPECT_THAT(improvements.power(observer, R"({"nmae": "x"})").error().message,
                HasSubstr("there is no member \"nmae\""));
    json::object named = short_bill();
    named["population"] = "not (has (thread = 'o-1') or plan = 'gold')";
    EXPECT_THAT(improvements.power(observer, json::serialize(named)).error().message,
                HasSubstr("population: names single customers"));
    json::object upside_down = short_bill();
    upside_down["expected"] = 0.1;
    EXPECT_THAT(improvements.power(observer, json::serialize(upside_down)).error().message,
                HasSubstr("low: expect a fall"));
}

INSTANTIATE_TEST_SUITE_P(Stores, SampleImprovements, records::both_dialects(), records::store_name);

}  // namespace
}  // namespace kokemus::improve
