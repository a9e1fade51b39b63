#include <charconv>
#include <variant>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/account_json_api.h"
#include "account/door_api.h"
#include "app/api.h"
#include "app/sent_object.h"
#include "app/served_blueprint.h"
#include "base/text.h"
#include "blueprint/blueprint_text.h"
#include "http/finish.h"
#include "http/page.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

constexpr http::Paged paged{"versions", 50, history::versions_page_max};

/// A small organisation's timeline is there within this time; who asks meanwhile sees from the
/// answers' blueprint_version which one they were given under.
constexpr auto wait_for_answers = Milliseconds(2000);

std::string tag_of(std::int64_t version) {
    return fmt::format("\"{}\"", version);
}

json::object to_object(const history::VersionHead& head) {
    return json::object{{"number", head.number},
                        {"at", format_instant(head.at)},
                        {"author", head.author},
                        {"reason", head.reason},
                        {"digest", head.digest},
                        {"bytes", head.bytes}};
}

http::Response in_force(ServedBlueprint& served) {
    const InForce now = served.organisation().in_force();
    const std::string whole = blueprint::to_json(*now.blueprint);
    http::Response response =
        http::json(fmt::format("{{\"version\":{},{}", now.version, whole.substr(1)));
    // A file named by --blueprint has no number: what it says is its tag (http/finish.h).
    if (now.version != 0) {
        response.headers["etag"] = tag_of(now.version);
    }
    return response;
}

Result<std::string> list(ServedBlueprint& served, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged));
    const std::int64_t before = page.after.empty() ? 0 : TRY(http::number_of(page));
    auto heads = TRY(served.kept().versions(before, page.read()));
    const auto next = http::cut(
        heads, page, [](const history::VersionHead& head) { return std::to_string(head.number); });
    json::array rows;
    for (const auto& head : heads) {
        rows.push_back(to_object(head));
    }
    return json::serialize(json::object{{"in_force", served.organisation().in_force().version},
                                        {"versions", std::move(rows)},
                                        {"next", account::next_json(next)}});
}

Result<std::int64_t> number_of(std::string_view text) {
    std::int64_t number = 0;
    const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (fault != std::errc() || end != text.data() + text.size() || number < 1) {
        return not_found(fmt::format("{} is no number of a version", quote(text)));
    }
    return number;
}

Result<std::string> one(ServedBlueprint& served, const http::Request& request) {
    const std::int64_t number = TRY(number_of(request.captures.at(0)));
    const auto version = TRY(served.kept().version(number));
    json::object answer = to_object(version.head);
    answer["toml"] = version.toml;
    return json::serialize(answer);
}

/// What was sent to POST /api/blueprint.
struct Sent {
    std::string toml;
    std::string reason;
    bool dry_run = false;
};

Result<std::string> text_of(const json::object& object, std::string_view key) {
    const json::value* value = object.if_contains(key);
    if (value != nullptr && !value->is_string()) {
        return invalid_input(fmt::format("{} must be a text", key));
    }
    return value == nullptr ? std::string() : std::string(value->as_string());
}

Result<Sent> read_sent(const http::Request& request) {
    constexpr std::string_view instead =
        R"(send {"toml": "the whole file", "reason": "why", "dry_run": true or false})";
    const json::object object = TRY(sent_object(request, instead));
    if (!object.contains("toml")) {
        return invalid_input(std::string(instead));
    }
    Sent sent;
    sent.toml = TRY(text_of(object, "toml"));
    sent.reason = TRY(text_of(object, "reason"));
    if (const json::value* dry = object.if_contains("dry_run")) {
        if (!dry->is_bool()) {
            return invalid_input("dry_run must be true or false");
        }
        sent.dry_run = dry->as_bool();
    }
    return sent;
}

http::Response refused(int status, std::string_view code, std::string_view title,
                       std::string detail) {
    return http::problem(http::Refusal{status, code, title, std::move(detail)});
}

std::string answer_of(const Proposal& proposal, std::int64_t version, std::string_view applied,
                      std::string_view in_answers) {
    return fmt::format("{{\"version\":{},\"applied\":{},\"in_answers\":{},{}",
                       version,
                       applied,
                       in_answers,
                       to_json(proposal).substr(1));
}

/// The version that a change is made to, as If-Match names it; or the answer to who names none.
std::variant<std::int64_t, http::Response> seen_version(const http::Request& request) {
    const std::string_view tag = request.header("if-match");
    if (tag.empty()) {
        return refused(428,
                       "version_needed",
                       "Say which version you saw",
                       "send If-Match with the version in force, as the dry run gave it: "
                       "If-Match: \"3\"");
    }
    const bool is_quoted = tag.size() > 2 && tag.front() == '"' && tag.back() == '"';
    std::int64_t number = -1;
    if (is_quoted) {
        const std::string_view digits = tag.substr(1, tag.size() - 2);
        std::from_chars(digits.data(), digits.data() + digits.size(), number);
    }
    // The tag of a packed answer says so at its end.
    if (!is_quoted || !http::names_tag(tag, tag_of(number))) {
        return http::problem(
            invalid_input("If-Match must be one version in quotes, as: If-Match: \"3\""));
    }
    return number;
}

Result<http::Response> apply(ServedBlueprint& served, const http::Request& request,
                             const Sent& sent, std::int64_t seen) {
    const InForce before = served.organisation().in_force();
    const Proposal proposal = TRY(propose(*before.blueprint, sent.toml, "blueprint"));
    const account::Doer doer = account::doer_of(request);
    auto put = served.put({.toml = sent.toml,
                           .called = "blueprint",
                           .reason = sent.reason,
                           .actor = doer.who,
                           .address = doer.address,
                           .expected = seen});
    if (!put && put.error().code == ErrorCode::Conflict &&
        seen != served.organisation().in_force().version) {
        return refused(412, "version_moved_on", "Another version is in force", put.error().message);
    }
    const InForce now = TRY(std::move(put));
    const bool is_answered = served.organisation().wait_until_in_force(wait_for_answers);
    http::Response response = http::json(answer_of(proposal,
                                                   now.version,
                                                   now.version == seen ? "false" : "true",
                                                   is_answered ? "true" : "false"));
    response.headers["etag"] = tag_of(now.version);
    return response;
}

Result<http::Response> change(ServedBlueprint& served, const http::Request& request) {
    const Sent sent = TRY(read_sent(request));
    if (sent.dry_run) {
        const InForce now = served.organisation().in_force();
        const Proposal proposal = TRY(propose(*now.blueprint, sent.toml, "blueprint"));
        http::Response response = http::json(answer_of(proposal, now.version, "false", "true"));
        response.headers["etag"] = tag_of(now.version);
        return response;
    }
    const auto seen = seen_version(request);
    if (const auto* refusal = std::get_if<http::Response>(&seen)) {
        return *refusal;
    }
    return apply(served, request, sent, std::get<std::int64_t>(seen));
}

}  // namespace

void add_blueprint_routes(http::Router& router, ServedBlueprint& served) {
    const auto may_read = account::needs(account::Right::ReadBlueprint);
    router.add(http::Method::Get, "/api/blueprint", may_read, [&](const http::Request&) {
        return in_force(served);
    });
    router.add(
        http::Method::Get, "/api/blueprint/versions", may_read, [&](const http::Request& request) {
            return respond(list(served, request));
        });
    router.add(http::Method::Get,
               "/api/blueprint/versions/{number}",
               may_read,
               [&](const http::Request& request) { return respond(one(served, request)); });
    router.add(http::Method::Post,
               "/api/blueprint",
               account::needs(account::Right::EditBlueprint),
               [&](const http::Request& request) {
                   auto response = change(served, request);
                   return response ? std::move(*response) : http::problem(response.error());
               });
}

}  // namespace kokemus::app
