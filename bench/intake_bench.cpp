// intake_bench: how fast the sample organisation is made into a ledger, and taken in from a CSV and
// a Parquet file, beside what DuckDB needs to read the same file into a table of its own. Work is
// what all threads took: on a machine with other things to do it says more than the wall.
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "amount.h"
#include "base/clock.h"
#include "duck/duck.h"
#include "intake/export.h"
#include "intake/import.h"
#include "ledger/ledger.h"
#include "report.h"
#include "sample/load.h"
#include "stopwatch.h"

namespace kokemus::bench {
namespace {

namespace fs = std::filesystem;

constexpr double encounters_per_customer = 17.96;  // of the sample organisation
constexpr std::uint64_t duckdb_bytes = 4ULL << 30U;
constexpr int threads = 2;

class IntakeBench {
public:
    explicit IntakeBench(fs::path folder) : folder_(std::move(folder)) {
        report_.program = "intake_bench";
    }

    /// Makes the sample in a ledger, and the files from it.
    Status make(std::uint64_t encounters) {
        const auto customers =
            static_cast<std::uint64_t>(static_cast<double>(encounters) / encounters_per_customer);
        const auto options = sample::options_until(SystemClock().now(), customers);
        const fs::path data = folder_ / "made";
        fs::remove_all(data);
        const Stopwatch watch;
        auto ledger = TRY(ledger::Ledger::open(data));
        const auto made = TRY(sample::load(options, *ledger, data, [](const auto&) {}));
        note("sample made and appended", watch, made.encounters);
        for (const char* file : {"sample.csv", "sample.parquet"}) {
            TRY(intake::export_encounters(*ledger,
                                          {.file = folder_ / file, .temporary_folder = folder_}));
        }
        ledger.reset();
        fs::remove_all(data);
        return {};
    }

    /// Imports the file into an empty ledger, and reads it with DuckDB alone.
    Status take(const std::string& name, const std::string& file) {
        const fs::path data = folder_ / "taken";
        fs::remove_all(data);
        const Stopwatch importing;
        auto ledger = TRY(ledger::Ledger::open(data));
        const auto imported = TRY(intake::import_encounters(
            *ledger, {.files = {folder_ / file}, .temporary_folder = folder_}));
        ledger.reset();  // its log is folded into its file
        const double seconds = importing.wall_seconds();
        note(name + " imported", importing, imported.encounters);
        const Stopwatch reading;
        TRY(read_alone(file));
        note(name + " into a table of DuckDB", reading, imported.encounters);
        report_.facts.emplace_back(name + ", import / DuckDB alone", seconds / reading_seconds_);
        fs::remove_all(data);
        fs::remove(folder_ / file);
        return {};
    }

    const Report& report() const { return report_; }

private:
    /// As little as can be done with the file: no checks, no ids, nothing known of what was before.
    Status read_alone(const std::string& file) {
        const fs::path path = folder_ / "alone.duckdb";
        fs::remove(path);
        const Stopwatch watch;
        {
            const auto database = TRY(duck::Database::open(
                path,
                {.memory_bytes = duckdb_bytes, .threads = threads, .temporary_folder = folder_}));
            auto connection = TRY(database.connect());
            TRY(connection.execute(fmt::format("CREATE TABLE alone AS SELECT * FROM {}",
                                               duck::literal((folder_ / file).string()))));
        }
        reading_seconds_ = watch.wall_seconds();
        fs::remove(path);
        return {};
    }

    void note(const std::string& name, const Stopwatch& watch, std::uint64_t encounters) {
        const auto count = static_cast<double>(encounters);
        report_.facts.emplace_back(name + ", encounters per second", count / watch.wall_seconds());
        report_.facts.emplace_back(name + ", work us each", watch.work_seconds() * 1e6 / count);
    }

    fs::path folder_;
    Report report_;
    double reading_seconds_ = 1;
};

Status run(const std::string& size, const fs::path& folder, const fs::path& json) {
    const std::uint64_t encounters = TRY(parse_amount(size));
    IntakeBench bench(folder);
    TRY(bench.make(encounters));
    TRY(bench.take("CSV", "sample.csv"));
    TRY(bench.take("Parquet", "sample.parquet"));
    print(bench.report());
    return write_json(bench.report(), json);
}

}  // namespace
}  // namespace kokemus::bench

int main(int count, char** words) {
    std::string size = "4M";
    std::filesystem::path folder = std::filesystem::temp_directory_path();
    std::filesystem::path json;
    CLI::App app("The sample organisation made, and taken in from files.");
    app.add_option("--encounters", size, "how many, for example 4M");
    app.add_option("--folder", folder, "for files, deleted at the end");
    app.add_option("--json", json, "write the figures into this file");
    CLI11_PARSE(app, count, words);
    const auto done = kokemus::bench::run(size, folder, json);
    if (!done) {
        fmt::print(stderr, "{}\n", done.error().message);
        return 1;
    }
    return 0;
}
