#include "base/file.h"

#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class File : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "kokemus-file-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }

    void TearDown() override { fs::remove_all(folder); }

    std::ptrdiff_t files() const {
        return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
    }

    fs::path folder;
};

TEST_F(File, IsReadAsItWasWritten) {
    const std::string bytes("a\0b\n", 4);
    ASSERT_TRUE(write_file(folder / "one", bytes));
    EXPECT_EQ(read_file(folder / "one", 4), bytes);
    ASSERT_TRUE(write_file(folder / "one", ""));
    EXPECT_EQ(read_file(folder / "one", 4), "");
    EXPECT_EQ(files(), 1);
}

TEST_F(File, OverItsLimitIsRefusedWithTheLimit) {
    ASSERT_TRUE(write_file(folder / "long", std::string(2000, 'x')));
    const auto content = read_file(folder / "long", 1999);
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::TooLarge);
    EXPECT_THAT(content.error().message, HasSubstr("more than 1,999 bytes"));
}

TEST_F(File, ThatIsNotThereIsNotFound) {
    const auto content = read_file(folder / "none", 10);
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().code, ErrorCode::NotFound);
    EXPECT_THAT(content.error().message, HasSubstr("none: no such file or directory"));
    EXPECT_EQ(write_file(folder / "no" / "way", "x").error().code, ErrorCode::NotFound);
    EXPECT_EQ(read_file(folder, 10).error().code, ErrorCode::InvalidInput);
}

TEST_F(File, WithoutCommitLeavesTheOldContentAndNothingElse) {
    ASSERT_TRUE(write_file(folder / "one", "old"));
    {
        auto writer = FileWriter::create(folder / "one");
        ASSERT_TRUE(writer);
        ASSERT_TRUE(writer->write("new"));
    }
    EXPECT_EQ(read_file(folder / "one", 10), "old");
    EXPECT_EQ(files(), 1);
}

TEST_F(File, TakesManyPiecesLargeAndSmall) {
    std::string expected;
    auto writer = FileWriter::create(folder / "large");
    ASSERT_TRUE(writer);
    for (std::size_t round = 0; round < 50; ++round) {
        const std::string piece(round * 20'011, static_cast<char>('a' + round % 26));
        expected += piece;
        ASSERT_TRUE(writer->write(piece));
    }
    ASSERT_TRUE(writer->commit());
    EXPECT_TRUE(read_file(folder / "large", expected.size()) == expected);
}

TEST_F(File, SyncedAsItGoesIsStillMovedIntoPlaceAsOneStep) {
    auto writer = FileWriter::create(folder / "long", FileWriter::Access::ReadOnly);
    ASSERT_TRUE(writer);
    ASSERT_TRUE(writer->write("first"));
    ASSERT_TRUE(writer->sync());
    ASSERT_TRUE(writer->write(" second"));
    EXPECT_FALSE(fs::exists(folder / "long"));
    ASSERT_TRUE(writer->commit());
    EXPECT_EQ(*read_file(folder / "long", 100), "first second");
    EXPECT_EQ(fs::status(folder / "long").permissions() & fs::perms::owner_write, fs::perms::none);
    ASSERT_TRUE(write_file(folder / "long", "replaced"));
    EXPECT_EQ(*read_file(folder / "long", 100), "replaced");
}

TEST_F(File, BeyondTheSizeThatIsLeftSaysSoAndKeepsTheOldContent) {
    ASSERT_TRUE(write_file(folder / "one", "old"));
    rlimit before{};
    ASSERT_EQ(::getrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit tight = before;
    tight.rlim_cur = 1000;
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &tight), 0);
    const Status status = write_file(folder / "one", std::string(5000, 'x'));
    ASSERT_EQ(::setrlimit(RLIMIT_FSIZE, &before), 0);
    std::signal(SIGXFSZ, SIG_DFL);
    ASSERT_FALSE(status);
    EXPECT_EQ(status.error().code, ErrorCode::TooLarge);
    EXPECT_EQ(read_file(folder / "one", 10), "old");
    EXPECT_EQ(files(), 1);
}

TEST_F(File, OnAFullDiskSaysSo) {
    const Error error = file_error("write", folder / "one", ENOSPC);
    EXPECT_EQ(error.code, ErrorCode::DiskFull);
    EXPECT_THAT(error.message, HasSubstr("one: no space left on device"));
}

TEST_F(File, MapsTheSystemsReasonsToCodes) {
    EXPECT_EQ(file_error("read", "x", EACCES).code, ErrorCode::Forbidden);
    EXPECT_EQ(file_error("read", "x", EROFS).code, ErrorCode::Forbidden);
    EXPECT_EQ(file_error("read", "x", EDQUOT).code, ErrorCode::DiskFull);
    EXPECT_EQ(file_error("read", "x", EIO).code, ErrorCode::Unavailable);
    EXPECT_EQ(file_error("read", "x", EBUSY).code, ErrorCode::Conflict);
}

TEST_F(File, FoldersAreMadeOnce) {
    EXPECT_TRUE(make_folders(folder / "a" / "b"));
    EXPECT_TRUE(make_folders(folder / "a" / "b"));
    EXPECT_TRUE(sync_folder(folder / "a" / "b"));
    ASSERT_TRUE(write_file(folder / "file", "x"));
    EXPECT_FALSE(make_folders(folder / "file" / "b"));
    EXPECT_EQ(sync_folder(folder / "none").error().code, ErrorCode::NotFound);
}

}  // namespace
}  // namespace kokemus
