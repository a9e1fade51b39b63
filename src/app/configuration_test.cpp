#include "app/configuration.h"

#include <cstdlib>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file.h"
#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(Configuration, IsAllLeftOutOrAllThere) {
    const auto none = parse_configuration("", "k.toml");
    ASSERT_TRUE(none);
    EXPECT_EQ(none->records, "sqlite");
    EXPECT_FALSE(none->is_behind_tls);
    const auto all = parse_configuration(
        "[records]\nstore = \"postgresql://db/k\"\n[server]\nbehind_tls = true\n", "k.toml");
    ASSERT_TRUE(all) << all.error().message;
    EXPECT_EQ(all->records, "postgresql://db/k");
    EXPECT_TRUE(all->is_behind_tls);
}

TEST(Configuration, SaysWhereWebhooksMayGoAndWhoTakesMails) {
    const auto told = parse_configuration(
        "[server]\nurl = \"https://cx.example\"\n[webhooks]\nnetworks = [\"10.1.0.0/16\"]\n"
        "allow_http = true\n[mail]\nhost = \"mail.example\"\nport = 465\ntls = \"tls\"\n"
        "user = \"cx\"\nsecret = \"smtp\"\nfrom = \"cx@example.com\"\nlanguage = \"fi\"\n",
        "k.toml");
    ASSERT_TRUE(told) << told.error().message;
    EXPECT_EQ(told->url, "https://cx.example");
    EXPECT_EQ(told->webhooks.networks, std::vector<std::string>{"10.1.0.0/16"});
    EXPECT_TRUE(told->webhooks.allows_http);
    EXPECT_EQ(told->mail.host, "mail.example");
    EXPECT_EQ(told->mail.port, 465);
    EXPECT_EQ(told->mail.tls, "tls");
    EXPECT_EQ(told->mail.language, "fi");
    const auto wrong = parse_configuration(
        "[webhooks]\nnetworks = [\"10.1\"]\n[mail]\nport = 0\ntls = \"ssl\"\nlanguage = 7\n",
        "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("line 2: networks: \"10.1\" is no address"),
                      HasSubstr("line 4: port: write a number from 1 to 65535"),
                      HasSubstr("line 5: tls: write one of starttls, tls, none"),
                      HasSubstr("line 6: language: write one of en, fi")));
}

TEST(Configuration, TellsEveryFaultWithItsLine) {
    const auto wrong = parse_configuration(
        "name = 1\n[records]\nstoer = \"sqlite\"\nstore = 7\n[server]\nbehind_tls = \"yes\"\n",
        "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("k.toml: line 1: there are sections alone"),
                      HasSubstr("k.toml: line 3: there is no key \"stoer\" in [records]"),
                      HasSubstr("k.toml: line 4: store: write a text"),
                      HasSubstr("k.toml: line 6: behind_tls: write true or false")));
    EXPECT_THAT(parse_configuration("[records\n", "k.toml").error().message,
                HasSubstr("k.toml: line 1"));
}

TEST(Configuration, SaysHowLongEachClassIsKept) {
    EXPECT_FALSE(parse_configuration("", "k.toml")->retention.has_rules());
    const auto rules =
        parse_configuration("[retention]\ntexts_days = 730\nrefused_days = 30\n", "k.toml");
    ASSERT_TRUE(rules) << rules.error().message;
    EXPECT_EQ(rules->retention, (RetentionDays{.texts = 730, .refused = 30}));
    const auto wrong = parse_configuration(
        "[retention]\ntexts_days = 0\ntraits_days = \"7\"\nwords_days = 1\n", "k.toml");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message,
                AllOf(HasSubstr("k.toml: line 2: texts_days: write a whole number"),
                      HasSubstr("k.toml: line 3: traits_days: write a whole number"),
                      HasSubstr("k.toml: line 4: there is no key \"words_days\"")));
}

TEST(Configuration, IsReadFromTheDataFolderUnlessAnotherIsTold) {
    const ledger::TestFolder area;
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite");
    ASSERT_TRUE(
        write_file(area.path() / "kokemus.toml", "[records]\nstore = \"sqlite:/elsewhere\"\n"));
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite:/elsewhere");
    ASSERT_TRUE(write_file(area.path() / "other.toml", "[records]\nstore = \"sqlite:/third\"\n"));
    EXPECT_EQ(read_configuration(area.path() / "other.toml", area.path())->records,
              "sqlite:/third");
    EXPECT_FALSE(read_configuration(area.path() / "absent.toml", area.path()));
    ::setenv("KOKEMUS_RECORDS", "sqlite:/by-variable", 1);
    EXPECT_EQ(read_configuration(std::nullopt, area.path())->records, "sqlite:/by-variable");
    ::unsetenv("KOKEMUS_RECORDS");
}

}  // namespace
}  // namespace kokemus::app
