#include "app/command_line_blueprint.h"

#include <memory>

#include <CLI/CLI.hpp>

namespace kokemus::app {

namespace {

constexpr const char* diff_examples = R"(Examples:
  kokemus diff experience.toml                        what applying it would change
  kokemus --blueprint old.toml diff new.toml --json   two files, without a data folder

Exit codes: 0 nothing is otherwise, 1 something is, 2 a fault. docs/blueprint.md)";

constexpr const char* apply_examples = R"(Examples:
  kokemus apply experience.toml --reason "delivery within a day"   shows the difference and asks
  kokemus apply experience.toml --reason "..." --yes               asks nobody

The server that holds the data folder goes on with it at once. Exit codes: 0 in force, 1 not wanted, 2 a fault.)";

constexpr const char* versions_examples = R"(Examples:
  kokemus blueprint versions                       who changed it when, and why
  kokemus blueprint show 3                         one, as its author wrote it
  kokemus blueprint export experience.toml         the one in force
  kokemus blueprint restore 3 --reason "the new one was too strict"

Also while "kokemus serve" runs on the same data. docs/blueprint.md)";

using Run = Result<Exit> (*)(const CommandSettings&, const BlueprintCommand&);

/// What a subcommand of `blueprint` does with its options.
void run_as(CLI::App* command, const CommandSettings& settings, Runner& runner,
            const std::shared_ptr<BlueprintCommand>& options, Run run) {
    command->callback([&runner, &settings, options, run] {
        runner = [&settings, options, run] { return run(settings, *options); };
    });
}

void add_diff(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<DiffCommand>();
    CLI::App* command = program.add_subcommand(
        "diff", "The difference between the blueprint in force and a file, in its own words");
    command->footer(diff_examples);
    command->add_option("file", options->file, "the blueprint that might come")->required();
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return diff(settings, *options); };
    });
}

void add_apply(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ApplyCommand>();
    CLI::App* command = program.add_subcommand(
        "apply", "Bring a blueprint into force, after showing what it changes");
    command->footer(apply_examples);
    command->add_option("file", options->file, "the blueprint")->required();
    command->add_option("--reason", options->reason, "why, for the list of versions");
    command->add_flag("-y,--yes", options->yes, "ask nobody");
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return apply(settings, *options); };
    });
}

void add_versions(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    CLI::App* blueprint = program.add_subcommand(
        "blueprint", "The versions of the blueprint: list them, show one, go back to one");
    blueprint->footer(versions_examples);
    blueprint->require_subcommand(1);
    const auto options = std::make_shared<BlueprintCommand>();
    CLI::App* versions = blueprint->add_subcommand("versions", "All of them, the newest first");
    versions->add_flag("--json", options->json, "as JSON");
    run_as(versions, settings, runner, options, list_versions);

    CLI::App* show = blueprint->add_subcommand("show", "Print one, as its author wrote it");
    show->add_option("number", options->number, "which")->required();
    run_as(show, settings, runner, options, show_version);

    CLI::App* exported = blueprint->add_subcommand("export", "Print the one in force");
    exported->add_option("file", options->file, "where to; without it standard output");
    run_as(exported, settings, runner, options, export_blueprint);

    CLI::App* restore =
        blueprint->add_subcommand("restore", "Bring an old one into force again, as a new version");
    restore->add_option("number", options->number, "which")->required();
    restore->add_option("--reason", options->reason, "why");
    restore->add_flag("-y,--yes", options->yes, "ask nobody");
    restore->add_flag("--json", options->json, "the report as JSON");
    run_as(restore, settings, runner, options, restore_version);
}

}  // namespace

void add_blueprint(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    add_diff(program, settings, runner);
    add_apply(program, settings, runner);
    add_versions(program, settings, runner);
}

}  // namespace kokemus::app
