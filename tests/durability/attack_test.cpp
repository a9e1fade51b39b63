#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>
#include <zstd.h>

#include "account.h"
#include "http/test_certificate.h"
#include "http_client.h"
#include "rounds.h"
#include "server_child.h"

/// What strangers try: too much, packed small, half, wrong, twice. Each is told, and the server
/// goes on, in the clear and within TLS.
namespace kokemus::durability {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr auto patience = std::chrono::milliseconds(60'000);
constexpr std::size_t mebibyte = 1024 * 1024;

std::string gzipped(const std::string& text) {
    z_stream stream{};
    deflateInit2(&stream, 9, Z_DEFLATED, 15 + 16, 9, Z_DEFAULT_STRATEGY);
    std::string out(deflateBound(&stream, text.size()), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string zstandard(const std::string& text) {
    std::string out(ZSTD_compressBound(text.size()), '\0');
    out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
    return out;
}

class Attack : public ::testing::TestWithParam<Spoken> {
protected:
    void SetUp() override {
        ServerChild::Variables variables{{"KOKEMUS_TEST_HEADER_SECONDS", "1"},
                                         {"KOKEMUS_TEST_REQUEST_SECONDS", "2"}};
        if (GetParam() == Spoken::Tls) {
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE", certificate_.certificate());
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE_KEY", certificate_.key());
        }
        server_ = std::make_unique<ServerChild>(scratch_.path(), variables);
        const auto port = server_->port(patience);
        ASSERT_TRUE(port) << server_->last_words();
        port_ = *port;
    }

    /// The server is well: it takes encounters, and ends as it should.
    void TearDown() override {
        HttpClient client(port_, GetParam());
        const auto batch = account_.send_new(20);
        const auto taken = client.post("/api/encounters", Account::body(batch));
        ASSERT_TRUE(taken);
        EXPECT_EQ(taken->status, 200) << taken->body;
        account_.acknowledged(batch);
        EXPECT_EQ(server_->end(), 0) << server_->last_words();
        EXPECT_THAT(account_.compare(scratch_.path()), ::testing::IsEmpty());
    }

    /// What is answered until the server closes the connection or has said all of a problem.
    std::string answer_to(const std::string& said) const {
        const Wire wire(port_, GetParam());
        wire.send(said);
        std::string heard;
        std::string part(16 * 1024, '\0');
        for (std::size_t got = 1; got > 0 && heard.find("}") == std::string::npos;) {
            got = wire.receive(part);
            heard.append(part, 0, got);
        }
        return heard;
    }

    static std::string post(const std::string& body, const std::string& headers = {}) {
        return fmt::format(
            "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: "
            "application/json\r\n{}Content-Length: {}\r\n\r\n{}",
            headers,
            body.size(),
            body);
    }

    Scratch scratch_{"attack"};
    http::TestCertificate certificate_;
    std::unique_ptr<ServerChild> server_;
    std::uint16_t port_ = 0;
    Account account_;
};

INSTANTIATE_TEST_SUITE_P(Ways, Attack, ::testing::Values(Spoken::Plain, Spoken::Tls),
                         [](const auto& way) {
                             return way.param == Spoken::Tls ? "Tls" : "Plain";
                         });

TEST_P(Attack, TooMuchIsRefused) {
    EXPECT_THAT(answer_to(post(std::string(17 * mebibyte, ' '))), HasSubstr("HTTP/1.1 413"));
    EXPECT_THAT(answer_to("GET / HTTP/1.1\r\nLong: " + std::string(20'000, 'x') + "\r\n\r\n"),
                HasSubstr("HTTP/1.1 431"));
    std::string chunks =
        "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n";
    for (int i = 0; i < 17; ++i) {
        chunks += "100000\r\n" + std::string(mebibyte, ' ') + "\r\n";
    }
    EXPECT_THAT(answer_to(chunks), HasSubstr("HTTP/1.1 413"));
    EXPECT_THAT(answer_to(post(std::string(200'000, '['))), HasSubstr("HTTP/1.1 400"));
}

/// Much in little: what a body becomes is bounded, and so is the memory that it takes.
TEST_P(Attack, BombsAreRefused) {
    const std::string much(512 * mebibyte, ' ');
    const std::string gzip = gzipped(much);
    const std::string zstd = zstandard(much);
    const std::string twice = gzipped(gzip);
    const std::size_t before = server_->memory_bytes();
    for (int i = 0; i < 3; ++i) {
        EXPECT_THAT(answer_to(post(gzip, "Content-Encoding: gzip\r\n")), HasSubstr("HTTP/1.1 413"));
        EXPECT_THAT(answer_to(post(zstd, "Content-Encoding: zstd\r\n")), HasSubstr("HTTP/1.1 413"));
        EXPECT_THAT(answer_to(post(twice, "Content-Encoding: gzip, gzip\r\n")),
                    MatchesRegex("HTTP/1.1 4(00|13|15)(.|\n|\r)*"));
    }
    EXPECT_LT(server_->memory_bytes(), before + 200 * mebibyte);
    EXPECT_THAT(answer_to(post(gzip.substr(0, gzip.size() / 2), "Content-Encoding: gzip\r\n")),
                MatchesRegex("HTTP/1.1 4(00|13)(.|\n|\r)*"));
    EXPECT_THAT(answer_to(post("no gzip", "Content-Encoding: gzip\r\n")),
                HasSubstr("HTTP/1.1 400"));
}

TEST_P(Attack, WhatIsNoRequestIsRefused) {
    for (const char* wrong :
         {"\r\n\x01\x02\x03\r\n\r\n",
          "GET / HTTP/9.9\r\n\r\n",
          "GET  / HTTP/1.1\r\n\r\n",
          "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
          "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1x\r\n\r\n[]",
          "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
          "Content-Length: 3\r\n\r\n[]",
          "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 2\r\n"
          "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
          "POST /api/encounters HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
          "zz\r\n",
          "GET /%00 HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
          "GET /%ff HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"}) {
        EXPECT_THAT(answer_to(wrong), HasSubstr("HTTP/1.1 400")) << wrong;
    }
    for (const char* wrong : {"[", "{\"id\":}", "[{\"customer\":7}]", "nonsense", "\xFF\xFE"}) {
        EXPECT_THAT(answer_to(post(wrong)), HasSubstr("HTTP/1.1 400")) << wrong;
    }
}

/// Whoever is slow is closed; what came of it is in no ledger.
TEST_P(Attack, HalfOfAnythingIsNothing) {
    const std::string whole = post(Account::body(account_.send_new(20)));
    std::vector<Wire> wires;
    for (const std::size_t share : {1U, 30U, 60U, 99U}) {
        wires.emplace_back(port_, GetParam());
        ASSERT_TRUE(wires.back().send(whole.substr(0, whole.size() * share / 100)));
    }
    const auto until = std::chrono::steady_clock::now() + patience;
    for (const Wire& wire : wires) {
        while (!wire.is_closed() && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
        EXPECT_TRUE(wire.is_closed());
    }
}

TEST_P(Attack, TheSameAgainIsOneAndAnotherUnderItsIdIsAConflict) {
    const auto batch = account_.send_new(50);
    account_.acknowledged(batch);
    HttpClient client(port_, GetParam());
    for (int i = 0; i < 5; ++i) {
        const auto answer = client.post("/api/encounters", Account::body(batch));
        ASSERT_TRUE(answer);
        ASSERT_EQ(answer->status, 200) << answer->body;
        const auto counts = boost::json::parse(answer->body);
        EXPECT_EQ(counts.at(i == 0 ? "accepted" : "duplicates").to_number<int>(), 50);
    }
    // At once, too.
    const auto other = account_.send_new(50);
    account_.acknowledged(other);
    std::atomic<int> accepted{0};
    {
        std::vector<std::jthread> senders;
        for (int i = 0; i < 6; ++i) {
            senders.emplace_back([&] {
                HttpClient one(port_, GetParam());
                const auto answer = one.post("/api/encounters", Account::body(other));
                accepted += answer
                                ? boost::json::parse(answer->body).at("accepted").to_number<int>()
                                : -1000;
            });
        }
    }
    EXPECT_EQ(accepted, 50);
    const auto first = boost::json::parse(Account::body(batch)).as_array().at(0);
    auto changed = first;
    changed.as_object()["value"] = 123456.5;
    const auto answer =
        client.post("/api/encounters", boost::json::serialize(boost::json::array{changed}));
    ASSERT_TRUE(answer);
    const auto counts = boost::json::parse(answer->body);
    EXPECT_EQ(counts.at("accepted").to_number<int>(), 0) << answer->body;
    EXPECT_THAT(answer->body, HasSubstr("conflict"));
}

}  // namespace
}  // namespace kokemus::durability
