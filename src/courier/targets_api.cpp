#include "courier/targets_api.h"

#include <array>

#include <boost/json.hpp>

#include "account/account_json_api.h"
#include "account/door_api.h"
#include "account/sent_json.h"
#include "base/hash.h"
#include "courier/bounds.h"
#include "http/as_seen.h"
#include "http/page.h"

namespace kokemus::courier {

namespace json = boost::json;
using account::answered;
using account::SentJson;
using account::shown;

namespace {

constexpr http::Paged paged_targets{"targets"};
constexpr std::array<std::string_view, 1> seekers{"state"};
constexpr http::Paged paged_deliveries{"deliveries", 50, bounds::page_max, seekers};

Doing doing_of(const http::Request& request) {
    account::Doer doer = account::doer_of(request);
    return {std::move(doer.who), std::move(doer.address)};
}

const std::string& id_of(const http::Request& request) {
    return request.captures.at(0);
}

json::value or_null(const std::optional<Instant>& time) {
    return time ? json::value(format_instant(*time)) : json::value();
}

json::value or_null(const std::string& text) {
    return text.empty() ? json::value() : json::value(text);
}

json::object target_json(const Target& target) {
    return json::object{{"id", target.id},
                        {"name", target.name},
                        {"url", target.url},
                        {"events", json::value_from(target.events)},
                        {"enabled", target.is_on},
                        {"reason", or_null(target.reason)},
                        {"made", format_instant(target.made)},
                        {"failing_since", or_null(target.failing_since)},
                        {"old_secret_until", or_null(target.old_secret_until)},
                        {"waiting", target.waiting},
                        {"version", version_of(target)}};
}

/// What is no matter of its version changes by itself, as deliveries come and go.
std::string etag_of(const Target& target) {
    return http::tag_of_version(version_of(target),
                                hash128(json::serialize(target_json(target))).hex().substr(0, 8));
}

http::Response answered_as_one(const Result<Target>& target) {
    if (!target) {
        return http::problem(target.error());
    }
    http::Response response = shown(target_json(*target));
    response.headers["etag"] = etag_of(*target);
    return response;
}

/// The secret is shown this once.
json::object with_secret(const WithSecret& made) {
    return json::object{{"target", target_json(made.target)}, {"secret", made.secret}};
}

json::object delivery_json(const Delivery& delivery) {
    return json::object{
        {"id", delivery.event},
        {"type", delivery.type},
        {"made", format_instant(delivery.made)},
        {"state", delivery_state_name(delivery.state)},
        {"tries", delivery.tries},
        {"due", or_null(delivery.due)},
        {"tried", or_null(delivery.tried)},
        {"status", delivery.status == 0 ? json::value() : json::value(delivery.status)},
        {"problem", or_null(delivery.problem)},
        {"answer", or_null(delivery.answer)}};
}

Result<json::object> list(const Targets& targets, const http::Request& request) {
    const http::Page page = TRY(http::page_of(request, paged_targets));
    std::optional<PlaceInTime> after;
    if (!page.after.empty()) {
        after = TRY(read_place(page.after));
    }
    auto listed = TRY(targets.list(after));
    const auto next = http::cut(listed, page, [](const Target& target) {
        return to_text(PlaceInTime{target.made, target.id});
    });
    json::array rows;
    for (const Target& target : listed) {
        rows.push_back(target_json(target));
    }
    return json::object{{"targets", std::move(rows)}, {"next", account::next_json(next)}};
}

/// What was sent over what is there.
Result<Target> changed(const SentJson& sent, Target target) {
    target.name = TRY(sent.text_or("name", target.name));
    target.url = TRY(sent.text_or("url", target.url));
    target.events = TRY(sent.texts_or("events", target.events));
    target.is_on = TRY(sent.flag_or("enabled", target.is_on));
    return target;
}

Result<json::object> add(Targets& targets, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"name", "url", "events", "enabled"}));
    Target target = TRY(changed(sent, Target{}));
    return with_secret(TRY(targets.add(std::move(target), doing_of(request))));
}

Result<Target> change(Targets& targets, const http::Request& request, const Target& present) {
    const SentJson sent = TRY(SentJson::read(request.body, {"name", "url", "events", "enabled"}));
    Target target = TRY(changed(sent, present));
    return targets.change(std::move(target), doing_of(request), present);
}

http::Response change_as_seen(Targets& targets, const http::Request& request) {
    const auto present = targets.find(id_of(request));
    if (present && !http::is_as_seen(request, version_of(*present))) {
        return http::changed_meanwhile("target", etag_of(*present));
    }
    return answered_as_one(present ? change(targets, request, *present) : present);
}

Result<json::object> remove(Targets& targets, const http::Request& request) {
    TRY(targets.remove(id_of(request), doing_of(request)));
    return json::object{{"removed", true}};
}

Result<json::object> renew_secret(Targets& targets, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"overlap"}));
    const std::string text = TRY(sent.text_or("overlap", ""));
    const Milliseconds overlap =
        text.empty() ? Milliseconds(bounds::old_secret_default) : TRY(parse_duration(text));
    return with_secret(TRY(targets.renew_secret(id_of(request), overlap, doing_of(request))));
}

Result<json::object> deliveries(const Targets& targets, const http::Request& request) {
    DeliveryPage page;
    if (const std::string_view state = request.parameter("state"); !state.empty()) {
        page.state = TRY(read_delivery_state(state));
    }
    const http::Page asked = TRY(http::page_of(request, paged_deliveries));
    page.before = asked.after;
    page.limit = asked.read();
    auto listed = TRY(targets.deliveries(id_of(request), page));
    const auto next =
        http::cut(listed, asked, [](const Delivery& delivery) { return delivery.event; });
    json::array rows;
    for (const Delivery& delivery : listed) {
        rows.push_back(delivery_json(delivery));
    }
    return json::object{{"deliveries", std::move(rows)}, {"next", account::next_json(next)}};
}

Result<json::object> replay(Targets& targets, const http::Request& request) {
    const SentJson sent = TRY(SentJson::read(request.body, {"delivery", "failed_since"}));
    Replay which;
    which.event = TRY(sent.text_or("delivery", ""));
    if (const std::string since = TRY(sent.text_or("failed_since", "")); !since.empty()) {
        which.failed_since = TRY(parse_instant(since));
    }
    return json::object{
        {"replayed", TRY(targets.replay(id_of(request), which, doing_of(request)))}};
}

Result<json::object> test(Courier& courier, const http::Request& request) {
    return delivery_json(TRY(courier.test(id_of(request), doing_of(request))));
}

}  // namespace

void add_target_routes(http::Router& router, Targets& targets, Courier& courier) {
    using http::Method;
    const http::Access looking_after = account::needs(account::Right::ManageTargets);
    using Request = const http::Request&;
    const auto add_read = [&](std::string_view pattern, auto answer) {
        router.add(Method::Get, pattern, looking_after, [answer](Request request) {
            return shown(answer(request));
        });
    };
    const auto add_write = [&](Method method, std::string_view pattern, auto answer) {
        router.add(method, pattern, looking_after, [answer](Request request) {
            return answered(answer(request));
        });
    };
    add_read("/api/targets", [&](Request sent) { return list(targets, sent); });
    add_write(Method::Post, "/api/targets", [&](Request sent) { return add(targets, sent); });
    router.add(Method::Get, "/api/targets/{id}", looking_after, [&](Request sent) {
        return answered_as_one(targets.find(id_of(sent)));
    });
    router.add(Method::Patch, "/api/targets/{id}", looking_after, [&](Request sent) {
        http::Response done = change_as_seen(targets, sent);
        courier.wake();
        return done;
    });
    add_write(
        Method::Delete, "/api/targets/{id}", [&](Request sent) { return remove(targets, sent); });
    add_write(Method::Post, "/api/targets/{id}/secret", [&](Request sent) {
        return renew_secret(targets, sent);
    });
    add_write(
        Method::Post, "/api/targets/{id}/test", [&](Request sent) { return test(courier, sent); });
    add_read("/api/targets/{id}/deliveries",
             [&](Request sent) { return deliveries(targets, sent); });
    add_write(Method::Post, "/api/targets/{id}/replay", [&](Request sent) {
        auto done = replay(targets, sent);
        courier.wake();
        return done;
    });
}

}  // namespace kokemus::courier
