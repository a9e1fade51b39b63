#include <cmath>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "blueprint/blueprint_read.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "sample/episode.h"
#include "sample/generator.h"
#include "sample/life.h"
#include "sample/live_generator.h"
#include "sample/sample_blueprint.h"
#include "sample/truth.h"

namespace kokemus::sample {
namespace {

using encounter::Encounter;

Instant end_of_data() {
    return parse_instant("2026-11-22T05:00:00Z").value();
}

std::vector<Encounter> all(const Options& options, std::size_t batch_size) {
    Generator generator(options);
    std::vector<Encounter> out;
    std::vector<Encounter> batch;
    while (generator.next(batch, batch_size)) {
        out.insert(out.end(), batch.begin(), batch.end());
    }
    return out;
}

TEST(Generator, GivesTheSameWhateverTheBatches) {
    const Options options = options_until(end_of_data(), 300, 7);
    const auto whole = all(options, 1'000'000);
    EXPECT_EQ(all(options, 1), whole);
    EXPECT_EQ(all(options, 777), whole);
    EXPECT_NE(all(options_until(end_of_data(), 300, 8), 1'000'000), whole);
}

TEST(Generator, GivesEncountersThatTheLedgerTakes) {
    const Options options = options_until(end_of_data(), 500);
    std::set<std::pair<std::string, std::string>> identities;
    std::map<std::string, Instant> last;
    std::size_t answers = 0;
    std::size_t finnish = 0;
    const auto encounters = all(options, 5000);
    for (const Encounter& encounter : encounters) {
        ASSERT_TRUE(encounter::check(encounter).empty()) << encounter::to_json(encounter);
        EXPECT_TRUE(identities.emplace(encounter.customer.value(), encounter.id.value()).second);
        EXPECT_GE(encounter.time, options.from);
        EXPECT_LE(encounter.time, options.to);
        Instant& before = last[encounter.customer.value()];
        EXPECT_LE(before, encounter.time);
        before = encounter.time;
        answers += encounter.score ? 1 : 0;
        finnish += encounter.language == "fi" ? 1 : 0;
        EXPECT_TRUE(encounter.text.empty() || encounter.score);
    }
    EXPECT_GT(answers, encounters.size() / 20);
    EXPECT_GT(finnish, 0U);
}

TEST(Generator, GivesAboutTwentyEncountersACustomer) {
    const auto encounters = all(options_until(end_of_data(), 2000), 100'000);
    EXPECT_GT(encounters.size(), 2000U * 17);
    EXPECT_LT(encounters.size(), 2000U * 23);
}

TEST(Generator, GivesEveryCustomerTraitsOnce) {
    Generator generator(options_until(end_of_data(), 1234));
    std::vector<encounter::Customer> batch;
    std::set<std::string> names;
    while (generator.next_customers(batch, 100)) {
        for (const auto& customer : batch) {
            EXPECT_TRUE(encounter::check(customer).empty());
            EXPECT_EQ(customer.traits.size(), 6U);
            names.insert(customer.name.value());
        }
    }
    EXPECT_EQ(names.size(), 1234U);
    EXPECT_EQ(customer_name(0).value(), "c0000000");
    EXPECT_EQ(customer_name(12'345'678).value(), "c12345678");
}

TEST(Blueprint, KnowsEveryTouchpointChannelAndPromise) {
    const auto reading = blueprint::read_blueprint(blueprint_toml());
    for (const auto& fault : reading.faults) {
        ADD_FAILURE() << fault.line << ": " << fault.message;
    }
    const blueprint::Blueprint& read = reading.blueprint;
    for (const TouchpointFacts& made : touchpoint_facts) {
        const auto* touchpoint = read.touchpoint(made.name);
        ASSERT_NE(touchpoint, nullptr) << made.name;
        EXPECT_EQ(touchpoint->channel, channel_names[static_cast<std::size_t>(made.channel)])
            << made.name;
        EXPECT_FALSE(touchpoint->owner.empty()) << made.name;
    }
    EXPECT_EQ(read.touchpoints.size(), touchpoint_count);
    for (std::size_t i = 0; i < touchpoint_count; ++i) {
        EXPECT_EQ(static_cast<std::size_t>(touchpoint_facts[i].touchpoint), i)
            << touchpoint_facts[i].name;
    }
    for (const std::string_view promise : promise_names) {
        EXPECT_NE(read.promise(promise), nullptr) << promise;
    }
    EXPECT_EQ(read.promises.size(), promise_names.size());
    for (const std::string_view channel : channel_names) {
        EXPECT_NE(read.channel(channel), nullptr) << channel;
    }
    EXPECT_EQ(read.journeys.size(), 6U);
}

TEST(Scores, FollowTheScale) {
    EXPECT_EQ(score_of(-9, Scale::Nps), 0);
    EXPECT_EQ(score_of(3, Scale::Nps), 10);
    EXPECT_EQ(score_of(0, Scale::Csat5), 3);
    EXPECT_EQ(score_of(-3, Scale::Csat5), 1);
    EXPECT_EQ(score_of(3, Scale::Ces7), 7);
    EXPECT_EQ(score_of(1, Scale::None), -1);
}

TEST(Life, OnlyGrowsWithTime) {
    const World world(options_until(end_of_data(), 200));
    std::vector<Event> shorter;
    std::vector<Event> longer;
    for (std::uint64_t number = 0; number < 200; ++number) {
        const Profile profile = make_profile(world, number);
        live(world, profile, world.to - 40 * day_ms, shorter);
        live(world, profile, world.to + 60 * day_ms, longer);
        ASSERT_LE(shorter.size(), longer.size());
        for (std::size_t i = 0; i < shorter.size(); ++i) {
            ASSERT_EQ(shorter[i].time, longer[i].time);
            ASSERT_EQ(shorter[i].touchpoint, longer[i].touchpoint);
            ASSERT_EQ(shorter[i].score, longer[i].score);
        }
    }
}

TEST(Live, GoesOnWhereTheDataEnd) {
    const Options options = options_until(end_of_data(), 3000);
    LiveGenerator live_on(options);
    const auto hour = live_on.between(options.to, options.to + std::chrono::minutes(9));
    EXPECT_GT(hour.size(), 9U * 60 / 4) << "something every few seconds";
    Instant before = options.to;
    std::set<std::pair<std::string, std::string>> identities;
    for (const Encounter& encounter : hour) {
        ASSERT_TRUE(encounter::check(encounter).empty()) << encounter::to_json(encounter);
        EXPECT_GT(encounter.time, options.to);
        EXPECT_LE(before, encounter.time);
        before = encounter.time;
        EXPECT_TRUE(identities.emplace(encounter.customer.value(), encounter.id.value()).second);
    }
    // In small steps it is the same, and what the data already hold is not said again.
    std::vector<Encounter> steps;
    LiveGenerator in_steps(options);
    EXPECT_TRUE(in_steps.between(options.from, options.to).empty());
    for (int second = 0; second < 9 * 60; second += 30) {
        const auto step = in_steps.between(options.to + std::chrono::seconds(second),
                                           options.to + std::chrono::seconds(second + 30));
        steps.insert(steps.end(), step.begin(), step.end());
    }
    EXPECT_EQ(steps, hour);
}

TEST(Live, ContinuesTheLivesOfTheData) {
    const Options options = options_until(end_of_data(), 1000);
    LiveGenerator live_on(options);
    const Instant later = options.to + std::chrono::days(20);
    std::set<std::string> threads;
    for (const Encounter& encounter : all(options, 100'000)) {
        threads.insert(encounter.thread.value());
    }
    std::size_t continued = 0;
    std::size_t others = 0;
    for (const Encounter& encounter : live_on.between(options.to, later)) {
        if (!encounter.id.value().starts_with("live-")) {
            (threads.contains(encounter.thread.value()) ? continued : others) += 1;
        }
    }
    EXPECT_GT(continued, 100U) << "open orders and tickets go on";
    EXPECT_GT(others, 100U) << "new ones begin";
    const auto joined = live_on.joined(options.to, later);
    EXPECT_NEAR(static_cast<double>(joined.size()), 0.84 * 1000 * 20 / 456, 12);
}

TEST(Truth, IsReadBack) {
    const Options options = options_until(end_of_data(), 50, 3);
    const auto folder = std::filesystem::temp_directory_path() / "kokemus-sample-truth";
    std::filesystem::create_directories(folder);
    ASSERT_TRUE(write_truth(folder, options, {}));
    const auto read = read_options(folder);
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, options);
    std::filesystem::remove(folder / "truth.json");
    EXPECT_EQ(read_options(folder).error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace kokemus::sample
