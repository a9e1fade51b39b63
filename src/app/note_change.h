#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kokemus {
class Clock;
namespace account {
class Accounts;
}
}  // namespace kokemus

namespace kokemus::app {

/// Called before something is changed: by which request, what ("refused.drop"), to what (an id),
/// and a short note without names or texts. The entry of the audit log is on disk when it returns;
/// when it fails, nothing may be changed.
using NoteChange = std::function<Status(const http::Request&, std::string_view action,
                                        std::string_view subject, std::string_view note)>;

/// In the audit log of these accounts, which must outlive it, as the clock too.
NoteChange note_in_audit_log(account::Accounts& accounts, const Clock& clock);

/// Where nobody is known by whom it could be noted.
inline Status change_nothing_noted(const http::Request& /*request*/, std::string_view /*action*/,
                                   std::string_view /*subject*/, std::string_view /*note*/) {
    return {};
}

}  // namespace kokemus::app
