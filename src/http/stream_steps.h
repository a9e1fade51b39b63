#pragma once

#include <array>
#include <span>

#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "http/stream.h"

/// The steps of Stream's operations within TLS. Each calls itself again when what it waits for is
/// there.
namespace kokemus::http {

/// One step is never more than so much of what is written.
inline constexpr std::size_t tls_write_bytes_max = 64 * 1024;

/// What TLS puts around the bytes of one record.
inline constexpr std::size_t tls_record_overhead = 64;

inline constexpr std::size_t tls_handshake_bytes = 2048;

struct Stream::TlsRead {
    enum class At : std::uint8_t { Start, Waiting, End };

    Stream& stream;
    boost::asio::mutable_buffer into;
    At at = At::Start;
    boost::system::error_code error = {};
    std::size_t bytes = 0;

    template <typename Self>
    void operator()(Self& self, boost::system::error_code fault = {}, std::size_t came = 0) {
        if (at == At::End || fault) {
            self.complete(fault ? fault : error, bytes);
            return;
        }
        Tls& tls = *stream.tls_;
        if (at == At::Waiting) {
            tls.received(came);
        }
        const auto read = tls.read({static_cast<char*>(into.data()), into.size()});
        if (read.outcome == Tls::Outcome::NeedsMore) {
            at = At::Waiting;
            const auto room = tls.room(into.size() + tls_record_overhead);
            stream.tcp_.async_read_some(boost::asio::buffer(room.data(), room.size()),
                                        std::move(self));
            return;
        }
        bytes = read.bytes;
        if (read.outcome == Tls::Outcome::End) {
            error = boost::asio::error::eof;
        } else if (read.outcome != Tls::Outcome::Done) {
            error = boost::asio::error::connection_reset;
        }
        if (at == At::Waiting) {
            self.complete(error, bytes);
            return;
        }
        // Whoever asked is told later, not while it is still asking.
        at = At::End;
        boost::asio::post(stream.get_executor(), std::move(self));
    }
};

struct Stream::TlsWrite {
    Stream& stream;
    std::size_t bytes = 0;
    bool is_broken = false;
    bool is_begun = false;

    template <typename Self>
    void operator()(Self& self, boost::system::error_code fault = {}, std::size_t /*sent*/ = 0) {
        if (!std::exchange(is_begun, true)) {
            if (is_broken) {
                boost::asio::post(stream.get_executor(), std::move(self));
                return;
            }
            stream.is_writing_ = true;
            stream.sending_ = stream.tls_->take_output();
            boost::asio::async_write(
                stream.tcp_, boost::asio::buffer(stream.sending_), std::move(self));
            return;
        }
        if (is_broken) {
            self.complete(boost::asio::error::connection_reset, 0);
            return;
        }
        stream.is_writing_ = false;
        std::string().swap(stream.sending_);
        self.complete(fault, fault ? 0 : bytes);
    }
};

struct Stream::TlsHandshake {
    Stream& stream;
    bool is_reading = false;
    Tls::Outcome outcome = Tls::Outcome::NeedsMore;

    template <typename Self>
    void operator()(Self& self, boost::system::error_code fault = {}, std::size_t came = 0) {
        Tls& tls = *stream.tls_;
        if (fault) {
            self.complete(fault, outcome);
            return;
        }
        if (std::exchange(is_reading, false)) {
            tls.received(came);
            outcome = tls.shake_hands();
        }
        stream.sending_ = tls.take_output();
        if (!stream.sending_.empty()) {
            boost::asio::async_write(
                stream.tcp_, boost::asio::buffer(stream.sending_), std::move(self));
        } else if (outcome == Tls::Outcome::NeedsMore) {
            is_reading = true;
            const auto room = tls.room(tls_handshake_bytes);
            stream.tcp_.async_read_some(boost::asio::buffer(room.data(), room.size()),
                                        std::move(self));
        } else {
            self.complete(fault, outcome);
        }
    }
};

template <typename Buffers, typename Handler>
void Stream::async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_ == nullptr) {
        tcp_.async_read_some(buffers, std::forward<Handler>(handler));
        return;
    }
    boost::asio::mutable_buffer into;
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto at = boost::asio::buffer_sequence_begin(buffers); at != end && into.size() == 0;
         ++at) {
        into = *at;
    }
    boost::asio::async_compose<std::decay_t<Handler>, void(boost::system::error_code, std::size_t)>(
        TlsRead{*this, into}, handler, tcp_);
}

template <typename Buffers, typename Handler>
void Stream::async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_ == nullptr) {
        tcp_.async_write_some(buffers, std::forward<Handler>(handler));
        return;
    }
    TlsWrite step{*this};
    const auto end = boost::asio::buffer_sequence_end(buffers);
    for (auto at = boost::asio::buffer_sequence_begin(buffers);
         at != end && step.bytes < tls_write_bytes_max && !step.is_broken;
         ++at) {
        const boost::asio::const_buffer from = *at;
        const std::size_t size = std::min(from.size(), tls_write_bytes_max - step.bytes);
        step.is_broken = !tls_->write({static_cast<const char*>(from.data()), size});
        step.bytes += size;
    }
    boost::asio::async_compose<std::decay_t<Handler>, void(boost::system::error_code, std::size_t)>(
        std::move(step), handler, tcp_);
}

template <typename Handler>
void Stream::async_handshake(Handler&& handler) {
    boost::asio::async_compose<std::decay_t<Handler>,
                               void(boost::system::error_code, Tls::Outcome)>(
        TlsHandshake{*this}, handler, tcp_);
}

}  // namespace kokemus::http
