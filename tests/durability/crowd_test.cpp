#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>

#include "account.h"
#include "base/limits.h"
#include "http_client.h"
#include "rounds.h"
#include "server_child.h"

/// Ten thousand connections, silent or slow, beside ordinary ones.
namespace kokemus::durability {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t crowd_size = 10'000;
constexpr std::size_t slow_ones = 4'000;
constexpr auto patience = milliseconds(60'000);

/// As many sockets as the crowd needs; false where the machine does not allow them.
bool allow_sockets(std::size_t count) {
    rlimit files{};
    ::getrlimit(RLIMIT_NOFILE, &files);
    if (files.rlim_cur < count) {
        const rlimit raised{count, std::max<rlim_t>(files.rlim_max, count)};
        return ::setrlimit(RLIMIT_NOFILE, &raised) == 0;
    }
    return true;
}

/// Many connections to one server, which say what they are told to and wait.
class Crowd {
public:
    Crowd(std::uint16_t port, std::size_t count) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        for (std::size_t i = 0; i < count; ++i) {
            const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
            sockets_.push_back(socket);
            const auto* to = reinterpret_cast<const sockaddr*>(&address);
            if (socket < 0 || ::connect(socket, to, sizeof address) != 0) {
                fault_ = errno;
                return;
            }
        }
    }
    ~Crowd() {
        for (const int socket : sockets_) {
            ::close(socket);
        }
    }
    Crowd(const Crowd&) = delete;
    Crowd& operator=(const Crowd&) = delete;

    /// Why not all could be connected; 0 when they are.
    int fault() const { return fault_; }

    /// Whether the server still takes it.
    bool say(std::size_t one, std::string_view words) const {
        return ::send(sockets_[one], words.data(), words.size(), MSG_NOSIGNAL | MSG_DONTWAIT) > 0;
    }

    /// How many of the first `count` the server has closed.
    std::size_t closed(std::size_t count) const {
        std::size_t closed = 0;
        for (std::size_t i = 0; i < count; ++i) {
            pollfd look{sockets_[i], POLLIN | POLLRDHUP, 0};
            closed += ::poll(&look, 1, 0) > 0 ? 1 : 0;
        }
        return closed;
    }

    /// Whether one gets a good answer to an ordinary request.
    bool is_answered(std::size_t one) const {
        const timeval wait{60, 0};
        ::setsockopt(sockets_[one], SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait);
        std::array<char, 512> heard{};
        return say(one, "GET /api/about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") &&
               ::recv(sockets_[one], heard.data(), heard.size(), 0) > 12 &&
               std::string_view(heard.data(), 12) == "HTTP/1.1 200";
    }

private:
    std::vector<int> sockets_;
    int fault_ = 0;
};

/// An ordinary sender and reader, meanwhile.
void expect_ordinary_service(std::uint16_t port, Account& account, int times) {
    HttpClient client(port);
    ASSERT_TRUE(client.connected());
    for (int i = 0; i < times; ++i) {
        const Account::Batch batch = account.send_new(20);
        const auto taken = client.post("/api/encounters", Account::body(batch));
        ASSERT_TRUE(taken) << "no answer";
        ASSERT_EQ(taken->status, 200) << taken->body;
        account.acknowledged(batch);
        const auto answer = client.get("/api/ask?q=flow");
        ASSERT_TRUE(answer) << "no answer";
        ASSERT_EQ(answer->status, 200) << answer->body;
    }
}

class CrowdTest : public ::testing::Test {
protected:
    void SetUp() override {
        if (!allow_sockets(crowd_size + 1'000)) {
            GTEST_SKIP() << "NOT TESTED, " << crowd_size
                         << " connections at once: this machine allows fewer open files";
        }
    }

    Scratch scratch{"crowd"};
    Account account;
};

/// Silent ones wait longer than any of this takes; slow ones are to be closed soon.
const ServerChild::Variables short_of_patience = {{"KOKEMUS_TEST_IDLE_SECONDS", "3600"},
                                                  {"KOKEMUS_TEST_HEADER_SECONDS", "2"},
                                                  {"KOKEMUS_TEST_REQUEST_SECONDS", "5"}};

TEST_F(CrowdTest, SilentAndSlowConnectionsDoNotDisturbOthers) {
    ServerChild server(scratch.path(), short_of_patience);
    const auto port = server.port(patience);
    ASSERT_TRUE(port) << server.last_words();
    expect_ordinary_service(*port, account, 3);
    const std::size_t before = server.memory_bytes();
    const Crowd crowd(*port, crowd_size);
    ASSERT_EQ(crowd.fault(), 0) << server.last_words();
    expect_ordinary_service(*port, account, 3);
    // All are with the server when the one that came last has its answer.
    ASSERT_TRUE(crowd.is_answered(crowd_size - 1));
    const std::size_t each = (server.memory_bytes() - before) / crowd_size;
    RecordProperty("bytes_per_connection", static_cast<int>(each));
    std::printf("%zu bytes of memory for each silent connection\n", each);
    if (KOKEMUS_SANITIZED == 0) {
        EXPECT_LE(each, limits::connection_bytes_max);
    }

    // Every other one says a header byte by byte, the rest a body.
    for (std::size_t i = 0; i < slow_ones; ++i) {
        crowd.say(i,
                  i % 2 == 0 ? "GET /api/about HTTP/1.1\r\nSlow: "
                             : "POST /api/encounters HTTP/1.1\r\nContent-Length: 90000\r\n\r\n[");
    }
    const auto until = steady_clock::now() + patience;
    std::size_t closed = 0;
    while (closed < slow_ones && steady_clock::now() < until) {
        expect_ordinary_service(*port, account, 1);
        for (std::size_t i = 0; i < slow_ones; ++i) {
            crowd.say(i, " ");
        }
        std::this_thread::sleep_for(milliseconds(100));
        closed = crowd.closed(slow_ones);
    }
    EXPECT_EQ(closed, slow_ones) << "closed after header and body took too long";
    for (std::size_t i = slow_ones; i < crowd_size; i += 60) {
        ASSERT_TRUE(crowd.is_answered(i)) << "a silent one was closed: " << i;
    }
    expect_ordinary_service(*port, account, 3);
    EXPECT_EQ(server.end(), 0) << server.last_words();
    EXPECT_THAT(account.compare(scratch.path()), ::testing::IsEmpty());
}

TEST_F(CrowdTest, BeyondTheLimitEachIsToldInWordsAndServiceReturns) {
    ServerChild server(scratch.path(), {{"KOKEMUS_TEST_CONNECTIONS", "500"}});
    const auto port = server.port(patience);
    ASSERT_TRUE(port) << server.last_words();
    {
        const Crowd crowd(*port, 500);
        ASSERT_EQ(crowd.fault(), 0);
        ASSERT_TRUE(crowd.is_answered(499));
        for (int i = 0; i < 20; ++i) {
            HttpClient refused(*port);
            const auto answer = refused.get("/api/about");
            ASSERT_TRUE(answer) << "it hangs, or is cut off without words";
            EXPECT_EQ(answer->status, 503);
            EXPECT_THAT(answer->body, ::testing::HasSubstr("Too many connections"));
        }
        // A crowd beyond the limit: whoever cannot be told is closed, and those within go on.
        const Crowd more(*port, 2'000);
        ASSERT_TRUE(crowd.is_answered(0));
    }
    const auto until = steady_clock::now() + patience;
    bool served = false;
    while (!served && steady_clock::now() < until) {
        HttpClient client(*port);
        const auto answer = client.get("/api/about");
        served = answer && answer->status == 200;
        std::this_thread::sleep_for(milliseconds(10));
    }
    EXPECT_TRUE(served) << "the crowd has gone, and still nobody is let in";
    expect_ordinary_service(*port, account, 1);
    EXPECT_EQ(server.end(), 0) << server.last_words();
}

}  // namespace
}  // namespace kokemus::durability
