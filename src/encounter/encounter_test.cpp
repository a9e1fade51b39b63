#include "encounter/encounter.h"

#include <limits>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/limits.h"
#include "base/random.h"
#include "encounter/body_hash.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "encounter/properties.h"

namespace kokemus::encounter {
namespace {

using testing::AllOf;
using testing::HasSubstr;

Instant at(std::int64_t milliseconds) {
    return Instant(Milliseconds(milliseconds));
}

Encounter plain() {
    Encounter encounter;
    encounter.customer = CustomerName("anna");
    encounter.time = at(1'700'000'000'000);
    encounter.touchpoint = "Order placed";
    return encounter;
}

Encounter full() {
    Encounter encounter = plain();
    encounter.id = EncounterId("m-1");
    encounter.sequence = 7;
    encounter.channel = "web";
    encounter.department = "Sales";
    encounter.employee = "e7";
    encounter.thread = ThreadName("order 12");
    encounter.score = 9;
    encounter.scale = "nps";
    encounter.text = "Nopea \"kuitu\"\nkiitos \xF0\x9F\x98\x80";
    encounter.language = "fi";
    encounter.value = 49.9;
    encounter.duration_seconds = 0.1;
    encounter.due = {{"install", at(1'700'100'000'000)}, {"quote", at(1'700'100'000'123)}};
    encounter.properties = R"({"plan":"gold"})";
    encounter.time_clamped = true;
    return encounter;
}

std::string fault_of(const Encounter& encounter) {
    return to_error(check(encounter)).message;
}

TEST(Check, AcceptsPlainAndFull) {
    EXPECT_TRUE(check(plain()).empty());
    EXPECT_TRUE(check(full()).empty()) << fault_of(full());
}

TEST(Check, NamesTheFieldAndTheReason) {
    const auto with = [](auto change) {
        Encounter encounter = full();
        change(encounter);
        return fault_of(encounter);
    };
    EXPECT_THAT(with([](auto& e) { e.customer = CustomerName(""); }),
                HasSubstr("`customer` is empty"));
    EXPECT_THAT(with([](auto& e) { e.touchpoint.clear(); }), HasSubstr("`touchpoint` is empty"));
    EXPECT_THAT(with([](auto& e) { e.id = EncounterId(std::string(101, 'x')); }),
                AllOf(HasSubstr("`id` is 101 bytes long"), HasSubstr("at most 100")));
    EXPECT_THAT(with([](auto& e) { e.scale.clear(); }), HasSubstr("`scale` is empty"));
    EXPECT_THAT(with([](auto& e) { e.score = std::numeric_limits<double>::quiet_NaN(); }),
                HasSubstr("`score` is not a finite number"));
    EXPECT_THAT(with([](auto& e) { e.value = std::numeric_limits<double>::infinity(); }),
                HasSubstr("`value` is not a finite number"));
    EXPECT_THAT(with([](auto& e) { e.duration_seconds = -1; }),
                HasSubstr("`duration` is negative"));
    EXPECT_THAT(with([](auto& e) { e.channel = "caf\xE9"; }), HasSubstr("`channel` is not UTF-8"));
    EXPECT_THAT(with([](auto& e) { e.employee = std::string("a\0b", 3); }),
                HasSubstr("`employee` has a control character (0x00) at byte 2"));
    EXPECT_THAT(with([](auto& e) { e.text = std::string(limits::text_bytes_max + 1, 'x'); }),
                HasSubstr("`text` is 65537 bytes long"));
    EXPECT_THAT(with([](auto& e) { e.properties = "[1]"; }),
                HasSubstr("`properties` is not a JSON object"));
    EXPECT_THAT(with([](auto& e) { e.properties = "{\"a\":"; }),
                HasSubstr("`properties` is not JSON"));
    EXPECT_THAT(with([](auto& e) { e.time = Instant::max(); }),
                HasSubstr("`time` is outside the years"));
    EXPECT_THAT(with([](auto& e) { e.due["late"] = Instant::min(); }),
                HasSubstr("`due.late` is outside"));
    EXPECT_THAT(with([](auto& e) { e.due[""] = e.time; }),
                HasSubstr("`due` has a promise without a name"));
    EXPECT_THAT(with([](auto& e) {
                    for (int i = 0; i < 20; ++i) {
                        e.due[std::to_string(i)] = e.time;
                    }
                }),
                HasSubstr("`due` has 22 promises; at most 16"));
}

TEST(Check, GivesEveryFaultAndAcceptsLimitsThemselves) {
    Encounter encounter;
    encounter.score = 3;
    EXPECT_EQ(check(encounter).size(), 3U);
    encounter = plain();
    encounter.id = EncounterId(std::string(100, 'x'));
    encounter.text = std::string(limits::text_bytes_max, 'x');
    encounter.employee = std::string(limits::name_bytes_max, 'x');
    EXPECT_TRUE(check(encounter).empty());
}

TEST(Check, Customers) {
    Customer customer{CustomerName("anna"), {{"plan", "gold"}}};
    EXPECT_TRUE(check(customer).empty());
    customer.traits["note"] = "\xFF";
    customer.traits[""] = "x";
    customer.name = CustomerName("");
    EXPECT_EQ(check(customer).size(), 3U);
}

TEST(BodyHash, DependsOnEveryFieldButIdAndSequence) {
    const Hash128 hash = body_hash(full());
    const auto changed = [&](auto change) {
        Encounter encounter = full();
        change(encounter);
        EXPECT_EQ(body_hash(encounter) == hash, same_body(full(), encounter));
        return body_hash(encounter) != hash;
    };
    EXPECT_FALSE(changed([](auto& e) { e.id = EncounterId("other"); }));
    EXPECT_FALSE(changed([](auto& e) { e.sequence = 8; }));
    EXPECT_TRUE(changed([](auto& e) { e.customer = CustomerName("b"); }));
    EXPECT_TRUE(changed([](auto& e) { e.touchpoint += "x"; }));
    EXPECT_TRUE(changed([](auto& e) { e.channel += "x"; }));
    EXPECT_TRUE(changed([](auto& e) { e.department += "x"; }));
    EXPECT_TRUE(changed([](auto& e) { e.employee += "x"; }));
    EXPECT_TRUE(changed([](auto& e) { e.thread = ThreadName("x"); }));
    EXPECT_TRUE(changed([](auto& e) { e.score = 8; }));
    EXPECT_TRUE(changed([](auto& e) { e.score.reset(); }));
    EXPECT_TRUE(changed([](auto& e) { e.scale = "csat5"; }));
    EXPECT_TRUE(changed([](auto& e) { e.text += "x"; }));
    EXPECT_TRUE(changed([](auto& e) { e.language = "en"; }));
    EXPECT_TRUE(changed([](auto& e) { e.value = 50; }));
    EXPECT_TRUE(changed([](auto& e) { e.duration_seconds.reset(); }));
    EXPECT_TRUE(changed([](auto& e) { e.due.erase("quote"); }));
    EXPECT_TRUE(changed([](auto& e) { e.properties.clear(); }));
    Encounter moved = plain();
    moved.time += Milliseconds(1);
    EXPECT_NE(body_hash(moved), body_hash(plain()));
    EXPECT_FALSE(same_body(plain(), moved));
}

TEST(BodyHash, DoesNotRunFieldsTogether) {
    Encounter left = plain();
    left.channel = "ab";
    Encounter right = plain();
    right.touchpoint += "a";
    right.channel = "b";
    EXPECT_NE(body_hash(left), body_hash(right));
    left.customer = CustomerName("ab");
    left.id = EncounterId("c");
    right.customer = CustomerName("a");
    right.id = EncounterId("bc");
    EXPECT_NE(identity_key(left, 0), identity_key(right, 0));
}

/// XXH3 takes halves of 16 bytes for one another where they are chosen so: for anybody, as long as
/// the seed is known.
TEST(BodyHash, NamesCraftedToShareAKeyDoNotUnderAnotherSeed) {
    const std::string around(106, 'a');
    const std::string one = around.substr(0, 12) +
                            "\xe9\xa5\x8e.fR\"q\xe9\xa5\x8e.\xf0\x9a\xa2\xbe" + around + "aaaaaa";
    const std::string other =
        around.substr(0, 12) + "E1Gc\xc4\xb9RzE1GcRq\xd2\xb5" + around + "aaaaaa";
    const std::string id(96, 'a');
    ASSERT_EQ(identity_key(one, id, 0), identity_key(other, id, 0));
    // Of small seeds some change both halves alike; a start's seed is any 64 bits.
    Random random(1);
    for (int i = 0; i < 1000; ++i) {
        const std::uint64_t seed = random.next();
        EXPECT_NE(identity_key(one, id, seed), identity_key(other, id, seed)) << seed;
    }
}

TEST(BodyHash, StaysTheSameForever) {
    EXPECT_EQ(body_hash(full()), (Hash128{14770073518613982958ULL, 2695479278839940712ULL}));
    EXPECT_EQ(identity_key(full(), 0), 3670961932529566211ULL);
}

TEST(SameBody, TakesAnyTimeForAClampedOne) {
    Encounter stored = plain();
    Encounter sent = plain();
    ASSERT_TRUE(clamp_time(stored, plain().time - Milliseconds(5)));
    EXPECT_TRUE(same_body(stored, sent));
    sent.channel = "web";
    EXPECT_FALSE(same_body(stored, sent));
}

TEST(Identify, NumbersEqualRowsAndRepeatsItself) {
    const auto ids = [] {
        Identifier identifier;
        std::vector<std::string> out;
        for (int i = 0; i < 3; ++i) {
            Encounter encounter = plain();
            encounter.sequence = static_cast<std::uint64_t>(i);
            identifier.identify(encounter);
            out.push_back(encounter.id.value());
        }
        Encounter other = plain();
        other.channel = "web";
        identifier.identify(other);
        out.push_back(other.id.value());
        return out;
    };
    const auto first = ids();
    EXPECT_EQ(first[0].size(), 16U);
    EXPECT_EQ(first[1], first[0] + "-2");
    EXPECT_EQ(first[2], first[0] + "-3");
    EXPECT_EQ(first[3].size(), 16U);
    EXPECT_NE(first[3], first[0]);
    EXPECT_EQ(ids(), first);
}

TEST(Identify, LeavesTheSendersId) {
    Identifier identifier;
    Encounter encounter = full();
    identifier.identify(encounter);
    EXPECT_EQ(encounter, full());
}

TEST(ClampTime, OnlyTheFuture) {
    Encounter encounter = plain();
    EXPECT_FALSE(clamp_time(encounter, encounter.time));
    EXPECT_EQ(encounter, plain());
    EXPECT_TRUE(clamp_time(encounter, at(5)));
    EXPECT_EQ(encounter.time, at(5));
    EXPECT_TRUE(encounter.time_clamped);
}

TEST(Json, ReadsWhatItWrites) {
    for (const Encounter& encounter : {plain(), full()}) {
        const std::string line = to_json(encounter);
        EXPECT_EQ(line.find('\n'), std::string::npos);
        const auto read = encounter_from_json(line);
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read, encounter);
    }
    const Customer customer{CustomerName("anna"), {{"plan", "gold"}, {"note", "a \"b\""}}};
    const auto read = customer_from_json(to_json(customer));
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(*read, customer);
    EXPECT_EQ(to_json(plain()),
              R"({"customer":"anna","time":"2023-11-14T22:13:20Z","touchpoint":"Order placed"})");
}

TEST(Json, TakesUnixTimesNumbersAsNamesAndNull) {
    const auto read = encounter_from_json(
        R"({"customer":12,"time":1700000000,"touchpoint":"x","channel":null,"score":4.5,"properties":{"b":2.0,"a":1}})");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->customer.value(), "12");
    EXPECT_EQ(read->time, plain().time);
    EXPECT_EQ(read->score, 4.5);
    EXPECT_EQ(read->properties, R"({"a":1,"b":2})");
    EXPECT_EQ(encounter_from_json(R"({"time":1700000000000})")->time, plain().time);
    EXPECT_EQ(encounter_from_json(R"({"time":1700000000.5})")->time,
              plain().time + Milliseconds(500));
}

TEST(Json, SaysWhichFieldIsWrong) {
    const auto fault = [](std::string_view json) {
        const auto read = encounter_from_json(json);
        return read ? std::string("none") : read.error().message;
    };
    EXPECT_THAT(fault("{"), HasSubstr("not JSON"));
    EXPECT_THAT(fault("[]"), HasSubstr("not an encounter"));
    EXPECT_THAT(fault("{}"), HasSubstr("`time` is missing"));
    EXPECT_THAT(fault(R"({"time":"yesterday"})"), HasSubstr("`time` "));
    EXPECT_THAT(fault(R"({"time":1e300})"), HasSubstr("`time` is not a time"));
    EXPECT_THAT(fault(R"({"customer":{}})"), HasSubstr("`customer` is not text"));
    EXPECT_THAT(fault(R"({"score":"eleven"})"), HasSubstr("`score` is not a number: \"eleven\""));
    EXPECT_THAT(fault(R"({"due":{"a":true}})"), HasSubstr("`due.a` is not a time"));
    EXPECT_THAT(fault(R"({"due":[]})"), HasSubstr("`due` is not an object"));
    EXPECT_THAT(fault(R"({"sequence":-1})"), HasSubstr("`sequence` is not a whole number"));
    EXPECT_THAT(fault(R"({"properties":"x"})"), HasSubstr("`properties` is not a JSON object"));
    EXPECT_THAT(fault(R"({"plan":"gold"})"), HasSubstr("\"plan\" is not a field"));
}

TEST(Json, CustomersKeepTheSpellingOfTraits) {
    const auto read =
        customer_from_json(R"({"customer":"a","traits":{"age":41,"vip":true,"gone":null}})");
    ASSERT_TRUE(read) << read.error().message;
    EXPECT_EQ(read->traits,
              (std::map<std::string, std::string>{{"age", "41"}, {"gone", ""}, {"vip", "true"}}));
    EXPECT_FALSE(customer_from_json(R"({"customer":"a","plan":1})"));
    EXPECT_FALSE(customer_from_json(R"({"customer":"a","traits":1})"));
}

TEST(Properties, HaveOneSpelling) {
    EXPECT_EQ(*canonical_properties(R"( {"b": [1.0, 2.5, "ä"], "a": {"z":null,"y":true}} )"),
              R"({"a":{"y":true,"z":null},"b":[1,2.5,"ä"]})");
    EXPECT_EQ(*canonical_properties("{}"), "");
    EXPECT_FALSE(canonical_properties("1"));
    EXPECT_FALSE(canonical_properties("{} x"));
}

TEST(Properties, MayNestAsDeepAsAListOfEncountersTakesThem) {
    const auto nested = [](std::size_t depth) {
        const std::string open(depth - 1, '[');
        const std::string close(depth - 1, ']');
        return R"({"a":)" + open + close + "}";
    };
    EXPECT_EQ(*canonical_properties(nested(properties_depth_max)), nested(properties_depth_max));
    EXPECT_FALSE(canonical_properties(nested(properties_depth_max + 1)));
    EXPECT_EQ(properties_depth_max, 62U) << "an encounter and the list around it";
}

TEST(EncounterJson, NumbersAreReadExactly) {
    for (const double number : {1.4000000000000001,
                                0.1 + 0.2,
                                1.0 / 3,
                                123456789.12345679,
                                5e-324,
                                1.7976931348623157e308,
                                9007199254740993.0,
                                -0.30000000000000004}) {
        Encounter sent;
        sent.customer = CustomerName("c");
        sent.touchpoint = "t";
        sent.value = number;
        sent.properties = fmt::format(R"({{"a":[{}]}})", number);
        const auto read = encounter_from_json(to_json(sent));
        ASSERT_TRUE(read) << read.error().message;
        EXPECT_EQ(*read->value, number);
        EXPECT_EQ(*read, sent) << to_json(*read);
    }
    EXPECT_FALSE(encounter_from_json("{} x"));
    EXPECT_FALSE(encounter_from_json(R"({"value":1.5)"));
}

}  // namespace
}  // namespace kokemus::encounter
