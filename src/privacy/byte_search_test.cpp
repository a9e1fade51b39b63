#include "privacy/byte_search.h"

#include <array>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger_test_folder.h"

namespace kokemus::privacy {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class ByteSearch : public ::testing::Test {
protected:
    void write(const std::string& name, std::string_view bytes) const {
        std::filesystem::create_directories((folder_.path() / name).parent_path());
        std::ofstream(folder_.path() / name, std::ios::binary) << bytes;
    }

    Searched search(const std::vector<std::string>& texts) const {
        auto searched = search_bytes(folder_.path(), texts);
        EXPECT_TRUE(searched) << searched.error().message;
        return searched ? *searched : Searched{};
    }

    /// How the text was found, spelling by spelling.
    std::string spellings(const std::string& text) const {
        std::string all;
        for (const ByteFound& found : search({text}).found) {
            all += found.spelling + ";";
        }
        return all;
    }

    const ledger::TestFolder folder_;
};

TEST_F(ByteSearch, FindsNothingInNothing) {
    EXPECT_THAT(search({"anna@example.com"}).found, IsEmpty());
    write("empty", "");
    EXPECT_THAT(search({"anna@example.com"}).found, IsEmpty());
    EXPECT_EQ(search({"anna@example.com"}).files, 1U);
    EXPECT_FALSE(search_bytes(folder_.path(), std::vector<std::string>{"an"}));
    EXPECT_FALSE(search_bytes(folder_.path(), std::vector<std::string>{}));
    EXPECT_FALSE(search_bytes(folder_.path() / "none", std::vector<std::string>{"anna"}));
}

TEST_F(ByteSearch, LeavesOutWhatNobodyIsToSearch) {
    write("secrets/mail", "hunter22");
    write("seal.key", "hunter22");
    write("deep/seal.key", "hunter22");
    const std::vector<std::string> texts{"hunter22"};
    std::filesystem::create_symlink(folder_.path() / "deep", folder_.path() / "aside");
    write("deep/kokemus.toml", "hunter22");
    const std::vector left_out{folder_.path() / "secrets",
                               folder_.path() / "seal.key",
                               folder_.path() / "aside" / ".." / "deep" / "kokemus.toml",
                               folder_.path() / "is-not-there"};
    const auto searched = search_bytes(folder_.path(), texts, left_out);
    ASSERT_TRUE(searched);
    ASSERT_THAT(searched->found, SizeIs(1));
    EXPECT_EQ(searched->found[0].file, "deep/seal.key");
    EXPECT_EQ(searched->files, 1U);
}

TEST_F(ByteSearch, SaysWhereAndHowOften) {
    write("deep/in/it", "..anna@x.fi,anna@x.fi");
    write("other", "bert@x.fi");
    const Searched searched = search({"nobody@x.fi", "anna@x.fi"});
    ASSERT_THAT(searched.found, SizeIs(1));
    EXPECT_EQ(searched.found[0].file, "deep/in/it");
    EXPECT_EQ(searched.found[0].at, 2U);
    EXPECT_EQ(searched.found[0].times, 2U);
    EXPECT_EQ(searched.found[0].text, 1U);
    EXPECT_EQ(searched.files, 2U);
    EXPECT_EQ(searched.bytes, 30U);
}

TEST_F(ByteSearch, FindsWhatLiesAcrossTwoPieces) {
    constexpr std::size_t piece = 4ULL << 20U;
    for (const std::size_t before : {piece - 9, piece - 1, piece, 2 * piece - 5}) {
        write("long", std::string(before, 'x') + "anna@x.fi" + std::string(100, 'y'));
        const Searched searched = search({"anna@x.fi"});
        ASSERT_THAT(searched.found, SizeIs(1)) << before;
        EXPECT_EQ(searched.found[0].at, before);
        EXPECT_EQ(searched.found[0].times, 1U);
    }
}

TEST_F(ByteSearch, KnowsOtherSpellings) {
    write("wide", std::string("\x01\x4d\x00\xe4\x00\x6b\x00\x69\x00\x21\x00", 11));
    EXPECT_THAT(spellings("M\xC3\xA4ki!"), HasSubstr("UTF-16, low byte first"));
    write("wide", std::string("\x00\x4d\x00\xe4\x00\x6b\x00\x69\x00\x21", 10));
    EXPECT_THAT(spellings("M\xC3\xA4ki!"), HasSubstr("UTF-16, high byte first"));
    write("wide", "GET /api/customers/anna%40x.fi/timeline");
    EXPECT_THAT(spellings("anna@x.fi"), HasSubstr("in an address"));
    write("wide", R"({"said":"\"never\" again"})");
    EXPECT_THAT(spellings("\"never\" again"), HasSubstr("as JSON"));
    // "anna@example.com", "xanna@example.com", "xyanna@example.com" as base64
    for (const char* encoded :
         {"YW5uYUBleGFtcGxlLmNvbQ==", "eGFubmFAZXhhbXBsZS5jb20=", "eHlhbm5hQGV4YW1wbGUuY29t"}) {
        write("wide", encoded);
        EXPECT_THAT(spellings("anna@example.com"), HasSubstr("base64")) << encoded;
    }
}

TEST_F(ByteSearch, LooksAtNamesOfFilesToo) {
    write("export-anna@x.fi.csv", "nothing");
    EXPECT_THAT(search({"anna@x.fi"}).found, SizeIs(1));
}

}  // namespace
}  // namespace kokemus::privacy
