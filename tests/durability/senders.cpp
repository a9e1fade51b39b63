#include "senders.h"

#include <chrono>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/random.h"
#include "http_client.h"

namespace kokemus::durability {

namespace {

constexpr std::size_t batch_size_max = 120;

/// Of every hundred batches, those sent a second time.
constexpr std::uint64_t again_percent = 10;

constexpr auto work_at_most = std::chrono::seconds(10);

bool adds_up(const std::string& body, std::size_t size) {
    boost::json::error_code failure;
    const boost::json::value answer = boost::json::parse(body, failure);
    return !failure && answer.at("accepted").to_number<std::size_t>() +
                               answer.at("duplicates").to_number<std::size_t>() ==
                           size;
}

}  // namespace

Senders::Senders(std::uint16_t port, Account& account, std::uint64_t seed, std::size_t clients)
    : account_(account) {
    for (std::size_t i = 0; i < clients; ++i) {
        ++at_work_;
        threads_.emplace_back([this, port, seed, i] {
            send(port, seed + i);
            --at_work_;
        });
    }
}

Senders::~Senders() {
    end();
}

void Senders::work(std::uint64_t acknowledgements) const {
    const std::uint64_t wanted = account_.acknowledgements() + acknowledgements;
    const auto until = std::chrono::steady_clock::now() + work_at_most;
    while (account_.acknowledgements() < wanted && at_work_ > 0 &&
           std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

void Senders::end() {
    is_ending_ = true;
    for (std::thread& thread : threads_) {
        thread.join();
    }
    threads_.clear();
}

void Senders::send(std::uint16_t port, std::uint64_t seed) {
    Random random(seed);
    HttpClient client(port);
    while (client.connected() && !is_ending_) {
        Account::Batch batch;
        if (random.below(100) < again_percent) {
            batch = account_.send_again(random.below(1'000'000));
        }
        if (batch.size == 0) {
            batch = account_.send_new(1 + random.below(batch_size_max));
        }
        const auto answer = client.post("/api/encounters", Account::body(batch));
        if (!answer) {
            return;
        }
        if (answer->status == 200) {
            if (!adds_up(answer->body, batch.size)) {
                fault(fmt::format("batch {} of {}: {}", batch.number, batch.size, answer->body));
            }
            account_.acknowledged(batch);
        } else if (answer->status == 503 || answer->status == 507) {
            std::this_thread::sleep_for(std::chrono::milliseconds(2));
        } else {
            fault(fmt::format("batch {}: {} {}", batch.number, answer->status, answer->body));
        }
    }
}

void Senders::fault(std::string words) {
    const std::scoped_lock lock(mutex_);
    faults_.push_back(std::move(words));
}

}  // namespace kokemus::durability
