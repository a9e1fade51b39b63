#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "duck/duck.h"
#include "sheet/bounds.h"
#include "sheet/parquet.h"
#include "sheet/workbook.h"

namespace kokemus::sheet {
namespace {

using answer::Holds;
using testing::ElementsAre;
using testing::HasSubstr;

const Instant noon{std::chrono::hours(24 * 20'000 + 12) + std::chrono::milliseconds(250)};

answer::Rows table() {
    return {{{"name, \"quoted\"", Holds::Text},
             {"count", Holds::Count},
             {"estimate", Holds::Number},
             {"share", Holds::Share},
             {"start", Holds::Time},
             {"complete", Holds::Flag}},
            {{std::string("=HYPERLINK(\"x\")"), std::uint64_t{9'007'199}, -12.5, 0.25, noon, true},
             {std::string("päivä \x01 1"), std::uint64_t{0}, {}, {}, {}, false}}};
}

const answer::Origin origin{{"question", std::string("trend nps by week where plan = 'it''s'")},
                            {"customers", std::uint64_t{7}},
                            {"answered at", noon}};

/// A file that a test's reader opens; gone with the test.
class SheetTest : public ::testing::Test {
protected:
    void TearDown() override { std::filesystem::remove(file_); }

    void keep(const Result<std::string>& bytes) {
        ASSERT_TRUE(bytes) << bytes.error().message;
        std::ofstream(file_, std::ios::binary) << *bytes;
    }

    /// What Python prints that reads the workbook by openpyxl, an implementation of its own.
    std::string read_workbook(const std::string& script) const {
        const std::string program =
            "import openpyxl, sys\\nbook = openpyxl.load_workbook(sys.argv[1])\\n" + script;
        const std::string command =
            fmt::format("printf '{}' | /usr/bin/python3 - {} 2>&1", program, file_.string());
        std::FILE* pipe = ::popen(command.c_str(), "r");
        std::string said;
        char part[4096];
        while (std::fgets(part, sizeof part, pipe) != nullptr) {
            said += part;
        }
        EXPECT_EQ(::pclose(pipe), 0) << said;
        return said;
    }

    const std::filesystem::path file_ = std::filesystem::temp_directory_path() /
                                        fmt::format("kokemus-sheet-test-{}.xlsx", ::getpid());
};

TEST_F(SheetTest, AWorkbookHoldsNumbersAsNumbersAndTextsAsTexts) {
    keep(to_workbook(table(), origin));
    const std::string cells = read_workbook(
        "print(book.sheetnames, book[\"Answer\"].freeze_panes, book[\"Answer\"].auto_filter.ref)\\n"
        "for row in book[\"Answer\"].iter_rows():\\n"
        "    for c in row: print(repr(c.value), c.data_type, c.number_format)\\n");
    EXPECT_EQ(cells,
              "['Answer', 'Origin'] A2 A1:F3\n"
              "'name, \"quoted\"' s General\n'count' s General\n'estimate' s General\n"
              "'share' s General\n'start' s General\n'complete' s General\n"
              "'=HYPERLINK(\"x\")' s General\n"
              "9007199 n #,##0\n-12.5 n General\n0.25 n 0.0%\n"
              "datetime.datetime(2024, 10, 4, 12, 0, 0, 250000) d yyyy-mm-dd hh:mm:ss\n"
              "True b General\n"
              "'päivä \uFFFD 1' s General\n0 n #,##0\nNone n General\nNone n General\n"
              "None n General\nFalse b General\n");
    const std::string words =
        read_workbook("for row in book[\"Origin\"].iter_rows(values_only=True): print(row)\\n");
    EXPECT_EQ(words,
              "('question', \"trend nps by week where plan = 'it''s'\")\n('customers', 7)\n"
              "('answered at', datetime.datetime(2024, 10, 4, 12, 0, 0, 250000))\n");
}

TEST_F(SheetTest, AWorkbookMayBeEmptyAndCutsWhatNoCellHolds) {
    keep(to_workbook({}, {}));
    EXPECT_EQ(read_workbook("print(book[\"Answer\"].max_row, book[\"Answer\"][\"A1\"].value)\\n"),
              "1 None\n");
    std::string path;
    while (path.size() < 2 * bounds::cell_characters_max) {
        path += "ä > ";
    }
    keep(to_workbook({{{"path", Holds::Text}}, {{path}}}, {}));
    EXPECT_EQ(read_workbook("text = book[\"Answer\"][\"A2\"].value\\n"
                            "print(len(text.encode()) <= 32767, text[:3], ord(text[-1]))\\n"),
              "True ä > 8230\n");
}

TEST_F(SheetTest, ParquetHoldsTypedColumnsAndWhereTheyComeFrom) {
    keep(to_parquet(table(), origin));
    const auto database = duck::Database::open({}, {}).value();
    auto connection = database.connect().value();
    const auto text = [&](const std::string& sql) {
        auto rows = connection.query(
            fmt::format(fmt::runtime(sql), fmt::arg("file", duck::literal(file_.string()))));
        EXPECT_TRUE(rows) << rows.error().message;
        return std::move(*rows).one_text().value().value_or("null");
    };
    EXPECT_EQ(text("SELECT string_agg(column_type, ' ') FROM (DESCRIBE SELECT * FROM "
                   "read_parquet({file}))"),
              "VARCHAR UBIGINT DOUBLE DOUBLE TIMESTAMP BOOLEAN");
    EXPECT_EQ(
        text("SELECT string_agg(concat_ws('|', \"name, \"\"quoted\"\"\", count, estimate, share, "
             "start, complete), ' / ') FROM read_parquet({file})"),
        "=HYPERLINK(\"x\")|9007199|-12.5|0.25|2024-10-04 12:00:00.25|true / "
        "päivä \uFFFD 1|0|false");
    EXPECT_EQ(text("SELECT value::VARCHAR FROM parquet_kv_metadata({file}) WHERE key = 'question'"),
              "trend nps by week where plan = \\x27it\\x27\\x27s\\x27");
    keep(to_parquet({}, {}));
    EXPECT_EQ(text("SELECT count(*)::VARCHAR FROM read_parquet({file})"), "0");
}

}  // namespace
}  // namespace kokemus::sheet
