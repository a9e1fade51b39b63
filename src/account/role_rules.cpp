#include <array>

#include <fmt/format.h>

#include "account/role.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

struct RoleRow {
    Role role;
    std::string_view name;
    Reach reach;
    Rights rights;
};

using enum Right;

constexpr std::array roles{
    RoleRow{Role::Admin,
            "admin",
            Reach::Everything,
            {AskQuestions,
             ReadBlueprint,
             SeeCustomers,
             SeePersonalData,
             SendEncounters,
             UseOwnAccount,
             ManageUsers,
             ManageKeys,
             ReadAudit,
             EditBlueprint,
             CorrectRefused,
             JoinCustomers,
             EraseCustomers,
             ManageTargets,
             ReadOperations}},
    RoleRow{Role::ExperienceLead,
            "experience-lead",
            Reach::Everything,
            {AskQuestions,
             ReadBlueprint,
             SeeCustomers,
             SeePersonalData,
             UseOwnAccount,
             EditBlueprint,
             JoinCustomers}},
    RoleRow{Role::Analyst,
            "analyst",
            Reach::Everything,
            {AskQuestions, ReadBlueprint, SeeCustomers, UseOwnAccount}},
    RoleRow{Role::Manager,
            "manager",
            Reach::Departments,
            {AskQuestions, ReadBlueprint, SeeCustomers, SeePersonalData, UseOwnAccount}},
    RoleRow{Role::Agent,
            "agent",
            Reach::OwnCustomers,
            {ReadBlueprint, SeeCustomers, SeePersonalData, UseOwnAccount}},
    RoleRow{Role::Viewer,
            "viewer",
            Reach::Everything,
            {AskQuestions, ReadBlueprint, UseOwnAccount}},
    RoleRow{Role::Integration,
            "integration",
            Reach::Everything,
            {ReadBlueprint, SendEncounters, ReadOperations}},
};

constexpr std::array<std::string_view, right_count> right_names{
    "ask-questions",
    "read-blueprint",
    "see-customers",
    "see-personal-data",
    "send-encounters",
    "use-own-account",
    "manage-users",
    "manage-keys",
    "read-audit",
    "edit-blueprint",
    "correct-refused",
    "join-customers",
    "erase-customers",
    "manage-targets",
    "read-operations",
    "make-backups",
};

const RoleRow& row_of(Role role) {
    return roles.at(static_cast<std::size_t>(role));
}

}  // namespace

std::span<const Role> all_roles() {
    static constexpr auto list = [] {
        std::array<Role, roles.size()> all{};
        for (std::size_t i = 0; i < roles.size(); ++i) {
            all[i] = roles[i].role;
        }
        return all;
    }();
    return list;
}

Rights rights_of(Role role) {
    return row_of(role).rights;
}

Reach reach_of(Role role) {
    return row_of(role).reach;
}

std::string_view role_name(Role role) {
    return row_of(role).name;
}

std::string_view right_name(Right right) {
    return right_names.at(static_cast<std::size_t>(right));
}

Result<Role> read_role(std::string_view name) {
    std::string known;
    for (const RoleRow& row : roles) {
        if (row.name == name) {
            return row.role;
        }
        known += (known.empty() ? "" : ", ") + std::string(row.name);
    }
    return invalid_input(fmt::format("there is no role {}; there are {}", quote(name), known));
}

Result<Right> read_right(std::string_view name) {
    for (std::size_t i = 0; i < right_count; ++i) {
        if (right_names[i] == name) {
            return static_cast<Right>(i);
        }
    }
    return invalid_input(
        fmt::format("there is no right {}; there are {}", quote(name), rights_text(Rights::all())));
}

std::string rights_text(Rights rights) {
    std::string text;
    for (std::size_t i = 0; i < right_count; ++i) {
        if (rights.has(static_cast<Right>(i))) {
            text += (text.empty() ? "" : ",") + std::string(right_names[i]);
        }
    }
    return text;
}

Result<Rights> read_rights(std::string_view text) {
    Rights rights;
    while (!text.empty()) {
        const std::size_t end = text.find(',');
        rights.add(TRY(read_right(text.substr(0, end))));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return rights;
}

}  // namespace kokemus::account
