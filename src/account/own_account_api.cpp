#include "account/account_api.h"
#include "account/account_json_api.h"
#include "account/sent_json.h"

namespace kokemus::account {

namespace {

std::string own_id(const http::Request& request) {
    return person_of(request).user;
}

Result<SignInOutcome> change_password(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"present", "chosen"}));
    const std::string present = TRY(sent.text("present"));
    const std::string chosen = TRY(sent.text("chosen"));
    return accounts.change_password(own_id(request), present, chosen, doer_of(request));
}

Result<Proven<FactorProposal>> propose_factor(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"password"}));
    return accounts.propose_factor(own_id(request), TRY(sent.text("password")), doer_of(request));
}

Result<Proven<RecoveryCodes>> confirm_factor(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"code"}));
    return accounts.confirm_factor(own_id(request), TRY(sent.text("code")), doer_of(request));
}

Result<SignInOutcome> remove_factor(Accounts& accounts, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"password"}));
    return accounts.remove_factor(own_id(request), TRY(sent.text("password")), doer_of(request));
}

}  // namespace

void add_own_account_routes(http::Router& router, Accounts& accounts, Transport transport) {
    using http::Method;
    const http::Access own = needs(Right::UseOwnAccount);
    router.add(Method::Post,
               "/api/me/password",
               own,
               [&accounts, transport](const http::Request& request) {
                   return begun(change_password(accounts, request), transport);
               });
    router.add(Method::Post, "/api/me/factor", own, [&accounts](const http::Request& request) {
        return proposed(propose_factor(accounts, request));
    });
    router.add(Method::Post,
               "/api/me/factor/confirmation",
               own,
               [&accounts](const http::Request& request) {
                   return confirmed(confirm_factor(accounts, request));
               });
    router.add(Method::Post,
               "/api/me/factor/removal",
               own,
               [&accounts, transport](const http::Request& request) {
                   return begun(remove_factor(accounts, request), transport);
               });
}

}  // namespace kokemus::account
