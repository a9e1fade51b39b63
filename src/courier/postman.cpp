#include "courier/postman.h"

#include <sodium.h>

#include "base/log.h"
#include "courier/event.h"

namespace kokemus::courier {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds looked_every{500};
constexpr std::chrono::minutes tidied_every{10};
constexpr std::chrono::milliseconds rest_after_fault{5'000};

}  // namespace

Postman::Postman(Mails& mails, MailServer server)
    : mails_(mails),
      server_(std::move(server)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Postman::run(const std::stop_token& stop) {
    bool is_begun = false;
    bool was_said = false;
    auto next_tidying = steady_clock::now();
    while (!stop.stop_requested()) {
        is_begun = is_begun || mails_.begin();
        if (steady_clock::now() >= next_tidying && mails_.tidy_up()) {
            next_tidying = steady_clock::now() + tidied_every;
        }
        const auto sent = send_next(stop);
        if (!sent && !was_said) {
            log_error("mails cannot be sent: {}", sent.error().message);
        }
        was_said = !sent;
        if (sent && *sent) {
            continue;  // there may be more
        }
        std::unique_lock lock(mutex_);
        rest_.wait_for(lock, stop, sent ? looked_every : rest_after_fault, [] { return false; });
    }
}

Result<bool> Postman::send_next(const std::stop_token& stop) {
    const auto claimed = TRY(mails_.claim());
    if (!claimed) {
        return false;
    }
    const MailFate fate = claimed->problem.empty()
                              ? send_mail(claimed->posting, server_, stop)
                              : MailFate{MailFate::Kind::Refused, 0, claimed->problem};
    TRY(mails_.settle(*claimed, fate, randombytes_random() / 4294967296.0));
    return true;
}

Result<Mail> Postman::test(const Letter& letter, const Doing& by) {
    if (!is_mail_address(letter.to)) {
        return invalid_input("to: write an address such as anna@example.com");
    }
    const Instant now = SystemClock().now();
    return mails_.keep_test(send_mail({letter, new_event_id(now), now}, server_, {}), by);
}

}  // namespace kokemus::courier
