#include <boost/json.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/organisation.h"
#include "app/progress_line.h"
#include "base/instant.h"
#include "base/text.h"
#include "intake/import.h"
#include "intake/suggest.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

std::string in_words(const intake::ImportProgress& progress) {
    std::string line = progress.doing;
    if (progress.share >= 0) {
        line += fmt::format(", {:.0f}%", 100 * progress.share);
    }
    if (progress.rows > 0) {
        line += fmt::format(", {} rows, {} a second",
                            thousands(static_cast<std::int64_t>(progress.rows)),
                            thousands(static_cast<std::int64_t>(progress.rows_per_second)));
    }
    if (progress.seconds_left) {
        const auto left = std::chrono::seconds(static_cast<std::int64_t>(*progress.seconds_left));
        line += fmt::format(", {} left", format_duration(left));
    }
    return line;
}

std::string to_json(const intake::ImportReport& report) {
    json::array examples;
    for (const intake::RowError& error : report.examples) {
        examples.push_back(json::value(intake::describe(error)));
    }
    json::object reasons;
    for (const auto& [reason, count] : report.refused_by_reason) {
        reasons[reason] = count;
    }
    json::array notes;
    for (const std::string& note : report.notes) {
        notes.push_back(json::value(note));
    }
    return json::serialize(json::object{
        {"dry_run", report.dry_run},
        {"rows", report.rows},
        {"encounters", report.encounters},
        {"duplicates", report.duplicates},
        {"erased", report.erased},
        {"clamped", report.clamped},
        {"customers", report.customers},
        {"refused", report.refused},
        {"refused_by_reason", std::move(reasons)},
        {"examples", std::move(examples)},
        {"errors_file",
         report.errors_file ? json::value(report.errors_file->string()) : json::value(nullptr)},
        {"notes", std::move(notes)},
        {"seconds", report.seconds}});
}

/// "olist.blueprint.toml" beside "olist.map.toml", if it is there.
std::optional<std::filesystem::path> blueprint_beside(const std::filesystem::path& map) {
    std::string name = map.filename().string();
    const std::size_t ending = name.rfind(".map.toml");
    if (ending == std::string::npos) {
        return std::nullopt;
    }
    const auto beside = map.parent_path() / (name.substr(0, ending) + ".blueprint.toml");
    return std::filesystem::exists(beside) ? std::optional(beside) : std::nullopt;
}

/// Gives a data folder without a blueprint the one that was named, or that stands beside the map.
Status adopt_blueprint(Organisation& organisation, const CommandSettings& settings,
                       const ImportCommand& options) {
    if (options.dry_run) {
        return {};
    }
    auto file = settings.blueprint;
    if (!file && !organisation.has_own_blueprint() && !options.map.empty()) {
        file = blueprint_beside(options.map);
    }
    if (!file) {
        return {};
    }
    TRY(organisation.keep_blueprint(*file));
    if (!settings.quiet) {
        fmt::print(
            stderr, "{} is now the blueprint of {}\n", file->string(), settings.data.string());
    }
    return {};
}

Result<intake::ImportReport> take_in(Organisation& organisation, const CommandSettings& settings,
                                     const ImportCommand& options) {
    const auto blueprint = organisation.blueprint();
    intake::ImportOptions import;
    import.blueprint = blueprint.get();
    import.files = options.files;
    if (!options.map.empty()) {
        import.map = options.map;
    }
    import.from = options.from;
    import.dry_run = options.dry_run;
    import.errors_file = options.errors.empty() ? settings.data / "refused.csv" : options.errors;
    ProgressLine line(!settings.quiet);
    import.progress = [&line](const intake::ImportProgress& progress) {
        line.show(in_words(progress));
    return true;
};
return intake::import_encounters(organisation.ledger(), import);
}  // namespace

/// What was refused: the first rows one by one, then how often each reason came.
void print_refused(const intake::ImportReport& report) {
    for (const intake::RowError& error : report.examples) {
        fmt::print("  {}\n", intake::describe(error));
    }
    if (report.refused > report.examples.size()) {
        for (const auto& [reason, count] : report.refused_by_reason) {
            fmt::print("  {} x {}\n", thousands(static_cast<std::int64_t>(count)), reason);
        }
    }
}

Result<Exit> suggest(const ImportCommand& options) {
    if (!options.files.empty() || !options.map.empty()) {
        return invalid_input("--suggest looks at one file only; leave out --map and other files");
    }
    fmt::print("{}", TRY(intake::suggest_map(options.suggest)));
    return Exit::Done;
}

}  // namespace kokemus::app

Result<Exit> import_files(const CommandSettings& settings, const ImportCommand& options) {
    if (!options.suggest.empty()) {
        return suggest(options);
    }
    if (options.files.empty() && options.map.empty()) {
        return invalid_input(
            "name a file to take in, or a map with --map; kokemus import --help shows examples");
    }
    const auto organisation =
        TRY(Organisation::open(settings.data, std::nullopt, Organisation::Open::OrNew));
    TRY(adopt_blueprint(*organisation, settings, options));
    const intake::ImportReport report = TRY(take_in(*organisation, settings, options));
    if (options.json) {
        fmt::print("{}\n", to_json(report));
    } else {
        for (const std::string& sentence : report.sentences()) {
            fmt::print("{}\n", sentence);
        }
        print_refused(report);
    }
    return options.strict && report.refused > 0 ? Exit::Attention : Exit::Done;
}

}  // namespace kokemus::app
