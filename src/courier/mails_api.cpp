#include "courier/mails_api.h"

#include <array>

#include <boost/json.hpp>

#include "account/account_json_api.h"
#include "account/door_api.h"
#include "account/sent_json.h"
#include "courier/bounds.h"
#include "http/page.h"

namespace kokemus::courier {

namespace json = boost::json;
using account::answered;

namespace {

constexpr std::array<std::string_view, 1> seekers{"state"};
constexpr http::Paged paged{"mails", 50, bounds::page_max, seekers};

json::value or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value();
}

json::value or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}

json::object mail_json(const Mail& mail) {
    return json::object{{"id", mail.id},
                        {"occasion", mail.occasion},
                        {"person", or_null(mail.person)},
                        {"made", format_instant(mail.made)},
                        {"state", delivery_state_name(mail.state)},
                        {"tries", mail.tries},
                        {"due", or_null(mail.due)},
                        {"tried", or_null(mail.tried)},
                        {"code", mail.code == 0 ? json::value() : json::value(mail.code)},
                        {"problem", or_null(mail.problem)}};
}

Result<json::object> list(const Mails& mails, bool is_configured, const http::Request& request) {
    std::optional<DeliveryState> state;
    if (const std::string_view name = request.parameter("state"); !name.empty()) {
        state = TRY(read_delivery_state(name));
    }
    const http::Page page = TRY(http::page_of(request, paged));
    auto listed = TRY(mails.list(state, page.after, page.read()));
    const auto next = http::cut(listed, page, [](const Mail& mail) { return mail.id; });
    json::array rows;
    for (const Mail& mail : listed) {
        rows.push_back(mail_json(mail));
    }
    return json::object{{"configured", is_configured},
                        {"mails", std::move(rows)},
                        {"next", account::next_json(next)}};
}

}  // namespace

void add_mail_routes(http::Router& router, const Mails& mails, Postman* postman,
                     std::function<Letter(const std::string& to)> test_letter) {
    using http::Method;
    const http::Access looking_after = account::needs(account::Right::ManageTargets);
    router.add(
        Method::Get, "/api/mails", looking_after, [&mails, postman](const http::Request& request) {
            return account::shown(list(mails, postman != nullptr, request));
        });
    const auto test = [postman, test_letter = std::move(test_letter)](
                          const http::Request& request) -> Result<json::object> {
        const auto sent = TRY(account::SentJson::read(request.body, {"to"}));
        const std::string to = TRY(sent.text("to"));
        if (postman == nullptr) {
            return Error{ErrorCode::Conflict,
                         "No mail server is configured: write host and from under [mail] in "
                         "kokemus.toml."};
        }
        account::Doer doer = account::doer_of(request);
        return mail_json(TRY(postman->test(test_letter(to), {doer.who, doer.address})));
    };
    router.add(
        Method::Post, "/api/mails/test", looking_after, [test](const http::Request& request) {
            return answered(test(request));
        });
}

}  // namespace kokemus::courier
