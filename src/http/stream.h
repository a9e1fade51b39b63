#pragma once

#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <netinet/tcp.h>

#include "http/tls.h"

namespace kokemus::http {

/// A connection's bytes, in the clear or within TLS, with the deadlines of Beast's stream: what
/// Beast reads requests from and writes answers to. For the sources of this folder.
class Stream {
public:
    using executor_type = boost::beast::tcp_stream::executor_type;

    /// Without `tls` in the clear.
    Stream(boost::asio::ip::tcp::socket&& socket, std::unique_ptr<Tls> tls)
        : tcp_(std::move(socket)),
          tls_(std::move(tls)) {}

    bool is_tls() const { return tls_ != nullptr; }

    /// From here on in the clear.
    void drop_tls() { tls_.reset(); }

    executor_type get_executor() { return tcp_.get_executor(); }
    boost::asio::ip::tcp::socket& socket() { return tcp_.socket(); }
    void expires_after(std::chrono::nanoseconds time) { tcp_.expires_after(time); }
    void expires_never() { tcp_.expires_never(); }
    void cancel() { tcp_.cancel(); }

    /// From here on the system takes so much before it has sent it, and no more: what has been
    /// written has then been taken by the client, but for as little.
    void hold_back_unsent(int bytes) {
        ::setsockopt(
            tcp_.socket().native_handle(), IPPROTO_TCP, TCP_NOTSENT_LOWAT, &bytes, sizeof bytes);
    }

    void close() { tcp_.close(); }

    /// What lies below TLS: to read bytes away that nobody looks at.
    boost::beast::tcp_stream& wire() { return tcp_; }

    template <typename Buffers, typename Handler>
    void async_read_some(const Buffers& buffers, Handler&& handler);

    template <typename Buffers, typename Handler>
    void async_write_some(const Buffers& buffers, Handler&& handler);

    /// Of TLS alone; the handler hears of the fault of the connection, and of how it came out.
    template <typename Handler>
    void async_handshake(Handler&& handler);

    /// Tells a client within TLS that nothing more comes, as far as that goes without waiting.
    void say_goodbye();

    enum class Sight : std::uint8_t { Nothing, Bytes, End };

    /// What is there, without waiting and without taking it; not while something is being read.
    Sight look();

private:
    struct TlsRead;
    struct TlsWrite;
    struct TlsHandshake;

    boost::beast::tcp_stream tcp_;
    std::unique_ptr<Tls> tls_;
    std::string sending_;      ///< within TLS, what is being written: of the writer alone
    bool is_writing_ = false;  ///< within TLS
};

}  // namespace kokemus::http

#include "http/stream_steps.h"
