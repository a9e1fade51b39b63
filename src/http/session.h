#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <stop_token>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "http/router.h"
#include "http/server.h"

namespace kokemus::http {

/// What the sessions of one server share.
struct Floor {
    Floor(ServerOptions given, Router routes)
        : options(std::move(given)),
          router(std::move(routes)),
          workers(options.workers) {}

    const ServerOptions options;
    const Router router;
    boost::asio::thread_pool workers;
    std::atomic<std::size_t> waiting{0};  ///< requests that wait for a worker or are being answered
    std::atomic<std::size_t> connections{0};
    std::atomic<bool> stopping{false};
};

/// One connection: reads a request, has it answered by a worker, writes, and again. Lives as long
/// as something is pending.
///
/// Thread safety: everything but the handler's call runs on the strand of the stream.
class Session : public std::enable_shared_from_this<Session> {
public:
    Session(boost::asio::ip::tcp::socket&& socket, std::shared_ptr<Floor> floor);
    ~Session();

    /// Begins to read, on the stream's strand.
    void start();

    /// Ends an idle connection at once, a busy one after its answer.
    void end_when_idle();

private:
    using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;
    using Reply = boost::beast::http::response<boost::beast::http::string_body>;

    void read_header();
    void read_body();
    void answer();
    void watch_for_end();
    void write(Response response, bool keep_alive);
    void refuse(const boost::beast::error_code& error);
    void close();

    boost::beast::tcp_stream stream_;
    boost::beast::flat_buffer buffer_;
    std::optional<Parser> parser_;
    std::optional<Reply> reply_;
    std::shared_ptr<Floor> floor_;
    std::stop_source gone_;  ///< of the present request
    bool busy_ = false;
    bool head_ = false;
};

}  // namespace kokemus::http
