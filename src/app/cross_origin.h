#pragma once

#include <string_view>

#include "http/message.h"

namespace kokemus::intake {
class WriteGate;
}

namespace kokemus::app {

/// Lets the page that sent the request read the answer, when the gate allows its origin; does
/// nothing for a request that no page sent.
void allow_origin(const http::Request& request, const intake::WriteGate& gate, std::string_view key,
                  http::Response& response);

/// The answer to a browser that asks first whether a page may send (CORS preflight).
http::Response preflight(const http::Request& request, const intake::WriteGate& gate);

}  // namespace kokemus::app
