#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"

namespace kokemus::account {

/// One sign-in of a person, as it is kept: the digest of its secret, never the secret.
struct Session {
    std::string digest;
    std::string user;
    Instant begun{};
    Instant seen{};  ///< to the minute
};

/// Whether it still holds: neither idle too long nor too old. A clock that was set back ends it
/// rather than making it last for ever.
bool is_alive(const Session& session, Instant now);

/// Whether "last seen" is so far behind that it is worth writing.
bool is_worth_noting(const Session& session, Instant now);

/// Whether a person did it, or a page that is open and asks by itself: the latter is no use of the
/// session, which ends when nobody has touched the page for long.
enum class Use : std::uint8_t { Attended, Unattended };

enum class Transport : std::uint8_t { Plain, Tls };

/// The name of the cookie: with the prefix that browsers only take with Secure, Path=/ and no
/// Domain when the connection is encrypted.
std::string_view cookie_name(Transport transport);

/// The header Set-Cookie that begins a session in a browser, and the one that ends it.
std::string cookie_set(std::string_view secret, Transport transport);
std::string cookie_cleared(Transport transport);

/// The secret in the header Cookie; none when it stands there twice, as a planted one would.
std::optional<std::string> cookie_secret(std::string_view header, Transport transport);

}  // namespace kokemus::account
