#include "account/role.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

TEST(Role, NamesReadBackAndAreAllDifferent) {
    std::set<std::string_view> names;
    for (const Role role : all_roles()) {
        EXPECT_EQ(read_role(role_name(role)).value(), role);
        names.insert(role_name(role));
    }
    EXPECT_EQ(names.size(), 7U);
    const auto wrong = read_role("root");
    ASSERT_FALSE(wrong);
    EXPECT_THAT(wrong.error().message, ::testing::HasSubstr("experience-lead"));
}

TEST(Role, RightsReadBackFromTheirText) {
    EXPECT_EQ(rights_text({}), "");
    EXPECT_TRUE(read_rights("")->empty());
    EXPECT_EQ(read_rights(rights_text(Rights::all())).value(), Rights::all());
    for (const Role role : all_roles()) {
        EXPECT_EQ(read_rights(rights_text(rights_of(role))).value(), rights_of(role));
    }
    EXPECT_FALSE(read_rights("ask-questions,,read-audit"));
    EXPECT_FALSE(read_rights("all"));
}

/// Written by hand from the issue and the data-protection rules, not from the table.
TEST(Role, OnlyThoseSeePersonalDataWhoWorkWithCustomers) {
    std::set<Role> seeing;
    std::set<Role> ruling;
    std::set<Role> bringing;
    for (const Role role : all_roles()) {
        const Rights rights = rights_of(role);
        if (rights.has(Right::SeePersonalData)) {
            seeing.insert(role);
        }
        if (rights.has(Right::ManageUsers) || rights.has(Right::ManageKeys) ||
            rights.has(Right::ReadAudit)) {
            ruling.insert(role);
        }
        if (rights.has(Right::SendEncounters)) {
            bringing.insert(role);
        }
    }
    EXPECT_EQ(seeing, (std::set{Role::Admin, Role::ExperienceLead, Role::Manager, Role::Agent}));
    EXPECT_EQ(ruling, std::set{Role::Admin});
    EXPECT_EQ(bringing, (std::set{Role::Admin, Role::Integration}));
    EXPECT_FALSE(rights_of(Role::Integration).has(Right::UseOwnAccount)) << "programs sign in";
    EXPECT_EQ(reach_of(Role::Manager), Reach::Departments);
    EXPECT_EQ(reach_of(Role::Agent), Reach::OwnCustomers);
    EXPECT_EQ(reach_of(Role::Viewer), Reach::Everything);
}

TEST(Rights, AreASet) {
    Rights rights{Right::ReadAudit, Right::AskQuestions};
    EXPECT_TRUE(rights.has(Right::ReadAudit));
    EXPECT_FALSE(rights.has(Right::ManageUsers));
    rights.remove(Right::ReadAudit);
    EXPECT_EQ(rights, Rights{Right::AskQuestions});
    EXPECT_EQ((rights & Rights{Right::ReadAudit}), Rights{});
}

}  // namespace
}  // namespace kokemus::account
