#include "app/cross_origin.h"

#include <fmt/format.h>

#include "base/text.h"
#include "intake/write_key.h"

namespace kokemus::app {

Status check_page(const http::Request& request, const intake::WriteGate& gate,
                  std::string_view key) {
    const std::string_view origin = request.header("origin");
    if (origin.empty() || gate.allows_origin(key, origin)) {
        return {};
    }
    return Error{ErrorCode::Forbidden,
                 fmt::format("pages of {} may not send with this key; name their origin with the "
                             "key (`origins` of an API key, --origin for the server's write key)",
                             quote(origin.substr(0, 200)))};
}

void allow_origin(const http::Request& request, const intake::WriteGate& gate, std::string_view key,
                  http::Response& response) {
    const std::string_view origin = request.header("origin");
    if (origin.empty()) {
        return;
    }
    // What is allowed depends on who asks, and so must what caches keep.
    response.headers["vary"] = "origin";
    if (!gate.allows_origin(key, origin)) {
        return;
    }
    response.headers["access-control-allow-origin"] = origin;
    response.headers["access-control-expose-headers"] =
        "retry-after, x-kokemus-clamped, x-kokemus-conflicts, x-kokemus-erased, "
        "x-kokemus-rejected, x-ratelimit-reset, x-request-id";
}

http::Response preflight(const http::Request& request, const intake::WriteGate& gate) {
    const Status allowed = check_page(request, gate, {});
    http::Response response = allowed ? http::Response{} : http::problem(allowed.error());
    allow_origin(request, gate, {}, response);
    if (allowed) {
        response.status = 204;
        response.headers["access-control-allow-methods"] = "GET, POST, OPTIONS";
        response.headers["access-control-allow-headers"] =
            "authorization, content-encoding, content-type, x-kokemus-strict";
        response.headers["access-control-max-age"] = "600";
    }
    return response;
}

}  // namespace kokemus::app
