#include "account/account_api.h"
#include "account/account_json_api.h"
#include "account/sent_json.h"
#include "http/as_seen.h"
#include "http/page.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

constexpr http::Paged paged{"users"};

Result<json::object> list(Accounts& accounts, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged));
    auto users = TRY(accounts.users(page.after, page.read()));
    const auto next = http::cut(users, page, [](const User& user) { return user.id; });
    json::array rows;
    for (const User& user : users) {
        rows.push_back(user_json(user));
    }
    return json::object{{"users", std::move(rows)}, {"next", next_json(next)}};
}

/// What was sent over what is there.
Result<User> changed(const SentJson& sent, User user) {
    user.name = TRY(sent.text_or("name", user.name));
    const std::string role = TRY(sent.text_or("role", std::string(role_name(user.role))));
    user.role = TRY(read_role(role));
    user.departments = TRY(sent.texts_or("departments", user.departments));
    user.employee = TRY(sent.text_or("employee", user.employee));
    user.is_disabled = TRY(sent.flag_or("disabled", user.is_disabled));
    return user;
}

/// The code is shown this once; programs have none, they come with keys.
json::object invited(const Invitation& invitation) {
    return json::object{
        {"user", user_json(invitation.user)},
        {"code", invitation.code.empty() ? json::value() : json::value(invitation.code)}};
}

Result<json::object> add(Accounts& accounts, const http::Request& request) {
    const SentJson sent =
        TRY(SentJson::read(request.body, {"email", "name", "role", "departments", "employee"}));
    User user;
    user.email = TRY(sent.text("email"));
    TRY(sent.text("name"));
    TRY(sent.text("role"));
    user = TRY(changed(sent, std::move(user)));
    return invited(TRY(accounts.add(std::move(user), doer_of(request))));
}

std::string etag_of(const User& user) {
    return http::tag_of_version(version_of(user));
}

Result<User> change(Accounts& accounts, const http::Request& request, const User& present) {
    const SentJson sent =
        TRY(SentJson::read(request.body, {"name", "role", "departments", "employee", "disabled"}));
    User user = TRY(changed(sent, present));
    return accounts.change(std::move(user), doer_of(request), present);
}

http::Response change_as_seen(Accounts& accounts, const http::Request& request) {
    const auto present = accounts.user(request.captures.at(0));
    if (present && !http::is_as_seen(request, version_of(*present))) {
        return http::changed_meanwhile("user", etag_of(*present));
    }
    const auto user = present ? change(accounts, request, *present) : present;
    if (!user) {
        return http::problem(user.error());
    }
    http::Response response = answered(user_json(*user));
    response.headers["etag"] = etag_of(*user);
    return response;
}

}  // namespace

void add_user_routes(http::Router& router, Accounts& accounts) {
    using http::Method;
    const http::Access ruling = needs(Right::ManageUsers);
    router.add(Method::Get, "/api/users", ruling, [&accounts](const http::Request& request) {
        return shown(list(accounts, request));
    });
    router.add(Method::Post, "/api/users", ruling, [&accounts](const http::Request& request) {
        return answered(add(accounts, request));
    });
    router.add(Method::Patch, "/api/users/{id}", ruling, [&accounts](const http::Request& request) {
        return change_as_seen(accounts, request);
    });
    router.add(Method::Post,
               "/api/users/{id}/invitation",
               ruling,
               [&accounts](const http::Request& request) -> http::Response {
                   const auto made =
                       accounts.invite_again(request.captures.at(0), doer_of(request));
                   return made ? answered(invited(*made)) : http::problem(made.error());
               });
}

}  // namespace kokemus::account
