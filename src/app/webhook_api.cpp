#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/door_api.h"
#include "app/collecting.h"
#include "app/secrets.h"
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "intake/webhook.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

http::Response answer(const intake::Refusals& refused, bool is_excluded, const Kept& kept) {
    if (!kept.encounters) {
        return http::problem(kept.encounters.error());
    }
    if (!refused.empty()) {
        return http::problem(invalid_input(refused.list().front().reason));
    }
    // A delivery tried again later may carry another time; the first is kept, and all is well.
    const bool is_new = kept.encounters->accepted > 0;
    json::object said{{"accepted", is_new ? 1 : 0}, {"duplicates", is_new || is_excluded ? 0 : 1}};
    if (is_excluded) {
        said["excluded"] = 1;
    }
    return http::json(json::serialize(said));
}

/// Whoever cannot prove itself learns nothing of which webhooks there are; the log says why.
Error nobody(const std::string& name) {
    return not_found(fmt::format("there is no webhook {}", quote(name)));
}

Status take(Collecting& collecting, const std::filesystem::path& folder,
            const http::Request& request, const http::Reply& reply) {
    const std::string& name = request.captures.at(0);
    if (request.body.size() > intake::webhook_body_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("the body has {} bytes; at most {} may be, of a webhook",
                                 request.body.size(),
                                 intake::webhook_body_bytes_max)};
    }
    const auto rules = TRY(collecting.rules());
    const auto& webhooks = rules->blueprint->webhooks;
    const auto webhook = std::ranges::find(webhooks, name, &blueprint::Webhook::name);
    if (webhook == webhooks.end()) {
        return nobody(name);
    }
    const auto secrets = find_secrets(folder, webhook->secret);
    if (!secrets) {
        log_warning("webhook {}: {}", quote(name), secrets.error().message);
        return nobody(name);
    }
    const intake::SignedRequest sent{
        [&](std::string_view header) { return request.header(header); },
        request.body,
        SystemClock().now()};
    const auto delivery = intake::verify_webhook(webhook->kind, *secrets, sent);
    if (!delivery) {
        log_warning("webhook {}: {}", quote(name), delivery.error().message);
        return nobody(name);
    }
    auto batch = TRY(intake::read_webhook(
        *webhook,
        *delivery,
        sent,
        {*rules->blueprint, rules->exclusions, request.header("user-agent"), request.address}));
    collecting.note_left_out(batch.refused.count(), batch.excluded.size());
    collecting.refuse(batch.refused,
                      {.door = refused::Door::Webhook,
                       .source = name,
                       .at = sent.received_at,
                       .user_agent = std::string(request.header("user-agent")),
                       .address = request.address,
                       .delivery = delivery->id,
                       .delivered = delivery->time});
    const bool is_excluded = !batch.excluded.empty();
    collecting.keep(batch,
                    [refused = std::move(batch.refused), is_excluded, reply](const Kept& kept) {
                        reply(answer(refused, is_excluded, kept));
                    });
    return {};
}

}  // namespace

void add_webhook_routes(http::Router& router, Collecting& collecting,
                        std::filesystem::path folder) {
    router.add_later(http::Method::Post,
                     "/api/webhooks/{name}",
                     account::by_sender(),
                     [&collecting, folder = std::move(folder)](http::Request& request,
                                                               const http::Reply& reply) {
                         const Status taken = take(collecting, folder, request, reply);
                         if (!taken) {
                             reply(http::problem(taken.error()));
                         }
                     });
}

}  // namespace kokemus::app
