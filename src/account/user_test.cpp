#include "account/user.h"

#include <gtest/gtest.h>

namespace kokemus::account {
namespace {

User user_with(Role role, std::vector<std::string> departments = {}) {
    User user;
    user.email = "anna@example.com";
    user.name = "Anna";
    user.role = role;
    user.departments = std::move(departments);
    return user;
}

TEST(User, EmailIsComparedInOneForm) {
    EXPECT_EQ(normal_email(" Anna@Example.COM\n").value(), "anna@example.com");
    for (const char* none :
         {"", "@", "anna", "anna@", "@example.com", "a@b@c", "a b@c.d", "a\nb@c.d", "\xff@c.d"}) {
        EXPECT_FALSE(normal_email(none)) << none;
    }
    EXPECT_TRUE(normal_email(std::string(252, 'a') + "@b"));
    EXPECT_FALSE(normal_email(std::string(253, 'a') + "@b"));
}

TEST(User, OnlyManagersHaveDepartmentsAndNeedThem) {
    EXPECT_TRUE(checked(user_with(Role::Viewer)));
    EXPECT_FALSE(checked(user_with(Role::Manager)));
    EXPECT_FALSE(checked(user_with(Role::Admin, {"Sales"})));
    const auto manager = checked(user_with(Role::Manager, {" Sales", "Care", "Sales "}));
    ASSERT_TRUE(manager);
    EXPECT_EQ(manager->departments, (std::vector<std::string>{"Care", "Sales"}));
    EXPECT_FALSE(checked(user_with(Role::Manager, {"Sales\nCare"})));
    EXPECT_FALSE(checked(user_with(Role::Manager, {" "})));
    EXPECT_FALSE(checked(user_with(Role::Manager, std::vector<std::string>(101, "Sales"))));
    User nameless = user_with(Role::Viewer);
    nameless.name = "  ";
    EXPECT_FALSE(checked(nameless));
}

TEST(User, DepartmentsReadBackFromTheirText) {
    for (const auto& departments :
         {std::vector<std::string>{}, {"Sales"}, {"Asiakaspalvelu, B2B", "Sales"}}) {
        EXPECT_EQ(read_departments(departments_text(departments)), departments);
    }
}

}  // namespace
}  // namespace kokemus::account
