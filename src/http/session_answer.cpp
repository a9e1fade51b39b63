#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

#include "base/log.h"
#include "base/log_fields.h"
#include "http/header_lines.h"
#include "http/listening.h"
#include "http/request_id.h"
#include "http/session.h"

/// The way back: an answer or a refusal, and what comes after it.
namespace kokemus::http {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

namespace {

/// What a refused client sends is read for so long.
constexpr std::chrono::seconds drain_time{2};
constexpr std::size_t drain_bytes = 16 * 1024;

/// So much of an answer waits in the system at most. More would look as if the client took it.
constexpr std::size_t unsent_bytes_max = 128 * 1024;

/// Of a header longer than may be; of an address when not even the first line has ended.
Response too_long(bool is_address, std::size_t bytes_max) {
    return problem(Refusal{
        .status = is_address ? 414 : 431,
        .code = "too_large",
        .title = is_address ? "The address is too long" : "The header is too large",
        .detail = is_address
                      ? fmt::format(
                            "The address and its parameters are longer than {} KiB; ask for less.",
                            bytes_max / 1024)
                      : fmt::format("The headers are longer than {} KiB.", bytes_max / 1024)});
}

}  // namespace

void Session::write(Response response, Then then) {
    body_.give_back();
    if (id_.empty()) {
        id_ = request_id_of({});
    }
    mark(response, id_);
    if (std::exchange(is_watched_, false)) {
        beast::error_code ignored;
        stream_.socket().cancel(ignored);
    }
    if (response.events && !head_) {
        listen(std::move(response));
        return;
    }
    reply_.emplace();
    reply_->version(11);
    reply_->result(static_cast<unsigned>(response.status));
    reply_->keep_alive(then == Then::Next);
    reply_->set(bhttp::field::content_type, response.content_type);
    if (stream_.is_tls() && floor_->options.hsts_seconds > 0) {
        reply_->set("strict-transport-security",
                    fmt::format("max-age={}", floor_->options.hsts_seconds));
    }
    for (const auto& [name, value] : response.headers) {
        if (is_header_value(value)) {
            reply_->set(name, value);
        } else {
            log_error("the header {} of an answer was left out: it holds a line end", name);
        }
    }
    if (response.status != 304 && response.status != 204) {  // these have no body, whatever it says
        reply_->content_length(response.body.size());
    }
    if (!head_) {
        bytes_out_ = response.body.size();
        reply_->body() = std::move(response.body);
    }
    if (bytes_out_ > unsent_bytes_max) {
        stream_.hold_back_unsent(unsent_bytes_max);
    }
    const ServerOptions& options = floor_->options;
    const auto whole = std::chrono::seconds(options.request_seconds_max +
                                            bytes_out_ / options.answer_bytes_per_second_min);
    taken_by_ = std::chrono::steady_clock::now() + whole;
    sent_ = 0;
    sending_.emplace(*reply_);
    send_part(then);
}

/// Each part has its time: whoever goes on taking a long answer gets it as a whole. Whoever takes
/// it drop by drop, so as to make the server hold it, does not.
void Session::send_part(Then then) {
    const auto now = std::chrono::steady_clock::now();
    const std::chrono::nanoseconds part = std::chrono::seconds(floor_->options.request_seconds_max);
    stream_.expires_after(std::min<std::chrono::nanoseconds>(part, taken_by_ - now));
    bhttp::async_write_some(
        stream_,
        *sending_,
        [self = shared_from_this(), then](beast::error_code error, std::size_t bytes) {
            self->sent_ += bytes;
            if (error || self->sending_->is_done()) {
                self->sent_all(error, then);
            } else {
                self->send_part(then);
            }
        });
}

void Session::sent_all(beast::error_code error, Then then) {
    // The serializer says so of an answer after which the connection is to be closed.
    const bool is_whole = !error || error == bhttp::error::end_of_stream;
    sending_.reset();
    count(static_cast<int>(reply_->result_int()), is_whole ? Taken::Whole : Taken::CutOff);
    if (!is_whole || then == Then::Close) {
        close();
    } else if (then == Then::Drain) {
        drain();
    } else {
        await_request();
    }
}

/// Of an answer that the client has stopped taking, the time until then.
void Session::count(int status, Taken taken) const {
    const auto took = std::chrono::steady_clock::now() - began_;
    floor_->traffic->note(route_, status, took);
    floor_->traffic->cut_off_ever += taken == Taken::CutOff ? 1 : 0;
    if (floor_->options.logs_requests) {
        log(status, took, taken);
    }
}

/// The route by its pattern, and nothing of what was sent: paths and queries name customers.
void Session::log(int status, std::chrono::nanoseconds took, Taken taken) const {
    const Traffic::Name& name = floor_->traffic->name(route_);
    const LogField fields[] = {
        {"method", name.method},
        {"route", name.pattern},
        {"status", static_cast<std::uint64_t>(status)},
        {"seconds", std::chrono::duration<double>(took).count()},
        {"bytes_in", bytes_in_},
        {"bytes_out", taken == Taken::Whole ? bytes_out_ : std::min(bytes_out_, sent_)},
        {"request", id_}};
    log_fields(LogLevel::Info, taken == Taken::Whole ? "answered" : "cut off", fields);
}

/// Says that there is no room, without waiting for what the client wants.
void Session::turn_away() {
    route_ = floor_->traffic->without_route();
    began_ = std::chrono::steady_clock::now();
    const std::string words =
        room_ == Room::NotForAddress
            ? fmt::format(
                  "Too many connections are open from your address, which may have {}; "
                  "close those that rest, or try again in a second.",
                  floor_->guests.each_max())
            : "Too many connections are open; close those that rest, or try again in a second.";
    write(problem(Error{ErrorCode::Unavailable, words}), Then::Drain);
}

/// Says to who speaks plain HTTP where TLS is spoken what to write instead.
void Session::ask_for_tls() {
    stream_.drop_tls();
    route_ = floor_->traffic->without_route();
    began_ = std::chrono::steady_clock::now();
    write(problem(invalid_input("This server speaks TLS; write https:// instead of http://.")),
          Then::Drain);
}

void Session::refuse(const beast::error_code& error) {
    head_ = false;
    if (error == bhttp::error::header_limit) {
        write(too_long(parser_->get().target().empty(), floor_->options.header_bytes_max),
              Then::Drain);
    } else if (error == bhttp::error::body_limit) {
        write(problem(
                  Error{ErrorCode::TooLarge, "The body is longer than 16 MiB; send it in parts."}),
              Then::Drain);
    } else if (error.category() == bhttp::make_error_code(bhttp::error::bad_method).category() &&
               error != bhttp::error::end_of_stream && error != bhttp::error::partial_message) {
        write(problem(invalid_input("This is not an HTTP/1.1 request: " + error.message() + ".")),
              Then::Drain);
    } else {
        close();
    }
}

/// Bytes that nobody has read when a connection is closed make the system cut it off at once, and
/// the client may never see why it was refused. So they are read for a moment, and dropped.
void Session::drain() {
    beast::error_code ignored;
    stream_.say_goodbye();
    stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_send, ignored);
    parser_.reset();
    reply_.reset();
    stream_.expires_after(drain_time);
    read_away();
}

void Session::read_away() {
    buffer_.clear();
    stream_.wire().async_read_some(
        buffer_.prepare(drain_bytes),
        [self = shared_from_this()](beast::error_code error, std::size_t) {
            if (error) {
                self->close();
            } else {
                self->read_away();
            }
        });
}

void Session::close() {
    beast::error_code ignored;
    stream_.say_goodbye();
    stream_.socket().shutdown(boost::asio::ip::tcp::socket::shutdown_both, ignored);
    stream_.close();
    listening_.reset();
}

}  // namespace kokemus::http
