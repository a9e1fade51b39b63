#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

struct ssl_st;

namespace kokemus::http {

/// The server's side of TLS on one connection, over bytes in memory: what has come goes in, what is
/// to be sent comes out, and nothing is kept of what is done with. (A stream of Asio's own keeps
/// 68 KiB of buffers for each connection, silent ones too.)
///
/// Not thread safe.
class Tls {
public:
    enum class Outcome : std::uint8_t {
        Done,
        NeedsMore,  ///< bytes of the client
        End,        ///< the client has said goodbye
        PlainHttp,  ///< the client does not speak TLS but HTTP
        Broken,
    };

    /// Takes the connection over; see Certificate::begin.
    explicit Tls(ssl_st* connection);
    Tls(const Tls&) = delete;
    Tls& operator=(const Tls&) = delete;
    ~Tls();

    /// Goes on with the handshake; there may be something to send, however it came out.
    Outcome shake_hands();

    struct Read {
        Outcome outcome = Outcome::NeedsMore;
        std::size_t bytes = 0;
    };

    /// As much as there is, one byte at least.
    Read read(std::span<char> into);

    /// Whether there is something to read, without reading it.
    Outcome peek();

    /// What is written comes out packed up; false when the connection is broken.
    bool write(std::span<const char> bytes);

    /// Tells the client that nothing more comes; of no use before the handshake is done.
    void say_goodbye();

    /// Where the next bytes of the client go, until `received` says how many there were.
    std::span<char> room(std::size_t bytes);
    void received(std::size_t bytes);

    /// What is to be sent, handed over: what comes to be sent later (as reading may have it) stands
    /// apart from what is on its way.
    std::string take_output() { return std::exchange(out_, {}); }

private:
    struct Wire;
    struct Free {
        void operator()(ssl_st* connection) const;
    };

    Outcome outcome_of(int returned);

    std::unique_ptr<ssl_st, Free> connection_;
    std::vector<char> in_;  ///< of which those from `from_` to `until_` are still to be read
    std::size_t from_ = 0;
    std::size_t until_ = 0;
    std::string out_;
    bool is_shaken_ = false;
};

}  // namespace kokemus::http
