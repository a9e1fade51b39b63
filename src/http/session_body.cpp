#include <algorithm>
#include <chrono>
#include <utility>

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>

#include "base/text.h"
#include "http/header_lines.h"
#include "http/request_head.h"
#include "http/request_id.h"
#include "http/session.h"

/// Between the header and the answer: whether the body may come, and its coming.
namespace kokemus::http {

namespace beast = boost::beast;
namespace bhttp = boost::beast::http;

namespace {

/// Read at once of a body.
constexpr std::uint64_t body_part_bytes = 64 * 1024;

/// Before a larger body is taken, who sends it is looked at.
constexpr std::uint64_t body_unasked_bytes_max = 64 * 1024;

}  // namespace

/// Whoever sends much, or asks beforehand whether to (as curl does with large bodies), is looked at
/// before it comes: strangers are refused at once, and hold no room.
void Session::expect_body() {
    auto lines = header_lines(parser_->get(), parser_->chunked());
    if (!lines) {
        head_ = false;
        write(refused_header(lines.error()), Then::Drain);
        return;
    }
    headers_ = std::move(*lines);
    const auto given = headers_.find("x-request-id");
    id_ = request_id_of(given == headers_.end() ? std::string_view{} : given->second);
    const bool is_much = parser_->chunked() ||
                         parser_->content_length_remaining().value_or(0) > body_unasked_bytes_max;
    if (!parser_->is_done() && (is_much || headers_.contains("expect"))) {
        ask_whether_it_may_come();
    } else {
        await_body();
    }
}

void Session::ask_whether_it_may_come() {
    auto head = head_of(parser_->get(), headers_);
    if (!head) {
        write(std::move(head.error()), Then::Drain);
        return;
    }
    if (++floor_->quick.waiting > floor_->options.waiting_max) {
        --floor_->quick.waiting;
        write(too_many_waiting(), Then::Drain);
        return;
    }
    head->id = id_;
    head->address = address();
    boost::asio::post(floor_->quick.pool,
                      [self = shared_from_this(), head = std::move(*head)]() mutable {
                          auto refused = self->floor_->router.refusal(head);
                          --self->floor_->quick.waiting;
                          boost::asio::post(self->stream_.get_executor(),
                                            [self, refused = std::move(refused)]() mutable {
                                                if (refused) {
                                                    self->write(std::move(*refused), Then::Drain);
                                                } else {
                                                    self->await_body();
                                                }
                                            });
                      });
}

/// Tells a client that asked beforehand to go on.
void Session::await_body() {
    if (floor_->stopping) {
        close();
        return;
    }
    makes_way_ = false;
    if (!parser_->is_done()) {
        body_.begin();
    }
    stream_.expires_after(std::chrono::seconds(floor_->options.request_seconds_max));
    // Beast reads as much at once as the buffer has room for.
    buffer_.reserve(std::min<std::uint64_t>(
        parser_->content_length_remaining().value_or(0) + buffer_.size(), body_part_bytes));
    const auto expected = parser_->get()[bhttp::field::expect];
    if (parser_->is_done() ||
        lower(std::string_view(expected.data(), expected.size())) != "100-continue") {
        read_body();
        return;
    }
    static constexpr std::string_view go_on = "HTTP/1.1 100 Continue\r\n\r\n";
    boost::asio::async_write(stream_,
                             boost::asio::buffer(go_on.data(), go_on.size()),
                             [self = shared_from_this()](beast::error_code error, std::size_t) {
                                 if (error) {
                                     self->close();
                                 } else {
                                     self->read_body();
                                 }
                             });
}

/// Piece by piece, so that what all bodies take together is known and bounded.
void Session::read_body() {
    if (parser_->is_done()) {
        if (body_.complete()) {
            answer();
        } else {
            tell_no_room();
        }
        return;
    }
    bhttp::async_read_some(stream_,
                           buffer_,
                           *parser_,
                           [self = shared_from_this()](beast::error_code error, std::size_t) {
                               if (self->makes_way_) {
                                   self->tell_no_room();
                               } else if (error) {
                                   self->refuse(error);
                               } else if (self->hold_body()) {
                                   self->read_body();
                               }
                           });
}

/// Counts what has been read; refuses when all bodies together are too large.
bool Session::hold_body() {
    if (body_.grow(parser_->get().body().size())) {
        return true;
    }
    tell_no_room();
    return false;
}

/// Others need the room, and this body comes more slowly: what waits for its next bytes ends.
void Session::make_way() {
    if (body_.is_given_up()) {
        makes_way_ = true;
        stream_.cancel();
    }
}

void Session::tell_no_room() {
    makes_way_ = false;
    head_ = false;
    write(problem(Error{ErrorCode::Unavailable,
                        "Too much is being sent at once, and this came too slowly or too late; "
                        "send it again in a second."}),
          Then::Drain);
}

}  // namespace kokemus::http
