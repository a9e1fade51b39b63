#include "intake/json_batch.h"

#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/random.h"
#include "blueprint/built_in.h"
#include "encounter/encounter_json.h"

namespace kokemus::intake {
namespace {

using encounter::Encounter;
using testing::ElementsAre;
using testing::HasSubstr;

const blueprint::Blueprint plain = blueprint::with_built_ins({});
const ExclusionRules nobody_out = *ExclusionRules::of(plain);
const DoorRules open_door{plain, nobody_out};

const Instant now = *parse_instant("2026-11-22T12:00:00Z");

SentBatch read(std::string_view text) {
    auto batch = read_json_batch(text, now, open_door);
    EXPECT_TRUE(batch) << batch.error().message;
    return batch ? std::move(*batch) : SentBatch{};
}

std::string error_of(std::string_view text) {
    const auto batch = read_json_batch(text, now, open_door);
    EXPECT_FALSE(batch) << text;
    return batch ? "" : batch.error().message;
}

constexpr std::string_view one =
    R"({"id":"m1","customer":"anna","time":"2026-01-02T03:04:05Z","touchpoint":"order placed"})";

TEST(JsonBatch, TakesOneManyAndLines) {
    const std::string object(one);
    for (const auto& [text, count] : std::vector<std::pair<std::string, std::size_t>>{
             {object, 1},
             {"\xEF\xBB\xBF  " + object + "\n", 1},
             {"[]", 0},
             {"[" + object + "," + object + "]", 2},
             {object + "\n" + object, 2},
             {object + "\r\n\r\n" + object + "\r\n" + object + "\n\n", 3},
             {"{\n\"customer\": \"anna\",\n\"time\": 1767323045,\n\"touchpoint\": \"call\"\n}\n",
              1}}) {
        const SentBatch batch = read(text);
        EXPECT_EQ(batch.items, count) << text;
        EXPECT_EQ(batch.encounters.size(), count) << text;
        EXPECT_TRUE(batch.refused.empty()) << text;
    }
}

TEST(JsonBatch, ReadsEveryField) {
    const std::string text =
        R"({"id":"m1","customer":"ann\u00e4","time":"2026-01-02T03:04:05Z","sequence":7,)"
        R"("touchpoint":"order placed","channel":"web","department":"sales","employee":7,)"
        R"("thread":"order 12","score":9,"scale":"nps","text":"a \"b\"\n\ud83d\ude00",)"
        R"("language":"en","value":-49.9,"duration":120,"due":{"delivery":"2026-01-05T00:00:00Z"},)"
        R"("properties":{"z":[1,2.50,null,{"b":1e2,"a":true}],"a":"\u001f\/","a":"last"}})";
    const auto expected = encounter::encounter_from_json(text);
    ASSERT_TRUE(expected) << expected.error().message;
    const SentBatch batch = read("[" + text + "]");
    ASSERT_EQ(batch.encounters.size(), 1);
    EXPECT_EQ(batch.encounters[0], *expected);
    EXPECT_EQ(batch.encounters[0].properties,
              R"({"a":"last","z":[1,2.5,null,{"a":true,"b":100}]})");
}

TEST(JsonBatch, RefusesItemByItemWithIndexAndReason) {
    const std::string good(one);
    const std::string text = "[" + good +
                             R"(,{"customer":"anna","touchpoint":"x"},7,)"
                             R"({"customer":"a","time":"soon","touchpoint":"x"},)"
                             R"({"customer":"","time":1,"touchpoint":"x"},)" +
                             good +
                             R"(,{"customer":"a","time":1,"touchpoint":"x","colour":"red"}])";
    const SentBatch batch = read(text);
    EXPECT_EQ(batch.items, 7);
    EXPECT_THAT(batch.places, ElementsAre(0, 5));
    ASSERT_EQ(batch.refused.count(), 5);
    const std::vector<std::pair<std::size_t, std::string>> expected = {
        {1, "`time` is missing"},
        {2, "not an encounter"},
        {3, "`time`"},
        {4, "`customer` is empty"},
        {6, "\"colour\" is not a field"}};
    for (std::size_t i = 0; i < expected.size(); ++i) {
        EXPECT_EQ(batch.refused.list()[i].index, expected[i].first);
        EXPECT_THAT(batch.refused.list()[i].reason, HasSubstr(expected[i].second));
        EXPECT_EQ(batch.refused.list()[i].code, "invalid_encounter");
    }
    EXPECT_EQ(batch.refused.list()[0].item, R"({"customer":"anna","touchpoint":"x"})");
    EXPECT_EQ(batch.refused.list()[1].item, "7");
}

TEST(JsonBatch, ABrokenLineIsRefusedAloneABrokenListWhole) {
    const std::string good(one);
    const SentBatch batch = read(good + "\n{\"customer\": \n" + good + "\n\xff\n");
    EXPECT_THAT(batch.places, ElementsAre(0, 2));
    ASSERT_EQ(batch.refused.count(), 2);
    EXPECT_THAT(batch.refused.list()[0].reason, HasSubstr("not JSON"));
    EXPECT_EQ(batch.refused.list()[0].code, "not_json");
    EXPECT_EQ(batch.refused.list()[0].item, "{\"customer\": ");
    EXPECT_THAT(error_of("[" + good + ",\n" + good + " x]"), HasSubstr("not JSON at line 2"));
    EXPECT_THAT(error_of("[" + good + "] []"), HasSubstr("not JSON"));
    EXPECT_THAT(error_of(""), HasSubstr("empty"));
    EXPECT_THAT(error_of(" \n\t "), HasSubstr("empty"));
    EXPECT_THAT(error_of("nonsense"), HasSubstr("not JSON"));
    EXPECT_THAT(error_of(std::string(100'000, '[')), HasSubstr("not JSON"));
    EXPECT_THAT(error_of("[\"\xff\"]"), HasSubstr("not JSON"));
}

TEST(JsonBatch, NumbersBeyondTheParserAreTakenTheSlowWay) {
    const SentBatch batch = read(
        R"([{"customer":"a","time":1767323045,"touchpoint":"x","value":123456789012345678901234567890}])");
    ASSERT_EQ(batch.encounters.size(), 1);
    EXPECT_EQ(batch.encounters[0].value, 123456789012345678901234567890.0);
}

/// A list and lines are read by one parser, an object alone by another. A number that differed in
/// its last bit would make a conflict of the same encounter sent once more.
TEST(JsonBatch, AloneOrInAListEveryNumberIsTheOneWritten) {
    const std::vector<std::pair<std::string, double>> numbers = {
        {"9007199254740993", 9007199254740992.0},  // 2^53 + 1: half way, to the even one
        {"9007199254740993.0", 9007199254740992.0},
        {"0.1", 0.1},
        {"1e308", 1e308},
        {"1.7976931348623157e308", std::numeric_limits<double>::max()},
        {"5e-324", std::numeric_limits<double>::denorm_min()},
        {"2.2250738585072011e-308", 0x0.fffffffffffffp-1022},
        {"0", 0},
        {"-0", 0},
        {"-0.0", 0},
        {"1.4000000000000001", 0x1.6666666666667p+0},
        {"0.30000000000000004", 0x1.3333333333334p-2},
        {"123456789.12345678", 123456789.12345678},
        {"17976931348623157e292", std::numeric_limits<double>::max()},
        {"8.41", 0x1.0d1eb851eb852p+3},
        {"9223372036854775807", 9223372036854775808.0},
        {"18446744073709551615", 18446744073709551616.0}};
    for (const auto& [written, expected] : numbers) {
        const std::string object =
            R"({"id":"m1","customer":"anna","time":1767323045,"touchpoint":"t","value":)" +
            written + R"(,"properties":{"n":)" + written + "}}";
        const SentBatch alone = read(object);
        const SentBatch listed = read("[" + object + "]");
        const SentBatch lines = read(object + "\n" + object);
        ASSERT_EQ(alone.encounters.size(), 1) << written;
        ASSERT_EQ(listed.encounters.size(), 1) << written;
        ASSERT_EQ(lines.encounters.size(), 2) << written;
        EXPECT_EQ(alone.encounters[0].value, expected) << written;
        EXPECT_EQ(alone.encounters[0], listed.encounters[0]) << written;
        EXPECT_EQ(alone.encounters[0], lines.encounters[0]) << written;
        // The one beyond 64 bits sends the whole list the other way.
        const SentBatch mixed =
            read("[" + object + R"(,{"customer":"b","time":1767323045,"touchpoint":"t",)" +
                 R"("value":36893488147419103232}])");
        ASSERT_EQ(mixed.encounters.size(), 2) << written;
        EXPECT_EQ(mixed.encounters[0], listed.encounters[0]) << written;
    }
}

TEST(JsonBatch, IdsComeFromTheContentAndFutureTimesAreFlagged) {
    const std::string text = R"([{"customer":"a","time":"2030-01-01","touchpoint":"x"},)"
                             R"({"customer":"a","time":"2030-01-01","touchpoint":"x"}])";
    const SentBatch batch = read(text);
    ASSERT_EQ(batch.encounters.size(), 2);
    EXPECT_EQ(batch.encounters[0].time, now);
    EXPECT_TRUE(batch.encounters[0].time_clamped);
    EXPECT_EQ(batch.encounters[1].id.value(), batch.encounters[0].id.value() + "-2");
    EXPECT_EQ(read(text).encounters, batch.encounters);
    const auto later = read_json_batch(text, now + std::chrono::hours(1), open_door);
    EXPECT_EQ(later->encounters[0].id, batch.encounters[0].id);
}

TEST(JsonBatch, BoundsTheNumberOfItems) {
    std::string text = "[1";
    for (std::size_t i = 1; i <= limits::encounters_per_request_max; ++i) {
        text += ",1";
    }
    const auto batch = read_json_batch(text + "]", now, open_door);
    ASSERT_FALSE(batch);
    EXPECT_EQ(batch.error().code, ErrorCode::TooLarge);
    EXPECT_EQ(read(text.substr(0, text.size() - 2) + "]").refused.count(),
              limits::encounters_per_request_max);
}

/// Two parsers read the one form: whatever single bytes of a good object become, both say the same.
TEST(JsonBatch, OfVeryManyThatAreNothingTheFirstAreListedAndTheOthersCounted) {
    std::string text = "[0";
    for (int i = 1; i < 10'000; ++i) {
        text += ",0";
    }
    const SentBatch batch = read(text + "]");
    EXPECT_EQ(batch.items, 10'000U);
    EXPECT_EQ(batch.refused.list().size(), Refusals::listed_max);
    EXPECT_EQ(batch.refused.more(), 10'000 - Refusals::listed_max);
    EXPECT_EQ(batch.refused.count(), 10'000U);
}

/// Found by fuzzing: in a list both counted, and the same object alone was another encounter.
TEST(JsonBatch, OfMembersCalledAlikeTheLastCounts) {
    const std::string begin = R"({"id":"m","customer":"a","time":1767323045,"touchpoint":"t",)";
    for (const char* twice : {R"("due":{"a":1},"due":{"b":2,"b":3}})",
                              R"("score":5,"scale":"s","score":null})",
                              R"("score":"no number","scale":"s","score":5})",
                              R"("channel":"web","text":"x","channel":"app"})"}) {
        const auto alone = encounter::encounter_from_json(begin + twice);
        ASSERT_TRUE(alone) << alone.error().message;
        const SentBatch listed = read("[" + begin + twice + "]");
        ASSERT_EQ(listed.encounters.size(), 1) << listed.refused.list().front().reason;
        EXPECT_EQ(encounter::to_json(listed.encounters[0]), encounter::to_json(*alone));
    }
}

TEST(JsonBatch, ReadsWhatTheOtherReaderReads) {
    const std::string good =
        R"({"id":"m1","customer":"anna","time":"2026-01-02T03:04:05Z","touchpoint":"t","score":9.5,)"
        R"("scale":"nps","due":{"d":1767323045000},"properties":{"b":[true,null,-1.5],"a":{"x":"y"}},"text":"e"})";
    constexpr std::string_view letters = "\"\\{}[]:,0123456789-.eEtfn au\t\n\x01\xc3\xa4";
    Random random(11);
    int both_good = 0;
    for (int round = 0; round < 20'000; ++round) {
        std::string text = good;
        const auto changes = random.below(3);
        for (std::uint64_t change = 0; change <= changes; ++change) {
            text[random.below(text.size())] = letters[random.below(letters.size())];
        }
        const auto other = encounter::encounter_from_json(text);
        const auto batch = read_json_batch("[" + text + "]", now, open_door);
        if (!batch || batch->items != 1) {
            EXPECT_TRUE(!other || batch) << text << other->id.value();
            continue;
        }
        if (other && !batch->encounters.empty()) {
            Encounter expected = *other;
            expected.id = batch->encounters[0].id;
            if (batch->encounters[0].time_clamped) {
                expected.time = now;
                expected.time_clamped = true;
            }
            EXPECT_EQ(batch->encounters[0], expected) << text;
            ++both_good;
        } else if (!other) {
            ASSERT_EQ(batch->refused.count(), 1) << text << " but: " << other.error().message;
        }
    }
    EXPECT_GT(both_good, 500);
}

}  // namespace
}  // namespace kokemus::intake
