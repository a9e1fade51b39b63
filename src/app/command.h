#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kokemus::app {

/// Exit codes of the program.
enum class Exit : int {
    Done = 0,
    Attention = 1,  ///< it worked, and what it found needs attention: a missed target, refused rows
                    ///< with --strict
    Fault = 2,      ///< wrong use, or a fault of its own
};

/// What every command needs.
struct CommandSettings {
    std::filesystem::path data;                          ///< the data folder
    std::optional<std::filesystem::path> blueprint;      ///< used instead of the data folder's own
    std::optional<std::filesystem::path> configuration;  ///< instead of kokemus.toml in `data`
    bool quiet = false;
    bool colour = false;
};

struct AskOptions {
    std::vector<std::string> words;
    std::string per, where, from, to, by, within, limit, offset;
    bool json = false;
    bool csv = false;
    std::string format;            ///< empty: by the ending of `output`, else a table
    std::filesystem::path output;  ///< empty: standard output
};

struct ImportCommand {
    std::vector<std::filesystem::path> files;
    std::filesystem::path map;
    std::filesystem::path from;
    std::filesystem::path errors;
    std::filesystem::path suggest;
    bool dry_run = false;
    bool strict = false;
    bool json = false;
};

struct CheckCommand {
    std::filesystem::path file;  ///< a blueprint to read alone; empty: hold the data against it
    bool strict = false;         ///< warnings of the file need attention
    std::string from, to;
    bool json = false;
};

struct DiffCommand {
    std::filesystem::path file;
    bool json = false;
};

struct ApplyCommand {
    std::filesystem::path file;
    std::string reason;
    bool yes = false;  ///< asks nobody
    bool json = false;
};

/// Of a version of the blueprint.
struct BlueprintCommand {
    std::int64_t number = 0;
    std::filesystem::path file;  ///< to write it to; empty: standard output
    std::string reason;
    bool yes = false;
    bool json = false;
};

struct ServeCommand {
    /// These count before the configuration.
    std::optional<std::string> address;
    std::optional<unsigned> port;
    std::optional<std::string> web;
    bool demo = false;
    bool open = false;  ///< without accounts, for this computer alone
    unsigned customers = 4000;
    unsigned seed = 1;
    std::optional<std::string> write_key;  ///< of the tracking API
    std::vector<std::string> origins;      ///< of pages that may send; none: as configured
};

struct DemoCommand {
    std::size_t customers = 4000;
    std::uint64_t seed = 1;
    std::string until;  ///< the latest time; empty: now
    bool json = false;
};

struct ExportCommand {
    std::filesystem::path file;
    std::string format;        ///< csv, parquet, xes, jsonl; empty: by the file's ending
    bool customers = false;    ///< customers with their traits instead of encounters
    bool pseudonyms = false;   ///< nobody's name, and nothing that was said
    bool texts = false;        ///< with pseudonyms: what was said and all properties nevertheless
    std::string purpose;       ///< without customers who refused it; empty: of everybody
    bool spreadsheet = false;  ///< CSV: no cell can be taken for a formula
};

struct InfoCommand {
    bool json = false;
};

struct DoctorCommand {
    bool json = false;
};

struct BackupCommand {
    std::filesystem::path folder;
    bool json = false;
};

struct RestoreCommand {
    std::filesystem::path folder;
    bool replace = false;  ///< moves what is there aside
    bool json = false;
};

struct VerifyCommand {
    std::filesystem::path folder;  ///< a backup or a data folder; empty: the data folder
    bool json = false;
};

struct EraseCommand {
    std::vector<std::string> customers;  ///< names of one person; with `prove` any texts
    std::string reason;
    bool prove = false;    ///< looks for the texts in every file instead
    bool readmit = false;  ///< lets the names be used again instead
    bool json = false;
};

struct CopyCommand {
    std::string customer;
    std::filesystem::path file;  ///< empty: standard output
    bool html = false;
};

struct RetentionCommand {
    bool dry_run = false;  ///< says what would go
    bool json = false;
};

struct JoinsCommand {
    enum class Act { List, Explain, Undo, Say };
    Act act = Act::List;
    std::string state;         ///< of those listed; empty: all
    std::string name, other;   ///< who is explained, or joined
    std::uint32_t number = 0;  ///< of the one that is undone
    std::string reason;
    bool json = false;
};

struct ErasuresCommand {
    bool json = false;
};

/// Each runs one command, writing answers to stdout and everything else to stderr.
Result<Exit> ask(const CommandSettings& settings, const AskOptions& options);
Result<Exit> import_files(const CommandSettings& settings, const ImportCommand& options);
Result<Exit> check(const CommandSettings& settings, const CheckCommand& options);
Result<Exit> diff(const CommandSettings& settings, const DiffCommand& options);
Result<Exit> apply(const CommandSettings& settings, const ApplyCommand& options);
Result<Exit> list_versions(const CommandSettings& settings, const BlueprintCommand& options);
Result<Exit> show_version(const CommandSettings& settings, const BlueprintCommand& options);
Result<Exit> export_blueprint(const CommandSettings& settings, const BlueprintCommand& options);
Result<Exit> restore_version(const CommandSettings& settings, const BlueprintCommand& options);
Result<Exit> serve(const CommandSettings& settings, const ServeCommand& options);
Result<Exit> print_configuration(const CommandSettings& settings);
Result<Exit> demo(const CommandSettings& settings, const DemoCommand& options);
Result<Exit> export_file(const CommandSettings& settings, const ExportCommand& options);
Result<Exit> info(const CommandSettings& settings, const InfoCommand& options);
Result<Exit> doctor(const CommandSettings& settings, const DoctorCommand& options);
Result<Exit> backup_data(const CommandSettings& settings, const BackupCommand& options);
Result<Exit> restore_data(const CommandSettings& settings, const RestoreCommand& options);
Result<Exit> joins(const CommandSettings& settings, const JoinsCommand& options);
Result<Exit> verify_data(const CommandSettings& settings, const VerifyCommand& options);
Result<Exit> erase(const CommandSettings& settings, const EraseCommand& options);
Result<Exit> copy_customer(const CommandSettings& settings, const CopyCommand& options);
Result<Exit> keep_retention(const CommandSettings& settings, const RetentionCommand& options);
Result<Exit> list_erasures(const CommandSettings& settings, const ErasuresCommand& options);

/// The question that the words and options of `ask` make: the text grammar with the options as
/// further clauses. A word that the shell has freed of its quotes and that holds blanks but no
/// operator is quoted again.
std::string question_text(const AskOptions& options);

/// Reads the command line and runs the command. Never throws; prints faults as one line and gives
/// the exit code.
int run(int argc, char** argv);

}  // namespace kokemus::app
