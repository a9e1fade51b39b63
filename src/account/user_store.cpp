#include "account/user_store.h"

#include <fmt/format.h>

#include "account/bounds.h"
#include "account/secret.h"

namespace kokemus::account {

namespace {

using Row = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string,
                       bool, Instant, std::string, std::string, bool, std::int64_t, Instant>;

constexpr std::string_view columns =
    "SELECT id, email, name, role, departments, employee, disabled, made, password, factor, "
    "factor_confirmed, factor_step, factor_proposed FROM account_user ";

Result<KeptUser> user_of(Row& row) {
    auto& [id,
           email,
           name,
           role,
           departments,
           employee,
           disabled,
           made,
           password,
           factor,
           confirmed,
           step,
           proposed] = row;
    const auto read = read_role(role);
    if (!read) {
        return Error{ErrorCode::Corrupt, fmt::format("the record of the user {} is damaged", id)};
    }
    return KeptUser{.user = User{.id = std::move(id),
                                 .email = std::move(email),
                                 .name = std::move(name),
                                 .role = *read,
                                 .departments = read_departments(departments),
                                 .employee = std::move(employee),
                                 .is_disabled = disabled,
                                 .has_second_factor = confirmed,
                                 .is_invited = password.empty(),
                                 .made = made},
                    .password = std::move(password),
                    .factor = std::move(factor),
                    .is_factor_confirmed = confirmed,
                    .factor_step = step,
                    .factor_proposed = proposed};
}

Result<std::vector<KeptUser>> users(records::Session& session, std::string_view where,
                                    const records::Values& values) {
    auto rows = TRY((session.rows<std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  bool,
                                  Instant,
                                  std::string,
                                  std::string,
                                  bool,
                                  std::int64_t,
                                  Instant>(std::string(columns) + std::string(where), values)));
    std::vector<KeptUser> list;
    for (Row& row : rows) {
        list.push_back(TRY(user_of(row)));
    }
    return list;
}

Result<std::optional<KeptUser>> one_user(records::Session& session, std::string_view where,
                                         const records::Values& values) {
    auto found = TRY(users(session, where, values));
    return found.empty() ? std::optional<KeptUser>() : std::optional(std::move(found.front()));
}

}  // namespace

Result<std::int64_t> count_users(records::Session& session) {
    return std::get<0>(*TRY(session.row<std::int64_t>("SELECT count(*) FROM account_user")));
}

Result<std::vector<User>> list_users(records::Session& session, std::string_view after,
                                     std::size_t limit) {
    std::vector<User> list;
    std::string where;
    records::Values values;
    if (!after.empty()) {
        where = "WHERE email > (SELECT email FROM account_user WHERE id = :after) ";
        values.emplace_back(after);
    }
    values.emplace_back(limit);
    auto found = TRY(users(session, where + "ORDER BY email LIMIT :most", values));
    for (KeptUser& kept : found) {
        list.push_back(std::move(kept.user));
    }
    return list;
}

Result<std::optional<KeptUser>> user_by_id(records::Session& session, std::string_view id) {
    return one_user(session, "WHERE id = :id", {id});
}

Result<std::optional<KeptUser>> user_by_email(records::Session& session, std::string_view email) {
    return one_user(session, "WHERE email = :email", {email});
}

Result<std::optional<KeptUser>> user_by_invitation(records::Session& session,
                                                   std::string_view digest, Instant now) {
    return one_user(session,
                    "WHERE invitation = :digest AND invited_until > :now AND disabled = 0",
                    {digest, now});
}

Status add_user(records::Session& session, const User& user, std::string_view password) {
    TRY(session.run(
        "INSERT INTO account_user (id, email, name, role, departments, employee, disabled, made, "
        "password, factor, factor_confirmed, factor_step, invited_until) VALUES (:id, :email, "
        ":name, :role, :departments, :employee, :disabled, :made, :password, '', 0, -1, 0)",
        {user.id,
         user.email,
         user.name,
         role_name(user.role),
         departments_text(user.departments),
         user.employee,
         user.is_disabled,
         user.made,
         password}));
    return {};
}

Status change_user(records::Session& session, const User& user) {
    TRY(session.run(
        "UPDATE account_user SET name = :name, role = :role, departments = :departments, "
        "employee = :employee, disabled = :disabled WHERE id = :id",
        {user.name,
         role_name(user.role),
         departments_text(user.departments),
         user.employee,
         user.is_disabled,
         user.id}));
    return {};
}

Status keep_password(records::Session& session, std::string_view user, std::string_view hash) {
    TRY(
        session.run("UPDATE account_user SET password = :hash, invitation = NULL, "
                    "invited_until = 0 WHERE id = :id",
                    {hash, user}));
    return {};
}

Status renew_hash(records::Session& session, std::string_view user, std::string_view before,
                  std::string_view hash) {
    TRY(
        session.run("UPDATE account_user SET password = :hash WHERE id = :id AND "
                    "password = :before",
                    {hash, user, before}));
    return {};
}

Status invite(records::Session& session, std::string_view user, std::string_view digest,
              Instant until) {
    TRY(
        session.run("UPDATE account_user SET password = '', invitation = :digest, "
                    "invited_until = :until WHERE id = :id",
                    {digest, until, user}));
    return keep_factor(session, user, "", Factor::Proposed);
}

Status keep_factor(records::Session& session, std::string_view user, std::string_view sealed,
                   Factor state, Instant proposed) {
    TRY(session.run("DELETE FROM account_recovery WHERE user_id = :user", {user}));
    TRY(
        session.run("UPDATE account_user SET factor = :secret, factor_confirmed = :confirmed, "
                    "factor_step = -1, factor_proposed = :proposed WHERE id = :id",
                    {sealed, state == Factor::Confirmed, proposed, user}));
    return {};
}

Status forget_proposal(records::Session& session, std::string_view user) {
    TRY(session.run("UPDATE account_user SET factor = '' WHERE id = :id AND factor_confirmed = 0",
                    {user}));
    return {};
}

Result<std::vector<KeptFactor>> factors(records::Session& session) {
    std::vector<KeptFactor> kept;
    for (auto& [user, factor] : TRY((session.rows<std::string, std::string>(
             "SELECT id, factor FROM account_user WHERE factor <> '' ORDER BY id")))) {
        kept.push_back({std::move(user), std::move(factor)});
    }
    return kept;
}

Status reseal_factor(records::Session& session, const KeptFactor& factor) {
    TRY(session.run("UPDATE account_user SET factor = :sealed WHERE id = :id",
                    {factor.sealed, factor.user}));
    return {};
}

Status keep_recovery_codes(records::Session& session, std::string_view user,
                           const std::vector<std::string>& codes) {
    for (const std::string& code : codes) {
        TRY(session.run("INSERT INTO account_recovery (digest, user_id) VALUES (:digest, :user)",
                        {digest_of(typed_words(code)), user}));
    }
    return {};
}

Result<bool> use_factor_step(records::Session& session, std::string_view user, std::int64_t step) {
    return TRY(session.run("UPDATE account_user SET factor_step = :step WHERE id = :id AND "
                           "factor_step < :before",
                           {step, user, step})) == 1;
}

Result<bool> use_recovery_code(records::Session& session, std::string_view user,
                               std::string_view typed) {
    return TRY(session.run(
               "DELETE FROM account_recovery WHERE digest = :digest AND user_id = :user",
               {digest_of(typed_words(typed)), user})) == 1;
}

Result<std::int64_t> count_other_admins(records::Session& session, std::string_view user) {
    return std::get<0>(*TRY(session.row<std::int64_t>(
        "SELECT count(*) FROM account_user WHERE role = 'admin' AND disabled = 0 AND "
        "password <> '' AND id <> :id",
        {user})));
}

}  // namespace kokemus::account
