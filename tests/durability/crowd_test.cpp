#include <sys/resource.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account.h"
#include "base/limits.h"
#include "http/test_certificate.h"
#include "http_client.h"
#include "rounds.h"
#include "server_child.h"
#include "wire.h"

/// Ten thousand connections, silent or slow, beside ordinary ones.
namespace kokemus::durability {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr std::size_t crowd_size = 10'000;
constexpr std::size_t slow_ones = 4'000;
/// Of memory, of a silent connection within TLS; most of it is OpenSSL's.
constexpr std::size_t tls_connection_bytes_max = 24 * 1024;

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
    Crowd(std::uint16_t port, Spoken spoken, std::size_t count) {
        for (std::size_t i = 0; i < count && are_in_; ++i) {
            are_in_ = wires_.emplace_back(port, spoken).connected();
        }
    }

    /// Whether all could be connected.
    bool are_in() const { return are_in_; }

    /// Whether the server still takes it.
    bool say(std::size_t one, std::string_view words) const { return wires_[one].send(words); }

    /// How many of the first `count` the server has closed.
    std::size_t closed(std::size_t count) const {
        return static_cast<std::size_t>(
            std::count_if(wires_.begin(),
                          wires_.begin() + static_cast<std::ptrdiff_t>(count),
                          [](const Wire& wire) { return wire.is_closed(); }));
    }

    /// Whether one gets a good answer to an ordinary request.
    bool is_answered(std::size_t one) const {
        std::array<char, 512> heard{};
        return say(one, "GET /api/about HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n") &&
               wires_[one].receive(heard) > 12 &&
               std::string_view(heard.data(), 12) == "HTTP/1.1 200";
    }

private:
    std::vector<Wire> wires_;
    bool are_in_ = true;
};

/// An ordinary sender and reader, meanwhile.
void expect_ordinary_service(std::uint16_t port, Spoken spoken, Account& account, int times) {
    HttpClient client(port, spoken);
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

class CrowdTest : public ::testing::TestWithParam<Spoken> {
protected:
    void SetUp() override {
        if (!allow_sockets(crowd_size + 1'000)) {
            GTEST_SKIP() << "NOT TESTED, " << crowd_size
                         << " connections at once: this machine allows fewer open files";
        }
    }

    /// What the server is told beside the variables: the whole crowd comes from one address.
    ServerChild::Variables told(ServerChild::Variables variables) const {
        variables.emplace_back("KOKEMUS_SERVER_CONNECTIONS_PER_ADDRESS", "0");
        if (GetParam() == Spoken::Tls) {
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE", certificate.certificate());
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE_KEY", certificate.key());
        }
        return variables;
    }

    Scratch scratch{"crowd"};
    http::TestCertificate certificate;
    Account account;
};

INSTANTIATE_TEST_SUITE_P(Ways, CrowdTest, ::testing::Values(Spoken::Plain, Spoken::Tls),
                         [](const auto& way) {
                             return way.param == Spoken::Tls ? "Tls" : "Plain";
                         });

/// Silent ones wait longer than any of this takes; slow ones are to be closed soon.
const ServerChild::Variables short_of_patience = {{"KOKEMUS_TEST_IDLE_SECONDS", "3600"},
                                                  {"KOKEMUS_TEST_HEADER_SECONDS", "2"},
                                                  {"KOKEMUS_TEST_REQUEST_SECONDS", "5"}};

TEST_P(CrowdTest, SilentAndSlowConnectionsDoNotDisturbOthers) {
    ServerChild server(scratch.path(), told(short_of_patience));
    const auto port = server.port(patience);
    ASSERT_TRUE(port) << server.last_words();
    expect_ordinary_service(*port, GetParam(), account, 3);
    const std::size_t before = server.memory_bytes();
    const Crowd crowd(*port, GetParam(), crowd_size);
    ASSERT_TRUE(crowd.are_in()) << server.last_words();
    expect_ordinary_service(*port, GetParam(), account, 3);
    // All are with the server when the one that came last has its answer.
    ASSERT_TRUE(crowd.is_answered(crowd_size - 1));
    const std::size_t each = (server.memory_bytes() - before) / crowd_size;
    RecordProperty("bytes_per_connection", static_cast<int>(each));
    std::printf("%zu bytes of memory for each silent connection\n", each);
    if (KOKEMUS_SANITIZED == 0) {
        EXPECT_LE(
            each,
            GetParam() == Spoken::Tls ? tls_connection_bytes_max : limits::connection_bytes_max);
    }

    // Every other one says a header byte by byte, the rest a body.
    for (std::size_t i = 0; i < slow_ones; ++i) {
        crowd.say(
            i,
            i % 2 == 0
                ? "GET /api/about HTTP/1.1\r\nSlow: "
                : "POST /api/encounters HTTP/1.1\r\nHost: a\r\nContent-Length: 90000\r\n\r\n[");
    }
    const auto until = steady_clock::now() + patience;
    std::size_t closed = 0;
    while (closed < slow_ones && steady_clock::now() < until) {
        expect_ordinary_service(*port, GetParam(), account, 1);
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
    expect_ordinary_service(*port, GetParam(), account, 3);
    EXPECT_EQ(server.end(), 0) << server.last_words();
    EXPECT_THAT(account.compare(scratch.path()), ::testing::IsEmpty());
}

TEST_P(CrowdTest, BeyondTheLimitEachIsToldInWordsAndServiceReturns) {
    ServerChild server(scratch.path(), told({{"KOKEMUS_TEST_CONNECTIONS", "500"}}));
    const auto port = server.port(patience);
    ASSERT_TRUE(port) << server.last_words();
    {
        const Crowd crowd(*port, GetParam(), 500);
        ASSERT_TRUE(crowd.are_in());
        ASSERT_TRUE(crowd.is_answered(499));
        for (int i = 0; i < 20; ++i) {
            HttpClient refused(*port, GetParam());
            const auto answer = refused.get("/api/about");
            ASSERT_TRUE(answer) << "it hangs, or is cut off without words";
            EXPECT_EQ(answer->status, 503);
            EXPECT_THAT(answer->body, ::testing::HasSubstr("Too many connections"));
        }
        // A crowd beyond the limit: whoever cannot be told is closed, and those within go on.
        const Crowd more(*port, GetParam(), 2'000);
        ASSERT_TRUE(crowd.is_answered(0));
    }
    const auto until = steady_clock::now() + patience;
    bool served = false;
    while (!served && steady_clock::now() < until) {
        HttpClient client(*port, GetParam());
        const auto answer = client.get("/api/about");
        served = answer && answer->status == 200;
        std::this_thread::sleep_for(milliseconds(10));
    }
    EXPECT_TRUE(served) << "the crowd has gone, and still nobody is let in";
    expect_ordinary_service(*port, GetParam(), account, 1);
    EXPECT_EQ(server.end(), 0) << server.last_words();
}

}  // namespace
}  // namespace kokemus::durability
