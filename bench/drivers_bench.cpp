// drivers_bench: what goes with an outcome in the sample organisation, by the clock: a million
// threads, twelve factors, a thousand draws of the customers. `--show` prints the answer, too,
// which is to be held against what was planted (docs/sample.md).
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "amount.h"
#include "answer/answer_table.h"
#include "answer/ask.h"
#include "question/parse.h"
#include "report.h"
#include "sample_timeline.h"
#include "stopwatch.h"
#include "timeline/timeline_engine.h"

namespace kokemus::bench {
namespace {

/// An outcome that every thread has, so that all of them count.
constexpr const char* usual_question =
    "drivers of if (repeats) with late 'Technician in the two-hour window', "
    "if (promise 'Technician in the two-hour window' is broken), late 'Router in 3 working days', "
    "switches forced, switches, lasts, encounters, duration, distinct department, "
    "distinct channel, count 'Visit moved', count 'Order placed' per thread seed 1";

struct Options {
    std::string encounters = "10M";
    std::string question = usual_question;
    std::filesystem::path json;
    int repeats = 1;
    bool show = false;
};

/// The table of units alone.
Result<Measured> measure_table(const timeline::TimelineEngine& engine,
                               const question::Question& question) {
    question::TableWish wish;
    wish.columns = question.factors;
    wish.columns.push_back(*question.outcome);
    const Stopwatch watch;
    const question::UnitTable table = TRY(engine.table(question, wish));
    Measured measured;
    measured.name = fmt::format("table of {} units", table.population.units);
    measured.encounters = table.population.encounters;
    measured.wall_seconds = watch.wall_seconds();
    measured.work_seconds = watch.work_seconds();
    return measured;
}

Status run(const Options& options) {
    const std::uint64_t encounters = TRY(parse_amount(options.encounters));
    const SampleTimeline sample = TRY(make_sample_timeline(encounters));
    const timeline::TimelineEngine engine(sample.timeline);
    const blueprint::Blueprint& blueprint = *sample.timeline->blueprint;
    const question::Question question = TRY(question::parse_question(options.question, blueprint));
    const Instant now = timeline::to_instant(sample.timeline->latest_time);
    Report report;
    report.program = "drivers_bench";
    report.rows.push_back(TRY(measure_table(engine, question)));
    Measured best;
    best.name = "drivers";
    best.encounters = sample.timeline->rows();
    for (int repeat = 0; repeat < options.repeats; ++repeat) {
        const Stopwatch watch;
        const answer::Answer answer = TRY(answer::answer(question, engine, blueprint, now));
        if (repeat == 0 || watch.wall_seconds() < best.wall_seconds) {
            best.wall_seconds = watch.wall_seconds();
            best.work_seconds = watch.work_seconds();
        }
        const auto& drivers = std::get<answer::Drivers>(answer.body);
        report.facts = {{"units", static_cast<double>(drivers.units)},
                        {"factors", static_cast<double>(drivers.rows.size())},
                        {"replicates", static_cast<double>(drivers.replicates)},
                        {"resident_bytes_peak", static_cast<double>(resident_bytes_peak())}};
        if (options.show && repeat == 0) {
            fmt::print("{}\n", answer::to_table(answer));
        }
    }
    report.rows.push_back(std::move(best));
    print(report);
    return write_json(report, options.json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    kokemus::bench::Options options;
    CLI::App app("What goes with an outcome in the sample organisation, by the clock.");
    app.add_option("--encounters", options.encounters, "of the sample organisation: 2M, 10M");
    app.add_option("--question", options.question, "another question of the kind drivers");
    app.add_option("--repeats", options.repeats, "tries; the best counts");
    app.add_option("--json", options.json, "write the table into this file");
    app.add_flag("--show", options.show, "print the answer");
    CLI11_PARSE(app, count, words);
    if (const auto done = kokemus::bench::run(options); !done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
