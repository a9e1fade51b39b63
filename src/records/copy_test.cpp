#include "records/copy.h"

#include <unistd.h>

#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>

#include "records/records.h"

namespace kokemus::records {
namespace {

namespace fs = std::filesystem;

/// A store with two counters that are always equal, in a folder of its own.
class CopyTest : public ::testing::Test {
protected:
    void SetUp() override {
        folder_ =
            fs::temp_directory_path() / ("kokemus-records-copy-" + std::to_string(::getpid()));
        fs::remove_all(folder_);
        fs::create_directories(folder_);
    }
    void TearDown() override { fs::remove_all(folder_); }

    static std::shared_ptr<Records> open(const fs::path& file) {
        static const std::vector<Schema> schemas{
            {"pair",
             {{"CREATE TABLE pair (id TEXT PRIMARY KEY, count BIGINT NOT NULL)",
               "INSERT INTO pair VALUES ('a', 0)",
               "INSERT INTO pair VALUES ('b', 0)"}}}};
        auto opened = Records::open(sqlite_file(file).value(), schemas);
        EXPECT_TRUE(opened) << opened.error().message << opened.error().detail;
        return opened.value();
    }

    static Status count(Records& records) {
        return records.change([](Session& session) -> Status {
            TRY(session.run("UPDATE pair SET count = count + 1 WHERE id = 'a'"));
            TRY(session.run("UPDATE pair SET count = count + 1 WHERE id = 'b'"));
            return {};
        });
    }

    static std::pair<std::int64_t, std::int64_t> counted(Records& records) {
        const auto rows = records.read([](Session& session) {
            return session.rows<std::int64_t>("SELECT count FROM pair ORDER BY id");
        });
        return {std::get<0>(rows->at(0)), std::get<0>(rows->at(1))};
    }

    fs::path folder_;
};

TEST_F(CopyTest, IsOneStateOfAStoreThatIsBeingChanged) {
    const auto records = open(folder_ / "live.sqlite");
    std::atomic<bool> goes_on{true};
    std::thread changing([&] {
        while (goes_on) {
            ASSERT_TRUE(count(*records));
        }
    });
    std::int64_t before = 0;
    for (int i = 0; i < 10; ++i) {
        const fs::path copy = folder_ / ("copy-" + std::to_string(i));
        const Status made = copy_sqlite(folder_ / "live.sqlite", copy);
        ASSERT_TRUE(made) << made.error().message << made.error().detail;
        EXPECT_EQ(fs::status(copy).permissions(), fs::perms::owner_read | fs::perms::owner_write);
        const auto [a, b] = counted(*open(copy));
        EXPECT_EQ(a, b);
        EXPECT_GE(a, before);
        before = a;
    }
    goes_on = false;
    changing.join();
    EXPECT_GE(counted(*records).first, before);
}

TEST_F(CopyTest, RefusesToWriteOverAFileAndSaysWhatCannotBeRead) {
    ASSERT_TRUE(open(folder_ / "live.sqlite"));
    std::ofstream(folder_ / "there") << "mine";
    EXPECT_FALSE(copy_sqlite(folder_ / "live.sqlite", folder_ / "there"));
    EXPECT_EQ(fs::file_size(folder_ / "there"), 4U);
    std::ofstream(folder_ / "broken.sqlite") << std::string(5000, 'x');
    const Status broken = copy_sqlite(folder_ / "broken.sqlite", folder_ / "copy");
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::Corrupt);
}

}  // namespace
}  // namespace kokemus::records
