// A server under many connections: a thousand are kept alive, and some of them speak at once. How
// fast batches come in, each on disk before its answer; how soon the card of a customer and their
// timeline are there, alone and while batches come in; what memory that takes; in the clear and
// within TLS. Client and server share the machine.
//
// With --sample, what is asked is asked of a large ledger: a data folder that `kokemus demo` has
// made of so many customers. It is served as it is and takes the batches too, so it is to be a
// copy.
//
// usage: load_bench [--seconds N] [--connections N] [--at-once N] [--json FILE]
//                   [--sample DIR --customers N]
#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"
#include "http/test_certificate.h"
#include "http_client.h"
#include "rounds.h"
#include "sent_load.h"
#include "server_child.h"

namespace {

using kokemus::durability::HttpClient;
using kokemus::durability::ServerChild;
using kokemus::durability::Spoken;
using Clock = std::chrono::steady_clock;

struct Settings {
    double seconds = 5;
    std::size_t connections = 1000;
    std::size_t at_once = 16;  ///< that wait for an answer
    std::string json;
    std::string sample;           ///< a data folder; empty: one of its own
    std::uint64_t customers = 0;  ///< of the sample
};

/// What came of one kind of request.
struct Outcome {
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;  ///< told to wait, or anything else that is no success
    double seconds = 0;
    double server_seconds = 0;  ///< of the cores, used by the server
    std::vector<double> milliseconds;
};

/// The connections of one run, spread over threads; each thread uses its own in turn.
class Clients {
public:
    Clients(std::uint16_t port, Spoken spoken, const Settings& settings)
        : threads_(std::min(settings.at_once, settings.connections)) {
        for (std::size_t i = 0; i < settings.connections; ++i) {
            clients_.push_back(std::make_unique<HttpClient>(port, spoken));
        }
    }

    bool are_in() const {
        return std::all_of(
            clients_.begin(), clients_.end(), [](const auto& one) { return one->connected(); });
    }

    /// Asks for so many seconds; `ask` gets a connection and a number that no other gets, and says
    /// whether it went well.
    template <typename Ask>
    Outcome run(double seconds, const Ask& ask) const {
        Outcome all;
        std::mutex mutex;
        std::atomic<std::uint64_t> number{0};
        const auto begun = Clock::now();
        const auto until = begun + std::chrono::duration<double>(seconds);
        {
            std::vector<std::jthread> threads;
            for (std::size_t t = 0; t < threads_; ++t) {
                threads.emplace_back([&, t] {
                    Outcome mine;
                    for (std::size_t at = t; Clock::now() < until;
                         at = at + threads_ < clients_.size() ? at + threads_ : t) {
                        const std::uint64_t one = number++;
                        const auto asked = Clock::now();
                        const bool well = ask(*clients_[at], one);
                        const std::chrono::duration<double, std::milli> took = Clock::now() - asked;
                        ++(well ? mine.answered : mine.refused);
                        if (well) {
                            mine.milliseconds.push_back(took.count());
                        }
                    }
                    const std::scoped_lock lock(mutex);
                    all.answered += mine.answered;
                    all.refused += mine.refused;
                    all.milliseconds.insert(
                        all.milliseconds.end(), mine.milliseconds.begin(), mine.milliseconds.end());
                });
            }
        }
        all.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
        return all;
    }

private:
    const std::size_t threads_;
    std::vector<std::unique_ptr<HttpClient>> clients_;
};

/// To a server.
struct Ways {
    std::uint16_t port = 0;
    Spoken spoken = Spoken::Plain;
    const Settings& settings;
};

struct Report {
    std::string way;
    boost::json::object& facts;

    void add(const std::string& what, Outcome outcome, double each = 1) const {
        const double rate = static_cast<double>(outcome.answered) * each / outcome.seconds;
        const double p50 = kokemus::bench::quantile(outcome.milliseconds, 0.5);
        const double p99 = kokemus::bench::quantile(outcome.milliseconds, 0.99);
        const double work =
            outcome.server_seconds * 1e6 / (static_cast<double>(outcome.answered) * each);
        fmt::print(
            "{:<6} {:<36} {:>9.0f} /s {:>8.1f} us of a core each   p50 {:>7.2f} ms   p99 "
            "{:>7.2f} ms{}\n",
            way,
            what,
            rate,
            work,
            p50,
            p99,
            outcome.refused > 0 ? fmt::format("   refused {}", outcome.refused) : "");
        std::fflush(stdout);
        facts[fmt::format("{}, {}, a second", way, what)] = rate;
        facts[fmt::format("{}, {}, us of a core", way, what)] = work;
        facts[fmt::format("{}, {}, p50 ms", way, what)] = p50;
        facts[fmt::format("{}, {}, p99 ms", way, what)] = p99;
        facts[fmt::format("{}, {}, refused", way, what)] = outcome.refused;
    }

    void add_memory(const std::string& what, std::size_t bytes) const {
        fmt::print("{:<6} {:<36} {:>9.1f} MB\n", way, what, static_cast<double>(bytes) / 1e6);
        facts[fmt::format("{}, {}, MB", way, what)] = static_cast<double>(bytes) / 1e6;
    }
};

std::function<bool(HttpClient&, std::uint64_t)> sending(std::uint64_t first, std::size_t size) {
    return [first, size](HttpClient& client, std::uint64_t number) {
        const std::string body = kokemus::bench::batch_sent(first + number, size);
        const auto answer = client.post("/api/encounters", body);
        if (answer && answer->status != 200) {
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return answer && answer->status == 200;
    };
}

std::function<bool(HttpClient&, std::uint64_t)> asking(std::string behind,
                                                       std::uint64_t sample_customers = 0) {
    return
        [behind = std::move(behind), sample_customers](HttpClient& client, std::uint64_t number) {
            const std::string name =
                sample_customers > 0 ? fmt::format("c{:07}", number * 7919 % sample_customers + 1)
                                     : fmt::format("customer-{}%40example.com",
                                                   number * 7919 % kokemus::bench::customers_sent);
            const auto answer = client.get(fmt::format("/api/customers/{}{}", name, behind));
            return answer && answer->status == 200;
        };
}

/// Until answers count what was sent.
void wait_for_customers(std::uint16_t port, Spoken spoken, std::uint64_t sample_customers) {
    HttpClient client(port, spoken);
    const auto ask = asking("", sample_customers);
    for (std::uint64_t i = 0; i < 1000; ++i) {
        for (int again = 0; again < 1000 && !ask(client, i); ++again) {
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        }
    }
}

/// Until a batch is taken: the keys of a large ledger are read before the first one.
void wait_for_writing(std::uint16_t port, Spoken spoken) {
    HttpClient client(port, spoken);
    const auto send = sending(400'000'000, 1);
    for (int again = 0; again < 10'000 && !send(client, 0); ++again) {
    }
}

/// Cards and timelines, alone and while batches come in.
void measure_customers(const Report& report, const Clients& clients, ServerChild& server,
                       const Ways& ways) {
    const Settings& settings = ways.settings;
    const auto run = [&](const auto& ask) {
        const double begun = server.cpu_seconds();
        Outcome outcome = clients.run(settings.seconds, ask);
        outcome.server_seconds = server.cpu_seconds() - begun;
        return outcome;
    };
    const auto beside = [&](const auto& ask, std::uint64_t first) {
        const Settings few{settings.seconds, 8, 2, {}, {}, 0};
        const Clients senders(ways.port, ways.spoken, few);
        Outcome sent;
        Outcome asked;
        {
            const std::jthread sender(
                [&] { sent = senders.run(settings.seconds + 0.5, sending(first, 100)); });
            asked = run(ask);
        }
        fmt::print("beside it {:.0f} encounters a second in batches of 100\n",
                   static_cast<double>(sent.answered) * 100 / sent.seconds);
        return asked;
    };
    report.add("customer's card", run(asking("", settings.customers)));
    report.add("customer's timeline", run(asking("/timeline", settings.customers)));
    report.add("customer's card while batches come",
               beside(asking("", settings.customers), 200'000'000));
    report.add("customer's timeline while batches come",
               beside(asking("/timeline", settings.customers), 300'000'000));
}

/// All of it on one server; false when it cannot be started.
bool measure(Spoken spoken, const Settings& settings, boost::json::object& facts) {
    const kokemus::durability::Scratch scratch("load-bench");
    const kokemus::http::TestCertificate certificate;
    ServerChild::Variables variables;
    if (spoken == Spoken::Tls) {
        variables = {{"KOKEMUS_SERVER_CERTIFICATE", certificate.certificate()},
                     {"KOKEMUS_SERVER_CERTIFICATE_KEY", certificate.key()}};
    }
    variables.emplace_back("KOKEMUS_TEST_IDLE_SECONDS", "3600");
    const bool is_sample = !settings.sample.empty();
    ServerChild server(
        is_sample ? std::filesystem::path(settings.sample) : scratch.path() / "folder", variables);
    const auto port = server.port(std::chrono::seconds(60));
    if (!port) {
        fmt::print(stderr, "the server did not start: {}\n", server.last_words());
        return false;
    }
    const Report report{spoken == Spoken::Tls ? "TLS" : "plain", facts};
    const std::size_t before = server.memory_bytes();
    const Clients clients(*port, spoken, settings);
    if (!clients.are_in()) {
        fmt::print(stderr, "not all {} connections were taken\n", settings.connections);
        return false;
    }
    report.add_memory(fmt::format("{} silent connections", settings.connections),
                      server.memory_bytes() - before);
    const auto run = [&](const auto& ask) {
        const double begun = server.cpu_seconds();
        Outcome outcome = clients.run(settings.seconds, ask);
        outcome.server_seconds = server.cpu_seconds() - begun;
        return outcome;
    };
    if (!is_sample) {
        report.add("encounters in batches of 100", run(sending(0, 100)), 100);
        report.add("encounters in batches of 1,000", run(sending(100'000'000, 1000)), 1000);
    }
    wait_for_customers(*port, spoken, settings.customers);
    wait_for_writing(*port, spoken);
    measure_customers(report, clients, server, Ways{*port, spoken, settings});
    report.add_memory("memory of the server", server.memory_bytes());
    return server.end() == 0;
}

Settings read(int count, char** words) {
    Settings settings;
    for (int i = 1; i + 1 < count; i += 2) {
        const std::string_view name(words[i]);
        const std::string value(words[i + 1]);
        if (name == "--json") {
            settings.json = value;
            continue;
        }
        if (name == "--sample") {
            settings.sample = value;
            continue;
        }
        std::size_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        if (name == "--seconds") {
            settings.seconds = static_cast<double>(number);
        } else if (name == "--connections") {
            settings.connections = std::max<std::size_t>(number, 1);
        } else if (name == "--customers") {
            settings.customers = number;
        } else if (name == "--at-once") {
            settings.at_once = std::max<std::size_t>(number, 1);
        }
    }
    return settings;
}

}  // namespace

int main(int count, char** words) {
    const Settings settings = read(count, words);
    fmt::print("{} connections kept alive, {} speak at once, {} s each\n",
               settings.connections,
               settings.at_once,
               settings.seconds);
    boost::json::object facts;
    facts["connections"] = settings.connections;
    facts["at once"] = settings.at_once;
    const bool is_well = measure(Spoken::Plain, settings, facts) &&
                         (!settings.sample.empty() || measure(Spoken::Tls, settings, facts));
    if (!is_well) {
        return 1;
    }
    const boost::json::object whole{
        {"program", "load_bench"}, {"facts", facts}, {"rows", boost::json::array{}}};
    if (!settings.json.empty() &&
        !kokemus::write_file(settings.json, boost::json::serialize(whole) + "\n")) {
        return 1;
    }
    return 0;
}
