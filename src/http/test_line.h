#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include "http/certificate.h"
#include "http/server.h"
#include "http/test_certificate.h"

/// For tests: a server of our own and clients that say exactly what they are told to, in the clear
/// or within TLS as the test says.
namespace kokemus::http {

enum class Way { Plain, Tls };

/// The way of the test that runs: what `serve` and `Line` speak.
inline Way present_way = Way::Plain;

/// A test that is run over both.
class OverBoth : public ::testing::TestWithParam<Way> {
protected:
    OverBoth() { present_way = GetParam(); }
    ~OverBoth() override { present_way = Way::Plain; }

    static bool is_tls() { return present_way == Way::Tls; }
};

inline std::string way_name(const ::testing::TestParamInfo<Way>& way) {
    return way.param == Way::Tls ? "Tls" : "Plain";
}

/// A client that takes any certificate.
inline SSL_CTX* client_terms() {
    static SSL_CTX* const only = [] {
        ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to lines that are closed, too
        return SSL_CTX_new(TLS_client_method());
    }();
    return only;
}

/// A socket to the server: says exactly the bytes it is given and reads until the other side
/// closes or rests.
class Line {
public:
    explicit Line(std::uint16_t port) : Line(port, ::socket(AF_INET, SOCK_STREAM, 0)) {
        connect();
        shake();
    }

    /// Not connected yet.
    Line(std::uint16_t port, int socket) : socket_(socket), port_(port) {}

    ~Line() {
        if (tls_ != nullptr) {
            SSL_shutdown(tls_);
            SSL_free(tls_);
        }
        ::close(socket_);
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;

    void connect() {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port_);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0;
        const timeval patience{20, 0};
        ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    }

    /// The handshake, where one is due; a known session is shown to the server.
    bool shake(SSL_SESSION* known = nullptr) {
        if (present_way == Way::Plain || !connected_) {
            return connected_;
        }
        tls_ = SSL_new(client_terms());
        SSL_set_fd(tls_, socket_);
        if (known != nullptr) {
            SSL_set_session(tls_, known);
        }
        return SSL_connect(tls_) == 1;
    }

    bool connected() const { return connected_; }
    SSL* tls() const { return tls_; }

    /// Whether the other side still takes it.
    bool try_to_say(const std::string& text) {
        if (tls_ != nullptr) {
            ERR_clear_error();
            return SSL_write(tls_, text.data(), static_cast<int>(text.size())) ==
                   static_cast<int>(text.size());
        }
        return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(text.size());
    }

    void say(const std::string& text) { ASSERT_TRUE(try_to_say(text)); }

    std::string hear_until(const std::string& end) {
        std::string heard;
        char part[4096];
        while (heard.find(end) == std::string::npos) {
            const auto got = hear(part, sizeof part);
            if (got <= 0) {
                break;
            }
            heard.append(part, static_cast<std::size_t>(got));
        }
        return heard;
    }

    /// What is there of at most so much, waiting for the first byte; empty when nothing comes any
    /// more.
    std::string hear_some(std::size_t bytes_max) {
        std::string part(bytes_max, '\0');
        part.resize(static_cast<std::size_t>(std::max(0L, hear(part.data(), bytes_max))));
        return part;
    }

    /// Whether the server closes this within some seconds, without a word before it.
    bool is_closed() {
        char byte = 0;
        errno = 0;
        return hear(&byte, 1) <= 0 && errno != EAGAIN && errno != EWOULDBLOCK;
    }

private:
    long hear(char* to, std::size_t size) {
        if (tls_ != nullptr) {
            ERR_clear_error();
            return SSL_read(tls_, to, static_cast<int>(size));
        }
        return ::recv(socket_, to, size, 0);
    }

    int socket_;
    std::uint16_t port_;
    bool connected_ = false;
    SSL* tls_ = nullptr;
};

/// What the server of a test shows, made once.
inline std::shared_ptr<const Certificate> shown_certificate() {
    static const TestCertificate files;
    static const auto read = Certificate::read(files.certificate(), files.key());
    EXPECT_TRUE(read) << read.error().message;
    return *read;
}

inline std::unique_ptr<Server> serve(ServerOptions options, Router router) {
    options.port = 0;
    if (present_way == Way::Tls && options.certificate == nullptr) {
        options.certificate = shown_certificate();
    }
    router.guard(let_everybody_in);
    auto server = Server::start(std::move(options), std::move(router));
    EXPECT_TRUE(server) << server.error().message;
    return std::move(*server);
}

inline Router echo() {
    Router router;
    router.add(Method::Get, "/hello/{name}", Access{}, [](const Request& request) {
        return json("\"" + request.captures.at(0) + "|" + std::string(request.parameter("q")) +
                    "|end\"");
    });
    router.add(Method::Post, "/size", Access{}, [](const Request& request) {
        return json(std::to_string(request.body.size()) + "|end");
    });
    router.add(Method::Get, "/throws", Access{}, [](const Request&) -> Response {
        throw std::runtime_error("secret");
    });
    return router;
}

}  // namespace kokemus::http
