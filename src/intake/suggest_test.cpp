#include "intake/suggest.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/column_profile.h"
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
    EXPECT_EQ(form_of({"1/2/2016", "1/13/2016"}), "%m/%d/%Y");
}

TEST(DateForms, says_when_day_and_month_cannot_be_told_apart) {
    DateForms forms;
    forms.add("1/2/2016");
    EXPECT_TRUE(forms.ambiguous());
    forms.add("13/2/2016");
    EXPECT_FALSE(forms.ambiguous());
}

TEST(DateForms, finds_a_column_in_which_some_dates_have_day_and_month_swapped) {
    DateForms forms;
    for (int day = 1; day <= 28; ++day) {
        forms.add(std::to_string(day) + "/02/2026");
    }
    EXPECT_EQ(forms.also(), std::nullopt);
    forms.add("02/28/2026");
    EXPECT_EQ(forms.best(), "%d/%m/%Y");
    EXPECT_EQ(forms.also(), "%m/%d/%Y");
    EXPECT_FALSE(forms.ambiguous());
    forms.add("hello");
    EXPECT_EQ(forms.best(), std::nullopt);
}

TEST(Profile, words_of_a_name_count_from_their_beginning) {
    EXPECT_TRUE(contains_word("Last action", {"action"}));
    EXPECT_TRUE(contains_word("lastAction", {"action"}));
    EXPECT_TRUE(contains_word("q7_actions", {"action"}));
    EXPECT_TRUE(contains_word("closed_at", {"_at"}));
    EXPECT_FALSE(contains_word("Interaction with carers", {"action"}));
    EXPECT_FALSE(contains_word("dissatisfied", {"satisf"}));
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

// Ticks per subject beside the texts, dates that a spreadsheet has half turned round, gaps in the
// kind.
TEST(Suggest, tells_ticks_from_kinds_and_reads_dates_of_both_orders) {
    TestFolder folder;
    std::string rows = "Comment ID,Respondent ID,Date,Service type,Answer,Interaction,Method\n";
    for (int row = 1; row <= 60; ++row) {
        const std::string day = std::to_string(row % 28 + 1);
        rows += "comment number " + std::to_string(row) + ",r" + std::to_string(row) + "," +
                (row % 22 == 20 ? "03/" + day + "/2026" : day + "/03/2026") + "," +
                (row == 7  ? ""
                 : row % 2 ? "ward"
                           : "clinic") +
                ",they were kind to me on visit " + std::to_string(row) + "," +
                (row % 9 == 0 ? "1" : "") + "," + (row % 11 == 0 ? "1" : "") + "\n";
    }
    std::string map;
    const auto all = follow(folder, folder.write("comments.csv", rows), map);
    ASSERT_EQ(all.size(), 60U);
    EXPECT_THAT(map, HasSubstr("strptime(Date, ['%d/%m/%Y', '%m/%d/%Y'])"));
    EXPECT_THAT(map, HasSubstr("? some of the dates have day and month swapped"));
    EXPECT_THAT(map, HasSubstr(R"(coalesce(\"Service type\", 'comments'))"));
    for (const encounter::Encounter& one : all) {
        EXPECT_THAT(one.touchpoint, testing::AnyOf("ward", "clinic", "comments"));
        EXPECT_EQ(format_day(one.time).substr(0, 7), "2026-03");
        EXPECT_EQ(one.channel, "");
        EXPECT_THAT(one.text, HasSubstr("kind to me"));
    }
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
