#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "history/version_store.h"
#include "records/both_stores.h"

namespace kokemus::history {
namespace {

class VersionTest : public records::OnBothStores {
protected:
    VersionTest() : records::OnBothStores({history_schema()}) {}

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

INSTANTIATE_TEST_SUITE_P(On, VersionTest, records::both_dialects(), records::store_name);

}  // namespace
}  // namespace kokemus::history
