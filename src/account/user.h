#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "account/role.h"
#include "base/instant.h"

namespace kokemus::account {

/// A person with an account, or a program that comes with API keys.
struct User {
    std::string id;
    std::string email;  ///< in its normal form; they sign in with it
    std::string name;
    Role role = Role::Viewer;
    std::vector<std::string> departments;  ///< of a manager, in order
    std::string employee;  ///< of an agent: what encounters call them; empty: in no encounter
    bool is_disabled = false;
    bool has_second_factor = false;
    bool is_invited = false;  ///< has not chosen a password yet
    Instant made{};

    friend bool operator==(const User&, const User&) = default;
};

/// Another one whenever anything of the user that is shown has changed: what a change refers to.
std::string version_of(const User& user);

/// Who is behind a request, and what they may do.
struct Person {
    std::string user;  ///< empty: nobody has signed in
    std::string key;   ///< id of the API key, if it came with one
    Role role = Role::Viewer;
    Rights rights;
    Reach reach = Reach::Everything;
    std::vector<std::string> departments;
    std::string employee;
    std::vector<std::string> origins = {};  ///< of the key: pages that may show it

    /// As the audit log writes it: "key:ID", the user's id, or "nobody".
    std::string written() const;
};

/// The person of a user who has signed in.
Person person_of(const User& user);

/// The form in which e-mail addresses are compared and kept. Fails on what is none.
Result<std::string> normal_email(std::string_view email);

/// Name, role and departments as they are kept: trimmed, departments in order and once. Fails with
/// what is wrong: no name, a manager without departments, departments or `employee` of somebody
/// whose role has none.
Result<User> checked(User user);

/// Departments as one text of the store, and back.
std::string departments_text(const std::vector<std::string>& departments);
std::vector<std::string> read_departments(std::string_view text);

}  // namespace kokemus::account
