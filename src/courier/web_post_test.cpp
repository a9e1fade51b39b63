#include "courier/web_post.h"

#include <gtest/gtest.h>

#include "courier/bounds.h"
#include "courier/receiver_test.h"

namespace kokemus::courier {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

WebRules inside() {
    WebRules rules;
    rules.allows_http = true;
    rules.networks = {blueprint::parse_network("127.0.0.0/8").value()};
    return rules;
}

Result<Posted> post(const std::string& url, const WebRules& rules = inside()) {
    return post_once({url, {"x-name: value"}, R"({"a":1})"}, rules, {});
}

TEST(WebPost, SendsHeadersAndBodyAndGivesTheStatusAndTheAnswer) {
    const Receiver receiver([](const Received&, int) {
        return Receiver::status(202, "Retry-After: 7\r\n", "th\xc3\xa4nk you\n");
    });
    const auto posted = post(receiver.url()).value();
    EXPECT_EQ(posted.status, 202);
    EXPECT_EQ(posted.answer, "th\xc3\xa4nk you ");
    EXPECT_EQ(posted.retry_after, seconds(7));
    const Received got = receiver.received().at(0);
    EXPECT_TRUE(got.head.starts_with("POST /hook HTTP/1.1\r\n")) << got.head;
    EXPECT_EQ(got.header("x-name"), "value");
    EXPECT_EQ(got.header("accept-encoding"), "");
    EXPECT_EQ(got.header("expect"), "");
    EXPECT_EQ(got.body, R"({"a":1})");
}

TEST(WebPost, AClosedAddressGetsNoConnection) {
    const Receiver receiver([](const Received&, int) { return Receiver::status(200); });
    WebRules strict;
    strict.allows_http = true;
    for (const std::string& host : {std::string("127.0.0.1"),
                                    std::string("localhost"),
                                    std::string("2130706433"),
                                    std::string("0x7f.1"),
                                    std::string("[::ffff:127.0.0.1]"),
                                    std::string("0.0.0.0")}) {
        const auto refused = post(receiver.url(host), strict);
        ASSERT_FALSE(refused) << host;
        EXPECT_EQ(refused.error().code, ErrorCode::Forbidden) << host << refused.error().message;
    }
    EXPECT_EQ(receiver.connections(), 0);
}

/// A name that means something public when it is checked and this computer a moment later.
TEST(WebPost, ConnectsToTheAddressThatWasChecked) {
    const Receiver receiver([](const Received&, int) { return Receiver::status(200); },
                            "127.0.0.2");
    WebRules rules = inside();
    int asked = 0;
    rules.resolve = [&](const std::string& host) -> Result<std::vector<std::string>> {
        EXPECT_EQ(host, "rebind.invalid");
        ++asked;
        return std::vector<std::string>{"127.0.0.2"};
    };
    // No other resolver knows the name, so that the address can come from the check alone.
    EXPECT_EQ(post(receiver.url("rebind.invalid"), rules)->status, 200);
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(receiver.received().at(0).header("host"),
              fmt::format("rebind.invalid:{}", receiver.port()));
    // And the other way round: what the system says of a name does not count.
    rules.resolve = [](const std::string&) -> Result<std::vector<std::string>> {
        return std::vector<std::string>{"127.0.0.3"};
    };
    EXPECT_FALSE(post(receiver.url("localhost"), rules));
    EXPECT_EQ(receiver.connections(), 1);
}

TEST(WebPost, AnAddressOfIpv6IsGoneToAsItIs) {
    const Receiver receiver([](const Received&, int) { return Receiver::status(200); }, "::1");
    WebRules rules = inside();
    EXPECT_FALSE(post(receiver.url(), rules));
    rules.networks.push_back(blueprint::parse_network("::1").value());
    const auto posted = post(receiver.url(), rules);
    ASSERT_TRUE(posted) << posted.error().message;
    EXPECT_EQ(posted->status, 200);
    EXPECT_EQ(receiver.connections(), 1);
}

TEST(WebPost, RedirectsAreNotFollowed) {
    const Receiver inner([](const Received&, int) { return Receiver::status(200); });
    const Receiver receiver([&](const Received&, int) {
        return Receiver::status(307, "Location: " + inner.url() + "\r\n");
    });
    EXPECT_EQ(post(receiver.url())->status, 307);
    EXPECT_EQ(inner.connections(), 0);
}

TEST(WebPost, AHugeAnswerIsCutAndItsStatusCounts) {
    std::atomic<std::size_t> written{0};
    const Receiver receiver([&](const Received&, int line) {
        const std::string head = "HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n";
        ::send(line, head.data(), head.size(), MSG_NOSIGNAL);
        const std::string much(64 * 1024, 'x');
        while (::send(line, much.data(), much.size(), MSG_NOSIGNAL) > 0) {
            written += much.size();
        }
        return std::string();
    });
    const auto posted = post(receiver.url()).value();
    EXPECT_EQ(posted.status, 200);
    EXPECT_EQ(posted.answer.size(), bounds::answer_bytes_kept);
}

TEST(WebPost, HeadersWithoutEndAreNoAnswer) {
    const Receiver receiver([&](const Received&, int line) {
        const std::string head = "HTTP/1.1 200 OK\r\n";
        ::send(line, head.data(), head.size(), MSG_NOSIGNAL);
        const std::string much = "X-A: " + std::string(1000, 'x') + "\r\n";
        while (::send(line, much.data(), much.size(), MSG_NOSIGNAL) > 0) {
        }
        return std::string();
    });
    const auto posted = post(receiver.url());
    ASSERT_FALSE(posted);
    EXPECT_EQ(posted.error().code, ErrorCode::Unavailable);
}

TEST(WebPost, ALineThatBreaksOrSaysNothingIsAFailureWithWords) {
    const Receiver cut([](const Received&, int line) {
        const linger at_once{1, 0};
        ::setsockopt(line, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        ::close(line);
        return std::string();
    });
    const auto broken = post(cut.url());
    ASSERT_FALSE(broken);
    EXPECT_EQ(broken.error().code, ErrorCode::Unavailable);
    EXPECT_FALSE(broken.error().message.empty());
    const Receiver garbage([](const Received&, int) { return std::string("hello\r\n\r\n"); });
    EXPECT_FALSE(post(garbage.url()));
    EXPECT_FALSE(post("http://127.0.0.1:1/"));
    // https to one that speaks no TLS.
    EXPECT_FALSE(post("https" + garbage.url().substr(4)));
}

TEST(WebPost, CanBeCalledOffWhileItWaits) {
    std::atomic<bool> goes_on{true};
    const Receiver slow([&](const Received&, int) {
        while (goes_on) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return std::string();
    });
    std::stop_source stop;
    std::jthread caller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        stop.request_stop();
    });
    const auto began = steady_clock::now();
    const auto posted = post_once({slow.url(), {}, "{}"}, inside(), stop.get_token());
    goes_on = false;
    ASSERT_FALSE(posted);
    EXPECT_EQ(posted.error().code, ErrorCode::Cancelled);
    EXPECT_LT(steady_clock::now() - began, seconds(5));
}

}  // namespace
}  // namespace kokemus::courier
