#include "app/command_line_refused.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "app/refused_command.h"

namespace kokemus::app {

namespace {

constexpr const char* examples = R"(Examples:
  kokemus refused list --state open                what waits for somebody, also while a server runs
  kokemus refused show 5c1e0f...                   one item with its text
  kokemus refused replay --code invalid_event --dry-run
                                                   what would come of them with the rules as they are now

Exit codes: 0 done, 1 some stay open, 2 a fault. Corrections: POST /api/refused/ID/correction, docs/collect.md)";

using Run = Result<Exit> (*)(const CommandSettings&, const RefusedCommand&);

CLI::App* add(CLI::App& refused, const char* word, const char* what,
              const std::shared_ptr<RefusedCommand>& options) {
    CLI::App* command = refused.add_subcommand(word, what);
    command->add_flag("--json", options->json, "as JSON");
    return command;
}

void add_kinds(CLI::App& command, RefusedCommand& options) {
    command.add_option("--door", options.door, "encounters, cloudevents, segment or webhook");
    command.add_option("--code", options.code, "why: missing_event, invalid_encounter ...");
    command.add_option("--source", options.source, "who sent it, or the name of a webhook");
}

}  // namespace

void add_refused(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<RefusedCommand>();
    CLI::App* refused =
        program.add_subcommand("refused", "What was refused at the doors, and why; sends it again");
    refused->footer(examples);
    refused->require_subcommand(1);
    const auto runs = [&runner, &settings, options](CLI::App* command, Run run) {
        command->callback([&runner, &settings, options, run] {
            runner = [&settings, options, run] { return run(settings, *options); };
        });
    };
    CLI::App* list = add(*refused, "list", "The newest first", options);
    add_kinds(*list, *options);
    list->add_option("--state", options->state, "open, replayed or dropped");
    runs(list, list_refused);
    CLI::App* show = add(*refused, "show", "One item with its text", options);
    show->add_option("id", options->id, "of the item")->required();
    runs(show, show_refused);
    CLI::App* replay =
        add(*refused, "replay", "Sends what is open again; no server may run", options);
    add_kinds(*replay, *options);
    replay->add_flag("--dry-run", options->dry_run, "say what would come of it");
    runs(replay, replay_refused);
}

}  // namespace kokemus::app
