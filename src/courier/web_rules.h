#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "blueprint/network.h"

/// Where webhooks may go.
namespace kokemus::courier {

/// The addresses of a host, as numbers. Unavailable when there are none.
using Resolve = std::function<Result<std::vector<std::string>>(const std::string& host)>;

/// As the system resolves names.
Result<std::vector<std::string>> system_resolve(const std::string& host);

struct WebRules {
    /// Beside the public internet; private networks are closed unless they stand here.
    std::vector<blueprint::Network> networks = {};
    bool allows_http = false;  ///< else https alone
    std::string ca_file =
        {};  ///< certificates to trust instead of the system's; empty: the system's
    Resolve resolve = system_resolve;
};

/// An address of the web taken apart, as libcurl reads it.
struct WebAddress {
    std::string host;  ///< without the brackets of an IPv6 address
    unsigned port = 0;
};

/// InvalidInput, with words, on what is no https (or http, where allowed) address, has a user, a
/// password or a fragment, or a host that is not plain ASCII.
Result<WebAddress> check_url(const std::string& url, const WebRules& rules);

/// Whether that address, spelled as numbers, is on the public internet: not private, loopback,
/// link-local, shared, multicast, reserved, for documentation, or one that carries another address
/// inside (mapped ones are looked at as what they map to).
bool is_public_address(std::string_view address);

/// The host's addresses. Forbidden when one of them may not be gone to.
Result<std::vector<std::string>> allowed_addresses(const std::string& host, const WebRules& rules);

}  // namespace kokemus::courier
