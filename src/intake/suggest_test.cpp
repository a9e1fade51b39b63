#include "intake/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/date_form.h"
#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

using testing::HasSubstr;

std::optional<std::string> form_of(const std::vector<std::string>& texts) {
    DateForms forms;
    for (const std::string& text : texts) {
        forms.add(text);
    }
    return forms.best();
}

TEST(DateForms, finds_the_form_of_dates) {
    EXPECT_EQ(form_of({"29/2/2016 01:16", "5/3/2016 12:00"}), "%d/%m/%Y %H:%M");
    EXPECT_EQ(form_of({"2/29/2016", "3/5/2016"}), "%m/%d/%Y");
    EXPECT_EQ(form_of({"31.01.2026 10:00:59"}), "%d.%m.%Y %H:%M:%S");
    EXPECT_EQ(form_of({"20260131"}), "%Y%m%d");
    EXPECT_EQ(form_of({"1/2/2016"}), "%d/%m/%Y");
    EXPECT_EQ(form_of({"13/13/2016"}), std::nullopt);
    EXPECT_EQ(form_of({"hello", "1/2/2016"}), std::nullopt);
    EXPECT_EQ(form_of({}), std::nullopt);
}

TEST(DateForms, says_when_day_and_month_cannot_be_told_apart) {
    DateForms forms;
    forms.add("1/2/2016");
    EXPECT_TRUE(forms.ambiguous());
    forms.add("13/2/2016");
    EXPECT_FALSE(forms.ambiguous());
}

/// Suggests a map for the file, imports by it unchanged, and gives the encounters.
std::vector<encounter::Encounter> follow(TestFolder& folder, const std::filesystem::path& file,
                                         std::string& map) {
    const auto suggested = suggest_map(file);
    EXPECT_TRUE(suggested) << suggested.error().message;
    map = suggested ? *suggested : "";
    const auto report = import_encounters(
        folder.ledger(),
        ImportOptions{.map = folder.write("suggested.map.toml", map), .from = file.parent_path()});
    EXPECT_TRUE(report) << report.error().message << "\n" << map;
    EXPECT_EQ(report ? report->refused : 1, 0U) << map;
    return folder.all();
}

TEST(Suggest, guesses_the_fields_of_a_table) {
    TestFolder folder;
    std::string rows =
        "Client No;Opened at;Contact type;\"Remark \"\"free\"\"\";Rating;Plan;Due by;code\n";
    for (int row = 1; row <= 40; ++row) {
        rows += "00" + std::to_string(row) + ";" + std::to_string(row % 28 + 1) + "/2/2026 10:00;" +
                (row % 2 ? "Phone" : "Web") + ";a long remark, number " + std::to_string(row) +
                ";" + std::to_string(row % 5 + 1) + ";" + (row % 3 ? "gold" : "?") +
                ";28/3/2026;x" + std::to_string(row) + "\n";
    }
    std::string map;
    const auto all = follow(folder, folder.write("service calls.csv", rows), map);
    ASSERT_EQ(all.size(), 40U);
    EXPECT_EQ(all[0].customer.value(), "001");
    EXPECT_EQ(format_instant(all[0].time), "2026-02-02T10:00:00Z");
    EXPECT_EQ(all[0].touchpoint, "service calls");
    EXPECT_EQ(all[0].channel, "Phone");
    EXPECT_EQ(all[0].scale, "csat5");
    EXPECT_EQ(all[0].text, "a long remark, number 1");
    EXPECT_EQ(all[0].properties, R"({"Plan":"gold"})");
    EXPECT_EQ(all.back().customer.value(), "009");
    EXPECT_EQ(all.back().properties, "");
    EXPECT_EQ(format_day(all[0].due.at("promised")), "2026-03-28");
    EXPECT_THAT(map, HasSubstr("missing = [\"?\"]"));
    EXPECT_THAT(map, HasSubstr("# properties.code = \"code\""));
}

TEST(Suggest, puts_constants_where_nothing_fits) {
    TestFolder folder;
    std::string map;
    const auto all = follow(folder, folder.write("o'dd.csv", "a,\"b\"\"'c\"\n1,x\n2,y\n"), map);
    EXPECT_EQ(all.size(), 2U);
    EXPECT_THAT(map, HasSubstr("no column names the customer"));
}

TEST(Suggest, gives_maps_for_the_sample_files_that_import_unchanged) {
    const std::vector<std::pair<std::string, std::string>> files = {
        {"olist", "olist_orders_dataset.csv"},
        {"olist", "olist_order_reviews_dataset.csv"},
        {"sfo", "2018_SFO_Customer_Survey.csv"},
        {"xes", "receipt.xes"},
        {"nhs", "comments.csv"}};
    for (const auto& [set, name] : files) {
        const auto data = shared_data(set);
        if (!data) {
            GTEST_SKIP() << "the files are not at ../shared/data/" << set;
        }
        TestFolder folder;
        const auto map = suggest_map(*data / name);
        ASSERT_TRUE(map) << map.error().message;
        const auto report = import_encounters(
            folder.ledger(),
            ImportOptions{.map = folder.write("s.map.toml", *map), .from = *data, .dry_run = true});
        ASSERT_TRUE(report) << name << ": " << report.error().message << "\n" << *map;
        EXPECT_GT(report->encounters, 0U) << name << "\n" << *map;
    }
}

}  // namespace
}  // namespace kokemus::intake
