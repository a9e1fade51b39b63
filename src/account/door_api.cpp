#include "account/door_api.h"

#include <array>

#include "account/client_address.h"
#include "account/forgery.h"
#include "account/secret.h"
#include "base/check.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

constexpr std::string_view bearer = "Bearer ";

bool is_write(const http::Request& request) {
    return request.method != http::Method::Get && request.method != http::Method::Head &&
           request.method != http::Method::Options;
}

SentBy sent_by(const http::Request& request) {
    return SentBy{.site = request.header("sec-fetch-site"),
                  .origin = request.header("origin"),
                  .host = request.header("host"),
                  .content_type = request.header("content-type"),
                  .token = request.header("x-kokemus-token"),
                  .has_body = !request.body.empty()};
}

/// Programs are no browsers: what a browser says of a request is what gives it away as one.
bool is_by_browser(const http::Request& request) {
    return !request.header("origin").empty() || !request.header("sec-fetch-site").empty();
}

/// What was sent as "Authorization: Bearer ..."; empty: nothing.
std::string_view bearer_of(const http::Request& request) {
    const std::string_view authorization = request.header("authorization");
    return authorization.starts_with(bearer) ? authorization.substr(bearer.size())
                                             : std::string_view{};
}

bool is_by_operator(const http::Request& request, std::string_view own_key) {
    return !own_key.empty() && equal_in_constant_time(bearer_of(request), own_key);
}

http::Response refused(const Decision& decision) {
    if (decision.gate == Gate::Closed) {
        return http::problem(Error{ErrorCode::Forbidden, decision.words});
    }
    http::Response response = http::problem(http::Refusal{
        .status = 401, .code = "sign_in_needed", .title = "Sign in", .detail = decision.words});
    response.headers["www-authenticate"] = "Bearer";
    return response;
}

/// A body that is no JSON, as pages of others may send it (account/forgery.h).
http::Response other_form(const Error& error) {
    return http::problem(http::Refusal{.status = 415,
                                       .code = "unsupported_media_type",
                                       .title = "Not in this form",
                                       .detail = error.message});
}

/// Who comes; none when nothing that holds was sent.
Result<std::optional<Visitor>> arrival(Accounts& accounts, const http::Request& request,
                                       Transport transport, std::string_view own_key) {
    Visitor visitor;
    std::optional<Person> person;
    if (is_by_operator(request, own_key)) {
        person = operator_of_server();
    } else if (!request.header("authorization").empty()) {
        person = TRY(accounts.person_by_key(bearer_of(request)));
    } else if (auto secret = cookie_secret(request.header("cookie"), transport)) {
        const Use use =
            request.header("x-kokemus-unattended").empty() ? Use::Attended : Use::Unattended;
        person = TRY(accounts.person_by_session(*secret, use));
        visitor.session = std::move(*secret);
    }
    if (!person) {
        return std::optional<Visitor>();
    }
    visitor.person = std::move(*person);
    return std::optional(std::move(visitor));
}

/// Only browsers carry cookies along unasked: what comes with a key is the sender's own wish.
Status check_write(const http::Request& request, Access access, const Visitor& visitor,
                   Transport transport) {
    if (!is_write(request) || (access.right() && visitor.session.empty())) {
        return {};
    }
    if (access.right()) {
        return check_not_forged(sent_by(request), visitor.session, transport);
    }
    return check_origin(sent_by(request), transport);
}

Access access_of(http::Access mark) {
    const auto access = Access::from_mark(static_cast<std::uint32_t>(mark));
    CHECK(access.has_value());
    return *access;
}

/// The answer instead of the handler's, or none.
std::optional<http::Response> look_at(Result<std::optional<Visitor>> visitor,
                                      http::Request& request, Access access, Transport transport) {
    if (!visitor) {
        return http::problem(visitor.error());
    }
    const Decision decision =
        decide(access, *visitor ? std::optional((*visitor)->person) : std::nullopt);
    if (decision.gate != Gate::Open) {
        return refused(decision);
    }
    const auto known = std::make_shared<const Visitor>(*visitor ? std::move(**visitor) : Visitor{});
    if (const Status ours = check_write(request, access, *known, transport); !ours) {
        return ours.error().code == ErrorCode::InvalidInput ? other_form(ours.error())
                                                            : http::problem(ours.error());
    }
    request.visitor = known;
    return std::nullopt;
}

/// A host as it stands in a request ("localhost:8080"), without its port.
std::string host_name(std::string_view host) {
    const std::size_t bracket = host.find(']');
    const std::size_t colon = host.find(':', bracket == std::string_view::npos ? 0 : bracket);
    return lower(host.substr(0, colon));
}

/// 127.x.x.x as it is written in digits; a name that begins so is one of elsewhere.
bool is_loopback_v4(std::string_view host) {
    return host.starts_with("127.") &&
           host.find_first_not_of("0123456789.") == std::string_view::npos;
}

/// Whether it was sent on this computer, to this computer: no name of elsewhere, no proxy between.
Status check_is_local(const http::Request& request) {
    const std::string host = host_name(request.header("host"));
    const bool own_name =
        host.empty() || host == "localhost" || is_loopback_v4(host) || host == "[::1]";
    constexpr std::array passed_on{"forwarded", "x-forwarded-for", "x-forwarded-host", "via"};
    for (const std::string_view header : passed_on) {
        if (!own_name || !request.header(header).empty()) {
            return Error{
                ErrorCode::Forbidden,
                "This server stands open for this computer alone, and was asked by "
                "another name or through a proxy. Start it without --open, with accounts."};
        }
    }
    return {};
}

std::optional<http::Response> look_at_open(const std::shared_ptr<const Visitor>& visitor,
                                           http::Request& request, Access access) {
    const Decision decision = decide(access, visitor->person);
    if (decision.gate != Gate::Open) {
        return refused(decision);
    }
    if (is_write(request) && is_by_browser(request)) {
        if (const Status ours = check_origin(sent_by(request), Transport::Plain); !ours) {
            return http::problem(ours.error());
        }
    }
    request.visitor = visitor;
    return std::nullopt;
}

std::shared_ptr<const Visitor> visitor_who_is(Person person) {
    Visitor made;
    made.person = std::move(person);
    return std::make_shared<const Visitor>(std::move(made));
}

}  // namespace

http::Access anyone() {
    return http::Access{Access::anyone().mark()};
}

http::Access needs(Right right) {
    return http::Access{Access::needs(right).mark()};
}

http::Access by_sender() {
    return http::Access{Access::by_sender().mark()};
}

http::Guard guard_of(Accounts& accounts, Transport transport, ReachedBy reached_by,
                     std::string own_key) {
    return [&accounts,
            transport,
            reached_by,
            own_key = std::move(own_key),
            nobody = visitor_who_is({})](http::Request& request,
                                         http::Access mark) -> std::optional<http::Response> {
        if (reached_by == ReachedBy::Proxy) {
            if (auto told = client_address(request.header("x-forwarded-for")); !told.empty()) {
                request.address = std::move(told);
            }
        }
        const Access access = access_of(mark);
        if (access.is_by_sender()) {
            request.visitor = nobody;
            return std::nullopt;
        }
        return look_at(arrival(accounts, request, transport, own_key), request, access, transport);
    };
}

http::Guard open_guard(std::string own_key) {
    return [anybody = visitor_who_is(open_visitor()),
            server = visitor_who_is(operator_of_server()),
            nobody = visitor_who_is({}),
            own_key = std::move(own_key)](http::Request& request,
                                          http::Access mark) -> std::optional<http::Response> {
        if (const Status local = check_is_local(request); !local) {
            return http::problem(local.error());
        }
        const Access access = access_of(mark);
        if (access.is_by_sender()) {
            request.visitor = nobody;
            return std::nullopt;
        }
        return look_at_open(is_by_operator(request, own_key) ? server : anybody, request, access);
    };
}

const Visitor& visitor_of(const http::Request& request) {
    CHECK(request.visitor != nullptr);
    return static_cast<const Visitor&>(*request.visitor);
}

const Person& person_of(const http::Request& request) {
    return visitor_of(request).person;
}

Doer doer_of(const http::Request& request) {
    return Doer{person_of(request).written(), request.address};
}

}  // namespace kokemus::account
