// build_bench: the timeline from a ledger on disk: how long it takes, and what memory it takes at
// most beside what the finished timeline takes.
#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "asked.h"
#include "ledger/ledger.h"
#include "report.h"
#include "sample_timeline.h"
#include "stopwatch.h"
#include "timeline/timeline_build.h"

namespace kokemus::bench {
namespace {

Status run(const std::filesystem::path& data, const std::filesystem::path& json) {
    Report report;
    report.program = "build_bench";
    const auto note = [&](const char* name, double number) {
        report.facts.emplace_back(name, number);
    };
    const Stopwatch opening;
    const auto ledger = TRY(ledger::Ledger::open(data));
    note("ledger opened, seconds", opening.wall_seconds());
    const Stopwatch building;
    const auto built = TRY(timeline::build_timeline(*ledger, sample_blueprint()));
    const auto& timeline = built.timeline;
    const double wall = building.wall_seconds();
    const auto finished = static_cast<double>(timeline->bytes());
    const auto peak = static_cast<double>(resident_bytes_peak());
    note("encounters", static_cast<double>(timeline->rows()));
    note("build, wall seconds", wall);
    note("build, work seconds", building.work_seconds());
    note("build, encounters per second", static_cast<double>(timeline->rows()) / wall);
    note("finished timeline, bytes", finished);
    note("peak memory, bytes", peak);
    note("peak memory / finished timeline", peak / finished);
    const auto first =
        TRY(ask_timeline(timeline::TimelineEngine(timeline), {.name = "flow", .text = "flow"}, 1));
    note("first flow, seconds", first.wall_seconds);
    print(report);
    return write_json(report, json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    std::filesystem::path data, json;
    CLI::App app("The timeline from the ledger of a data folder: time and memory.");
    app.add_option("--data", data, "a data folder of the sample organisation (kokemus demo)")
        ->required();
    app.add_option("--json", json, "write the figures into this file");
    CLI11_PARSE(app, count, words);
    const auto done = kokemus::bench::run(data, json);
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
