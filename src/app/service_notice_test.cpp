#include "app/service_notice.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/un.h>

#include "ledger/ledger_test_folder.h"

namespace kokemus::app {
namespace {

/// A service manager's end of the socket.
class Listener {
public:
    explicit Listener(const std::string& path) : line_(::socket(AF_UNIX, SOCK_DGRAM, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        std::copy(path.begin(), path.end(), address.sun_path);
        if (path.front() == '@') {
            address.sun_path[0] = '\0';
        }
        const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + path.size());
        EXPECT_EQ(::bind(line_, reinterpret_cast<sockaddr*>(&address), size), 0);
        ::setenv("NOTIFY_SOCKET", path.c_str(), 1);
    }
    ~Listener() {
        ::unsetenv("NOTIFY_SOCKET");
        ::close(line_);
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    std::string heard() const {
        std::array<char, 256> bytes{};
        const ssize_t size = ::recv(line_, bytes.data(), bytes.size(), MSG_DONTWAIT);
        return size < 0 ? "nothing" : std::string(bytes.data(), static_cast<std::size_t>(size));
    }

private:
    const int line_;
};

TEST(ServiceNotice, ReachesWhoeverStartedTheProgram) {
    const ledger::TestFolder area;
    std::filesystem::create_directories(area.path());
    const Listener manager((area.path() / "notify").string());
    notify_service("READY=1\nSTATUS=here");
    EXPECT_EQ(manager.heard(), "READY=1\nSTATUS=here");
    notify_reloading();
    EXPECT_THAT(manager.heard(), ::testing::MatchesRegex("RELOADING=1\nMONOTONIC_USEC=[0-9]+"));
}

TEST(ServiceNotice, KnowsSocketsThatAreNoFiles) {
    const Listener manager("@kokemus-notice-" + std::to_string(::getpid()));
    notify_service("STOPPING=1");
    EXPECT_EQ(manager.heard(), "STOPPING=1");
}

TEST(ServiceNotice, WithoutAManagerNothingHappens) {
    ::unsetenv("NOTIFY_SOCKET");
    notify_service("READY=1");
    ::setenv("NOTIFY_SOCKET", std::string(500, 'x').c_str(), 1);
    notify_service("READY=1");
    ::setenv("NOTIFY_SOCKET", "/nowhere/at/all", 1);
    notify_service("READY=1");
    ::unsetenv("NOTIFY_SOCKET");
}

}  // namespace
}  // namespace kokemus::app
