#include "app/live_news.h"

#include <fmt/format.h>

#include "account/door_api.h"
#include "app/api.h"
#include "base/clock.h"
#include "base/limits.h"

namespace kokemus::app {

namespace {

/// Between looks whether to end.
constexpr auto wait_at_most = Milliseconds(200);

/// That a page listens is no use of its session: it ends when nobody touches it, and the news with
/// it.
http::Response listen(const std::shared_ptr<http::Broadcast>& broadcast, http::Request& request) {
    http::Response response;
    response.events = broadcast;
    response.heard = std::string(request.header("last-event-id"));
    response.listener = std::make_shared<http::Request>(std::move(request));
    response.listener->headers["x-kokemus-unattended"] = std::string("yes");
    return response;
}

}  // namespace

LiveNews::LiveNews(const Organisation& organisation)
    : organisation_(organisation),
      broadcast_(std::make_shared<http::Broadcast>(limits::live_listeners_max)),
      began_(SystemClock().now()),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void LiveNews::run(const std::stop_token& stop) {
    std::uint64_t seen = 0;
    while (!stop.stop_requested()) {
        const std::uint64_t version = organisation_.wait_for_change(seen, wait_at_most);
        if (version != seen) {
            tell();
        }
        seen = version;
    }
}

/// Of a change that a question may see: parts that were merged hold what they held.
void LiveNews::tell() {
    const auto present = organisation_.present();
    ++changes_;
    broadcast_->publish(
        {fmt::format("{}-{}-{}", began_.time_since_epoch().count(), changes_, present->last_number),
         fmt::format(
             R"({{"last_number":{},"latest":{},"at":"{}"}})",
             present->last_number,
             present->last_number == 0 ? "null" : '"' + format_instant(present->latest) + '"',
             format_instant(present->built_at))});
}

void add_live_routes(http::Router& router, const LiveNews& news) {
    router.add_later(
        http::Method::Get,
        "/api/live",
        account::needs(account::Right::ReadBlueprint),
        [broadcast = news.broadcast()](http::Request& request, const http::Reply& reply) {
            reply(listen(broadcast, request));
        });
}

}  // namespace kokemus::app
