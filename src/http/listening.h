#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <string>

#include <boost/asio/steady_timer.hpp>

#include "http/broadcast.h"
#include "http/session.h"

namespace kokemus::http {

/// What a session keeps while its client listens to news; pending reads and writes keep it too,
/// since its buffers are theirs. Used on the session's strand only.
struct Session::Listening {
    Listening(Response response, const boost::asio::any_io_executor& strand)
        : broadcast(std::move(response.events)),
          listener(std::move(response.listener)),
          heard(std::move(response.heard)),
          timer(strand) {}
    Listening(const Listening&) = delete;
    Listening& operator=(const Listening&) = delete;
    ~Listening() { broadcast->leave(ticket); }

    const std::shared_ptr<Broadcast> broadcast;
    const std::shared_ptr<Request> listener;
    std::uint64_t ticket = 0;
    std::string heard;  ///< id of the news told last
    std::string out;    ///< being written
    bool is_writing = false;
    bool is_silent = false;                    ///< nothing could be written since the last beat
    std::atomic<bool> is_asked_about = false;  ///< the guard, whether it may go on
    boost::asio::steady_timer timer;
    std::array<char, 256> ignored{};
};

}  // namespace kokemus::http
