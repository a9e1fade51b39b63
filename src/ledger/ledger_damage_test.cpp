#include <fstream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/ledger_test_folder.h"

/// A byte that changed on disk is said, wherever it lies, and never read past in silence.
namespace kokemus::ledger {
namespace {

using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;

constexpr int encounters = 4000;

std::vector<Encounter> batch() {
    std::vector<Encounter> out(encounters);
    for (int i = 0; i < encounters; ++i) {
        Encounter& one = out[static_cast<std::size_t>(i)];
        one.customer = CustomerName("customer " + std::to_string(i % 97));
        one.id = EncounterId(std::to_string(i * 7919));
        one.time = Instant(Milliseconds(1'700'000'000'000 + i * 1237));
        one.touchpoint = "touchpoint " + std::to_string(i % 5);
        one.text = "what was said the " + std::to_string(i * 31 % 1009) + "th time";
    }
    return out;
}

/// Everything that the ledger holds, or the error with which it says that it is damaged.
Result<std::vector<Encounter>> read_all(const std::filesystem::path& folder) {
    const auto ledger = TRY(Ledger::open(folder));
    std::vector<Encounter> out;
    TRY(ledger->scan_since(0, [&](std::span<const Entry> entries) -> Status {
        for (const Entry& entry : entries) {
            out.push_back(entry.encounter);
        }
        return {};
    }));
    return out;
}

void flip_byte(const std::filesystem::path& file, std::uintmax_t at) {
    std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
    stream.seekg(static_cast<std::streamoff>(at));
    const char was = static_cast<char>(stream.get());
    stream.seekp(static_cast<std::streamoff>(at));
    stream.put(static_cast<char>(was ^ 0x10));
    ASSERT_TRUE(stream.good());
}

TEST(LedgerDamage, AFlippedByteIsSaidOrHarmless) {
    const TestFolder whole;
    ASSERT_TRUE(whole.open()->append(batch()));
    const auto expected = read_all(whole.path());
    ASSERT_TRUE(expected) << expected.error().message;
    const auto size = std::filesystem::file_size(whole.path() / "ledger" / "encounters.duckdb");
    int said = 0;
    constexpr int places = 60;
    for (int place = 0; place < places; ++place) {
        const TestFolder folder;
        std::filesystem::copy(
            whole.path(), folder.path(), std::filesystem::copy_options::recursive);
        const auto at = size / places * static_cast<std::uintmax_t>(place) + 11;
        SCOPED_TRACE("byte " + std::to_string(at));
        flip_byte(folder.path() / "ledger" / "encounters.duckdb", at);
        const auto found = read_all(folder.path());
        if (!found) {
            ++said;
            EXPECT_EQ(found.error().code, ErrorCode::Corrupt) << found.error().detail;
            EXPECT_THAT(found.error().message, testing::HasSubstr("damaged"));
        } else {
            EXPECT_TRUE(*found == *expected) << "read past the damage";
        }
    }
    EXPECT_GT(said, 0) << "no place was one that is read";
}

TEST(LedgerDamage, ACutFileIsSaid) {
    const TestFolder folder;
    ASSERT_TRUE(folder.open()->append(batch()));
    const auto file = folder.path() / "ledger" / "encounters.duckdb";
    std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
    EXPECT_FALSE(read_all(folder.path()));
}

}  // namespace
}  // namespace kokemus::ledger
