// growth_bench: what questions cost per encounter in made-up worlds, as encounters, customers, the
// length of their paths and the number of touchpoints grow, one at a time.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "amount.h"
#include "asked.h"
#include "base/random.h"
#include "report.h"
#include "stopwatch.h"
#include "timeline/timeline_build.h"

namespace kokemus::bench {
namespace {

struct World {
    std::string grows;  ///< what differs from the usual world
    std::uint64_t encounters = 0;
    std::uint64_t path_length = 20;
    std::uint64_t touchpoints = 50;
};

std::string touchpoint_name(std::uint64_t touchpoint) {
    return "touchpoint " + std::to_string(touchpoint);
}

/// An NPS answer on every tenth encounter; no promises, no threads.
std::shared_ptr<const blueprint::Blueprint> make_blueprint() {
    auto out = std::make_shared<blueprint::Blueprint>();
    out->scales = {{"nps", 0, 10, true}};
    blueprint::Metric nps;
    nps.name = "nps";
    nps.scale = "nps";
    nps.kind = blueprint::MetricKind::Nps;
    out->metrics = {nps};
    return out;
}

/// Each customer mostly goes on to the next touchpoint and sometimes to any.
Result<std::shared_ptr<const timeline::Timeline>> make_timeline(const World& world) {
    timeline::TimelineBuilder builder(
        make_blueprint(), timeline::reads_nothing(), world.encounters);
    Random random(1);
    std::vector<ledger::Entry> batch;
    std::uint64_t touchpoint = 0;
    for (std::uint64_t i = 0; i < world.encounters; ++i) {
        const std::uint64_t place = i % world.path_length;
        touchpoint = place > 0 && random.chance(0.7) ? (touchpoint + 1) % world.touchpoints
                                                     : random.below(world.touchpoints);
        auto& entry = batch.emplace_back();
        entry.number = i + 1;
        auto& encounter = entry.encounter;
        encounter.customer = encounter::CustomerName(std::to_string(i / world.path_length));
        encounter.id = encounter::EncounterId(std::to_string(place));
        encounter.time =
            Instant(Milliseconds(1'700'000'000'000 + static_cast<std::int64_t>(place) * 7'200'000 +
                                 random.below(3600) * 1000));
        encounter.touchpoint = touchpoint_name(touchpoint);
        if (random.chance(0.1)) {
            encounter.score = static_cast<double>(random.below(11));
            encounter.scale = "nps";
        }
        if (batch.size() == 4096 || i + 1 == world.encounters) {
            TRY(builder.add(batch));
            batch.clear();
        }
    }
    return builder.finish();
}

std::vector<World> worlds(std::uint64_t encounters) {
    std::vector<World> out;
    for (const std::uint64_t part : {10, 5, 2, 1}) {
        out.push_back({.grows = "encounters", .encounters = encounters / part});
    }
    for (const std::uint64_t length : {2, 5, 20, 100, 1000, 10000}) {
        out.push_back({.grows = "path length", .encounters = encounters, .path_length = length});
    }
    for (const std::uint64_t touchpoints : {5, 50, 200, 1000, 10000}) {
        out.push_back(
            {.grows = "touchpoints", .encounters = encounters, .touchpoints = touchpoints});
    }
    return out;
}

std::vector<Asked> asked_of(const World& world) {
    std::string steps;
    for (std::uint64_t step = 0; step < 4; ++step) {
        steps +=
            (step == 0 ? "'" : " then '") + touchpoint_name(step * 3 % world.touchpoints) + "'";
    }
    return {{.name = "flow", .text = "flow"},
            {.name = "funnel", .text = "funnel " + steps + " within 7d"},
            {.name = "variants", .text = "variants limit 20"},
            {.name = "breakdown", .text = "breakdown nps by touchpoint"}};
}

Status run(std::uint64_t encounters, int repeats, const std::filesystem::path& json) {
    Report report;
    report.program = "growth_bench";
    for (const auto& world : worlds(encounters)) {
        const auto timeline = TRY(make_timeline(world));
        const timeline::TimelineEngine engine(timeline);
        for (const auto& asked : asked_of(world)) {
            const auto timed = TRY(ask_timeline(engine, asked, repeats));
            Measured row;
            row.name = asked.name;
            row.filter = fmt::format("{}: {} M, length {}, {} touchpoints",
                                     world.grows,
                                     static_cast<double>(world.encounters) / 1e6,
                                     world.path_length,
                                     world.touchpoints);
            row.encounters = timeline->rows();
            row.wall_seconds = timed.wall_seconds;
            row.work_seconds = timed.work_seconds;
            report.rows.push_back(row);
        }
    }
    print(report);
    return write_json(report, json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    std::string encounters = "2M";
    int repeats = 3;
    std::filesystem::path json;
    CLI::App app("What questions cost as encounters, paths and dictionaries grow.");
    app.add_option("--encounters", encounters, "of the usual world: 2M, 10M");
    app.add_option("--repeats", repeats, "tries of each question; the best counts");
    app.add_option("--json", json, "write the table into this file");
    CLI11_PARSE(app, count, words);
    const auto amount = kokemus::bench::parse_amount(encounters);
    const auto done =
        amount ? kokemus::bench::run(*amount, repeats, json) : kokemus::Status(amount.error());
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
