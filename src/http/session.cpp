#include "http/session.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/beast/http/read.hpp>

#include "http/finish.h"
#include "http/request_head.h"
#include "http/request_id.h"

namespace kokemus::http {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

namespace {

/// Read at once from a connection that was silent.
constexpr std::size_t first_bytes_max = 512;

/// The names of the routes as the traffic counts them.
std::shared_ptr<Traffic> traffic_of(const ServerOptions& options, const Router& router) {
    auto traffic = options.traffic ? options.traffic : std::make_shared<Traffic>();
    std::vector<Traffic::Name> names;
    for (const Router::Listed& route : router.routes()) {
        const std::size_t blank = route.name.find(' ');
        names.push_back({route.name.substr(0, blank), route.name.substr(blank + 1)});
    }
    traffic->serve(std::move(names));
    return traffic;
}

}  // namespace

Floor::Floor(ServerOptions given, Router routes)
    : options(std::move(given)),
      router(std::move(routes)),
      traffic(traffic_of(options, router)),
      guests(options.connections_per_address_max),
      bodies(options.bodies_bytes_max, options.body_patience, traffic->bodies_bytes),
      slow(options.workers, traffic->slow),
      quick(options.quick_workers, traffic->quick) {}

Session::Session(Stream&& stream, std::shared_ptr<Floor> floor, Room room, Guests::Seat seat)
    : stream_(std::move(stream)),
      floor_(std::move(floor)),
      room_(room),
      seat_(std::move(seat)),
      body_(floor_->bodies, [this] {
          if (auto self = weak_from_this().lock()) {
              boost::asio::post(stream_.get_executor(),
                                [self = std::move(self)] { self->make_way(); });
          }
      }) {
    Traffic& traffic = *floor_->traffic;
    ++(room_ == Room::Yes ? traffic.connections : traffic.turned_away);
    traffic.turned_away_ever += room_ == Room::Yes ? 0 : 1;
}

Session::~Session() {
    Traffic& traffic = *floor_->traffic;
    --(room_ == Room::Yes ? traffic.connections : traffic.turned_away);
}

void Session::start() {
    boost::asio::dispatch(
        stream_.get_executor(),
        beast::bind_front_handler(stream_.is_tls() ? &Session::shake_hands : &Session::begin,
                                  shared_from_this()));
}

void Session::begin() {
    if (room_ == Room::Yes) {
        await_request();
    } else {
        turn_away();
    }
}

/// Whoever is slow at it is closed as one who is slow at a header.
void Session::shake_hands() {
    if (floor_->stopping) {
        close();
        return;
    }
    stream_.expires_after(std::chrono::seconds(floor_->options.header_seconds_max));
    stream_.async_handshake(
        [self = shared_from_this()](beast::error_code error, Tls::Outcome outcome) {
            if (!error && outcome == Tls::Outcome::Done) {
                self->begin();
            } else if (!error && outcome == Tls::Outcome::PlainHttp) {
                self->ask_for_tls();
            } else {
                self->close();
            }
        });
}

void Session::end_when_idle() {
    boost::asio::post(stream_.get_executor(), [self = shared_from_this()] {
        if (!self->busy_ || self->listening_) {
            self->close();
        }
    });
}

/// Until its first byte a connection costs next to nothing: what the last request needed is given
/// back.
void Session::await_request() {
    busy_ = false;
    if (floor_->stopping) {
        close();
        return;
    }
    parser_.reset();
    reply_.reset();
    if (buffer_.size() > 0) {
        read_header();
        return;
    }
    if (buffer_.capacity() > first_bytes_max) {
        buffer_.shrink_to_fit();
    }
    stream_.expires_after(std::chrono::seconds(floor_->options.idle_seconds_max));
    stream_.async_read_some(
        buffer_.prepare(first_bytes_max),
        [self = shared_from_this()](beast::error_code error, std::size_t bytes) {
            if (error) {
                self->close();
                return;
            }
            self->buffer_.commit(bytes);
            self->read_header();
        });
}

void Session::read_header() {
    parser_.emplace();
    id_.clear();
    bytes_in_ = 0;
    bytes_out_ = 0;
    route_ = floor_->traffic->without_route();
    began_ = std::chrono::steady_clock::now();
    parser_->header_limit(static_cast<std::uint32_t>(floor_->options.header_bytes_max));
    parser_->body_limit(floor_->options.body_bytes_max);
    stream_.expires_after(std::chrono::seconds(floor_->options.header_seconds_max));
    bhttp::async_read_header(stream_,
                             buffer_,
                             *parser_,
                             [self = shared_from_this()](beast::error_code error, std::size_t) {
                                 if (error) {
                                     self->refuse(error);
                                 } else {
                                     self->expect_body();
                                 }
                             });
}

/// From here on the request is taken: a server that stops answers it.
void Session::answer() {
    if (floor_->stopping) {
        close();
        return;
    }
    busy_ = true;
    stream_.expires_never();
    began_ = std::chrono::steady_clock::now();
    auto message = parser_->release();
    const Then then = message.keep_alive() && !floor_->stopping ? Then::Next : Then::Close;
    head_ = message.method() == bhttp::verb::head;
    bytes_in_ = message.body().size();
    auto request = head_of(message, std::exchange(headers_, {}));
    if (request) {
        request->id = id_;
        request->body = std::move(message.body());
        request->address = address();
        hand_over(std::move(*request), then);
    } else {
        write(std::move(request.error()), then);
    }
}

std::string Session::address() {
    beast::error_code ignored;
    return stream_.socket().remote_endpoint(ignored).address().to_string();
}

/// The answer comes back to the strand, from the worker or later from elsewhere; the body counts
/// until it is answered.
void Session::hand_over(Request request, Then then) {
    const Router::Place place = floor_->router.place(request);
    route_ = place.route;
    Floor::Workers& workers = place.lane == Lane::Quick ? floor_->quick : floor_->slow;
    if (++workers.waiting > floor_->options.waiting_max) {
        --workers.waiting;
        write(too_many_waiting(), then);
        return;
    }
    if (&workers == &floor_->slow) {
        gone_ = std::stop_source();
        request.gone = gone_.get_token();
        watch_for_end();
    }
    // What answers later does so on a thread that others wait for, and says little.
    const auto wish = place.answers_later ? std::nullopt : std::optional(wish_of(request));
    const Reply reply([self = shared_from_this(), then, wish, id = id_](Response response) {
        if (wish) {
            mark(response, id);
            finish(*wish, response);
        }
        boost::asio::post(self->stream_.get_executor(),
                          [self, then, response = std::move(response)]() mutable {
                              self->write(std::move(response), then);
                          });
    });
    boost::asio::post(workers.pool,
                      [floor = floor_, &workers, reply, request = std::move(request)]() mutable {
                          floor->router.answer(request, reply);
                          --workers.waiting;
                      });
}

/// While a worker answers, nothing is read; but when the client hangs up the handler is told, so
/// that nobody counts for nobody. Bytes that arrive are the next request and are left where they
/// are.
void Session::watch_for_end() {
    is_watched_ = true;
    stream_.socket().async_wait(
        boost::asio::ip::tcp::socket::wait_read,
        [self = shared_from_this(), gone = gone_](beast::error_code error) mutable {
            if (error || !self->is_watched_) {
                return;
            }
            switch (self->stream_.look()) {
                case Stream::Sight::Nothing: self->watch_for_end(); break;
                case Stream::Sight::End: gone.request_stop(); break;
                case Stream::Sight::Bytes: break;
            }
        });
}

}  // namespace kokemus::http
