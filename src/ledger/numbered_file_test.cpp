#include "ledger/numbered_file.h"

#include <fstream>

#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::ledger {
namespace {

constexpr NumberedFile::Limits small = {.numbers_max = 8,
                                        .bytes_max = 1000,
                                        .free_bytes_min = 1 << 20U};

class NumberedFileTest : public ::testing::Test {
protected:
    NumberedFile open(std::uint64_t owner = 1) const { return {path(), owner, small}; }
    std::filesystem::path path() const { return folder_.path() / "some.rows"; }

    static std::string bytes_of(std::uint64_t number) {
        return std::string(number % 50, 'x') + std::to_string(number);
    }

    static void put(NumberedFile& file, std::uint64_t from, std::uint64_t to) {
        for (std::uint64_t number = from; number <= to; ++number) {
            ASSERT_TRUE(file.put(number, bytes_of(number)));
        }
    }

    static void expect(const NumberedFile& file, std::uint64_t number, bool is_there = true) {
        const auto found = file.read(number);
        ASSERT_TRUE(found) << found.error().message;
        ASSERT_EQ(found->has_value(), is_there) << number;
        EXPECT_TRUE(!is_there || **found == bytes_of(number)) << number;
    }

    /// Turns one byte of the file into another.
    void damage(std::uint64_t at) const {
        std::fstream file(path(), std::ios::in | std::ios::out | std::ios::binary);
        file.seekg(static_cast<std::streamoff>(at));
        const char byte = static_cast<char>(file.get() ^ 0x20);
        file.seekp(static_cast<std::streamoff>(at));
        file.put(byte);
        ASSERT_TRUE(file.good());
    }

private:
    TestFolder folder_;
};

TEST_F(NumberedFileTest, OfNothingThereIsNothing) {
    NumberedFile file = open();
    EXPECT_EQ(file.covered(), 0U);
    expect(file, 0, false);
    expect(file, 1, false);
    EXPECT_FALSE(std::filesystem::exists(path()));
    EXPECT_TRUE(file.clear());
}

TEST_F(NumberedFileTest, GivesWhatWasPutFromMemoryAndFromTheFile) {
    NumberedFile file = open();
    put(file, 1, 100);
    EXPECT_EQ(file.covered(), 100U);
    EXPECT_GT(file.bytes(), 0U);
    for (std::uint64_t number = 1; number <= 100; ++number) {
        expect(file, number);
    }
    expect(file, 101, false);
}

TEST_F(NumberedFileTest, AnEmptyTextIsThere) {
    NumberedFile file = open();
    ASSERT_TRUE(file.put(3, ""));
    EXPECT_EQ(file.read(3)->value_or("none"), "");
    EXPECT_EQ(file.read(2)->value_or("none"), "none");
}

TEST_F(NumberedFileTest, WhatWasLeftOutDoesNotExist) {
    NumberedFile file = open();
    put(file, 2, 3);
    put(file, 6, 6);
    ASSERT_TRUE(file.reach(7));
    put(file, 1000, 1000);
    ASSERT_TRUE(file.reach(1'000'000));
    EXPECT_EQ(file.covered(), 1'000'000U) << "a gap beyond memory's bound is none that stays";
    put(file, 2'000'000, 2'000'000);
    ASSERT_TRUE(file.reach(3'000'000));
    ASSERT_TRUE(file.reach(5));
    EXPECT_EQ(file.covered(), 3'000'000U);
    expect(file, 2'000'000);
    for (const std::uint64_t number : {2, 3, 6, 1000}) {
        expect(file, number);
    }
    for (const std::uint64_t number : {1, 4, 5, 7, 8, 999, 1001}) {
        expect(file, number, false);
    }
    EXPECT_FALSE(file.put(1000, "again"));
}

TEST_F(NumberedFileTest, GoesOnWithTheFileAndLosesOnlyWhatWasInMemory) {
    std::uint64_t in_file = 0;
    {
        NumberedFile file = open();
        put(file, 1, 30);
    }
    {
        NumberedFile file = open();
        in_file = file.covered();
        EXPECT_EQ(in_file, 24U);
        put(file, 25, 60);
        expect(file, 24);
        expect(file, 25);
    }
    NumberedFile file = open();
    EXPECT_EQ(file.covered(), 56U);
    for (std::uint64_t number = 1; number <= 56; ++number) {
        expect(file, number);
    }
}

TEST_F(NumberedFileTest, AnEndThatIsMissingIsCutOff) {
    {
        NumberedFile file = open();
        put(file, 1, 30);
    }
    std::filesystem::resize_file(path(), std::filesystem::file_size(path()) - 1);
    NumberedFile file = open();
    EXPECT_EQ(file.covered(), 16U);
    put(file, 17, 40);
    for (std::uint64_t number = 1; number <= 40; ++number) {
        expect(file, number);
    }
}

TEST_F(NumberedFileTest, NoByteMayChange) {
    {
        NumberedFile file = open();
        put(file, 1, 9);
    }
    const auto bytes = std::filesystem::file_size(path());
    for (std::uint64_t at = 0; at < bytes; ++at) {
        damage(at);
        const NumberedFile file = open();
        bool is_noticed = file.covered() == 0;
        for (std::uint64_t number = 1; number <= 8 && !is_noticed; ++number) {
            const auto found = file.read(number);
            is_noticed = !found;
            ASSERT_TRUE(is_noticed || **found == bytes_of(number)) << at;
        }
        EXPECT_TRUE(is_noticed) << at;
        if (file.covered() == 0) {
            NumberedFile again = open();
            put(again, 1, 9);
        } else {
            damage(at);
        }
    }
}

TEST_F(NumberedFileTest, AnothersFileIsBegunAnew) {
    {
        NumberedFile file = open(1);
        put(file, 1, 30);
    }
    NumberedFile file = open(2);
    EXPECT_EQ(file.covered(), 0U);
    put(file, 1, 30);
    expect(file, 5);
}

TEST_F(NumberedFileTest, ClearedNothingIsLeft) {
    NumberedFile file = open();
    put(file, 1, 30);
    ASSERT_TRUE(std::filesystem::exists(path()));
    ASSERT_TRUE(file.clear());
    EXPECT_FALSE(std::filesystem::exists(path()));
    EXPECT_EQ(file.covered(), 0U);
    expect(file, 30, false);
    put(file, 1, 30);
    expect(file, 30);
}

TEST_F(NumberedFileTest, WithoutRoomItSaysHowFarItStillGoes) {
    NumberedFile::Limits limits = small;
    limits.free_bytes_min = UINT64_MAX / 2;
    NumberedFile file(path(), 1, limits);
    put(file, 1, 8);
    EXPECT_EQ(file.put(9, "x").error().code, ErrorCode::DiskFull);
    EXPECT_EQ(file.covered(), 0U);
    expect(file, 5, false);
}

}  // namespace
}  // namespace kokemus::ledger
