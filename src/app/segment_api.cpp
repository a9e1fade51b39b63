#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/collecting.h"
#include "app/cross_origin.h"
#include "base/clock.h"
#include "base/text.h"
#include "http/unpack.h"
#include "intake/segment.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;
using intake::SentBatch;

/// The wish for a result per item.
bool is_strict(const http::Request& request) {
    std::string_view said = request.header("x-kokemus-strict");
    if (said.empty()) {
        said = request.parameter("strict");
    }
    return said == "1" || said == "true";
}

/// Too large is 400 in this protocol; whoever shows no key that may write gets 401.
http::Response refused_whole(const Error& error, int status) {
    http::Response response = http::problem(error);
    json::object document = json::parse(response.body).as_object();
    document["status"] = status;
    response.status = status;
    response.body = json::serialize(document);
    return response;
}

http::Response wrong_key(const Error& error) {
    http::Response response = refused_whole(error, 401);
    response.headers["www-authenticate"] = "Basic realm=\"write key\"";
    return response;
}

/// The disk does not keep up: the sender is to wait, as Segment tells it.
http::Response slow_down(const Error& error) {
    http::Response response = refused_whole(error, 429);
    response.headers["retry-after"] = "1";
    response.headers["x-ratelimit-reset"] = "1";
    return response;
}

/// Of a customer, by what this request would add: no library is to send it again.
http::Response too_many_traits(const Error& error) {
    http::Response response = refused_whole(error, 400);
    json::object document = json::parse(response.body).as_object();
    document["code"] = "too_many_traits";
    response.body = json::serialize(document);
    return response;
}

http::Response refused(const Error& error) {
    switch (error.code) {
        case ErrorCode::Forbidden: return wrong_key(error);
        case ErrorCode::InvalidInput:
        case ErrorCode::TooLarge: return refused_whole(error, 400);
        default: return http::problem(error);
    }
}

struct Asked {
    std::vector<std::size_t> places;
    intake::Refusals refused;
    std::vector<SentBatch::Excluded> excluded;
    std::vector<std::size_t> erased;   ///< items of customers who were erased
    std::vector<std::size_t> clamped;  ///< items whose time lay in the future
    std::size_t items = 0;
    bool is_strict = false;
};

/// The items of customers who were erased: nothing of these is kept.
std::vector<std::size_t> of_erased(const Collecting& collecting, const SentBatch& batch) {
    std::vector<std::size_t> places;
    for (const SentBatch::Whose& item : batch.whose) {
        if (collecting.is_erased(item.customer)) {
            places.push_back(item.index);
        }
    }
    return places;
}

std::vector<std::size_t> of_future(const SentBatch& batch) {
    std::vector<std::size_t> places;
    for (std::size_t i = 0; i < batch.encounters.size(); ++i) {
        if (batch.encounters[i].time_clamped) {
            places.push_back(batch.places[i]);
        }
    }
    return places;
}

json::array results(const Asked& asked, const std::vector<ledger::Receipt::Conflict>& conflicts) {
    // What comes after is refused for coming after.
    std::vector<json::object> each(std::min(asked.items, intake::segment_batch_events_max));
    for (std::size_t i = 0; i < each.size(); ++i) {
        each[i] = {{"index", i}, {"result", "kept"}};
    }
    for (const std::size_t place : asked.clamped) {
        each[place]["time_clamped"] = true;
    }
    for (const auto& refusal : asked.refused.list()) {
        if (refusal.index >= each.size()) {
            break;
        }
        each[refusal.index] = {{"index", refusal.index},
                               {"result", "refused"},
                               {"code", refusal.code},
                               {"reason", refusal.reason}};
    }
    for (const auto& excluded : asked.excluded) {
        each[excluded.index] = {
            {"index", excluded.index}, {"result", "excluded"}, {"reason", excluded.rule}};
    }
    for (const auto& conflict : conflicts) {
        const std::size_t place = asked.places.at(conflict.index);
        each[place] = {{"index", place}, {"result", "conflict"}, {"reason", conflict.reason}};
    }
    for (const std::size_t place : asked.erased) {
        if (each[place].at("result") == "kept") {
            each[place] = {{"index", place},
                           {"result", "erased"},
                           {"reason", "this customer was erased; nothing of it was kept"}};
        }
    }
    json::array list;
    for (json::object& one : each) {
        list.push_back(std::move(one));
    }
    return list;
}

http::Response answer(const Asked& asked, const Kept& kept) {
    for (const Error* failure : {kept.encounters ? nullptr : &kept.encounters.error(),
                                 kept.customers ? nullptr : &kept.customers.error()}) {
        if (failure != nullptr && kept.encounters && failure->code == ErrorCode::TooLarge) {
            return too_many_traits(*failure);
        }
        if (failure != nullptr) {
            return kept.is_full ? slow_down(*failure) : http::problem(*failure);
        }
    }
    json::object said{{"success", asked.refused.empty()}};
    if (asked.is_strict) {
        said["results"] = results(asked, kept.encounters->conflicts);
        if (asked.items > intake::segment_batch_events_max) {
            said["refused_more"] = asked.items - intake::segment_batch_events_max;
        }
    } else if (!asked.refused.empty()) {
        said["code"] = asked.refused.list().front().code;
        said["reason"] = asked.refused.list().front().reason;
    }
    http::Response response = http::json(json::serialize(said));
    if (asked.is_strict && !asked.refused.empty() && asked.refused.count() == asked.items) {
        response.status = 400;
    }
    response.headers["x-kokemus-rejected"] = std::to_string(asked.refused.count());
    if (!asked.erased.empty()) {
        response.headers["x-kokemus-erased"] = std::to_string(asked.erased.size());
    }
    if (!asked.clamped.empty()) {
        response.headers["x-kokemus-clamped"] = std::to_string(asked.clamped.size());
    }
    if (!kept.encounters->conflicts.empty()) {
        response.headers["x-kokemus-conflicts"] = std::to_string(kept.encounters->conflicts.size());
    }
    return response;
}

/// A page that the key does not name: no matter of who may send, so none of 401.
http::Response wrong_page(const Error& error) {
    return refused_whole(error, 403);
}

/// Who sends, as it turns out while the body is read.
struct Sender {
    intake::ShownKey key;
    std::string name;            ///< as it is noted
    bool is_wrong_page = false;  ///< the key may send, and not from this page
};

Status admit(const Collecting& collecting, const http::Request& request, std::string_view body_key,
             Sender& sender) {
    sender.key = intake::shown_key(request.header("authorization"), body_key);
    const auto name = collecting.gate().sender(sender.key.key);
    if (!name) {
        return Error{ErrorCode::Forbidden,
                     "the write key may not send here; send it as Basic user with an empty "
                     "password, or as `writeKey` in the body"};
    }
    sender.name = *name;
    const Status page = check_page(request, collecting.gate(), sender.key.key);
    sender.is_wrong_page = !page;
    return page;
}

/// Reads here, on a quick worker; the answer leaves from a committer's thread. `sender` becomes
/// who it was.
Status take(Collecting& collecting, http::Request& request, Sender& sender,
            const std::function<void(http::Response)>& reply) {
    const auto call = intake::segment_call(request.captures.at(0));
    if (!call) {
        return not_found(fmt::format("there is no call {}", quote(request.captures.at(0))));
    }
    const std::string text = TRY(http::take_body(request, intake::segment_batch_bytes_max));
    const auto rules = TRY(collecting.rules());
    refused::Arrival came{.door = refused::Door::Segment,
                          .at = SystemClock().now(),
                          .user_agent = std::string(request.header("user-agent")),
                          .address = request.address};
    SentBatch batch = TRY(intake::read_segment(
        *call,
        text,
        {rules->events,
         rules->exclusions,
         came.at,
         came.user_agent,
         came.address,
         [&](std::string_view body_key) { return admit(collecting, request, body_key, sender); }}));
    came.source = sender.name;
    collecting.refuse(batch.refused, came);
    collecting.note_left_out(batch.refused.count(), batch.excluded.size());
    auto erased = of_erased(collecting, batch);
    auto clamped = of_future(batch);
    const auto asked = std::make_shared<const Asked>(Asked{std::move(batch.places),
                                                           std::move(batch.refused),
                                                           std::move(batch.excluded),
                                                           std::move(erased),
                                                           std::move(clamped),
                                                           batch.items,
                                                           is_strict(request)});
    collecting.keep(batch, [asked, reply](const Kept& kept) { reply(answer(*asked, kept)); });
    return {};
}

void serve_call(Collecting& collecting, http::Request& request, const http::Reply& reply) {
    if (auto refused_coding = http::unknown_coding(request)) {
        allow_origin(request, collecting.gate(), "", *refused_coding);
        reply(std::move(*refused_coding));
        return;
    }
    // What later answers need of the request: its page and its key.
    const auto page = std::make_shared<http::Request>();
    page->headers = {{"origin", std::string(request.header("origin"))}};
    const auto sender = std::make_shared<Sender>();
    const auto answered =
        [&gate = collecting.gate(), page, sender, reply](http::Response response) {
            // A key that may not send allows no page; but a page that may with another hears why.
            allow_origin(*page, gate, sender->name.empty() ? "" : sender->key.key, response);
            reply(std::move(response));
        };
    const Status taken = take(collecting, request, *sender, answered);
    if (!taken) {
        answered(sender->is_wrong_page ? wrong_page(taken.error()) : refused(taken.error()));
    }
}

/// What the browser library asks for before it sends: that all goes here, and nothing elsewhere. It
/// sends in the clear only where all comes in the clear: a proxy may say that it does not, but what
/// the server knows itself is not unsaid by a header.
http::Response settings(const Collecting& collecting, account::Transport transport,
                        const http::Request& request) {
    const std::string& key = request.captures.at(0);
    if (const Status page = check_page(request, collecting.gate(), key); !page) {
        return http::problem(page.error());
    }
    const bool is_encrypted =
        transport == account::Transport::Tls || request.header("x-forwarded-proto") == "https";
    const json::object ours{{"apiKey", key},
                            {"apiHost", fmt::format("{}/v1", request.header("host"))},
                            {"protocol", is_encrypted ? "https" : "http"},
                            {"addBundledMetadata", true},
                            {"unbundledIntegrations", json::array()}};
    http::Response response = http::json(
        json::serialize(json::object{{"integrations", json::object{{"Segment.io", ours}}},
                                     {"plan", json::object{{"track", json::object()}}},
                                     {"metrics", json::object{{"sampleRate", 0}}},
                                     {"enabledMiddleware", json::object()},
                                     {"edgeFunction", json::object()},
                                     {"remotePlugins", json::array()},
                                     {"analyticsNextEnabled", true}}));
    response.headers["cache-control"] = "no-store";
    allow_origin(request, collecting.gate(), key, response);
    return response;
}

}  // namespace

void add_segment_routes(http::Router& router, Collecting& collecting,
                        account::Transport transport) {
    router.add_later(http::Method::Post,
                     "/v1/{call}",
                     account::by_sender(),
                     [&collecting](http::Request& request, const http::Reply& reply) {
                         serve_call(collecting, request, reply);
                     });
    const auto ask_first = [&collecting](const http::Request& request) {
        return preflight(request, collecting.gate());
    };
    router.add(
        http::Method::Options, "/v1/{call}", account::by_sender(), ask_first, http::Lane::Quick);
    router.add(
        http::Method::Get,
        "/v1/projects/{key}/settings",
        account::by_sender(),
        [&collecting, transport](const http::Request& request) {
            return settings(collecting, transport, request);
        },
        http::Lane::Quick);
    router.add(http::Method::Options,
               "/v1/projects/{key}/settings",
               account::by_sender(),
               ask_first,
               http::Lane::Quick);
}

}  // namespace kokemus::app
