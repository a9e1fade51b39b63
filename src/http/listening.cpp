#include "http/listening.h"

#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>
#include <fmt/format.h>

namespace kokemus::http {

namespace asio = boost::asio;

namespace {

/// Ends the stream of a client that has not come back with a retry of its own.
constexpr int retry_milliseconds = 2000;

}  // namespace

/// From here on the connection only tells news. Its own timer takes the place of the stream's,
/// since a read (for the client's going) and a write are pending together.
void Session::listen(Response response) {
    const int status = response.status;
    listening_ = std::make_shared<Listening>(std::move(response), stream_.get_executor());
    const std::weak_ptr<Session> weak = weak_from_this();
    const auto ticket = listening_->broadcast->listen([weak, strand = stream_.get_executor()] {
        asio::post(strand, [weak] {
            if (const auto self = weak.lock()) {
                self->tell_news();
            }
        });
    });
    if (!ticket) {
        listening_.reset();
        Response full = problem(
            Error{ErrorCode::Unavailable, "Too many pages are listening; ask again in a while."});
        full.headers["retry-after"] = "30";
        write(std::move(full), Then::Close);
        return;
    }
    listening_->ticket = *ticket;
    count(status);
    stream_.expires_never();
    say(
        fmt::format("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    "Cache-Control: no-store\r\nX-Request-Id: {}\r\nConnection: close\r\n\r\n"
                    "retry: {}\n\n",
                    id_,
                    retry_milliseconds));
    watch_client();
    beat();
}

/// Writes the newest news unless the client knows it; called again when it has been written.
void Session::tell_news() {
    if (!listening_ || listening_->is_writing) {
        return;
    }
    const auto news = listening_->broadcast->newest();
    if (news && news->id != listening_->heard) {
        listening_->heard = news->id;
        say(fmt::format("id: {}\ndata: {}\n\n", news->id, news->text));
    }
}

void Session::say(std::string text) {
    listening_->is_writing = true;
    listening_->out = std::move(text);
    asio::async_write(stream_,
                      asio::buffer(listening_->out),
                      [self = shared_from_this(), kept = listening_](boost::beast::error_code error,
                                                                     std::size_t) {
                          if (!self->listening_) {
                              return;
                          }
                          if (error) {
                              self->close();
                              return;
                          }
                          self->listening_->is_writing = false;
                          self->listening_->is_silent = false;
                          self->tell_news();
                      });
}

/// A comment line now and then keeps proxies from closing the connection, and shows who has gone.
void Session::beat() {
    listening_->timer.expires_after(floor_->options.heartbeat);
    listening_->timer.async_wait([weak = weak_from_this()](boost::beast::error_code error) {
        const auto self = weak.lock();
        if (error || !self || !self->listening_) {
            return;
        }
        if (self->listening_->is_writing && self->listening_->is_silent) {
            self->close();
            return;
        }
        self->listening_->is_silent = true;
        if (!self->listening_->is_writing) {
            self->say(":\n\n");
        }
        self->ask_whether_still_welcome();
        self->beat();
    });
}

/// A session that has ended, or a key that was withdrawn, hears nothing more. Asked beside the
/// strand, since the guard may wait for the records; what they cannot say ends nothing.
void Session::ask_whether_still_welcome() {
    if (listening_->listener == nullptr || listening_->is_asked_about.exchange(true)) {
        return;
    }
    asio::post(floor_->quick.pool, [self = shared_from_this(), kept = listening_] {
        const auto refused = self->floor_->router.refusal(*kept->listener);
        kept->is_asked_about = false;
        if (refused && (refused->status == 401 || refused->status == 403)) {
            asio::post(self->stream_.get_executor(), [self] {
                if (self->listening_) {
                    self->close();
                }
            });
        }
    });
}

/// A client that listens has nothing to say; what it sends is dropped, and its end ends us.
void Session::watch_client() {
    stream_.async_read_some(asio::buffer(listening_->ignored),
                            [self = shared_from_this(), kept = listening_](
                                boost::beast::error_code error, std::size_t) {
                                if (!self->listening_) {
                                    return;
                                }
                                if (error) {
                                    self->close();
                                } else {
                                    self->watch_client();
                                }
                            });
}

}  // namespace kokemus::http
