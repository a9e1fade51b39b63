#include "app/command_line_keeping.h"

#include <memory>

#include <CLI/CLI.hpp>

namespace kokemus::app {

namespace {

constexpr const char* backup_examples = R"(Examples:
  kokemus backup /backups/2026-11-22               also while "kokemus serve" runs on the same data
  kokemus --data shop backup /backups/shop --json  what it holds, as JSON

Nothing stands still for it but appends, for as long as the file is copied. docs/backup.md)";

constexpr const char* restore_examples = R"(Examples:
  kokemus --data fresh restore /backups/2026-11-22            into a folder without data
  kokemus --data shop restore /backups/2026-11-22 --replace   what shop holds is moved aside, not removed

Every file is checked before anything is changed. docs/backup.md)";

constexpr const char* verify_examples = R"(Examples:
  kokemus --data shop verify                       the data folder, which no server may hold meanwhile
  kokemus verify /backups/2026-11-22               a backup

Exit codes: 0 sound, 1 something is damaged, 2 a fault. Changes nothing. docs/backup.md)";

void add_backup(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<BackupCommand>();
    CLI::App* command =
        program.add_subcommand("backup", "Copy ledger and blueprint, also while they are in use");
    command->footer(backup_examples);
    command->add_option("folder", options->folder, "where to; must not exist yet, or be empty")
        ->required();
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return backup_data(settings, *options); };
    });
}

void add_restore(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<RestoreCommand>();
    CLI::App* command = program.add_subcommand("restore", "Put a backup into the data folder");
    command->footer(restore_examples);
    command->add_option("folder", options->folder, "the backup")->required();
    command->add_flag("--replace", options->replace, "move what is there aside first");
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return restore_data(settings, *options); };
    });
}

void add_verify(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<VerifyCommand>();
    CLI::App* command = program.add_subcommand(
        "verify", "Read a data folder or a backup wholly and say what is damaged");
    command->footer(verify_examples);
    command->add_option(
        "folder", options->folder, "a backup or a data folder; without it the one of --data");
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return verify_data(settings, *options); };
    });
}

}  // namespace

void add_keeping(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    add_backup(program, settings, runner);
    add_restore(program, settings, runner);
    add_verify(program, settings, runner);
}

}  // namespace kokemus::app
