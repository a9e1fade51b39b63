#include "privacy/pseudonym.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "encounter/deep_properties.h"
#include "ledger/ledger_test_folder.h"
#include "ledger/test_encounters.h"

namespace kokemus::privacy {
namespace {

Pseudonyms opened(const ledger::TestFolder& folder, KeptFields kept = {}) {
    auto made = Pseudonyms::open(folder.path() / "pseudonym.key", std::move(kept));
    EXPECT_TRUE(made) << made.error().message;
    return *made;
}

TEST(Pseudonym, IsTheSameForOneNameAndOneKey) {
    const ledger::TestFolder folder;
    const ledger::TestFolder other;
    const Pseudonyms one = opened(folder);
    EXPECT_EQ(one.of("customer", ""), "");
    EXPECT_EQ(one.of("customer", "anna"), opened(folder).of("customer", "anna"));
    EXPECT_NE(one.of("customer", "anna"), one.of("customer", "bert"));
    EXPECT_NE(one.of("customer", "anna").substr(9), one.of("employee", "anna").substr(9));
    EXPECT_NE(one.of("customer", "anna"), opened(other).of("customer", "anna"));
    const auto rights = std::filesystem::status(folder.path() / "pseudonym.key").permissions();
    EXPECT_EQ(rights, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
    ASSERT_TRUE(write_file(folder.path() / "wrong.key", "abc"));
    EXPECT_FALSE(Pseudonyms::open(folder.path() / "wrong.key", {}));
}

TEST(Pseudonym, LeavesOutWhatWasSaidAndWhatNoAnswerIsMadeOf) {
    const ledger::TestFolder folder;
    encounter::Encounter one = ledger::full();
    one.properties = R"({"note":"call Anna","plan":"gold"})";
    encounter::Encounter with_texts = one;
    ASSERT_TRUE(opened(folder, {.properties = {"plan"}}).disguise(one));
    EXPECT_EQ(one.text, "");
    EXPECT_EQ(one.properties, R"({"plan":"gold"})");
    EXPECT_EQ(one.touchpoint, ledger::full().touchpoint);
    EXPECT_EQ(one.time, ledger::full().time);
    EXPECT_EQ(one.customer.value().find("anna"), std::string::npos);
    // Its digits may be among those of a digest, by chance.
    EXPECT_NE(one.employee, ledger::full().employee);
    EXPECT_TRUE(one.employee.starts_with("employee-")) << one.employee;
    EXPECT_TRUE(one.thread.value().starts_with("thread-"));
    ASSERT_TRUE(opened(folder, {.texts = true}).disguise(with_texts));
    EXPECT_EQ(with_texts.text, ledger::full().text);
    EXPECT_EQ(with_texts.customer, one.customer);
    encounter::Encounter deep = ledger::full();
    deep.properties = encounter::deepest_properties();
    ASSERT_TRUE(encounter::canonical_properties(deep.properties)) << "else no door takes it";
    ASSERT_TRUE(opened(folder, {.properties = {"plan"}}).disguise(deep));
    EXPECT_EQ(deep.properties, R"({"plan":"gold"})");
    encounter::Customer anna{encounter::CustomerName("anna"), {{"phone", "1"}, {"city", "Oulu"}}};
    opened(folder, {.traits = {"city"}}).disguise(anna);
    EXPECT_EQ(anna.name, one.customer);
    EXPECT_EQ(anna.traits, (std::map<std::string, std::string>{{"city", "Oulu"}}));
}

}  // namespace
}  // namespace kokemus::privacy
