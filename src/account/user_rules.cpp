#include <algorithm>

#include <fmt/format.h>

#include "account/bounds.h"
#include "account/secret.h"
#include "account/user.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

bool has_control(std::string_view text) {
    return std::any_of(text.begin(), text.end(), [](char letter) {
        return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
    });
}

Result<std::string> checked_name(std::string_view what, std::string_view name) {
    const std::string_view kept = trim(name);
    if (kept.empty() || kept.size() > bounds::name_bytes_max || !is_valid_utf8(kept) ||
        has_control(kept)) {
        return invalid_input(fmt::format(
            "{}: write a text of 1 to {} bytes in one line", what, bounds::name_bytes_max));
    }
    return std::string(kept);
}

}  // namespace

std::string Person::written() const {
    if (!key.empty()) {
        return "key:" + key;
    }
    return user.empty() ? "nobody" : user;
}

Person person_of(const User& user) {
    return Person{.user = user.id,
                  .key = {},
                  .role = user.role,
                  .rights = rights_of(user.role),
                  .reach = reach_of(user.role),
                  .departments = user.departments,
                  .employee = user.employee};
}

std::string version_of(const User& user) {
    const std::string shown = fmt::format("{}\n{}\n{}\n{}\n{}\n{}{}{}",
                                          user.email,
                                          user.name,
                                          role_name(user.role),
                                          departments_text(user.departments),
                                          user.employee,
                                          user.is_disabled ? "d" : "",
                                          user.has_second_factor ? "f" : "",
                                          user.is_invited ? "i" : "");
    return digest_of(shown).substr(0, 16);
}

Result<std::string> normal_email(std::string_view email) {
    const std::string normal = lower(trim(email));
    const std::size_t at = normal.find('@');
    if (normal.size() > bounds::email_bytes_max || at == std::string::npos || at == 0 ||
        at + 1 == normal.size() || normal.find('@', at + 1) != std::string::npos ||
        normal.find(' ') != std::string::npos || has_control(normal) || !is_valid_utf8(normal)) {
        return invalid_input("email: write an e-mail address such as anna@example.com");
    }
    return normal;
}

Result<User> checked(User user) {
    user.email = TRY(normal_email(user.email));
    user.name = TRY(checked_name("name", user.name));
    if (user.departments.size() > bounds::departments_max) {
        return invalid_input(fmt::format("departments: {} are the most", bounds::departments_max));
    }
    for (std::string& department : user.departments) {
        department = TRY(checked_name("departments", department));
    }
    std::sort(user.departments.begin(), user.departments.end());
    user.departments.erase(std::unique(user.departments.begin(), user.departments.end()),
                           user.departments.end());
    const bool has_departments = reach_of(user.role) == Reach::Departments;
    if (has_departments && user.departments.empty()) {
        return invalid_input("departments: a manager needs one at least");
    }
    if (!has_departments && !user.departments.empty()) {
        return invalid_input(fmt::format(
            "departments: only managers have them, and this is the role {}", role_name(user.role)));
    }
    if (!user.employee.empty()) {
        user.employee = TRY(checked_name("employee", user.employee));
        if (reach_of(user.role) != Reach::OwnCustomers) {
            return invalid_input(fmt::format(
                "employee: only agents have it, and this is the role {}", role_name(user.role)));
        }
    }
    return user;
}

std::string departments_text(const std::vector<std::string>& departments) {
    std::string text;
    for (const std::string& department : departments) {
        text += department + '\n';
    }
    return text;
}

std::vector<std::string> read_departments(std::string_view text) {
    std::vector<std::string> departments;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        departments.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    }
    return departments;
}

}  // namespace kokemus::account
