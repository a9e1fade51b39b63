// How fast encounters come in over HTTP when every batch is on disk before its answer, how long the
// answer takes, and how soon an answer counts what was acknowledged. Starts a server of its own; a
// client per connection, kept alive.
//
// usage: collect_bench [--seconds N] [--connections N] [--json FILE]
#include <atomic>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account.h"
#include "base/file.h"
#include "http_client.h"
#include "rounds.h"
#include "sent_load.h"
#include "server_child.h"

namespace {

using kokemus::bench::batch_sent;
using kokemus::bench::quantile;
using kokemus::durability::HttpClient;
using Clock = std::chrono::steady_clock;

struct Settings {
    double seconds = 5;
    std::size_t connections = 8;
    std::string json;
};

struct Sent {
    std::uint64_t encounters = 0;
    double seconds = 0;
    double server_seconds = 0;         ///< of the cores, used by the server
    std::vector<double> milliseconds;  ///< from sending to the answer, of each batch
    std::uint64_t told_to_wait = 0;
};

/// One connection's work: each body once its predecessor is answered, until time is up.
Sent send_bodies(std::uint16_t port, const std::vector<std::string>& bodies, std::size_t size,
                 std::chrono::duration<double> time) {
    Sent sent;
    HttpClient client(port);
    const auto begun = Clock::now();
    for (const std::string& body : bodies) {
        const auto asked = Clock::now();
        if (asked > begun + time) {
            break;
        }
        const auto answer = client.post("/api/encounters", body);
        if (!answer || answer->status != 200) {
            ++sent.told_to_wait;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
            continue;
        }
        sent.encounters += size;
        sent.milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - asked).count());
    }
    return sent;
}

/// Bodies are made before the clock runs, so that the client's own work does not count.
Sent send_batches(std::uint16_t port, std::size_t size, const Settings& settings,
                  std::uint64_t first_batch) {
    const auto bodies_each =
        static_cast<std::size_t>(settings.seconds * 400'000 / static_cast<double>(size) /
                                 static_cast<double>(settings.connections)) +
        2;
    std::vector<Sent> parts(settings.connections);
    std::vector<std::vector<std::string>> bodies(settings.connections);
    for (std::size_t c = 0; c < settings.connections; ++c) {
        for (std::size_t i = 0; i < bodies_each; ++i) {
            bodies[c].push_back(batch_sent(first_batch + c * bodies_each + i, size));
        }
    }
    const auto begun = Clock::now();
    {
        std::vector<std::jthread> threads;
        for (std::size_t c = 0; c < settings.connections; ++c) {
            threads.emplace_back([&, c] {
                const std::chrono::duration<double> time(settings.seconds);
                parts[c] = send_bodies(port, bodies[c], size, time);
            });
        }
    }
    Sent all;
    all.seconds = std::chrono::duration<double>(Clock::now() - begun).count();
    for (Sent& part : parts) {
        all.encounters += part.encounters;
        all.told_to_wait += part.told_to_wait;
        all.milliseconds.insert(
            all.milliseconds.end(), part.milliseconds.begin(), part.milliseconds.end());
    }
    return all;
}

std::uint64_t counted(HttpClient& client) {
    const auto answer = client.get("/api/ask?q=flow+where+touchpoint+%3D+'freshness'");
    if (!answer || answer->status != 200) {
        return 0;
    }
    return boost::json::parse(answer->body)
        .at("population")
        .at("encounters")
        .to_number<std::uint64_t>();
}

/// Sends one encounter, then asks until it is counted; again and again.
std::vector<double> freshness(std::uint16_t port, std::size_t rounds) {
    HttpClient client(port);
    std::vector<double> milliseconds;
    std::uint64_t before = counted(client);
    for (std::size_t i = 0; i < rounds; ++i) {
        const std::string one = fmt::format(
            R"({{"id":"f{}","customer":"fresh {}","time":1700000000,"touchpoint":"freshness"}})",
            i,
            i % 17);
        const auto taken = client.post("/api/encounters", one);
        if (!taken || taken->status != 200) {
            continue;
        }
        const auto acknowledged = Clock::now();
        while (counted(client) <= before) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        ++before;
        milliseconds.push_back(
            std::chrono::duration<double, std::milli>(Clock::now() - acknowledged).count());
    }
    return milliseconds;
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
        std::size_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        if (name == "--seconds") {
            settings.seconds = static_cast<double>(number);
        } else if (name == "--connections") {
            settings.connections = number;
        }
    }
    return settings;
}

void report(const std::string& name, Sent& sent, boost::json::object& facts) {
    const double each_second = static_cast<double>(sent.encounters) / sent.seconds;
    const double core_us = sent.server_seconds * 1e6 / static_cast<double>(sent.encounters);
    const double p50 = quantile(sent.milliseconds, 0.5);
    const double p99 = quantile(sent.milliseconds, 0.99);
    fmt::print(
        "{:<24} {:>8.0f} encounters/s {:>6.2f} us of a core each   acknowledged p50 {:>6.1f} "
        "ms p99 {:>6.1f} ms{}\n",
        name,
        each_second,
        core_us,
        p50,
        p99,
        sent.told_to_wait > 0 ? fmt::format("   told to wait {}", sent.told_to_wait) : "");
    std::fflush(stdout);
    facts[name + ", encounters a second"] = each_second;
    facts[name + ", cores of the server, us each"] = core_us;
    facts[name + ", acknowledged, p50 ms"] = p50;
    facts[name + ", acknowledged, p99 ms"] = p99;
}

}  // namespace

int main(int count, char** words) {
    const Settings settings = read(count, words);
    const kokemus::durability::Scratch scratch("collect-bench");
    kokemus::durability::ServerChild server(scratch.path() / "folder", {});
    const auto port = server.port(std::chrono::seconds(60));
    if (!port) {
        fmt::print(stderr, "the server did not start: {}\n", server.last_words());
        return 1;
    }
    fmt::print("{} connections, {} s each, every batch on disk before its answer\n",
               settings.connections,
               settings.seconds);
    boost::json::object facts;
    std::uint64_t first_batch = 0;
    for (const std::size_t size : {100, 1000}) {
        const double before = server.cpu_seconds();
        Sent sent = send_batches(*port, size, settings, first_batch);
        sent.server_seconds = server.cpu_seconds() - before;
        first_batch += 10'000'000;
        report(fmt::format("HTTP, batches of {}", size), sent, facts);
    }
    std::vector<double> fresh = freshness(*port, 50);
    facts["acknowledged to counted, p50 ms"] = quantile(fresh, 0.5);
    facts["acknowledged to counted, p99 ms"] = quantile(fresh, 0.99);
    fmt::print("{:<24} counted by an answer after p50 {:.0f} ms, p99 {:.0f} ms\n",
               "freshness",
               quantile(fresh, 0.5),
               quantile(fresh, 0.99));
    const boost::json::object whole{
        {"program", "collect_bench"}, {"facts", facts}, {"rows", boost::json::array{}}};
    if (!settings.json.empty() &&
        !kokemus::write_file(settings.json, boost::json::serialize(whole) + "\n")) {
        return 1;
    }
    return 0;
}
