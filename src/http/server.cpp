#include "http/server.h"

#include <chrono>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <fmt/format.h>

#include "base/limits.h"
#include "http/certificate.h"
#include "http/session.h"

namespace kokemus::http {

namespace asio = boost::asio;
using tcp = asio::ip::tcp;

struct Server::Inside {
    Inside(ServerOptions options, Router router)
        : floor(std::make_shared<Floor>(std::move(options), std::move(router))),
          context(static_cast<int>(floor->options.io_threads)),
          acceptor(asio::make_strand(context)),
          retry(acceptor.get_executor()) {}

    void accept();
    void take(tcp::socket socket);
    void accept_later();
    void remember(const std::shared_ptr<Session>& session);
    void wait_for_sessions() const;

    std::shared_ptr<Floor> floor;
    asio::io_context context;
    /// Keeps the I/O threads while the last open request is with a worker, and nothing is pending
    /// on a socket.
    asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
    tcp::acceptor acceptor;
    asio::steady_timer retry;  ///< on the acceptor's strand
    std::vector<std::thread> threads;
    std::mutex sessions_mutex;
    std::vector<std::weak_ptr<Session>> sessions;
    std::once_flag stopped;
};

void Server::Inside::remember(const std::shared_ptr<Session>& session) {
    const std::scoped_lock lock(sessions_mutex);
    if (sessions.size() > 64 && sessions.size() > 2 * floor->traffic->connections) {
        std::erase_if(sessions, [](const std::weak_ptr<Session>& weak) { return weak.expired(); });
    }
    sessions.push_back(session);
}

void Server::Inside::accept() {
    acceptor.async_accept(asio::make_strand(context), [this](auto error, tcp::socket socket) {
        if (floor->stopping || error == asio::error::operation_aborted) {
            return;
        }
        if (error) {
            accept_later();
            return;
        }
        take(std::move(socket));
        accept();
    });
}

/// A client for whom there is no room is told so; when very many are being told, it is closed.
void Server::Inside::take(tcp::socket socket) {
    boost::system::error_code ignored;
    auto room = floor->traffic->connections < floor->options.connections_max ? Session::Room::Yes
                                                                             : Session::Room::No;
    Guests::Seat seat;
    if (room == Session::Room::Yes) {
        seat = floor->guests.come(socket.remote_endpoint(ignored).address());
        room = seat ? room : Session::Room::NotForAddress;
    }
    if (room != Session::Room::Yes && floor->traffic->turned_away >= limits::turned_away_max) {
        return;
    }
    socket.set_option(tcp::no_delay(true), ignored);
    const auto& certificate = floor->options.certificate;
    auto session = std::make_shared<Session>(
        Stream(std::move(socket), certificate == nullptr ? nullptr : certificate->begin()),
        floor,
        room,
        std::move(seat));
    remember(session);
    session->start();
}

/// When the system gives no more descriptors or memory, the next try comes a little later: at once
/// it would fail again, and all the time.
void Server::Inside::accept_later() {
    retry.expires_after(std::chrono::milliseconds(50));
    retry.async_wait([this](auto error) {
        if (!error && !floor->stopping) {
            accept();
        }
    });
}

/// Gives answers that come later or are still being written a moment to leave.
void Server::Inside::wait_for_sessions() const {
    for (int i = 0; i < 500 && floor->traffic->connections + floor->traffic->turned_away > 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
}

Server::Server(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

Server::~Server() {
    stop();
}

Result<std::unique_ptr<Server>> Server::start(ServerOptions options, Router router) {
    auto inside = std::make_unique<Inside>(std::move(options), std::move(router));
    const ServerOptions& chosen = inside->floor->options;
    boost::system::error_code error;
    const auto address = asio::ip::make_address(chosen.address, error);
    if (error) {
        return invalid_input(
            fmt::format("{} is not an address to listen on; write 127.0.0.1, say", chosen.address));
    }
    const tcp::endpoint endpoint(address, chosen.port);
    inside->acceptor.open(endpoint.protocol(), error);
    if (!error) {
        inside->acceptor.set_option(asio::socket_base::reuse_address(true), error);
    }
    if (!error) {
        inside->acceptor.bind(endpoint, error);
    }
    if (!error) {
        inside->acceptor.listen(asio::socket_base::max_listen_connections, error);
    }
    if (error) {
        return Error{ErrorCode::Conflict,
                     fmt::format("cannot listen on {}:{}: {}; is another server running there? "
                                 "Choose another with --port",
                                 chosen.address,
                                 chosen.port,
                                 error.message())};
    }
    inside->accept();
    for (std::size_t i = 0; i < chosen.io_threads; ++i) {
        inside->threads.emplace_back([raw = inside.get()] { raw->context.run(); });
    }
    return std::unique_ptr<Server>(new Server(std::move(inside)));
}

std::uint16_t Server::port() const {
    return inside_->acceptor.local_endpoint().port();
}

void Server::stop() {
    std::call_once(inside_->stopped, [this] {
        inside_->floor->stopping = true;
        asio::post(inside_->acceptor.get_executor(), [this] {
            boost::system::error_code ignored;
            inside_->acceptor.close(ignored);
            inside_->retry.cancel();
        });
        {
            const std::scoped_lock lock(inside_->sessions_mutex);
            for (const std::weak_ptr<Session>& weak : inside_->sessions) {
                if (const auto session = weak.lock()) {
                    session->end_when_idle();
                }
            }
        }
        inside_->floor->slow.pool.join();
        inside_->floor->quick.pool.join();
        inside_->wait_for_sessions();
        inside_->context.stop();
        for (std::thread& thread : inside_->threads) {
            thread.join();
        }
    });
}

}  // namespace kokemus::http
