#include "account/account_api.h"
#include "account/account_json_api.h"
#include "account/sent_json.h"
#include "http/page.h"

namespace kokemus::account {

namespace json = boost::json;

namespace {

constexpr http::Paged paged{"keys"};

Result<json::object> list(Accounts& accounts, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged));
    std::optional<PlaceInTime> after;
    if (!page.after.empty()) {
        after = TRY(read_place(page.after));
    }
    auto keys = TRY(accounts.keys(after, page.read()));
    const auto next = http::cut(keys, page, [](const ApiKey& key) {
        return to_text(PlaceInTime{key.made, key.id});
    });
    json::array rows;
    for (const ApiKey& key : keys) {
        rows.push_back(key_json(key));
    }
    return json::object{{"keys", std::move(rows)}, {"next", next_json(next)}};
}

/// The text of the key is shown this once.
Result<json::object> make(Accounts& accounts, const http::Request& request) {
    const SentJson sent =
        TRY(SentJson::read(request.body, {"user", "name", "rights", "origins", "expires"}));
    ApiKey wanted;
    wanted.user = TRY(sent.text_or("user", person_of(request).user));
    wanted.name = TRY(sent.text("name"));
    const auto rights = TRY(sent.texts_or("rights", {}));
    for (const std::string& right : rights) {
        wanted.rights.add(TRY(read_right(right)));
    }
    wanted.origins = TRY(sent.texts_or("origins", {}));
    const std::string expires = TRY(sent.text("expires"));
    wanted.expires = TRY(parse_instant(expires));
    const NewKey made = TRY(accounts.make_key(std::move(wanted), doer_of(request)));
    return json::object{{"key", key_json(made.key)}, {"text", made.text}};
}

Result<json::object> revoke(Accounts& accounts, const http::Request& request) {
    TRY(accounts.revoke_key(request.captures.at(0), doer_of(request)));
    return json::object{{"revoked", true}};
}

}  // namespace

void add_key_routes(http::Router& router, Accounts& accounts) {
    using http::Method;
    const http::Access ruling = needs(Right::ManageKeys);
    router.add(Method::Get, "/api/keys", ruling, [&accounts](const http::Request& request) {
        return shown(list(accounts, request));
    });
    router.add(Method::Post, "/api/keys", ruling, [&accounts](const http::Request& request) {
        return answered(make(accounts, request));
    });
    router.add(Method::Delete, "/api/keys/{id}", ruling, [&accounts](const http::Request& request) {
        return answered(revoke(accounts, request));
    });
}

}  // namespace kokemus::account
