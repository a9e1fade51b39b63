#include <sys/resource.h>

#include <chrono>
#include <cstdlib>
#include <deque>
#include <thread>

#include "http/descriptors.h"
#include "http/test_line.h"

/// Clients that are too many, too slow, or say too much: they are told or closed, and the others do
/// not notice.
namespace kokemus::http {
namespace {

class Connections : public OverBoth {};

INSTANTIATE_TEST_SUITE_P(Ways, Connections, ::testing::Values(Way::Plain, Way::Tls), way_name);

const std::string hello = "GET /hello/x HTTP/1.1\r\nHost: t\r\n\r\n";

bool is_answered(Line& line) {
    line.say(hello);
    return line.hear_until("|end").find("HTTP/1.1 200") != std::string::npos;
}

TEST_P(Connections, AHeaderThatComesTooSlowlyEndsTheConnection) {
    ServerOptions options;
    options.header_seconds_max = 1;
    options.idle_seconds_max = 600;
    const auto server = serve(options, echo());
    Line silent(server->port());
    Line slow(server->port());
    slow.say("GET /hello/x HTT");
    EXPECT_TRUE(slow.is_closed());
    EXPECT_TRUE(is_answered(silent)) << "who says nothing has begun nothing";
}

/// Each byte alone would be in time.
TEST_P(Connections, AHeaderThatTricklesEndsTheConnectionToo) {
    ServerOptions options;
    options.header_seconds_max = 1;
    const auto server = serve(options, echo());
    Line slow(server->port());
    slow.say("GET /hello/x HTTP/1.1\r\nLong: ");
    bool open = true;
    for (int i = 0; i < 500 && open; ++i) {
        open = slow.try_to_say("x");
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_FALSE(open);
}

TEST_P(Connections, ABodyThatComesTooSlowlyEndsTheConnection) {
    ServerOptions options;
    options.request_seconds_max = 1;
    const auto server = serve(options, echo());
    Line slow(server->port());
    slow.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\nhalf");
    EXPECT_TRUE(slow.is_closed());
    Line other(server->port());
    EXPECT_TRUE(is_answered(other));
}

/// A long answer, and clients who take it so slowly that the system cannot hide it.
class LongAnswers : public Connections {
protected:
    std::unique_ptr<Server> serve_long() {
        options_.request_seconds_max = 1;
        options_.traffic = std::make_shared<Traffic>();
        Router router;
        router.add(Method::Get, "/long", Access{}, [](const Request&) {
            return json(std::string(bytes, 'x'));
        });
        return serve(options_, std::move(router));
    }

    /// One that has asked; little fits between it and the server.
    static std::unique_ptr<Line> asked(const Server& server) {
        const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
        const int room = 32 * 1024;
        ::setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
        auto line = std::make_unique<Line>(server.port(), socket);
        line->connect();
        EXPECT_TRUE(line->shake());
        line->say("GET /long HTTP/1.1\r\nHost: t\r\n\r\n");
        return line;
    }

    /// Takes it in parts with a pause before each, until it is there or nothing more comes.
    static std::size_t take(Line& line, std::size_t part_bytes, std::chrono::milliseconds pause) {
        std::size_t taken = 0;
        while (taken < bytes) {
            std::this_thread::sleep_for(pause);
            for (std::size_t left = part_bytes; left > 0;) {
                const std::string part = line.hear_some(left);
                if (part.empty()) {
                    return taken;
                }
                left -= part.size();
                taken += part.size();
            }
        }
        return taken;
    }

    std::uint64_t cut_off() const { return options_.traffic->cut_off_ever; }

    static constexpr std::size_t bytes = std::size_t{4} << 20U;
    ServerOptions options_;
};

INSTANTIATE_TEST_SUITE_P(Ways, LongAnswers, ::testing::Values(Way::Plain, Way::Tls), way_name);

TEST_P(LongAnswers, AreSentAsAWholeToWhoGoesOnTakingThem) {
    const auto server = serve_long();
    const auto line = asked(*server);
    const auto begun = std::chrono::steady_clock::now();
    EXPECT_GE(take(*line, 64 * 1024, std::chrono::milliseconds(40)), bytes);
    EXPECT_GT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(2))
        << "longer than any part of it may take";
    EXPECT_EQ(cut_off(), 0U);
}

TEST_P(LongAnswers, AreCutOffWhenNobodyTakesThem) {
    const auto server = serve_long();
    const auto line = asked(*server);
    for (int i = 0; i < 500 && cut_off() == 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    EXPECT_EQ(cut_off(), 1U) << "seen in the measures";
    EXPECT_LT(take(*line, 64 * 1024, std::chrono::milliseconds(0)), bytes);
}

/// Each part alone would be in time.
TEST_P(LongAnswers, AreCutOffWhenTheyAreTakenDropByDrop) {
    options_.answer_bytes_per_second_min = bytes;
    const auto server = serve_long();
    const auto line = asked(*server);
    EXPECT_LT(take(*line, 16 * 1024, std::chrono::milliseconds(40)), bytes);
    EXPECT_EQ(cut_off(), 1U);
}

TEST_P(Connections, OneThatRestsIsClosedAfterAWhile) {
    ServerOptions options;
    options.idle_seconds_max = 1;
    const auto server = serve(options, echo());
    Line never(server->port());
    Line once(server->port());
    EXPECT_TRUE(is_answered(once));
    EXPECT_TRUE(never.is_closed());
    EXPECT_TRUE(once.is_closed());
}

TEST_P(Connections, ThoseBeyondTheLimitAreToldAndThereIsRoomAgainWhenSomebodyGoes) {
    ServerOptions options;
    options.connections_max = 3;
    const auto server = serve(options, echo());
    std::deque<Line> lines;
    for (int i = 0; i < 3; ++i) {
        lines.emplace_back(server->port());
        EXPECT_TRUE(is_answered(lines.back()));
    }
    for (int i = 0; i < 20; ++i) {
        Line refused(server->port());
        refused.say(hello);
        const std::string words = refused.hear_until("}");
        EXPECT_NE(words.find("HTTP/1.1 503"), std::string::npos) << words;
        EXPECT_NE(words.find("retry-after: 1"), std::string::npos) << words;
        EXPECT_NE(words.find("Too many connections"), std::string::npos) << words;
    }
    EXPECT_TRUE(is_answered(lines.back())) << "those who are in go on";
    lines.pop_front();
    bool answered = false;
    for (int i = 0; i < 500 && !answered; ++i) {
        Line later(server->port());
        answered = is_answered(later);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_TRUE(answered);
}

TEST_P(Connections, BeyondItsShareAnAddressIsToldAndOthersHaveTheirs) {
    ServerOptions options;
    options.connections_per_address_max = 3;
    const auto server = serve(options, echo());
    std::deque<Line> lines;
    for (int i = 0; i < 3; ++i) {
        lines.emplace_back(server->port());
        EXPECT_TRUE(is_answered(lines.back()));
    }
    for (int i = 0; i < 5; ++i) {
        Line refused(server->port());
        refused.say(hello);
        const std::string words = refused.hear_until("}");
        EXPECT_NE(words.find("HTTP/1.1 503"), std::string::npos) << words;
        EXPECT_NE(words.find("from your address, which may have 3"), std::string::npos) << words;
    }
    const int elsewhere = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK + 1);
    ASSERT_EQ(::bind(elsewhere, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    Line other(server->port(), elsewhere);
    other.connect();
    ASSERT_TRUE(other.shake());
    EXPECT_TRUE(is_answered(other));
    EXPECT_TRUE(is_answered(lines.back())) << "those who are in go on";
    lines.pop_front();
    bool answered = false;
    for (int i = 0; i < 500 && !answered; ++i) {
        Line later(server->port());
        answered = is_answered(later);
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_TRUE(answered) << "there is room again when one goes";
}

/// Words that come while the client still sends are no use when the connection is cut off at once.
TEST_P(Connections, ARefusalReachesAClientThatStillSends) {
    ServerOptions options;
    options.body_bytes_max = 1000;
    const auto server = serve(options, echo());
    for (int i = 0; i < 20; ++i) {
        Line line(server->port());
        line.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 2000000\r\n\r\n");
        line.say(std::string(2'000'000, 'x'));
        EXPECT_NE(line.hear_until("}").find("HTTP/1.1 413"), std::string::npos);
    }
}

/// Sockets that nobody may open any more; given back when this goes.
class NoMoreFiles {
public:
    NoMoreFiles() {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const int next = ::dup(0);
        ::close(next);
        const rlimit none{static_cast<rlim_t>(next), before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &none);
    }
    ~NoMoreFiles() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    NoMoreFiles(const NoMoreFiles&) = delete;
    NoMoreFiles& operator=(const NoMoreFiles&) = delete;

private:
    rlimit before_{};
};

TEST_P(Connections, WhenTheSystemGivesNoMoreTheyWaitAndAreTakenLater) {
    const auto server = serve({}, echo());
    Line before(server->port());
    EXPECT_TRUE(is_answered(before));
    const int mine = ::socket(AF_INET, SOCK_STREAM, 0);
    Line waiting(server->port(), mine);
    {
        const NoMoreFiles none;
        waiting.connect();
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        EXPECT_TRUE(is_answered(before)) << "those who are in go on";
    }
    EXPECT_TRUE(waiting.shake());
    waiting.say(hello);
    EXPECT_NE(waiting.hear_until("|end").find("HTTP/1.1 200"), std::string::npos);
}

/// For a program of its own, whose hard limit cannot be taken back.
void ask_for_room() {
    const rlimit low{64, 1000};
    ::setrlimit(RLIMIT_NOFILE, &low);
    const bool few = connections_allowed(20'000, 256) == 744;
    const bool one = connections_allowed(20'000, 5000) == 1;
    rlimit now{};
    ::getrlimit(RLIMIT_NOFILE, &now);
    const bool wanted = connections_allowed(500, 256) == 500;
    std::_Exit(few && one && wanted && now.rlim_cur == 1000 ? 7 : 1);
}

TEST(ConnectionsDeathTest, AreAsManyAsTheSystemAllowsBesideOtherFiles) {
    ::testing::GTEST_FLAG(death_test_style) = "threadsafe";
    EXPECT_EXIT(ask_for_room(), ::testing::ExitedWithCode(7), "744 connections are taken");
}

}  // namespace
}  // namespace kokemus::http
