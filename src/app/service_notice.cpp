#include "app/service_notice.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/un.h>

namespace kokemus::app {

void notify_service(std::string_view lines) {
    const char* name = std::getenv("NOTIFY_SOCKET");
    const std::string_view path = name == nullptr ? "" : name;
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path) {
        return;
    }
    std::copy(path.begin(), path.end(), address.sun_path);
    if (path.front() == '@') {
        address.sun_path[0] = '\0';  // a name that is no file
    }
    const int line = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (line < 0) {
        return;
    }
    const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
    [[maybe_unused]] const ssize_t sent = ::sendto(line,
                                                   lines.data(),
                                                   lines.size(),
                                                   MSG_NOSIGNAL,
                                                   reinterpret_cast<const sockaddr*>(&address),
                                                   size);
    ::close(line);
}

void notify_reloading() {
    const auto now = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now().time_since_epoch());
    notify_service(fmt::format("RELOADING=1\nMONOTONIC_USEC={}", now.count()));
}

}  // namespace kokemus::app
