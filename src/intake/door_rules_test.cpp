#include "intake/door_rules.h"

#include <memory>
#include <string>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/built_in.h"
#include "intake/cloud_event.h"
#include "intake/json_batch.h"
#include "intake/segment.h"
#include "intake/webhook.h"

namespace kokemus::intake {
namespace {

using testing::HasSubstr;

const Instant now = *parse_instant("2026-11-22T12:00:00Z");

/// One thing that happened, told at each door in the door's own form.
struct Told {
    std::string customer = "anna";
    std::string time = "\"2026-11-22T11:00:00Z\"";
    std::string score = "5";
    std::string scale = "stars5";
    std::string more = {};  ///< members, each with a comma before it
    std::string user_agent = "Firefox";
    std::string address = "203.0.113.7";
};

class Doors : public ::testing::TestWithParam<std::string_view> {
protected:
    Doors() {
        blueprint::Blueprint declared;
        declared.exclusions = {{"bots", {"bot"}, {}, {}},
                               {"office", {}, {"198.51.100.0/24"}, {}},
                               {"our people", {}, {}, {"ourshop.example"}}};
        declared.events = {{"review",
                            blueprint::EventKind::Track,
                            false,
                            {{"touchpoint", "review"},
                             {"score", "/properties/score"},
                             {"scale", "/properties/scale"}}}};
        blueprint_ =
            std::make_shared<const blueprint::Blueprint>(blueprint::with_built_ins(declared));
    }

    SentBatch tell(const Told& told) {
        auto batch = read(told);
        EXPECT_TRUE(batch) << batch.error().message;
        return batch ? std::move(*batch) : SentBatch{};
    }

    Result<SentBatch> read(const Told& told) {
        const auto events = TRY(EventMap::of(blueprint_));
        const auto exclusions = TRY(ExclusionRules::of(*blueprint_));
        const DoorRules rules{*blueprint_, exclusions, told.user_agent, told.address};
        const std::string what = fmt::format(
            R"("customer":"{}","time":{},"touchpoint":"review","score":{},"scale":"{}"{})",
            told.customer,
            told.time,
            told.score,
            told.scale,
            told.more);
        if (GetParam() == "Own") {
            return read_json_batch("{" + what + "}", now, rules);
        }
        if (GetParam() == "Cloud") {
            return read_cloud_events(
                R"({"specversion":"1.0","id":"1","source":"/s","type":"review","data":{)" + what +
                    "}}",
                {events, exclusions, now, told.user_agent, told.address});
        }
        if (GetParam() == "Hook") {
            const blueprint::Webhook hook{"hook",
                                          blueprint::WebhookKind::Standard,
                                          "hook",
                                          {{"customer", "/customer"},
                                           {"time", "/time"},
                                           {"touchpoint", "/touchpoint"},
                                           {"score", "/score"},
                                           {"scale", "/scale"}}};
            return read_webhook(hook, {"d1", now}, {{}, "{" + what + "}", now}, rules);
        }
        const std::string body = fmt::format(
            R"({{"userId":"{}","timestamp":{},"event":"review","properties":{{"score":{},"scale":"{}"{}}}}})",
            told.customer,
            told.time,
            told.score,
            told.scale,
            told.more);
        return read_segment(
            SegmentCall::Track,
            body,
            {events, exclusions, now, told.user_agent, told.address, [](std::string_view) {
                 return Status();
             }});
    }

    std::string refused_for(const Told& told) {
        const SentBatch batch = tell(told);
        EXPECT_TRUE(batch.encounters.empty());
        return batch.refused.empty() ? "" : batch.refused.list().front().reason;
    }

    std::string excluded_by_rule(const Told& told) {
        const SentBatch batch = tell(told);
        EXPECT_TRUE(batch.encounters.empty());
        EXPECT_TRUE(batch.refused.empty());
        return batch.excluded.empty() ? "" : batch.excluded.front().rule;
    }

    std::shared_ptr<const blueprint::Blueprint> blueprint_;
};

TEST_P(Doors, TakeWhatIsSound) {
    const SentBatch batch = tell({});
    ASSERT_EQ(batch.encounters.size(), 1);
    EXPECT_EQ(batch.encounters.front().score, 5);
    EXPECT_FALSE(batch.encounters.front().time_clamped);
    const SentBatch oldest = tell({.time = "\"1990-01-01T00:00:00Z\""});
    ASSERT_EQ(oldest.encounters.size(), 1);
    EXPECT_EQ(oldest.encounters.front().time, sent_time_min);
}

TEST_P(Doors, RefuseTimesThatNoClockThatWasSetTells) {
    for (const char* time :
         {"\"0001-01-01T00:00:00Z\"", "\"1970-01-01T00:00:01Z\"", "\"1989-12-31T23:59:59Z\""}) {
        EXPECT_THAT(refused_for({.time = time}), HasSubstr("before 1990-01-01")) << time;
    }
    const Told in_the_future{.time = "\"2027-11-22T12:00:00Z\""};
    ASSERT_EQ(tell(in_the_future).encounters.size(), 1);
    EXPECT_TRUE(tell(in_the_future).encounters.front().time_clamped);
    EXPECT_EQ(tell(in_the_future).encounters.front().time, now);
}

TEST_P(Doors, RefuseAScoreThatItsScaleDoesNotHave) {
    EXPECT_THAT(refused_for({.score = "80"}), HasSubstr("stars5 goes from 1 to 5"));
    EXPECT_THAT(refused_for({.score = "0"}), HasSubstr("is 0"));
    EXPECT_THAT(refused_for({.score = "99", .scale = "nps"}), HasSubstr("from 0 to 10"));
    EXPECT_THAT(refused_for({.score = "-1", .scale = "nps"}), HasSubstr("from 0 to 10"));
    EXPECT_EQ(tell({.score = "10", .scale = "nps"}).encounters.size(), 1);
    EXPECT_EQ(tell({.score = "80", .scale = "percent"}).encounters.size(), 1)
        << "a scale that the blueprint does not have";
}

TEST_P(Doors, LeaveOutWhomARuleLeavesOut) {
    EXPECT_EQ(excluded_by_rule({.customer = "me@ourshop.example"}), "our people");
    EXPECT_EQ(excluded_by_rule({.customer = "me@desk.ourshop.example"}), "our people");
    EXPECT_EQ(excluded_by_rule({.user_agent = "GoogleBot/2.1"}), "bots");
    EXPECT_EQ(excluded_by_rule({.address = "198.51.100.9"}), "office");
    EXPECT_EQ(tell({.customer = "me@notourshop.example"}).encounters.size(), 1);
}

INSTANTIATE_TEST_SUITE_P(Each, Doors, ::testing::Values("Own", "Cloud", "Hook", "Segment"),
                         [](const auto& door) { return std::string(door.param); });

}  // namespace
}  // namespace kokemus::intake
