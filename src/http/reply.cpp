#include "http/reply.h"

#include <atomic>

namespace kokemus::http {

struct Reply::Once {
    explicit Once(Send given) : send(std::move(given)) {}
    Once(const Once&) = delete;
    Once& operator=(const Once&) = delete;

    ~Once() {
        if (!is_sent) {
            send(problem(internal_error("The server gave no answer to this; it may be stopping.")));
        }
    }

    Send send;
    std::atomic<bool> is_sent{false};
};

Reply::Reply(Send send) : once_(std::make_shared<Once>(std::move(send))) {}

void Reply::operator()(Response response) const {
    if (!once_->is_sent.exchange(true)) {
        once_->send(std::move(response));
    }
}

}  // namespace kokemus::http
