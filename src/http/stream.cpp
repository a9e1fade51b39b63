#include "http/stream.h"

namespace kokemus::http {

namespace {

bool would_wait() {
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

}  // namespace

void Stream::say_goodbye() {
    if (tls_ == nullptr || is_writing_) {
        return;
    }
    tls_->say_goodbye();
    const std::string words = tls_->take_output();
    [[maybe_unused]] const ssize_t sent =
        ::send(socket().native_handle(), words.data(), words.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
}

/// Never a read that could wait: the socket may be said to be ready for bytes that have been read
/// long since.
Stream::Sight Stream::look() {
    const int line = socket().native_handle();
    if (tls_ == nullptr) {
        char byte = 0;
        const ssize_t got = ::recv(line, &byte, 1, MSG_PEEK | MSG_DONTWAIT);
        return got > 0 ? Sight::Bytes : got < 0 && would_wait() ? Sight::Nothing : Sight::End;
    }
    // What is taken from the wire waits with TLS until it is asked for.
    while (true) {
        const Tls::Outcome outcome = tls_->peek();
        if (outcome != Tls::Outcome::NeedsMore) {
            return outcome == Tls::Outcome::Done ? Sight::Bytes : Sight::End;
        }
        const auto room = tls_->room(tls_handshake_bytes);
        const ssize_t got = ::recv(line, room.data(), room.size(), MSG_DONTWAIT);
        if (got <= 0) {
            return got < 0 && would_wait() ? Sight::Nothing : Sight::End;
        }
        tls_->received(static_cast<std::size_t>(got));
    }
}

}  // namespace kokemus::http
