#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "http/server.h"

/// For tests: a server of our own and plain sockets to it.
namespace kokemus::http {

/// A plain socket to the server: says exactly the bytes it is given and reads until the other side
/// closes or rests.
class Line {
public:
    explicit Line(std::uint16_t port) : Line(port, ::socket(AF_INET, SOCK_STREAM, 0)) { connect(); }

    /// Not connected yet.
    Line(std::uint16_t port, int socket) : socket_(socket), port_(port) {}

    ~Line() { ::close(socket_); }
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

    bool connected() const { return connected_; }

    /// Whether the other side still takes it.
    bool try_to_say(const std::string& text) {
        return ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL) ==
               static_cast<ssize_t>(text.size());
    }

    void say(const std::string& text) {
        ASSERT_EQ(::send(socket_, text.data(), text.size(), MSG_NOSIGNAL),
                  static_cast<ssize_t>(text.size()));
    }

    std::string hear_until(const std::string& end) {
        std::string heard;
        char part[4096];
        while (heard.find(end) == std::string::npos) {
            const ssize_t got = ::recv(socket_, part, sizeof part, 0);
            if (got <= 0) {
                break;
            }
            heard.append(part, static_cast<std::size_t>(got));
        }
        return heard;
    }

    /// Whether the server closes this within some seconds, without a word before it.
    bool is_closed() {
        char byte = 0;
        return ::recv(socket_, &byte, 1, 0) == 0 || errno == ECONNRESET;
    }

private:
    int socket_;
    std::uint16_t port_;
    bool connected_ = false;
};

inline std::unique_ptr<Server> serve(ServerOptions options, Router router) {
    options.port = 0;
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
