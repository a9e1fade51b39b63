#include <algorithm>
#include <array>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/ask_once.h"
#include "http/test_line.h"

/// What is so of TLS alone; that everything else holds within it too, the other tests show.
namespace kokemus::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

const std::string hello = "GET /hello/x HTTP/1.1\r\nHost: t\r\n\r\n";

class TlsServer : public ::testing::Test {
protected:
    TlsServer() { present_way = Way::Tls; }
    ~TlsServer() override { present_way = Way::Plain; }
};

/// The terms of the test's client, changed for as long as this lives.
class Offering {
public:
    Offering(int least, int most, const std::string& protocols = {}) {
        SSL_CTX_set_min_proto_version(client_terms(), least);
        SSL_CTX_set_max_proto_version(client_terms(), most);
        offer(protocols);
    }
    ~Offering() {
        SSL_CTX_set_min_proto_version(client_terms(), 0);
        SSL_CTX_set_max_proto_version(client_terms(), 0);
        offer({});
    }
    Offering(const Offering&) = delete;
    Offering& operator=(const Offering&) = delete;

private:
    static void offer(const std::string& protocols) {
        SSL_CTX_set_alpn_protos(client_terms(),
                                reinterpret_cast<const unsigned char*>(protocols.data()),
                                static_cast<unsigned int>(protocols.size()));
    }
};

std::string protocol_of(const Line& line) {
    const unsigned char* chosen = nullptr;
    unsigned int size = 0;
    SSL_get0_alpn_selected(line.tls(), &chosen, &size);
    return {reinterpret_cast<const char*>(chosen), size};
}

std::string subject_shown(const Line& line) {
    const std::unique_ptr<X509, decltype(&X509_free)> shown(SSL_get1_peer_certificate(line.tls()),
                                                            X509_free);
    std::string text(256, '\0');
    const int size = X509_NAME_get_text_by_NID(
        X509_get_subject_name(shown.get()), NID_commonName, text.data(), 256);
    return text.substr(0, static_cast<std::size_t>(size));
}

TEST_F(TlsServer, SpeaksTls12And13WithHttp11AndNothingOlder) {
    const auto server = serve({}, echo());
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const Offering offering(version, version, "\x02h2\x08http/1.1");
        Line line(server->port());
        EXPECT_EQ(SSL_version(line.tls()), version);
        EXPECT_EQ(protocol_of(line), "http/1.1");
        EXPECT_THAT(SSL_get_cipher_name(line.tls()),
                    ::testing::AnyOf(HasSubstr("GCM"), HasSubstr("CHACHA20")));
        line.say(hello);
        EXPECT_THAT(line.hear_until("|end"), HasSubstr("HTTP/1.1 200"));
    }
    const Offering old(TLS1_VERSION, TLS1_1_VERSION);
    SSL_CTX_set_security_level(client_terms(), 0);
    Line line(server->port(), ::socket(AF_INET, SOCK_STREAM, 0));
    line.connect();
    EXPECT_FALSE(line.shake());
    SSL_CTX_set_security_level(client_terms(), 2);
}

TEST_F(TlsServer, KnowsWhoComesAgain) {
    const auto server = serve({}, echo());
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const Offering offering(version, version);
        SSL_SESSION* known = nullptr;
        {
            Line first(server->port());
            EXPECT_EQ(SSL_session_reused(first.tls()), 0);
            first.say(hello);
            first.hear_until("|end");
            known = SSL_get1_session(first.tls());
        }
        Line again(server->port(), ::socket(AF_INET, SOCK_STREAM, 0));
        again.connect();
        ASSERT_TRUE(again.shake(known));
        EXPECT_EQ(SSL_session_reused(again.tls()), 1) << version;
        again.say(hello);
        EXPECT_THAT(again.hear_until("|end"), HasSubstr("HTTP/1.1 200"));
        SSL_SESSION_free(known);
    }
}

TEST_F(TlsServer, TellsBrowsersToInsistOnItWhenToldTo) {
    ServerOptions options;
    options.hsts_seconds = 86400;
    const auto insists = serve(options, echo());
    Line line(insists->port());
    line.say(hello);
    EXPECT_THAT(line.hear_until("|end"), HasSubstr("strict-transport-security: max-age=86400\r\n"));
    const auto silent = serve({}, echo());
    Line other(silent->port());
    other.say(hello);
    EXPECT_THAT(other.hear_until("|end"), Not(HasSubstr("strict-transport-security")));
}

TEST_F(TlsServer, TellsWhoSpeaksPlainHttpToUseTls) {
    const auto server = serve({}, echo());
    const auto port = server->port();
    present_way = Way::Plain;
    Line line(port);
    line.say(hello);
    const std::string heard = line.hear_until("}");
    EXPECT_THAT(heard, HasSubstr("HTTP/1.1 400"));
    EXPECT_THAT(heard, HasSubstr("https://"));
    Line nonsense(port);
    nonsense.say(std::string(100, '\xFF'));
    EXPECT_THAT(nonsense.hear_until("never"), Not(HasSubstr("HTTP")));
}

TEST_F(TlsServer, AHandshakeThatComesTooSlowlyEndsTheConnection) {
    ServerOptions options;
    options.header_seconds_max = 1;
    options.idle_seconds_max = 600;
    const auto server = serve(options, echo());
    const auto port = server->port();
    present_way = Way::Plain;
    Line silent(port);
    Line half(port);
    half.say("\x16\x03\x01\x02");
    EXPECT_TRUE(silent.is_closed());
    EXPECT_TRUE(half.is_closed());
}

TEST_F(TlsServer, LargeBodiesComeAndGoWhole) {
    Router router;
    router.add(Method::Post, "/echo", Access{}, [](const Request& request) {
        Response response = json(request.body + "|end");
        response.is_secret = true;  // not packed
        return response;
    });
    const auto server = serve({}, std::move(router));
    std::string body;
    for (int i = 0; body.size() < 3'000'000; ++i) {
        body += std::to_string(i) + ",";
    }
    Line line(server->port());
    for (int i = 0; i < 3; ++i) {
        line.say("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: " +
                 std::to_string(body.size()) + "\r\n\r\n");
        line.say(body);
        const std::string heard = line.hear_until("|end");
        EXPECT_EQ(heard.substr(heard.find("\r\n\r\n") + 4), body + "|end");
    }
}

TEST_F(TlsServer, SaysGoodbyeSoThatNothingIsTakenForCutOff) {
    const auto server = serve({}, echo());
    Line line(server->port());
    line.say("GET /hello/x HTTP/1.1\r\nHost: t\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(line.hear_until("never"), HasSubstr("|end"));
    EXPECT_NE(SSL_get_shutdown(line.tls()) & SSL_RECEIVED_SHUTDOWN, 0);
}

TEST_F(TlsServer, ANewCertificateIsShownToThoseWhoComeAndABadOneToNobody) {
    const TestCertificate files({.name = "before"});
    const auto certificate = *Certificate::read(files.certificate(), files.key());
    EXPECT_FALSE(certificate->is_other_on_disk());
    ServerOptions options;
    options.certificate = certificate;
    const auto server = serve(options, echo());
    Line before(server->port());
    EXPECT_EQ(subject_shown(before), "before");
    files.write({.name = "after"});
    EXPECT_TRUE(certificate->is_other_on_disk());
    EXPECT_TRUE(certificate->reload());
    EXPECT_FALSE(certificate->is_other_on_disk());
    EXPECT_EQ(certificate->facts().subject, "CN=after");
    EXPECT_EQ(subject_shown(Line(server->port())), "after");
    before.say(hello);
    EXPECT_THAT(before.hear_until("|end"), HasSubstr("HTTP/1.1 200")) << "it goes on";
    std::filesystem::permissions(files.key(), std::filesystem::perms::owner_all);
    EXPECT_TRUE(certificate->is_other_on_disk()) << "whoever could not read it may now";
    EXPECT_TRUE(certificate->reload());
    std::ofstream(files.certificate()) << "nonsense";
    EXPECT_TRUE(certificate->is_other_on_disk());
    const Status bad = certificate->reload();
    ASSERT_FALSE(bad);
    EXPECT_THAT(bad.error().message, HasSubstr(files.certificate().string()));
    EXPECT_FALSE(certificate->is_other_on_disk()) << "it is said once";
    EXPECT_EQ(subject_shown(Line(server->port())), "after");
}

TEST_F(TlsServer, IsAskedByCommandsOfThisComputer) {
    const auto server = serve({}, echo());
    const auto heard = ask_once({.address = "127.0.0.1", .port = server->port(), .is_tls = true},
                                {.path = "/hello/x"});
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->status, 200);
    EXPECT_EQ(heard->body, "\"x||end\"");
}

/// A client in memory, that has shaken hands with the server's side.
class InMemory {
public:
    explicit InMemory(const Certificate& certificate)
        : server(certificate.begin()),
          client_(SSL_new(client_terms()), SSL_free) {
        SSL_set_bio(client_.get(), BIO_new(BIO_s_mem()), BIO_new(BIO_s_mem()));
        SSL_set_connect_state(client_.get());
        for (int i = 0; i < 4; ++i) {
            SSL_do_handshake(client_.get());
            give(said());
            server->shake_hands();
            const std::string answer = server->take_output();
            BIO_write(SSL_get_rbio(client_.get()), answer.data(), static_cast<int>(answer.size()));
        }
    }

    /// What the client has to send.
    std::string said() const {
        std::string bytes(1U << 16U, '\0');
        const int got = BIO_read(SSL_get_wbio(client_.get()), bytes.data(), 1 << 16);
        bytes.resize(static_cast<std::size_t>(std::max(got, 0)));
        return bytes;
    }

    void give(const std::string& bytes) const {
        std::ranges::copy(bytes, server->room(bytes.size()).begin());
        server->received(bytes.size());
    }

    const std::unique_ptr<Tls> server;

private:
    const std::unique_ptr<SSL, decltype(&SSL_free)> client_;
};

/// A listener reads and is written to at the same time: an alert that its broken record calls for
/// must not come into the bytes that are on their way.
TEST(Tls, WhatReadingHasToSayStandsApartFromWhatIsBeingSent) {
    const TestCertificate files({.name = "t"});
    const InMemory line(**Certificate::read(files.certificate(), files.key()));
    const std::string news = "id: 1";
    ASSERT_TRUE(line.server->write(news));
    const std::string being_sent = line.server->take_output();
    const std::string copy(being_sent.data(), being_sent.size());
    line.give(std::string("\x17\x03\x03\x00\x20", 5) + std::string(32, 'x'));
    std::array<char, 64> into{};
    EXPECT_EQ(line.server->read(into).outcome, Tls::Outcome::Broken);
    EXPECT_EQ(being_sent, copy);
    EXPECT_FALSE(line.server->take_output().empty()) << "the alert";
}

TEST(Certificate, SaysWhatIsWrongWithItsFiles) {
    const TestCertificate one;
    const TestCertificate other;
    const auto fault = [](const std::filesystem::path& certificate,
                          const std::filesystem::path& key) {
        const auto read = Certificate::read(certificate, key);
        EXPECT_FALSE(read);
        return read ? std::string() : read.error().message;
    };
    EXPECT_TRUE(Certificate::read(one.certificate(), one.key()));
    EXPECT_THAT(fault("/nowhere.pem", one.key()), HasSubstr("certificate in /nowhere.pem"));
    EXPECT_THAT(fault(one.certificate(), "/nowhere.pem"), HasSubstr("private key in /nowhere.pem"));
    EXPECT_THAT(fault(one.key(), one.key()), HasSubstr("the certificate in"));
    EXPECT_THAT(fault(one.certificate(), other.key()),
                HasSubstr("is not that of the certificate " + one.certificate().string()));
    const auto put_key = [&](EVP_PKEY* pair, const EVP_CIPHER* sealed) {
        std::FILE* file = std::fopen(other.key().c_str(), "w");
        const auto* words = reinterpret_cast<const unsigned char*>("words");
        EXPECT_EQ(PEM_write_PrivateKey(
                      file, pair, sealed, sealed == nullptr ? nullptr : words, 5, nullptr, nullptr),
                  1);
        std::fclose(file);
        EVP_PKEY_free(pair);
    };
    put_key(EVP_RSA_gen(2048), nullptr);
    EXPECT_THAT(fault(one.certificate(), other.key()), HasSubstr("is not that of the certificate"))
        << "of another kind";
    put_key(EVP_EC_gen("P-256"), EVP_aes_128_cbc());
    EXPECT_THAT(fault(other.certificate(), other.key()), HasSubstr("without a passphrase"));
}

}  // namespace
}  // namespace kokemus::http
