#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

struct ssl_st;

namespace kokemus::durability {

enum class Spoken : std::uint8_t { Plain, Tls };

/// A connection to the server at 127.0.0.1, in the clear or within TLS (whatever certificate it
/// shows). Blocking; not thread safe.
class Wire {
public:
    Wire(std::uint16_t port, Spoken spoken);
    ~Wire();
    Wire(Wire&& other) noexcept;
    Wire& operator=(Wire&&) = delete;

    /// Whether it is there, the handshake done.
    bool connected() const { return socket_ >= 0; }

    /// All of it; false when the server does not take it.
    bool send(std::string_view bytes) const;

    /// What has come; 0 when nothing comes any more, or nothing came for a minute.
    std::size_t receive(std::span<char> into) const;

    /// Whether the server has closed it.
    bool is_closed() const;

private:
    struct Free {
        void operator()(ssl_st* tls) const;
    };

    void close();

    int socket_ = -1;
    std::unique_ptr<ssl_st, Free> tls_;
};

}  // namespace kokemus::durability
