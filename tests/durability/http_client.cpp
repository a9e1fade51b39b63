#include "http_client.h"

#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>

namespace kokemus::durability {

namespace {

constexpr std::string_view end_of_head = "\r\n\r\n";

std::size_t number_after(std::string_view text, std::string_view mark) {
    const std::size_t at = text.find(mark);
    std::size_t number = 0;
    if (at != std::string_view::npos) {
        text.remove_prefix(at + mark.size());
        std::from_chars(text.data(), text.data() + text.size(), number);
    }
    return number;
}

}  // namespace

HttpClient::HttpClient(std::uint16_t port)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(socket_);
        socket_ = -1;
        return;
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{60, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
}

HttpClient::~HttpClient() {
    if (socket_ >= 0) {
        ::close(socket_);
    }
}

std::optional<HttpClient::Answer> HttpClient::post(std::string_view path, std::string_view body) {
    const std::string head = fmt::format(
        "POST {} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {}\r\n\r\n", path, body.size());
    const bool sent = body.size() < 16 * 1024 ? send_all(head + std::string(body))
                                              : send_all(head) && send_all(body);
    return sent ? receive() : std::nullopt;
}

std::optional<HttpClient::Answer> HttpClient::get(std::string_view path) {
    return send_all(fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path)) ? receive()
                                                                                     : std::nullopt;
}

bool HttpClient::send_all(std::string_view bytes) const {
    while (!bytes.empty()) {
        const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::optional<HttpClient::Answer> HttpClient::receive() {
    std::array<char, 64 * 1024> block{};
    std::size_t head_size = std::string::npos;
    std::size_t whole = 0;
    while (head_size == std::string::npos || pending_.size() < whole) {
        const ssize_t got = ::recv(socket_, block.data(), block.size(), 0);
        if (got <= 0) {
            return std::nullopt;
        }
        pending_.append(block.data(), static_cast<std::size_t>(got));
        if (head_size == std::string::npos) {
            head_size = pending_.find(end_of_head);
            if (head_size != std::string::npos) {
                head_size += end_of_head.size();
                whole = head_size + number_after(pending_, "Content-Length: ");
            }
        }
    }
    Answer answer;
    answer.status = static_cast<int>(number_after(pending_, "HTTP/1.1 "));
    answer.head = pending_.substr(0, head_size);
    answer.body = pending_.substr(head_size, whole - head_size);
    pending_.erase(0, whole);
    return answer;
}

}  // namespace kokemus::durability
