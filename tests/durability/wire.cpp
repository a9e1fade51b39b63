#include "wire.h"

#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <utility>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <poll.h>

namespace kokemus::durability {

namespace {

constexpr long patience_seconds = 60;

SSL_CTX* terms() {
    static SSL_CTX* const only = [] {
        ::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes to connections that are closed, too
        SSL_CTX* made = SSL_CTX_new(TLS_client_method());
        SSL_CTX_set_mode(made, SSL_MODE_RELEASE_BUFFERS);
        return made;
    }();
    return only;
}

}  // namespace

void Wire::Free::operator()(ssl_st* tls) const {
    SSL_free(tls);
}

Wire::Wire(std::uint16_t port, Spoken spoken)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        close();
        return;
    }
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const timeval patience{patience_seconds, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (spoken == Spoken::Tls) {
        tls_.reset(SSL_new(terms()));
        SSL_set_fd(tls_.get(), socket_);
        ERR_clear_error();
        if (SSL_connect(tls_.get()) != 1) {
            close();
        }
    }
}

Wire::~Wire() {
    close();
}

Wire::Wire(Wire&& other) noexcept
    : socket_(std::exchange(other.socket_, -1)),
      tls_(std::move(other.tls_)) {}

void Wire::close() {
    if (socket_ >= 0) {
        ::close(std::exchange(socket_, -1));
    }
    tls_.reset();
}

bool Wire::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        ssize_t sent = 0;
        if (tls_ != nullptr) {
            ERR_clear_error();
            sent = SSL_write(tls_.get(), bytes.data(), static_cast<int>(bytes.size()));
        } else {
            sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        }
        if (sent <= 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

std::size_t Wire::receive(std::span<char> into) const {
    ssize_t got = 0;
    if (tls_ != nullptr) {
        ERR_clear_error();
        got = SSL_read(tls_.get(), into.data(), static_cast<int>(into.size()));
    } else {
        got = ::recv(socket_, into.data(), into.size(), 0);
    }
    return got > 0 ? static_cast<std::size_t>(got) : 0;
}

bool Wire::is_closed() const {
    pollfd look{socket_, POLLRDHUP, 0};
    return ::poll(&look, 1, 0) > 0;
}

}  // namespace kokemus::durability
