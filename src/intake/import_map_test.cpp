#include "intake/import_map.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace kokemus::intake {
namespace {

using testing::HasSubstr;

constexpr std::string_view good = R"(
time_zone = "Europe/Helsinki"
[source.orders]
file = "orders.csv"
missing = ["?"]
types = { zip = "VARCHAR" }
[source.joined]
sql = "select * from orders"
[[encounter]]
from = "joined"
where = "total > 0"
customer = "customer_id"
time = "ordered_at"
touchpoint = "'order placed'"
due.delivery = "promised"
properties.plan = "plan"
value = 12.5
[[customer]]
from = "orders"
name = "customer_id"
traits.city = "city"
)";

std::string error_of(std::string_view toml) {
    const auto map = read_map(toml, "test.map.toml");
    return map ? "" : map.error().message;
}

TEST(ReadMap, reads_what_it_holds) {
    const auto map = read_map(good, "test.map.toml");
    ASSERT_TRUE(map) << map.error().message;
    EXPECT_EQ(map->time_zone, "Europe/Helsinki");
    ASSERT_EQ(map->sources.size(), 2U);
    EXPECT_EQ(map->sources[0].name, "orders")
        << "in the order of the file, because queries build on each other";
    EXPECT_THAT(map->sources[0].text.missing, testing::ElementsAre("?"));
    EXPECT_EQ(map->sources[0].text.types.at("zip"), "VARCHAR");
    ASSERT_EQ(map->encounters.size(), 1U);
    const EncounterBlock& block = map->encounters[0];
    EXPECT_EQ(block.fields.at("touchpoint"), (Expression{"'order placed'", 14}));
    EXPECT_EQ(block.fields.at("value").sql, "12.5") << "numbers need no quotes";
    EXPECT_EQ(block.due.at("delivery").sql, "promised");
    EXPECT_EQ(block.properties.at("plan").sql, "plan");
    EXPECT_EQ(map->customers.at(0).traits.at("city").sql, "city");
}

TEST(ReadMap, says_every_fault_with_its_line_and_what_to_write) {
    const std::string error = error_of(
        "time_zone = \"Mars\"\n[source.a]\nfil = \"x\"\n[source.b]\nfile = \"x\"\n"
        "format = \"cvs\"\n[[encounter]]\nfrom = \"c\"\ncustomr = \"x\"\nscore = \"1\"\n");
    EXPECT_THAT(error, HasSubstr("test.map.toml line 1: time zone \"Mars\" is not known"));
    EXPECT_THAT(error,
                HasSubstr("line 3: `fil` is not known in [source.a]; did you mean \"file\"?"));
    EXPECT_THAT(error, HasSubstr("line 2: [source.a] needs either file = \"...\" or sql"));
    EXPECT_THAT(error, HasSubstr("line 6: format \"cvs\" is not known"));
    EXPECT_THAT(
        error,
        HasSubstr("line 9: `customr` is not known in [[encounter]]; did you mean \"customer\"?"));
    EXPECT_THAT(error, HasSubstr("line 8: there is no source \"c\""));
    EXPECT_THAT(error, HasSubstr("line 7: [[encounter]] needs `time`"));
    EXPECT_THAT(error, HasSubstr("line 7: a score needs its scale"));
}

TEST(ReadMap, needs_no_from_where_there_is_one_source) {
    const auto map = read_map(
        "[source.a]\nfile = \"x\"\n[[encounter]]\ncustomer=\"c\"\ntime=\"t\"\ntouchpoint=\"'x'\"\n",
        "m");
    ASSERT_TRUE(map) << map.error().message;
    EXPECT_EQ(map->encounters[0].from, "a");
}

TEST(ReadMap, says_where_it_is_not_toml) {
    EXPECT_THAT(error_of("[source.a\n"), HasSubstr("line 1: "));
}

TEST(ReadMap, says_that_an_empty_map_imports_nothing) {
    EXPECT_THAT(error_of(""), HasSubstr("there is no source"));
}

RC_GTEST_PROP(ReadMap, survives_any_slip_of_the_keyboard, ()) {
    std::string toml(good);
    const auto slips = *rc::gen::inRange(1, 6);
    for (int slip = 0; slip < slips; ++slip) {
        const auto at =
            static_cast<std::size_t>(*rc::gen::inRange<int>(0, static_cast<int>(toml.size())));
        const auto letter = *rc::gen::elementOf(std::string("\"'[]=.\n {}x\\#\0\xff", 15));
        if (*rc::gen::arbitrary<bool>()) {
            toml[at] = letter;
        } else {
            toml.insert(at, 1, letter);
        }
    }
    const auto map = read_map(toml, "m");
    RC_ASSERT(map || !map.error().message.empty());
}

}  // namespace
}  // namespace kokemus::intake
