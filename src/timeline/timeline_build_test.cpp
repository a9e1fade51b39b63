#include "timeline/timeline_build.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/parallel.h"
#include "base/random.h"
#include "encounter/deep_properties.h"
#include "timeline/tiny_ledger.h"

namespace kokemus::timeline {
namespace {

using tiny::at;
using tiny::Ledger;

const Part& only_part(const std::shared_ptr<const Timeline>& timeline) {
    EXPECT_EQ(timeline->parts.size(), 1U);
    return timeline->parts.front();
}

template <typename T>
std::vector<T> listed(const Array<T>& array) {
    return {array.begin(), array.end()};
}

std::vector<std::string> touchpoints_in_order(const std::shared_ptr<const Timeline>& timeline) {
    const Part& part = only_part(timeline);
    std::vector<std::string> names;
    for (Row row = 0; row < part.rows(); ++row) {
        names.push_back(part.touchpoints.string(part.touchpoint[row]));
    }
    return names;
}

TEST(Timeline, OfNothingHasNoRowsAndAnswers) {
    const auto timeline = Ledger().build();
    EXPECT_EQ(timeline->rows(), 0U);
    EXPECT_EQ(listed(only_part(timeline).customer_offsets), (std::vector<Row>{0, 0}));
    const auto flow = TimelineEngine(timeline).flow({});
    ASSERT_TRUE(flow);
    EXPECT_EQ(flow->population.encounters, 0U);
    EXPECT_FALSE(flow->population.first);
}

TEST(Timeline, StandsByCustomerTimeSequenceId) {
    Ledger ledger;
    ledger.add("b", 5, "b late");
    ledger.add("a", 7, "a 7");
    ledger.add("b", 1, "b early");
    ledger.add("a", 3, "second id").id = encounter::EncounterId("y");
    ledger.add("a", 3, "first id").id = encounter::EncounterId("x");
    ledger.add("a", 3, "later sequence").sequence = 2;
    ledger.entries.back().encounter.id = encounter::EncounterId("a");
    const auto timeline = ledger.build();
    EXPECT_EQ(touchpoints_in_order(timeline),
              (std::vector<std::string>{
                  "first id", "second id", "later sequence", "a 7", "b early", "b late"}));
    EXPECT_EQ(only_part(timeline).number_of(0), 5U);
    EXPECT_EQ(listed(only_part(timeline).customer_offsets), (std::vector<Row>{0, 0, 4, 6}));
    EXPECT_EQ(to_instant(timeline->first_time), at(1));
    EXPECT_EQ(to_instant(timeline->latest_time), at(7));
}

TEST(Timeline, TakesChannelAndDepartmentFromTheTouchpointWhereAbsent) {
    Ledger ledger;
    ledger.add("c", 1, "call");
    auto& own = ledger.add("c", 2, "call");
    own.channel = "web";
    own.department = "Sales";
    ledger.add("c", 3, "not in the blueprint");
    const auto timeline = ledger.build(tiny::four_channels());
    EXPECT_EQ(timeline->channels.text(only_part(timeline).channel[0]), "phone");
    EXPECT_EQ(timeline->departments.text(only_part(timeline).department[0]), "Billing");
    EXPECT_EQ(timeline->channels.text(only_part(timeline).channel[1]), "web");
    EXPECT_EQ(timeline->departments.text(only_part(timeline).department[1]), "Sales");
    EXPECT_EQ(only_part(timeline).channel[2], 0U);
    EXPECT_EQ(only_part(timeline).department[2], 0U);
}

TEST(Timeline, ReadsDimensionsFromPropertiesAndTraits) {
    blueprint::Blueprint blueprint;
    blueprint.dimensions = {{"size", blueprint::DimensionSource::Properties, "bytes"},
                            {"plan", blueprint::DimensionSource::Traits, "tariff"}};
    Ledger ledger;
    ledger.add("a", 1, "x").properties = R"({"bytes":12.5,"other":"1"})";
    ledger.add("a", 2, "x").properties = R"({"bytes":"big"})";
    ledger.add("b", 3, "x").properties = R"({"bytes":null})";
    ledger.add("b", 4, "x").properties = R"({"bytes":true})";
    ledger.add("b", 5, "x");
    ledger.add("b", 6, "x").properties =
        R"({"bytes":"far","deep":)" + std::string(50, '[') + std::string(50, ']') + "}";
    ledger.customers = {{encounter::CustomerName("b"), {{"tariff", "gold"}}},
                        {encounter::CustomerName("nobody"), {{"tariff", "silver"}}}};
    const auto timeline = ledger.build(blueprint);
    const Part& part = only_part(timeline);
    const auto& size = timeline->dimensions[0];
    std::vector<std::string> sizes;
    for (Row row = 0; row < 6; ++row) {
        sizes.push_back(size.texts.string(part.dimension[0][row]));
    }
    EXPECT_EQ(sizes, (std::vector<std::string>{"12.5", "big", "", "true", "", "far"}));
    const auto& plan = timeline->dimensions[1];
    EXPECT_EQ(plan.texts.text(part.dimension[1][*part.customers.find("a")]), "");
    EXPECT_EQ(plan.texts.text(part.dimension[1][*part.customers.find("b")]), "gold");
}

TEST(Timeline, ReadsDimensionsFromPropertiesHoweverDeep) {
    blueprint::Blueprint blueprint;
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"}};
    Ledger ledger;
    ledger.add("a", 1, "x").properties = encounter::deepest_properties();
    const auto timeline = ledger.build(blueprint);
    EXPECT_EQ(timeline->dimensions[0].texts.string(only_part(timeline).dimension[0][0]), "gold");
}

TEST(Timeline, PlacesScoresOnTheExperienceScale) {
    Ledger ledger;
    const auto score = [&](double value, const std::string& scale) {
        auto& encounter =
            ledger.add("c", static_cast<std::int64_t>(ledger.entries.size()), "asked");
        encounter.score = value;
        encounter.scale = scale;
    };
    score(0, "nps");
    score(10, "nps");
    score(12, "nps");
    score(7, "ces7");
    score(4, "ces7");
    score(4, "unknown");
    const auto timeline = ledger.build(tiny::four_channels());
    std::vector<double> experiences;
    for (Row row = 0; row < 5; ++row) {
        ASSERT_TRUE(only_part(timeline).answer.at(row)->placed);
        experiences.push_back(from_fixed(only_part(timeline).answer.at(row)->experience));
    }
    EXPECT_EQ(experiences, (std::vector<double>{-3, 3, 3, -3, 0}));
    EXPECT_FALSE(only_part(timeline).answer.at(5)->placed);
    EXPECT_EQ(only_part(timeline).answer.at(5)->score, 4);
}

TEST(Timeline, IndexesThreadsPerCustomer) {
    Ledger ledger;
    ledger.add("a", 1, "x", "t2");
    ledger.add("a", 2, "x", "t1");
    ledger.add("a", 3, "x");
    ledger.add("a", 4, "x", "t2");
    ledger.add("b", 1, "x", "t2");
    const auto timeline = ledger.build();
    const auto& index = only_part(timeline).thread_index;
    EXPECT_EQ(listed(index.of_customer), (std::vector<std::uint32_t>{0, 0, 2, 3}));
    EXPECT_EQ(listed(index.rows), (std::vector<Row>{1, 0, 3, 4}));
    EXPECT_EQ(listed(index.offsets), (std::vector<std::uint32_t>{0, 1, 3, 4}));
}

/// A ledger with every column in use; awkward on purpose: equal times, threads and scores that
/// repeat.
Ledger random_ledger(std::uint64_t seed, std::size_t encounters) {
    Random random(seed);
    Ledger ledger;
    const auto name = [&](const char* prefix, std::uint64_t count) {
        return prefix + std::to_string(random.below(count));
    };
    for (std::size_t i = 0; i < encounters; ++i) {
        auto& encounter = ledger.add(name("c", encounters / 6 + 1),
                                     static_cast<std::int64_t>(random.below(50)),
                                     name("t", 9),
                                     random.chance(0.5) ? name("order ", 40) : "");
        encounter.sequence = random.below(2);
        encounter.channel = random.chance(0.5) ? name("ch", 3) : "";
        encounter.employee = name("emp", 300);
        if (random.chance(0.3)) {
            encounter.score = static_cast<double>(random.below(11));
            encounter.scale = "nps";
        }
        if (random.chance(0.2)) {
            encounter.value = static_cast<double>(random.below(1000)) / 100;
            encounter.due["delivery"] = at(static_cast<std::int64_t>(random.below(60)));
        }
        encounter.properties = R"({"plan":")" + name("p", 5) + "\"}";
        ledger.customers.push_back({encounter.customer, {{"segment", "s" + encounter.employee}}});
    }
    return ledger;
}

blueprint::Blueprint rich_blueprint() {
    auto blueprint = tiny::four_channels();
    blueprint.dimensions = {{"plan", blueprint::DimensionSource::Properties, "plan"},
                            {"segment", blueprint::DimensionSource::Traits, "segment"}};
    blueprint::Promise promise;
    promise.name = "delivery";
    promise.kept = {"t1", "t2"};
    blueprint.promises = {promise};
    return blueprint;
}

/// Customers keep the traits they were given last, so only encounters are shuffled.
void shuffle(std::vector<ledger::Entry>& entries, std::uint64_t seed) {
    Random random(seed);
    for (std::size_t i = entries.size(); i > 1; --i) {
        std::swap(entries[i - 1], entries[random.below(i)]);
    }
}

RC_GTEST_PROP(Timeline, IsEqualForAnyOrderOfArrivalAndAnyNumberOfThreads,
              (std::uint64_t seed, std::uint64_t shuffle_seed)) {
    const auto encounters = *rc::gen::inRange<std::size_t>(1, 400);
    const auto workers = *rc::gen::inRange<std::size_t>(1, 5);
    Ledger ledger = random_ledger(seed, encounters);
    set_worker_count(1);
    const auto expected = ledger.build(rich_blueprint());
    shuffle(ledger.entries, shuffle_seed);
    set_worker_count(workers);
    const auto timeline = ledger.build(rich_blueprint());
    set_worker_count(0);
    RC_ASSERT(timeline->same_columns(*expected));
}

TEST(Timeline, IsEqualForAnyOrderWithManyChunks) {
    Ledger ledger = random_ledger(7, 150'000);
    set_worker_count(1);
    const auto expected = ledger.build(rich_blueprint());
    shuffle(ledger.entries, 8);
    set_worker_count(3);
    const auto timeline = ledger.build(rich_blueprint());
    set_worker_count(0);
    EXPECT_TRUE(timeline->same_columns(*expected));
    ledger.entries[0].encounter.time += Milliseconds(1);
    EXPECT_FALSE(ledger.build(rich_blueprint())->same_columns(*expected));
}

}  // namespace
}  // namespace kokemus::timeline
