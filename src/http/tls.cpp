#include "http/tls.h"

#include <algorithm>
#include <cstring>
#include <new>
#include <utility>

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace kokemus::http {

namespace {

/// Answers to a client that says much and never lets us write: more than this is an attack.
constexpr std::size_t unsent_bytes_max = 16 * 1024;

}  // namespace

/// Where OpenSSL reads and writes: the two buffers of a Tls.
struct Tls::Wire {
    static int read(BIO* bio, char* to, int size) {
        Tls& tls = *static_cast<Tls*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        if (tls.from_ == tls.until_) {
            BIO_set_retry_read(bio);
            return -1;
        }
        const std::size_t bytes =
            std::min(static_cast<std::size_t>(std::max(size, 0)), tls.until_ - tls.from_);
        std::memcpy(to, tls.in_.data() + tls.from_, bytes);
        tls.from_ += bytes;
        return static_cast<int>(bytes);
    }

    static int write(BIO* bio, const char* from, int size) {
        Tls& tls = *static_cast<Tls*>(BIO_get_data(bio));
        BIO_clear_retry_flags(bio);
        tls.out_.append(from, static_cast<std::size_t>(std::max(size, 0)));
        return size;
    }

    static long control(BIO* /*bio*/, int what, long /*number*/, void* /*more*/) {
        return what == BIO_CTRL_FLUSH ? 1 : 0;
    }

    static BIO_METHOD* method() {
        static BIO_METHOD* const only = [] {
            BIO_METHOD* made =
                BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "bytes in memory");
            BIO_meth_set_read(made, read);
            BIO_meth_set_write(made, write);
            BIO_meth_set_ctrl(made, control);
            return made;
        }();
        return only;
    }
};

void Tls::Free::operator()(ssl_st* connection) const {
    SSL_free(connection);
}

Tls::Tls(ssl_st* connection) : connection_(connection) {
    BIO* wire = connection == nullptr ? nullptr : BIO_new(Wire::method());
    if (wire == nullptr) {
        throw std::bad_alloc();
    }
    BIO_set_data(wire, this);
    BIO_set_init(wire, 1);
    SSL_set_bio(connection, wire, wire);
    SSL_set_accept_state(connection);
}

Tls::~Tls() = default;

Tls::Outcome Tls::outcome_of(int returned) {
    const int error = SSL_get_error(connection_.get(), returned);
    const int reason = ERR_GET_REASON(ERR_peek_error());
    ERR_clear_error();
    if (error == SSL_ERROR_ZERO_RETURN) {
        return Outcome::End;
    }
    if (error == SSL_ERROR_WANT_READ) {
        return is_shaken_ && out_.size() > unsent_bytes_max ? Outcome::Broken : Outcome::NeedsMore;
    }
    return !is_shaken_ && reason == SSL_R_HTTP_REQUEST ? Outcome::PlainHttp : Outcome::Broken;
}

Tls::Outcome Tls::shake_hands() {
    ERR_clear_error();
    const int returned = SSL_do_handshake(connection_.get());
    is_shaken_ = returned == 1;
    return is_shaken_ ? Outcome::Done : outcome_of(returned);
}

/// When something was read, what stopped it comes out at the next call.
Tls::Read Tls::read(std::span<char> into) {
    std::size_t all = 0;
    while (all < into.size()) {
        std::size_t bytes = 0;
        ERR_clear_error();
        const int returned =
            SSL_read_ex(connection_.get(), into.data() + all, into.size() - all, &bytes);
        if (returned != 1) {
            const Outcome outcome = outcome_of(returned);
            return all > 0 ? Read{Outcome::Done, all} : Read{outcome, 0};
        }
        all += bytes;
    }
    return {Outcome::Done, all};
}

Tls::Outcome Tls::peek() {
    char byte = 0;
    std::size_t bytes = 0;
    ERR_clear_error();
    const int returned = SSL_peek_ex(connection_.get(), &byte, 1, &bytes);
    return returned == 1 ? Outcome::Done : outcome_of(returned);
}

bool Tls::write(std::span<const char> bytes) {
    std::size_t written = 0;
    ERR_clear_error();
    const bool is_done =
        bytes.empty() || SSL_write_ex(connection_.get(), bytes.data(), bytes.size(), &written) == 1;
    ERR_clear_error();
    return is_done;
}

void Tls::say_goodbye() {
    if (is_shaken_) {
        ERR_clear_error();
        SSL_shutdown(connection_.get());
        ERR_clear_error();
    }
}

std::span<char> Tls::room(std::size_t bytes) {
    if (from_ == until_) {
        from_ = 0;
        until_ = 0;
        if (in_.size() != bytes) {
            std::vector<char>().swap(in_);
        }
    } else if (from_ > 0) {
        std::memmove(in_.data(), in_.data() + from_, until_ - from_);
        until_ -= std::exchange(from_, 0);
    }
    in_.resize(until_ + bytes);
    return std::span(in_).subspan(until_);
}

void Tls::received(std::size_t bytes) {
    until_ += bytes;
}

}  // namespace kokemus::http
