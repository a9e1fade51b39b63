#include "app/cross_origin.h"

#include "intake/write_key.h"

namespace kokemus::app {

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
        "retry-after, x-kokemus-conflicts, x-kokemus-rejected, x-ratelimit-reset";
}

http::Response preflight(const http::Request& request, const intake::WriteGate& gate) {
    http::Response response;
    response.status = 204;
    allow_origin(request, gate, {}, response);
    if (response.headers.contains("access-control-allow-origin")) {
        response.headers["access-control-allow-methods"] = "GET, POST, OPTIONS";
        response.headers["access-control-allow-headers"] =
            "authorization, content-encoding, content-type, x-kokemus-strict";
        response.headers["access-control-max-age"] = "600";
    }
    return response;
}

}  // namespace kokemus::app
