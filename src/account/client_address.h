#pragma once

#include <string>
#include <string_view>

namespace kokemus::account {

/// The client's address in X-Forwarded-For, as the proxy before us tells it: the last one, since
/// those before are the client's own words. Without a port ("203.0.113.9:49152",
/// "[2001:db8::1]:443") and always spelled the same, so that guesses are counted by it; empty when
/// it is no IP address.
std::string client_address(std::string_view forwarded_for);

}  // namespace kokemus::account
