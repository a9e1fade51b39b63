#include "account/access.h"

#include <map>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

using ::testing::HasSubstr;

User user_with(Role role) {
    User user;
    user.id = "u";
    user.role = role;
    return user;
}

/// Written by hand, in the order of `Role`: admin, lead, analyst, manager, agent, viewer, program.
const std::map<Right, std::string> expected{
    {Right::AskQuestions, "yyyy-y-"},
    {Right::ReadBlueprint, "yyyyyyy"},
    {Right::SeeCustomers, "yyyyy--"},
    {Right::SeePersonalData, "yy-yy--"},
    {Right::SendEncounters, "y-----y"},
    {Right::UseOwnAccount, "yyyyyy-"},
    {Right::ManageUsers, "y------"},
    {Right::ManageKeys, "y------"},
    {Right::ReadAudit, "y------"},
    {Right::EditBlueprint, "yy-----"},
    {Right::CorrectRefused, "y------"},
    {Right::JoinCustomers, "yy-----"},
    {Right::EraseCustomers, "y------"},
    {Right::ManageTargets, "y------"},
    {Right::ReadOperations, "y-----y"},
    {Right::MakeBackups, "-------"},
};

TEST(Access, IsGivenByRoleAsTheTableSays) {
    ASSERT_EQ(expected.size(), right_count);
    for (const auto& [right, row] : expected) {
        ASSERT_EQ(row.size(), all_roles().size());
        for (std::size_t i = 0; i < row.size(); ++i) {
            const Person person = person_of(user_with(all_roles()[i]));
            EXPECT_EQ(decide(Access::needs(right), person).gate,
                      row[i] == 'y' ? Gate::Open : Gate::Closed)
                << right_name(right) << " " << role_name(person.role);
            EXPECT_EQ(decide(Access::needs(right), std::nullopt).gate,
                      right == Right::MakeBackups ? Gate::Closed : Gate::SignIn);
        }
    }
    EXPECT_EQ(decide(Access::anyone(), std::nullopt).gate, Gate::Open);
}

TEST(Access, SaysWhatIsMissing) {
    Person person = person_of(user_with(Role::Viewer));
    EXPECT_THAT(decide(Access::needs(Right::ManageUsers), person).words,
                ::testing::AllOf(HasSubstr("manage-users"), HasSubstr("viewer")));
    person.key = "k";
    EXPECT_THAT(decide(Access::needs(Right::ManageUsers), person).words, HasSubstr("API key"));
    EXPECT_THAT(decide(Access::needs(Right::ManageUsers), {}).words, HasSubstr("Sign in"));
}

TEST(Access, MarksReadBackAndOthersArePassedByNobody) {
    EXPECT_EQ(Access::from_mark(0)->right(), std::nullopt);
    for (const auto& [right, row] : expected) {
        EXPECT_EQ(Access::from_mark(Access::needs(right).mark())->right(), right);
    }
    const auto by_sender = Access::from_mark(Access::by_sender().mark());
    ASSERT_TRUE(by_sender);
    EXPECT_TRUE(by_sender->is_by_sender());
    EXPECT_FALSE(by_sender->right());
    EXPECT_FALSE(Access::anyone().is_by_sender());
    EXPECT_FALSE(Access::needs(Right::MakeBackups).is_by_sender());
    EXPECT_FALSE(Access::from_mark(Access::by_sender().mark() + 1));
}

TEST(Access, OpenVisitorsLookAtEverythingAndRuleNothing) {
    const Person visitor = open_visitor();
    EXPECT_EQ(visitor.written(), "nobody");
    for (const Right right :
         {Right::UseOwnAccount, Right::ManageUsers, Right::ManageKeys, Right::ReadAudit}) {
        EXPECT_EQ(decide(Access::needs(right), visitor).gate, Gate::Closed);
    }
    EXPECT_EQ(decide(Access::needs(Right::SeePersonalData), visitor).gate, Gate::Open);
}

}  // namespace
}  // namespace kokemus::account
