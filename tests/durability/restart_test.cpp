#include <atomic>
#include <chrono>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account.h"
#include "base/random.h"
#include "http/test_certificate.h"
#include "http_client.h"
#include "ledger/ledger.h"
#include "rounds.h"
#include "server_child.h"

/// A server that is told to end (SIGTERM) while clients send at full speed, and started again:
/// nothing is lost, nothing is there twice, and nothing was kept that nobody was told of.
namespace kokemus::durability {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t clients = 4;
constexpr std::uint64_t restarts = 8;
constexpr std::size_t batch_size = 50;
constexpr auto patience = milliseconds(60'000);

/// What the answers of all servers said, added up, and what was sent without an answer.
struct Told {
    std::mutex mutex;
    std::uint64_t accepted = 0;
    std::uint64_t duplicates = 0;
    std::vector<Account::Batch> unanswered;
    std::vector<std::string> faults;
    std::atomic<std::uint64_t> answers{0};
};

/// False when there was no answer.
bool send(HttpClient& client, const Account::Batch& batch, Account& account, Told& told) {
    const auto answer = client.post("/api/encounters", Account::body(batch));
    const std::scoped_lock lock(told.mutex);
    if (!answer || answer->status == 503) {
        told.unanswered.push_back(batch);
        return answer.has_value();
    }
    if (answer->status != 200) {
        told.faults.push_back(std::to_string(answer->status) + " " + answer->body);
        return true;
    }
    const auto counts = boost::json::parse(answer->body);
    told.accepted += counts.at("accepted").to_number<std::uint64_t>();
    told.duplicates += counts.at("duplicates").to_number<std::uint64_t>();
    account.acknowledged(batch);
    ++told.answers;
    return true;
}

/// Until the server is gone: what was not answered before, then new batches, now and then one again
/// that was acknowledged.
void send_on(std::uint16_t port, Spoken spoken, Account& account, Told& told, std::uint64_t seed) {
    Random random(seed);
    HttpClient client(port, spoken);
    bool goes_on = client.connected();
    while (goes_on) {
        Account::Batch batch;
        {
            const std::scoped_lock lock(told.mutex);
            if (!told.unanswered.empty()) {
                batch = told.unanswered.back();
                told.unanswered.pop_back();
            }
        }
        if (batch.size == 0 && random.below(10) == 0) {
            batch = account.send_again(random.below(1'000'000));
        }
        if (batch.size == 0) {
            batch = account.send_new(batch_size);
        }
        goes_on = send(client, batch, account, told);
    }
}

class Restart : public ::testing::TestWithParam<Spoken> {
protected:
    ServerChild::Variables told_to_server() const {
        ServerChild::Variables variables = frequent_work();
        if (GetParam() == Spoken::Tls) {
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE", certificate.certificate());
            variables.emplace_back("KOKEMUS_SERVER_CERTIFICATE_KEY", certificate.key());
        }
        return variables;
    }

    Scratch scratch{"restart"};
    http::TestCertificate certificate;
    Account account;
    Told told;
};

INSTANTIATE_TEST_SUITE_P(Ways, Restart, ::testing::Values(Spoken::Plain, Spoken::Tls),
                         [](const auto& way) {
                             return way.param == Spoken::Tls ? "Tls" : "Plain";
                         });

TEST_P(Restart, UnderLoadLosesAndDoublesNothing) {
    const Rounds rounds = rounds_of("RESTART", restarts);
    Random random(rounds.seed);
    for (std::uint64_t round = 0; round < rounds.count; ++round) {
        ServerChild server(scratch.path(), told_to_server());
        const auto port = server.port(patience);
        ASSERT_TRUE(port) << server.last_words();
        const std::uint64_t before = told.answers;
        std::vector<std::jthread> senders;
        for (std::size_t i = 0; i < clients; ++i) {
            senders.emplace_back([&, seed = random.below(1U << 30U)] {
                send_on(*port, GetParam(), account, told, seed);
            });
        }
        const auto until = std::chrono::steady_clock::now() + patience;
        while (told.answers < before + 20 && std::chrono::steady_clock::now() < until) {
            std::this_thread::sleep_for(milliseconds(1));
        }
        std::this_thread::sleep_for(std::chrono::microseconds(random.below(50'000)));
        EXPECT_EQ(server.end(), 0) << server.last_words();
    }
    // A last server, which is ended when everything was answered.
    ServerChild server(scratch.path(), told_to_server());
    const auto port = server.port(patience);
    ASSERT_TRUE(port) << server.last_words();
    HttpClient client(*port, GetParam());
    const std::vector<Account::Batch> rest = std::exchange(told.unanswered, {});
    for (const Account::Batch& batch : rest) {
        ASSERT_TRUE(send(client, batch, account, told));
    }
    EXPECT_EQ(server.end(), 0) << server.last_words();
    EXPECT_THAT(told.faults, ::testing::IsEmpty());
    EXPECT_THAT(account.compare(scratch.path()), ::testing::IsEmpty());
    const auto ledger = ledger::Ledger::open(scratch.path());
    ASSERT_TRUE(ledger) << ledger.error().message;
    EXPECT_EQ((*ledger)->totals()->encounters, told.accepted)
        << "what a stopping server keeps, it acknowledges";
    EXPECT_GT(told.duplicates, 0U);
    std::printf("%llu encounters by %llu restarts, %llu sent once more\n",
                static_cast<unsigned long long>(told.accepted),
                static_cast<unsigned long long>(rounds.count),
                static_cast<unsigned long long>(told.duplicates));
}

}  // namespace
}  // namespace kokemus::durability
