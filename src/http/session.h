#pragma once

#include <atomic>
#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <stop_token>

#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/serializer.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/body_room.h"
#include "http/guests.h"
#include "http/router.h"
#include "http/server.h"
#include "http/stream.h"

namespace kokemus::http {

/// What the sessions of one server share.
struct Floor {
    Floor(ServerOptions given, Router routes);

    /// The threads of a handler and the requests that wait for them or are with them.
    struct Workers {
        Workers(std::size_t threads, std::atomic<std::size_t>& counted)
            : pool(threads),
              waiting(counted) {}

        boost::asio::thread_pool pool;
        std::atomic<std::size_t>& waiting;
    };

    const ServerOptions options;
    const Router router;
    const std::shared_ptr<Traffic> traffic;
    Guests guests;
    BodyRoom bodies;  ///< of those being read, or with a handler
    Workers slow;
    Workers quick;
    std::atomic<bool> stopping{false};
};

/// One connection: reads a request, has it answered by a worker, writes, and again; or tells news
/// until the client has gone. Lives as long as something is pending.
///
/// Thread safety: everything but the handler's call runs on the strand of the stream.
class Session : public std::enable_shared_from_this<Session> {
public:
    /// Whether there is room for it, or it can only be told that there is none, or no more for who
    /// has so many open already.
    enum class Room { Yes, No, NotForAddress };

    /// `seat` is kept while it lasts.
    Session(Stream&& stream, std::shared_ptr<Floor> floor, Room room, Guests::Seat seat);
    ~Session();

    /// Begins to read, on the stream's strand; without room, says so and ends.
    void start();

    /// Ends an idle connection at once, a busy one after its answer.
    void end_when_idle();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Outgoing = boost::beast::http::response<boost::beast::http::string_body>;
    using Serializer = boost::beast::http::response_serializer<boost::beast::http::string_body>;

    /// A client that listens to news instead of asking.
    struct Listening;

    /// What comes after an answer: the next request; nothing; nothing, but what the client still
    /// sends is read for a moment, so that it is not cut off before it has read the answer.
    enum class Then { Next, Close, Drain };

    void begin();
    void shake_hands();
    void turn_away();
    void ask_for_tls();
    void await_request();
    void read_header();
    void expect_body();
    void ask_whether_it_may_come();
    void await_body();
    void read_body();
    bool hold_body();
    void make_way();
    void tell_no_room();
    void answer();
    void hand_over(Request request, Then then);
    void watch_for_end();
    /// Whether the client took an answer as a whole.
    enum class Taken { Whole, CutOff };

    void write(Response response, Then then);
    void send_part(Then then);
    void sent_all(boost::beast::error_code error, Then then);
    std::string address();
    void count(int status, Taken taken = Taken::Whole) const;
    void log(int status, std::chrono::nanoseconds took, Taken taken) const;
    void refuse(const boost::beast::error_code& error);
    void drain();
    void read_away();
    void close();

    void listen(Response response);
    void tell_news();
    void say(std::string text);
    void beat();
    void ask_whether_still_welcome();
    void watch_client();

    Stream stream_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::optional<Outgoing> reply_;
    std::optional<Serializer> sending_;               ///< of `reply_`
    std::chrono::steady_clock::time_point taken_by_;  ///< when it has to be there at the latest
    std::shared_ptr<Floor> floor_;
    Room room_;
    Guests::Seat seat_;
    std::shared_ptr<Listening> listening_;        ///< null while the client asks
    BodyRoom::Part body_;                         ///< of the room that bodies share
    std::map<std::string, std::string> headers_;  ///< of the present request, until it is answered
    std::size_t route_ = 0;  ///< its place in the router, of the present request
    std::chrono::steady_clock::time_point began_;  ///< when it was there as a whole
    std::stop_source gone_;                        ///< of the present request
    std::string id_;                               ///< of it; empty: not known yet
    std::uint64_t bytes_in_ = 0;                   ///< of its body
    std::uint64_t bytes_out_ = 0;                  ///< of its answer's
    std::uint64_t sent_ = 0;                       ///< of its answer, with the header, until now
    bool busy_ = false;                            ///< with a request that is there as a whole
    bool is_watched_ = false;                      ///< for the client's end
    bool head_ = false;
    bool makes_way_ = false;  ///< the body is no longer waited for
};

}  // namespace kokemus::http
