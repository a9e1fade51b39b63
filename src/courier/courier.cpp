#include "courier/courier.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <sodium.h>

#include "base/log.h"
#include "courier/bounds.h"
#include "courier/signature.h"
#include "courier/web_post.h"

namespace kokemus::courier {

namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds looked_every{250};
constexpr std::chrono::minutes tidied_every{10};
constexpr std::chrono::milliseconds rest_after_fault{5'000};

double any_chance() {
    return randombytes_random() / 4294967296.0;
}

Outcome failed(Outcome outcome, std::string problem) {
    outcome.kind = Outcome::Kind::Failed;
    outcome.problem = std::move(problem);
    return outcome;
}

Outcome judged(Outcome outcome, Posted posted) {
    outcome.status = posted.status;
    outcome.answer = std::move(posted.answer);
    outcome.retry_after = posted.retry_after;
    if (posted.status >= 200 && posted.status < 300) {
        outcome.kind = Outcome::Kind::Delivered;
        return outcome;
    }
    const bool leads_on = posted.status >= 300 && posted.status < 400;
    outcome = failed(
        std::move(outcome),
        fmt::format(
            "it answered {}{}", posted.status, leads_on ? "; redirects are not followed" : ""));
    if (posted.status == 410) {
        outcome.kind = Outcome::Kind::Gone;
    }
    return outcome;
}

}  // namespace

Courier::Courier(Outbox& outbox, Targets& targets, const Clock& clock)
    : outbox_(outbox),
      targets_(targets),
      clock_(clock) {
    for (std::size_t i = 0; i < bounds::at_once_max; ++i) {
        senders_.emplace_back([this](const std::stop_token& stop) { send(stop); });
    }
    looks_after_ = std::jthread([this](const std::stop_token& stop) { look_after(stop); });
}

Courier::~Courier() {
    looks_after_.request_stop();
    looks_after_.join();
    for (std::jthread& sender : senders_) {
        sender.request_stop();
    }
    senders_.clear();
    for (Errand& errand : to_send_) {
        come_back_.emplace_back(std::move(errand), Outcome{});
    }
    if (const auto settled = outbox_.turn(come_back_, 0); !settled) {
        log_warning("what was sent last is not written down, and will be sent again: {}",
                    settled.error().message);
    }
}

void Courier::wake() {
    {
        const std::scoped_lock lock(mutex_);
        is_woken_ = true;
    }
    news_.notify_one();
}

/// What came back and could not be written down stays in `come_back` for the next turn: nothing is
/// claimed a second time before it is settled.
void Courier::look_after(const std::stop_token& stop) {
    Status state;
    bool is_begun = false;
    bool was_said = false;
    auto next_tidying = steady_clock::now();
    std::vector<std::pair<Errand, Outcome>> come_back;
    while (true) {
        std::size_t room = 0;
        {
            std::unique_lock lock(mutex_);
            news_.wait_for(lock, stop, state ? looked_every : rest_after_fault, [this] {
                return is_woken_ || !come_back_.empty();
            });
            is_woken_ = false;
            std::ranges::move(come_back_, std::back_inserter(come_back));
            come_back_.clear();
            room = bounds::at_once_max - (on_the_way_ - come_back.size());
            if (stop.stop_requested()) {
                come_back_ = std::move(come_back);
                return;
            }
        }
        is_begun = is_begun || outbox_.begin();
        if (steady_clock::now() >= next_tidying && outbox_.tidy_up()) {
            next_tidying = steady_clock::now() + tidied_every;
        }
        auto claimed = outbox_.turn(come_back, room);
        state = claimed ? Status() : Status(claimed.error());
        if (!claimed && !was_said) {
            log_error("nothing can be sent out: {}", claimed.error().message);
        }
        was_said = !claimed;
        if (claimed) {
            const std::scoped_lock lock(mutex_);
            on_the_way_ += claimed->size();
            on_the_way_ -= come_back.size();
            std::ranges::move(*claimed, std::back_inserter(to_send_));
            come_back.clear();
        }
        goods_.notify_all();
    }
}

void Courier::send(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    while (goods_.wait(lock, stop, [this] { return !to_send_.empty(); })) {
        Errand errand = std::move(to_send_.front());
        to_send_.pop_front();
        lock.unlock();
        Outcome outcome = try_once(errand, stop);
        lock.lock();
        come_back_.emplace_back(std::move(errand), std::move(outcome));
        news_.notify_one();
    }
}

Outcome Courier::try_once(const Errand& errand, const std::stop_token& stop) const {
    Outcome outcome;
    outcome.at = clock_.now();
    outcome.chance = any_chance();
    const auto secrets = targets_.secrets_of(errand);
    const auto signature =
        secrets ? webhook_signature({errand.event, outcome.at, errand.body}, *secrets)
                : secrets.error();
    if (!signature) {
        return failed(std::move(outcome), signature.error().message);
    }
    auto posted = post_once({errand.url,
                             {"content-type: application/json",
                              "user-agent: Kokemus",
                              "webhook-id: " + errand.event,
                              "webhook-timestamp: " + webhook_timestamp(outcome.at),
                              "webhook-signature: " + *signature},
                             errand.body},
                            targets_.rules(),
                            stop);
    if (posted) {
        return judged(std::move(outcome), std::move(*posted));
    }
    if (posted.error().code == ErrorCode::Cancelled) {
        return outcome;
    }
    return failed(std::move(outcome), std::move(posted.error().message));
}

Result<Delivery> Courier::test(std::string_view target, const Doing& by) {
    const Errand errand = TRY(targets_.test_errand(target));
    return targets_.keep_test(errand, try_once(errand, {}), by);
}

}  // namespace kokemus::courier
