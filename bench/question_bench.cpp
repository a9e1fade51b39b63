// question_bench: every kind of question over the sample organisation, against DuckDB over the same
// rows and against what the machine's memory can do. Answers are compared first; ends with 1 when
// one differs.
#include <filesystem>
#include <fstream>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "amount.h"
#include "asked.h"
#include "base/parallel.h"
#include "duck_rows.h"
#include "report.h"
#include "row_file.h"
#include "sample_timeline.h"
#include "stopwatch.h"
#include "yardstick.h"

namespace kokemus::bench {
namespace {

struct Options {
    std::string encounters = "1M";
    std::string duckdb_gigabytes = "4";
    int repeats = 7;
    bool no_duckdb = false;
    std::string only;
    std::filesystem::path json, rows;
    std::filesystem::path folder = std::filesystem::temp_directory_path();
};

/// DuckDB beside the timeline, with the same rows.
class Rival {
public:
    static Result<Rival> make(const Options& options, const timeline::Timeline& timeline) {
        const auto gigabytes = TRY(parse_amount(options.duckdb_gigabytes));
        auto database = TRY(open_duck(options.folder, gigabytes << 30U));
        auto connection = TRY(database.connect());
        TRY(fill_duck(connection, timeline));
        return Rival(std::move(database), std::move(connection));
    }

    /// The seconds of its best try, in the row; fails when its answer is another.
    Status ask(const timeline::Timeline& timeline, const Asked& asked, int repeats, Measured& row) {
        TRY(filter_duck(connection_, asked.filter));
        const std::string query = TRY(query_of(timeline, asked));
        for (int i = 0; i < repeats; ++i) {
            const Stopwatch watch;
            const auto expected = TRY(sql::lines_of(connection_, query));
            const double wall = watch.wall_seconds();
            if (i == 0 || wall < *row.duckdb_wall_seconds) {
                row.duckdb_wall_seconds = wall;
                row.duckdb_work_seconds = watch.work_seconds();
            }
            const std::string difference = sql::difference(row.lines, expected);
            if (!difference.empty()) {
                return Error{ErrorCode::Internal,
                             fmt::format("{} where {}: {}", asked.text, asked.filter, difference)};
            }
        }
        return {};
    }

private:
    Rival(duck::Database database, duck::Connection connection)
        : database_(std::move(database)),
          connection_(std::move(connection)) {}

    duck::Database database_;
    duck::Connection connection_;
};

void add_yardsticks(Report& report, const Bandwidth& bandwidth, const timeline::Timeline& timeline,
                    int repeats) {
    report.facts.emplace_back("read GB/s", bandwidth.read / 1e9);
    report.facts.emplace_back("triad GB/s", bandwidth.triad / 1e9);
    const Floor floor = measure_floor(timeline, repeats);
    const auto add = [&](const char* name, double seconds, std::size_t bytes) {
        Measured row;
        row.name = name;
        row.encounters = floor.encounters;
        row.wall_seconds = seconds;
        row.work_seconds = seconds * static_cast<double>(worker_count());
        row.bandwidth_share =
            static_cast<double>(floor.encounters * bytes) / seconds / bandwidth.read;
        report.rows.push_back(row);
    };
    add("floor: transitions", floor.transitions, 1);
    add("floor: and sum of times", floor.with_times, 5);
}

void add_facts(Report& report, const SampleTimeline& sample) {
    const auto& timeline = *sample.timeline;
    const auto rows = static_cast<double>(timeline.rows());
    std::size_t customers = 0;
    for (const auto& part : timeline.parts) {
        customers += part.customer_count();
    }
    report.facts = {{"threads", static_cast<double>(worker_count())},
                    {"encounters", rows},
                    {"customers", static_cast<double>(customers)},
                    {"bytes per encounter", static_cast<double>(timeline.bytes()) / rows},
                    {"made and added, seconds", sample.add_seconds},
                    {"sorted and indexed, seconds", sample.finish_seconds}};
}

Status run(const Options& options) {
    const Bandwidth bandwidth = measure_bandwidth();
    const auto encounters = TRY(parse_amount(options.encounters));
    const auto sample = TRY(make_sample_timeline(encounters));
    const auto& timeline = *sample.timeline;
    Report report;
    report.program = "question_bench";
    add_facts(report, sample);
    add_yardsticks(report, bandwidth, timeline, options.repeats);
    if (!options.rows.empty()) {
        TRY(write_row_file(timeline, options.rows));
    }
    std::optional<Rival> rival;
    if (!options.no_duckdb) {
        rival.emplace(TRY(Rival::make(options, timeline)));
    }
    const timeline::TimelineEngine engine(sample.timeline);
    // Few tries where each takes minutes.
    const int rival_repeats = timeline.rows() > 30'000'000 ? 1 : 2;
    for (const auto& asked : questions_asked()) {
        if (asked.name.find(options.only) == std::string::npos) {
            continue;
        }
        fmt::print(stderr, "{} where {}\n", asked.name, asked.filter);
        auto timed = TRY(ask_timeline(engine, asked, options.repeats));
        auto& row = report.rows.emplace_back();
        row.name = asked.name;
        row.filter = asked.filter;
        row.encounters = timeline.rows();
        row.wall_seconds = timed.wall_seconds;
        row.work_seconds = timed.work_seconds;
        row.bandwidth_share = static_cast<double>(bytes_needed(timeline, asked)) /
                              timed.wall_seconds / bandwidth.read;
        row.lines = std::move(timed.lines);
        if (rival) {
            TRY(rival->ask(timeline, asked, rival_repeats, row));
        }
    }
    print(report);
    return write_json(report, options.json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    kokemus::bench::Options options;
    CLI::App app("How fast questions are answered, beside DuckDB and the machine's memory.");
    app.add_option("--encounters", options.encounters, "how many: 1M, 10M, 100M");
    app.add_option("--repeats", options.repeats, "tries of each question; the best counts");
    app.add_option("--only", options.only, "only questions whose name holds this");
    app.add_flag("--no-duckdb", options.no_duckdb, "do not ask DuckDB");
    app.add_option("--duckdb-gigabytes", options.duckdb_gigabytes, "that DuckDB may take");
    app.add_option("--folder", options.folder, "where DuckDB spills to");
    app.add_option("--rows", options.rows, "write the rows into this file, for ClickHouse");
    app.add_option("--json", options.json, "write the table into this file");
    CLI11_PARSE(app, count, words);
    const auto done = kokemus::bench::run(options);
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
