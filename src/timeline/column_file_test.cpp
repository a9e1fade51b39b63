#include "timeline/column_file.h"

#include <fstream>
#include <numeric>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/parallel.h"
#include "base/random.h"

namespace kokemus::timeline {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class ColumnFiles : public ::testing::Test {
protected:
    void SetUp() override {
        std::string name = (fs::temp_directory_path() / "kokemus-columns-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
    }

    void TearDown() override {
        set_worker_count(0);
        fs::remove_all(folder);
    }

    fs::path path() const { return folder / "one.columns"; }

    ColumnFileMark write(const std::vector<std::string>& columns) const {
        ColumnFileWriter writer(ColumnFileKind::Part);
        for (const auto& column : columns) {
            writer.add(std::as_bytes(std::span(column)));
        }
        const auto mark = writer.write(path());
        EXPECT_TRUE(mark);
        EXPECT_EQ(mark->bytes, writer.bytes());
        EXPECT_EQ(mark->bytes, fs::file_size(path()));
        return *mark;
    }

    /// What is wrong with the file; "" for nothing.
    std::string fault() const {
        const auto file = ColumnFile::open(path(), ColumnFileKind::Part);
        if (!file) {
            return file.error().message;
        }
        const Status whole = file->verify();
        return whole ? "" : whole.error().message;
    }

    /// In place, though the file is read-only: as a failing disk does it.
    void put(const std::string& bytes) const {
        fs::remove(path());
        std::ofstream(path(), std::ios::binary) << bytes;
    }

    fs::path folder;
};

std::string text_of(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Bytes that do not repeat.
std::string noise(std::size_t size, std::uint64_t seed) {
    Random random(seed);
    std::string bytes(size, '\0');
    for (auto& byte : bytes) {
        byte = static_cast<char>(random.below(256));
    }
    return bytes;
}

TEST_F(ColumnFiles, GiveBackWhatWasWrittenAtItsAlignment) {
    const std::vector<std::string> columns = {
        "", "a", std::string(64, 'b'), std::string(65, 'c'), noise(3'000'000, 1), "", "end"};
    const auto mark = write(columns);
    const auto file = ColumnFile::open(path(), ColumnFileKind::Part);
    ASSERT_TRUE(file) << file.error().message;
    EXPECT_EQ(file->mark(), mark);
    EXPECT_TRUE(file->verify());
    ASSERT_EQ(file->columns(), columns.size());
    for (std::size_t place = 0; place < columns.size(); ++place) {
        EXPECT_EQ(text_of(file->column(place)), columns[place]);
        EXPECT_EQ(reinterpret_cast<std::uintptr_t>(file->column(place).data()) % 64, 0U);
    }
}

TEST_F(ColumnFiles, MayHoldNothing) {
    write({});
    const auto file = ColumnFile::open(path(), ColumnFileKind::Part);
    ASSERT_TRUE(file);
    EXPECT_EQ(file->columns(), 0U);
    EXPECT_TRUE(file->verify());
}

TEST_F(ColumnFiles, AreKnownByAnIdThatIsDrawnAnew) {
    const auto first = write({"the same"});
    const auto second = write({"the same"});
    EXPECT_EQ(first.bytes, second.bytes);
    EXPECT_NE(first.id, second.id);
}

TEST_F(ColumnFiles, NoticeEverySingleByteThatIsNotAsItWas) {
    write({"some", std::string(100, 'x'), ""});
    const std::string bytes = *read_file(path(), 1U << 20U);
    ASSERT_LT(bytes.size(), 1000U);
    for (std::size_t place = 0; place < bytes.size(); ++place) {
        for (const unsigned bit : {0U, 3U, 7U}) {
            std::string damaged = bytes;
            damaged[place] = static_cast<char>(damaged[place] ^ (1U << bit));
            put(damaged);
            EXPECT_NE(fault(), "") << place;
        }
    }
    put(bytes);
    EXPECT_EQ(fault(), "");
}

TEST_F(ColumnFiles, NoticeEveryOtherLength) {
    write({"some", std::string(100, 'x'), ""});
    const std::string bytes = *read_file(path(), 1U << 20U);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
        put(bytes.substr(0, size));
        EXPECT_NE(fault(), "") << size;
    }
    put(bytes + '\0');
    EXPECT_THAT(fault(), HasSubstr("bytes and not"));
    put(bytes + bytes);
    EXPECT_THAT(fault(), HasSubstr("bytes and not"));
}

TEST_F(ColumnFiles, NoticeABlockInTheWrongPlaceOrOfAnotherFile) {
    const std::string column = noise(3U << 20U, 2);
    write({column});
    const std::string bytes = *read_file(path(), 16U << 20U);
    std::string swapped = bytes;
    constexpr std::size_t block = 1U << 20U;
    std::swap_ranges(
        swapped.begin() + block, swapped.begin() + 2 * block, swapped.begin() + 2 * block);
    put(swapped);
    for (const std::size_t workers : {1U, 2U, 3U}) {
        set_worker_count(workers);
        EXPECT_THAT(fault(), HasSubstr("from 1048576 to 2097152")) << "the first damage";
    }
    write({column});
    std::string other = *read_file(path(), 16U << 20U);
    other.replace(block, block, bytes, block, block);
    EXPECT_EQ(other.substr(block, block), bytes.substr(block, block)) << "equal bytes, one place";
    put(other);
    EXPECT_EQ(fault(), "");
    // The sums of one file over the columns of the other.
    const std::size_t checked = bytes.size() - 5 * 8;
    other.replace(checked, 5 * 8, bytes, checked, 5 * 8);
    put(other);
    EXPECT_THAT(fault(), HasSubstr("checksum of its checksums"));
}

TEST_F(ColumnFiles, OfAnotherKindOrNoneAtAllAreSaidToBeSo) {
    write({"x"});
    EXPECT_THAT(ColumnFile::open(path(), ColumnFileKind::Head).error().message,
                HasSubstr("another kind"));
    EXPECT_EQ(ColumnFile::open(folder / "none", ColumnFileKind::Part).error().code,
              ErrorCode::NotFound);
    EXPECT_EQ(ColumnFile::open(folder, ColumnFileKind::Part).error().code, ErrorCode::Corrupt);
    put("");
    EXPECT_THAT(fault(), HasSubstr("only 0 bytes"));
}

TEST_F(ColumnFiles, StayReadableWhenTheyAreReplacedOrRemoved) {
    write({"before"});
    const auto file = ColumnFile::open(path(), ColumnFileKind::Part);
    ASSERT_TRUE(file);
    write({"after"});
    fs::remove(path());
    EXPECT_EQ(text_of(file->column(0)), "before");
    EXPECT_TRUE(file->verify());
}

TEST_F(ColumnFiles, ThatCannotBeWrittenLeaveTheFormerOneAndNothingElse) {
    write({"before"});
    ColumnFileWriter writer(ColumnFileKind::Part);
    const std::string column = "after";
    writer.add(std::as_bytes(std::span(column)));
    EXPECT_FALSE(writer.write(folder / "no such folder" / "x"));
    fs::create_directories(folder / "taken" / "by a folder");
    EXPECT_FALSE(writer.write(folder / "taken"));
    EXPECT_EQ(std::distance(fs::directory_iterator(folder), fs::directory_iterator()), 2);
    EXPECT_EQ(fault(), "");
}

}  // namespace
}  // namespace kokemus::timeline
