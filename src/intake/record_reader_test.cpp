#include "intake/record_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "intake/intake_test_folder.h"

namespace kokemus::intake {
namespace {

using testing::ElementsAre;

struct Found {
    std::vector<std::uint64_t> lines;
    std::vector<std::string> texts;
    bool open_quote = false;
};

Found read_all(const TestFolder& folder, std::string_view bytes,
               RecordReader::Options options = {}) {
    options.text_bytes_max = 100;
    auto reader = RecordReader::open(folder.write("file.csv", bytes), options);
    EXPECT_TRUE(reader);
    Found found;
    while (true) {
        const auto more = reader->next();
        EXPECT_TRUE(more);
        if (!*more) {
            return found;
        }
        found.lines.push_back(reader->record().line);
        found.texts.push_back(reader->text());
        found.open_quote = reader->record().open_quote;
    }
}

TEST(RecordReader, gives_lines_with_and_without_an_end) {
    const TestFolder folder;
    EXPECT_THAT(read_all(folder, "a\nb").texts, ElementsAre("a", "b"));
    EXPECT_THAT(read_all(folder, "a\r\nb\r\n").texts, ElementsAre("a", "b"));
    EXPECT_THAT(read_all(folder, "a\rb\r", {.line_end = '\r'}).texts, ElementsAre("a", "b"));
}

TEST(RecordReader, keeps_quoted_line_breaks_in_one_record_and_counts_them) {
    const TestFolder folder;
    const Found found = read_all(folder, "a,\"1\n2\n3\",b\nnext\n");
    EXPECT_THAT(found.texts, ElementsAre("a,\"1\n2\n3\",b", "next"));
    EXPECT_THAT(found.lines, ElementsAre(1, 4));
}

TEST(RecordReader, takes_quotes_inside_plain_fields_as_letters) {
    const TestFolder folder;
    EXPECT_THAT(read_all(folder, "5\" disk,x\ny\n").lines, ElementsAre(1, 2));
}

TEST(RecordReader, knows_a_doubled_quote_from_a_closing_one) {
    const TestFolder folder;
    EXPECT_THAT(read_all(folder, "\"a \"\"\nb\"\nc\n").lines, ElementsAre(1, 3));
}

TEST(RecordReader, says_when_the_file_ends_inside_quotes) {
    const TestFolder folder;
    EXPECT_TRUE(read_all(folder, "a\n\"b\nc\n").open_quote);
    EXPECT_FALSE(read_all(folder, "a\n\"b\"\nc\n").open_quote);
}

TEST(RecordReader, agrees_with_itself_across_the_edges_of_its_buffer) {
    const TestFolder folder;
    std::string bytes;
    std::vector<std::uint64_t> expected;
    std::uint64_t line = 1;
    for (int row = 0; row < 60'000; ++row) {
        expected.push_back(line);
        bytes += row % 3 == 0 ? "x,\"two\nlines \"\"here\"\"\",y\n" : "plain,row,with \"quotes\n";
        line += row % 3 == 0 ? 2 : 1;
    }
    EXPECT_EQ(read_all(folder, bytes).lines, expected);
}

TEST(SplitRecord, takes_quotes_away) {
    EXPECT_THAT(split_record("a,\"b \"\"c\"\", d\",", ',', '"'),
                ElementsAre("a", "b \"c\", d", ""));
    EXPECT_THAT(split_record("a;'b;c'", ';', '\''), ElementsAre("a", "b;c"));
}

}  // namespace
}  // namespace kokemus::intake
