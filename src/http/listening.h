#pragma once

#include <array>
#include <chrono>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "http/broadcast.h"
#include "http/session.h"

namespace kokemus::http {

/// What a session keeps while its client listens to news; pending reads and writes keep it too,
/// since its buffers are theirs. Used on the session's strand only.
struct Session::Listening {
    Listening(std::shared_ptr<Broadcast> source, std::string last_heard,
              const boost::asio::any_io_executor& strand)
        : broadcast(std::move(source)),
          heard(std::move(last_heard)),
          timer(strand) {}
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { broadcast->leave(ticket); }

    const std::shared_ptr<Broadcast> broadcast;
    std::uint64_t ticket = 0;
    std::string heard;  ///< id of the news told last
    std::string out;    ///< being written
    bool is_writing = false;
    bool is_silent = false;  ///< nothing could be written since the last beat
    boost::asio::steady_timer timer;
    std::array<char, 256> ignored{};
};

}  // namespace kokemus::http
