#pragma once

#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::intake {
class WriteGate;
}

namespace kokemus::app {

/// Whether the page that sent the request (if one did) may send with this key; Forbidden with words
/// that say where its origin is to be named.
Status check_page(const http::Request& request, const intake::WriteGate& gate,
                  std::string_view key);

/// Lets the page that sent the request read the answer, when the gate allows its origin; does
/// nothing for a request that no page sent.
void allow_origin(const http::Request& request, const intake::WriteGate& gate, std::string_view key,
                  http::Response& response);

/// The answer to a browser that asks first whether a page may send (CORS preflight): 204, or 403
/// with words.
http::Response preflight(const http::Request& request, const intake::WriteGate& gate);

}  // namespace kokemus::app
