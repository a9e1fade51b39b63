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
