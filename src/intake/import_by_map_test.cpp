#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/project_file.h"
#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

/// A map over orders.csv with further lines for the source (or further sources) and for the block.
std::string map_with(std::string_view sources, std::string_view fields) {
    return fmt::format(
        "[source.orders]\nfile = \"orders.csv\"\n{}\n[[encounter]]\nfrom = \"orders\"\ncustomer = "
        "\"customer\"\n"
        "touchpoint = \"'order placed'\"\ntime = \"ordered\"\n{}\n",
        sources,
        fields);
}

class ByMap : public testing::Test {
protected:
    ByMap() {
        folder_.write("orders.csv",
                      "customer,ordered,promised,plan,number,stars,stars\n"
                      "007,2026-01-01 10:00,3/1/2026,gold,1,5,\n008,2026-01-02 11:30,?,,2,,4\n");
    }

    std::string error_of(std::string_view sources, std::string_view fields) {
        const auto report = folder_.import_map(map_with(sources, fields));
        EXPECT_FALSE(report);
        EXPECT_TRUE(folder_.all().empty())
            << "a fault of the map is found before anything is written";
        return report ? "" : report.error().message;
    }

    TestFolder folder_;
};

TEST_F(ByMap, evaluates_expressions_over_the_columns) {
    const auto report =
        folder_.import_map(map_with("missing = [\"?\"]",
                                    "due.delivery = \"strptime(promised, '%d/%m/%Y') + interval 1 "
                                    "day\"\nproperties.plan = \"upper(plan)\"\n"
                                    "properties.n = \"number\"\nvalue = \"number * 2.5\"\nscore = "
                                    "\"coalesce(stars, stars_1)\"\nscale = \"'stars5'\"\n"
                                    "thread = \"number\"\nduration = \"interval 90 second\""));
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->refused, 0U);
    const auto all = folder_.all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[0].customer.value(), "007") << "zeros in front stay";
    EXPECT_EQ(format_instant(all[0].due.at("delivery")), "2026-01-04T00:00:00Z");
    EXPECT_TRUE(all[1].due.empty());
    EXPECT_EQ(all[0].properties, R"({"n":1,"plan":"GOLD"})");
    EXPECT_EQ(all[1].properties, R"({"n":2})");
    EXPECT_EQ(all[0].score, 5.0);
    EXPECT_EQ(all[1].score, 4.0) << "the second column of that name is stars_1";
    EXPECT_EQ(all[1].value, 5.0);
    EXPECT_EQ(all[0].thread.value(), "1");
    EXPECT_EQ(all[0].duration_seconds, 90.0);
}

TEST_F(ByMap, reads_times_in_the_zone_of_the_map) {
    ASSERT_TRUE(folder_.import_map("time_zone = \"America/Sao_Paulo\"\n" + map_with("", "")));
    EXPECT_EQ(format_instant(folder_.all()[0].time), "2026-01-01T13:00:00Z");
}

TEST_F(ByMap, makes_several_encounters_of_a_row_and_orders_equal_times_by_block) {
    const auto report = folder_.import_map(
        map_with("", "where = \"number = 1\"") +
        "[[encounter]]\nfrom = \"orders\"\ncustomer = \"customer\"\ntime = \"ordered\"\n"
        "touchpoint = \"'a second thing'\"\n");
    ASSERT_TRUE(report) << report.error().message;
    const auto all = folder_.all();
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].touchpoint, "order placed");
    EXPECT_EQ(all[1].touchpoint, "a second thing");
}

TEST_F(ByMap, joins_sources_and_sets_traits) {
    folder_.write("people.jsonl", "{\"customer\":\"007\",\"city\":\"Turku\"}\n");
    const auto report = folder_.import_map(
        "[source.orders]\nfile = \"orders.csv\"\n[source.people]\nfile = "
        "\"people.jsonl\"\n[source.both]\n"
        "sql = \"select * from orders join people using (customer)\"\n[[encounter]]\nfrom = "
        "\"both\"\ncustomer = \"customer\"\n"
        "time = \"ordered\"\ntouchpoint = \"city\"\n[[customer]]\nfrom = \"people\"\nname = "
        "\"customer\"\ntraits.city = \"city\"\n");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(folder_.all().at(0).touchpoint, "Turku");
    EXPECT_EQ((*folder_.ledger().customer(encounter::CustomerName("007")))->traits.at("city"),
              "Turku");
}

TEST_F(ByMap, says_what_a_failing_expression_stumbles_over) {
    const auto report =
        folder_.import_map(map_with("", "due.delivery = \"strptime(promised, '%d/%m/%Y')\""));
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(
        described(*report),
        ElementsAre(
            "orders.csv line 3, column promised: \"?\" does not fit the format \"%d/%m/%Y\""));
}

TEST_F(ByMap, says_what_is_wrong_with_an_expression_and_where) {
    EXPECT_THAT(error_of("", "thread = \"custmer\""),
                HasSubstr("test.map.toml line 9: `thread`: orders.csv has no column \"custmer\"; "
                          "did you mean \"customer\"?"));
    EXPECT_THAT(error_of("", "channel = \"web\""),
                HasSubstr("A constant text needs quotes of its own: \"'web'\""));
    EXPECT_THAT(error_of("", "value = \"1 +\""), HasSubstr("`value`: syntax error"));
    EXPECT_THAT(error_of("", "value = \"random()\""), HasSubstr("another result each time"));
    EXPECT_THAT(error_of("", "value = \"(select 1)\""), HasSubstr("source of its own"));
    EXPECT_THAT(error_of("types = { nmber = \"DOUBLE\" }", ""),
                HasSubstr("did you mean \"number\"?"));
    EXPECT_THAT(error_of("[source.q]\nsql = \"select * from nothing\"", ""),
                HasSubstr("source `q`: "));
    EXPECT_THAT(error_of("[source.q]\nfile = \"gone.csv\"", ""),
                HasSubstr("source `q`: there is no file"));
}

TEST_F(ByMap, lets_an_expression_see_nothing_but_the_sources) {
    const std::string victim = folder_.write("victim.txt", "secret").string();
    for (const std::string& query :
         {fmt::format("select * from read_text('{}')", victim),
          fmt::format("select * from read_csv('{}')", victim),
          fmt::format("from '{}'", victim),
          std::string("select * from glob('/etc/*')"),
          std::string("select * from read_parquet('https://localhost/x.parquet')"),
          fmt::format("attach '{}.db'", victim),
          fmt::format("select 1); copy (select 2) to '{}'; select * from (select 1", victim),
          std::string("set enable_external_access = true"),
          std::string("pragma database_list")}) {
        EXPECT_THAT(error_of(fmt::format("[source.q]\nsql = \"{}\"", query), ""),
                    HasSubstr("source `q`: "))
            << query;
    }
    EXPECT_THAT(
        error_of("", fmt::format("text = \"(select content from read_text('{}'))\"", victim)),
        HasSubstr("files and the network are closed to it"));
    EXPECT_THAT(error_of("", "text = \"1) from typed.orders; drop table raw.orders; select (1\""),
                HasSubstr("`text`: "));
    EXPECT_THAT(error_of("", "text = \"1), (2\""), HasSubstr("it is not one expression"));
    EXPECT_EQ(folder_.read("victim.txt"), "secret");
}

TEST(ByMapOlist, gives_the_numbers_computed_independently) {
    const auto data = shared_data("olist");
    if (!data) {
        GTEST_SKIP() << "the olist files are not at ../shared/data/olist";
    }
    TestFolder folder;
    const ImportOptions options{.map = project_file("examples/olist.map.toml"), .from = *data};
    const auto report = import_encounters(folder.ledger(), options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 35'872U);
    EXPECT_EQ(report->refused, 0U);
    EXPECT_EQ(folder.ledger().totals()->customers, 8'016U);
    const auto again = import_encounters(folder.ledger(), options);
    ASSERT_TRUE(again);
    EXPECT_EQ(again->sentences().front(), "35,872 encounters were already here; nothing changed");
}

}  // namespace
}  // namespace kokemus::intake
