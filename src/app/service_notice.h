#pragma once

#include <string_view>

namespace kokemus::app {

/// Tells the service manager that started this program (systemd, by the socket that NOTIFY_SOCKET
/// names) how it stands: "READY=1", "STOPPING=1", "STATUS=..."; lines apart by '\n'. Without a
/// manager nothing happens; failing is silent, since nobody could do anything about it.
void notify_service(std::string_view lines);

/// The lines that begin reloading, with the time that systemd asks for; "READY=1" ends it.
void notify_reloading();

}  // namespace kokemus::app
