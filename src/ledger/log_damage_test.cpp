#include "ledger/log_damage.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "base/random.h"
#include "ledger/ledger_test_folder.h"

/// Logs that DuckDB wrote, changed as a disk changes them.
namespace kokemus::ledger {
namespace {

namespace fs = std::filesystem;
using encounter::CustomerName;
using encounter::Encounter;
using encounter::EncounterId;
using Kind = LogState::Kind;

constexpr int batches = 4;
constexpr int batch_rows = 40;
constexpr std::size_t sector_bytes = 512;

std::vector<Encounter> batch(int index) {
    std::vector<Encounter> out(batch_rows);
    for (int i = 0; i < batch_rows; ++i) {
        Encounter& one = out[static_cast<std::size_t>(i)];
        const int name = index * batch_rows + i;
        one.customer = CustomerName("customer " + std::to_string(name % 7));
        one.id = EncounterId(std::to_string(name));
        one.time = Instant(Milliseconds(1'700'000'000'000 + name * 1237));
        one.touchpoint = "touchpoint " + std::to_string(name % 5);
        one.text = "what was said the " + std::to_string(name * 31 % 1009) + "th time";
    }
    return out;
}

class LogDamage : public ::testing::Test {
protected:
    /// A folder as a kill leaves it after four batches, and where in the log each batch ends.
    void SetUp() override {
        const TestFolder folder;
        { const auto made = folder.open(); }  // the tables lie in the file
        const auto ledger = folder.open();
        for (int i = 0; i < batches; ++i) {
            ASSERT_TRUE(ledger->append(batch(i)));
            ends_.push_back(fs::file_size(folder.path() / "ledger" / "encounters.duckdb.wal"));
        }
        fs::copy(folder.path(), killed(), fs::copy_options::recursive);
        std::ifstream in(log_in(killed()), std::ios::binary);
        log_.assign(std::istreambuf_iterator<char>(in), {});
        ASSERT_EQ(log_.size(), ends_.back());
    }

    fs::path killed() const { return area_.path() / "killed"; }
    static fs::path log_in(const fs::path& folder) {
        return folder / "ledger" / "encounters.duckdb.wal";
    }

    /// How many encounters the ledger with this log has; -1 and the error when it does not open.
    int open_with(const std::string& log, std::string* words = nullptr) const {
        const fs::path copy = area_.path() / "copy";
        fs::remove_all(copy);
        fs::copy(killed(), copy, fs::copy_options::recursive);
        EXPECT_TRUE(write_file(log_in(copy), log));
        const auto ledger = Ledger::open(copy);
        if (!ledger) {
            EXPECT_EQ(ledger.error().code, ErrorCode::Corrupt) << ledger.error().message;
            if (words != nullptr) {
                *words = ledger.error().message;
            }
            return -1;
        }
        return static_cast<int>((*ledger)->totals()->encounters);
    }

    TestFolder area_;
    std::string log_;
    std::vector<std::size_t> ends_;
};

TEST_F(LogDamage, AWholeLogIsWhole) {
    const LogState state = examine_log(log_);
    EXPECT_EQ(state.kind, Kind::Whole);
    EXPECT_EQ(state.complete_end, log_.size());
    EXPECT_EQ(examine_log("").kind, Kind::Whole);
    EXPECT_EQ(open_with(log_), batches * batch_rows);
}

TEST_F(LogDamage, OfAnyBeginningOfTheLogTheCompleteTransactionsAreThere) {
    for (std::size_t size = 0; size <= log_.size(); ++size) {
        const LogState state = examine_log(std::string_view(log_).substr(0, size));
        ASSERT_NE(state.kind, Kind::Damaged) << size;
    }
    for (std::size_t size = 0; size <= log_.size(); size += 1 + log_.size() / 12) {
        SCOPED_TRACE(size);
        const auto complete = std::upper_bound(ends_.begin(), ends_.end(), size) - ends_.begin();
        EXPECT_EQ(open_with(log_.substr(0, size)), complete * batch_rows);
    }
}

/// Any sectors of the last transaction missing: it is left out, everything before is there.
TEST_F(LogDamage, LostSectorsOfTheLastTransactionLeaveItOut) {
    Random random(7);
    const std::size_t before = ends_[batches - 2];
    int cut = 0;
    for (int round = 0; round < 60; ++round) {
        SCOPED_TRACE(round);
        std::string log = log_;
        for (std::size_t at = before; at < log.size();) {
            const std::size_t end = std::min(log.size(), (at / sector_bytes + 1) * sector_bytes);
            if (random.chance(0.4)) {
                std::fill(log.begin() + static_cast<std::ptrdiff_t>(at),
                          log.begin() + static_cast<std::ptrdiff_t>(end),
                          '\0');
            }
            at = end;
        }
        if (log == log_) {
            continue;  // a sector that was lost changes bytes, but none was
        }
        const LogState state = examine_log(log);
        ASSERT_EQ(state.kind, Kind::LostSectors);
        EXPECT_EQ(state.complete_end, before);
        if (++cut <= 10) {
            EXPECT_EQ(open_with(log), (batches - 1) * batch_rows);
            const fs::path folder = area_.path() / "copy" / "ledger";
            int kept = 0;
            for (const auto& entry : fs::directory_iterator(folder)) {
                if (entry.path().string().find(".wal.damaged-at-") != std::string::npos) {
                    EXPECT_EQ(*read_file(entry.path(), 1U << 30U), log);
                    ++kept;
                }
            }
            EXPECT_EQ(kept, 1) << "the log as it was found is kept";
        }
    }
    EXPECT_GT(cut, 40);
}

TEST_F(LogDamage, ANewLogThatLostItsBeginningIsLeftOut) {
    std::string log = log_.substr(0, ends_[0]);
    std::fill(log.begin(), log.begin() + sector_bytes, '\0');
    EXPECT_EQ(examine_log(log).kind, Kind::LostSectors);
    EXPECT_EQ(open_with(log), 0);
    EXPECT_EQ(examine_log(std::string(4096, '\0')).kind, Kind::LostSectors);
    EXPECT_EQ(open_with(std::string(4096, '\0')), 0);
}

/// The same damage where transactions follow that were acknowledged after it.
TEST_F(LogDamage, LostSectorsBeforeOtherTransactionsAreDamage) {
    for (const std::size_t from : {std::size_t{0}, ends_[0], ends_[1]}) {
        std::string log = log_;
        const std::size_t at = (from / sector_bytes + (from == 0 ? 0 : 1)) * sector_bytes;
        std::fill(log.begin() + static_cast<std::ptrdiff_t>(at),
                  log.begin() + static_cast<std::ptrdiff_t>(at + sector_bytes),
                  '\0');
        EXPECT_EQ(examine_log(log).kind, Kind::Damaged) << from;
        std::string words;
        EXPECT_EQ(open_with(log, &words), -1);
        EXPECT_THAT(words, testing::HasSubstr("restore the ledger from a backup"));
    }
}

/// Wherever a bit of the log changes, nothing acknowledged goes in silence; also not by a size that
/// DuckDB takes for the end of the log.
TEST_F(LogDamage, AFlippedBitIsDamage) {
    for (std::size_t at = 0; at < log_.size(); ++at) {
        for (const char bit : {'\x01', '\x40'}) {
            std::string log = log_;
            log[at] = static_cast<char>(log[at] ^ bit);
            const LogState state = examine_log(log);
            ASSERT_TRUE(state.kind == Kind::Damaged) << "byte " << at << " of " << log.size();
        }
    }
    Random random(3);
    for (int round = 0; round < 12; ++round) {
        std::string log = log_;
        log[random.below(log.size())] ^= '\x08';
        EXPECT_EQ(open_with(log), -1);
    }
}

}  // namespace
}  // namespace kokemus::ledger
