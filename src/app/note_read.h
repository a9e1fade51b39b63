#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::app {

/// Called before personal data are shown: by which request, what ("customer.read"), and of whom
/// (account::audited_customer; empty: a list). When it fails, nothing may be shown.
using NoteRead =
    std::function<Status(const http::Request&, std::string_view action, std::string_view subject)>;

/// Where nobody is known by whom it could be noted.
inline Status note_nothing(const http::Request& /*request*/, std::string_view /*action*/,
                           std::string_view /*subject*/) {
    return {};
}

}  // namespace kokemus::app
