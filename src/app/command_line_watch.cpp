#include "app/command_line_watch.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "app/watch_command.h"

namespace kokemus::app {

namespace {

constexpr const char* examples = R"(Examples:
  kokemus watch                                    every metric with a target
  kokemus watch --by channel --false-alarms 0.25   each channel too; one false alarm in four weeks
  kokemus watch --metric nps --json

Exit codes: 0 nothing is in alarm, 1 something is, 2 a fault. docs/watch.md)";

}  // namespace

void add_watch(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<WatchCommand>();
    CLI::App* command = program.add_subcommand("watch", "What is about to go wrong");
    command->footer(examples);
    command->add_option("--metric", options->words.metric, "one metric (default: with a target)");
    command->add_option("--by", options->words.by, "a field: each of its values too");
    command->add_option(
        "--false-alarms", options->words.false_alarms, "a week, of all series together (1)");
    command->add_option("--days", options->words.days, "the newest days, which are watched (28)");
    command->add_option("--history", options->words.history, "weeks before them (26)");
    command->add_option("--minimum", options->words.minimum, "answers for a value (10)");
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return watch_out(settings, *options); };
    });
}

}  // namespace kokemus::app
