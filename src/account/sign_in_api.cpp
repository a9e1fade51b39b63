#include "account/account_api.h"
#include "account/account_json_api.h"
#include "account/sent_json.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

/// What anyone may ask: whether they are known, and whether there is anybody to be.
Result<json::object> me(Accounts& accounts, const http::Request& request) {
    const Visitor& visitor = visitor_of(request);
    if (visitor.person.user.empty()) {
        return json::object{{"signed_in", false},
                            {"open", false},
                            {"set_up", TRY(accounts.has_users())},
                            {"user", nullptr},
                            {"key", nullptr},
                            {"rights", json::array()},
                            {"token", nullptr}};
    }
    if (visitor.session.empty()) {
        return program_json(visitor.person);
    }
    return me_json(TRY(accounts.user(visitor.person.user)), visitor.person, visitor.session);
}

/// A session that the browser had before ends with the next one's beginning.
Status end_present(Accounts& accounts, const http::Request& request) {
    const std::string& secret = visitor_of(request).session;
    return secret.empty() ? Status() : accounts.sign_out(secret, doer_of(request));
}

Result<SignInOutcome> sign_in(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"email", "password", "code"}));
    const Credentials credentials{.email = TRY(sent.text("email")),
                                  .password = TRY(sent.text("password")),
                                  .code = TRY(sent.text_or("code", ""))};
    auto outcome = TRY(accounts.sign_in(credentials, request.address));
    if (std::holds_alternative<SignedIn>(outcome)) {
        TRY(end_present(accounts, request));
    }
    return outcome;
}

Result<SignInOutcome> set_up(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"code", "email", "name", "password"}));
    User first;
    first.email = TRY(sent.text("email"));
    first.name = TRY(sent.text("name"));
    const std::string code = TRY(sent.text("code"));
    return accounts.set_up(code, std::move(first), TRY(sent.text("password")), request.address);
}

Result<SignInOutcome> accept(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"code", "password"}));
    const std::string code = TRY(sent.text("code"));
    return accounts.accept(code, TRY(sent.text("password")), request.address);
}

http::Response sign_out(Accounts& accounts, const http::Request& request, Transport transport) {
    const Status ended = end_present(accounts, request);
    if (!ended) {
        return http::problem(ended.error());
    }
    http::Response response = http::json(R"({"signed_out":true})");
    response.headers["set-cookie"] = cookie_cleared(transport);
    return response;
}

}  // namespace

void add_sign_in_routes(http::Router& router, Accounts& accounts, Transport transport) {
    using http::Method;
    router.add(Method::Get, "/api/me", anyone(), [&accounts](const http::Request& request) {
        return answered(me(accounts, request));
    });
    router.add(Method::Post,
               "/api/session",
               anyone(),
               [&accounts, transport](const http::Request& request) {
                   return begun(sign_in(accounts, request), transport);
               });
    router.add(Method::Delete,
               "/api/session",
               needs(Right::UseOwnAccount),
               [&accounts, transport](const http::Request& request) {
                   return sign_out(accounts, request, transport);
               });
    router.add(Method::Post,
               "/api/set-up",
               anyone(),
               [&accounts, transport](const http::Request& request) {
                   return begun(set_up(accounts, request), transport);
               });
    router.add(Method::Post,
               "/api/invitation",
               anyone(),
               [&accounts, transport](const http::Request& request) {
                   return begun(accept(accounts, request), transport);
               });
}

void add_open_account_routes(http::Router& router) {
    router.add(http::Method::Get, "/api/me", anyone(), [](const http::Request& request) {
        return answered(json::object{{"signed_in", false},
                                     {"open", true},
                                     {"set_up", true},
                                     {"user", nullptr},
                                     {"key", nullptr},
                                     {"rights", rights_json(person_of(request).rights)},
                                     {"token", nullptr}});
    });
}

void add_account_routes(http::Router& router, Accounts& accounts, Transport transport) {
    add_sign_in_routes(router, accounts, transport);
    add_own_account_routes(router, accounts, transport);
    add_user_routes(router, accounts);
    add_key_routes(router, accounts);
    add_audit_routes(router, accounts);
}

}  // namespace kokemus::account
