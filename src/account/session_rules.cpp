#include <fmt/format.h>

#include "account/bounds.h"
#include "account/session.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

std::string attributes(Transport transport) {
    return std::string("; Path=/; HttpOnly; SameSite=Lax") +
           (transport == Transport::Tls ? "; Secure" : "");
}

}  // namespace

bool is_alive(const Session& session, Instant now) {
    const auto since_seen = now - session.seen;
    const auto since_begun = now - session.begun;
    return since_seen < bounds::session_idle_max && since_begun < bounds::session_age_max &&
           since_seen > -bounds::session_idle_max && since_begun > -bounds::session_idle_max;
}

bool is_worth_noting(const Session& session, Instant now) {
    return now - session.seen >= bounds::session_noted_every || now < session.seen;
}

std::string_view cookie_name(Transport transport) {
    return transport == Transport::Tls ? "__Host-kokemus" : "kokemus";
}

std::string cookie_set(std::string_view secret, Transport transport) {
    return fmt::format("{}={}{}", cookie_name(transport), secret, attributes(transport));
}

std::string cookie_cleared(Transport transport) {
    return fmt::format("{}={}; Max-Age=0", cookie_name(transport), attributes(transport));
}

std::optional<std::string> cookie_secret(std::string_view header, Transport transport) {
    std::optional<std::string> found;
    while (!header.empty()) {
        const std::size_t end = header.find(';');
        const std::string_view pair = trim(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view{} : header.substr(end + 1);
        const std::size_t equals = pair.find('=');
        if (equals == std::string_view::npos || pair.substr(0, equals) != cookie_name(transport)) {
            continue;
        }
        if (found) {
            return std::nullopt;
        }
        found = std::string(pair.substr(equals + 1));
    }
    return found;
}

}  // namespace kokemus::account
