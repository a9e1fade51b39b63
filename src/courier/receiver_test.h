#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <charconv>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>

#include "base/text.h"

namespace kokemus::courier {

/// A request as it came over the line.
struct Received {
    std::string head;
    std::string body;

    /// The value of a header, whose name is written in lower case.
    std::string header(const std::string& name) const {
        const std::string low = lower(head);
        const std::size_t at = low.find("\r\n" + name + ": ");
        if (at == std::string::npos) {
            return {};
        }
        const std::size_t begin = at + name.size() + 4;
        return head.substr(begin, head.find('\r', begin) - begin);
    }
};

/// For tests: who receives webhooks, one connection after another, and answers as told, byte by
/// byte: `answer` gives what is written, and may write by itself.
class Receiver {
public:
    using Answer = std::function<std::string(const Received&, int line)>;

    explicit Receiver(Answer answer, const char* address = "127.0.0.1")
        : answer_(std::move(answer)),
          address_(address) {
        sockaddr_storage place{};
        socklen_t size = fill(place);
        listener_ = ::socket(place.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
        EXPECT_EQ(::bind(listener_, reinterpret_cast<sockaddr*>(&place), size), 0);
        EXPECT_EQ(::listen(listener_, 64), 0);
        ::getsockname(listener_, reinterpret_cast<sockaddr*>(&place), &size);
        // The port stands at the same place in both kinds of address.
        port_ = ntohs(reinterpret_cast<const sockaddr_in&>(place).sin_port);
        thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    ~Receiver() {
        thread_.request_stop();
        thread_.join();
        ::close(listener_);
    }
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    std::string url(const std::string& host = {}) const {
        const std::string own = is_v6() ? "[" + address_ + "]" : address_;
        return fmt::format("http://{}:{}/hook", host.empty() ? own : host, port_);
    }
    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    std::vector<Received> received() const {
        const std::scoped_lock lock(mutex_);
        return received_;
    }
    std::size_t count() const { return received().size(); }

    static std::string status(int code, const std::string& more = {},
                              const std::string& body = {}) {
        return fmt::format("HTTP/1.1 {} X\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}",
                           code,
                           body.size(),
                           more,
                           body);
    }

private:
    bool is_v6() const { return address_.find(':') != std::string::npos; }

    /// Gives the length of the address.
    socklen_t fill(sockaddr_storage& place) const {
        place.ss_family = is_v6() ? AF_INET6 : AF_INET;
        if (is_v6()) {
            ::inet_pton(
                AF_INET6, address_.c_str(), &reinterpret_cast<sockaddr_in6&>(place).sin6_addr);
            return sizeof(sockaddr_in6);
        }
        ::inet_pton(AF_INET, address_.c_str(), &reinterpret_cast<sockaddr_in&>(place).sin_addr);
        return sizeof(sockaddr_in);
    }

    void run(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            pollfd waiting{listener_, POLLIN, 0};
            if (::poll(&waiting, 1, 20) <= 0) {
                continue;
            }
            const int line = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
            ++connections_;
            const Received one = read(line);
            {
                const std::scoped_lock lock(mutex_);
                received_.push_back(one);
            }
            const std::string answer = answer_(one, line);
            ::send(line, answer.data(), answer.size(), MSG_NOSIGNAL);
            ::shutdown(line, SHUT_WR);
            char rest = 0;
            while (::recv(line, &rest, 1, 0) > 0) {
            }
            ::close(line);
        }
    }

    static Received read(int line) {
        std::string whole;
        char part[4096];
        std::size_t end = std::string::npos;
        std::size_t wanted = 0;
        while (end == std::string::npos || whole.size() < end + 4 + wanted) {
            const ssize_t got = ::recv(line, part, sizeof part, 0);
            if (got <= 0) {
                return {};
            }
            whole.append(part, static_cast<std::size_t>(got));
            end = whole.find("\r\n\r\n");
            if (end != std::string::npos) {
                const std::string length =
                    Received{whole.substr(0, end + 2), {}}.header("content-length");
                std::from_chars(length.data(), length.data() + length.size(), wanted);
            }
        }
        return {whole.substr(0, end + 2), whole.substr(end + 4)};
    }

    const Answer answer_;
    const std::string address_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    mutable std::mutex mutex_;
    std::vector<Received> received_;
    std::jthread thread_;
};

}  // namespace kokemus::courier
