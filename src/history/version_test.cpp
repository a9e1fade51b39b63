#include <unistd.h>

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "history/version_store.h"
#include "records/postgres_server.h"
#include "records/records.h"

namespace kokemus::history {
namespace {

namespace fs = std::filesystem;

/// An empty store, each test once on SQLite and once on a real PostgreSQL.
class VersionTest : public ::testing::TestWithParam<records::Dialect> {
protected:
    void SetUp() override {
        static int made = 0;
        const std::string name =
            "history_" + std::to_string(::getpid()) + "_" + std::to_string(++made);
        folder_ = fs::temp_directory_path() / name;
        fs::create_directories(folder_);
        std::string line = "sqlite";
        if (GetParam() == records::Dialect::Postgresql) {
            static auto server = records::PostgresServer::start();
            ASSERT_TRUE(server) << server.error().message;
            line = server->database(name).value();
        }
        auto opened = records::Records::open(records::read_address(line, folder_).value(),
                                             std::vector{history_schema()});
        ASSERT_TRUE(opened) << opened.error().message << opened.error().detail;
        records_ = *opened;
    }
    void TearDown() override {
        records_.reset();
        fs::remove_all(folder_);
    }

    Result<VersionHead> add(const std::string& toml, std::int64_t expected,
                            const std::string& reason = "why") {
        return records_->change([&](records::Session& session) {
            return add_version(
                session, {Instant(std::chrono::hours(24)), "Anna", reason, toml}, expected);
        });
    }
    std::optional<Version> get(std::int64_t number) {
        return records_->read([&](records::Session& session) { return version(session, number); })
            .value();
    }
    std::vector<std::int64_t> page(std::int64_t before, std::size_t limit) {
        const auto heads = records_->read(
            [&](records::Session& session) { return versions(session, before, limit); });
        std::vector<std::int64_t> numbers;
        for (const VersionHead& head : *heads) {
            numbers.push_back(head.number);
        }
        return numbers;
    }

    fs::path folder_;
    std::shared_ptr<records::Records> records_;
};

TEST_P(VersionTest, IsEmptyAtFirst) {
    EXPECT_FALSE(
        records_->read([](records::Session& session) { return newest_version(session); }).value());
    EXPECT_FALSE(get(1));
    EXPECT_TRUE(page(0, 10).empty());
}

TEST_P(VersionTest, GivesTheTextBackAsItWas) {
    const std::string text = "# häppy: 'quotes' \"too\"\r\nname = \"Öljy\"\n\n\t# end";
    const auto head = add(text, 0);
    ASSERT_TRUE(head) << head.error().message << head.error().detail;
    EXPECT_EQ(head->number, 1);
    const auto kept = get(1);
    ASSERT_TRUE(kept);
    EXPECT_EQ(kept->toml, text);
    EXPECT_EQ(kept->head, *head);
    EXPECT_EQ(kept->head.author, "Anna");
    EXPECT_EQ(kept->head.reason, "why");
    EXPECT_EQ(kept->head.bytes, static_cast<std::int64_t>(text.size()));
    EXPECT_EQ(
        records_->read([](records::Session& session) { return newest_version(session); }).value(),
        *head);
}

TEST_P(VersionTest, TheDigestIsThatOfSha256sum) {
    EXPECT_EQ(digest_of_text("abc"),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_P(VersionTest, WhoHasNotSeenTheNewestIsRefused) {
    ASSERT_TRUE(add("a", 0));
    for (const std::int64_t expected : {0, 2, -1}) {
        const auto refused = add("b", expected);
        ASSERT_FALSE(refused) << expected;
        EXPECT_EQ(refused.error().code, ErrorCode::Conflict);
        EXPECT_THAT(refused.error().message, ::testing::HasSubstr("version 1"));
    }
    EXPECT_EQ(add("b", 1)->number, 2);
    EXPECT_EQ(get(2)->toml, "b");
    EXPECT_EQ(get(1)->toml, "a");
}

TEST_P(VersionTest, ComesInPagesTheNewestFirst) {
    for (int i = 0; i < 5; ++i) {
        ASSERT_TRUE(add("same", i));
    }
    EXPECT_THAT(page(0, 2), ::testing::ElementsAre(5, 4));
    EXPECT_THAT(page(4, 2), ::testing::ElementsAre(3, 2));
    EXPECT_THAT(page(2, 9), ::testing::ElementsAre(1));
    EXPECT_TRUE(page(1, 9).empty());
}

TEST_P(VersionTest, TooLongAReasonIsRefused) {
    EXPECT_EQ(add("a", 0, std::string(reason_bytes_max + 1, 'x')).error().code,
              ErrorCode::TooLarge);
    EXPECT_FALSE(get(1));
}

TEST_P(VersionTest, DamageIsSaid) {
    ASSERT_TRUE(add("abc", 0));
    ASSERT_TRUE(records_->change([](records::Session& session) {
        return session.run("UPDATE blueprint_version SET toml = 'abd'");
    }));
    const auto read = records_->read([](records::Session& session) { return version(session, 1); });
    ASSERT_FALSE(read);
    EXPECT_EQ(read.error().code, ErrorCode::Corrupt);
}

INSTANTIATE_TEST_SUITE_P(On, VersionTest,
                         ::testing::Values(records::Dialect::Sqlite, records::Dialect::Postgresql),
                         [](const auto& tested) {
                             return tested.param == records::Dialect::Sqlite ? "Sqlite"
                                                                             : "Postgresql";
                         });

}  // namespace
}  // namespace kokemus::history
