#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::http {

/// Where to ask: an address as numbers (127.0.0.1, ::1) or a name of this machine.
struct Target {
    std::string address;
    std::uint16_t port = 0;

    /// Within TLS, whatever certificate is shown: for a server on this computer that is known by
    /// the note in its data folder.
    bool is_tls = false;
};

struct Asked {
    Method method = Method::Get;
    std::string path = "/";
    std::string content_type = {};
    std::string body = {};
    std::string authorization = {};  ///< empty: none is sent
    std::string if_match = {};
};

/// Asks a server of ours once, on a connection of its own, and waits for the answer as long as it
/// takes. Unavailable when nobody listens there or the connection breaks.
Result<Response> ask_once(const Target& target, const Asked& asked);

}  // namespace kokemus::http
