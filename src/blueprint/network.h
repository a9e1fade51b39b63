#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace kokemus::blueprint {

/// Some IP addresses that begin alike: one of them, or a network.
struct Network {
    std::string bytes;  ///< 16 of them: IPv4 as mapped into IPv6
    unsigned prefix_bits = 128;

    /// Whether the address, spelled as usual, is one of them; false for what is no address.
    bool contains(std::string_view address) const;
};

/// "192.0.2.7", "10.0.0.0/8", "2001:db8::/32"; fails with "... is no address" words.
Result<Network> parse_network(std::string_view text);

}  // namespace kokemus::blueprint
