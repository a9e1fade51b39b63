#include "app/command_line_improve.h"

#include <memory>

#include <CLI/CLI.hpp>

#include "app/improve_command.h"

namespace kokemus::app {

namespace {

constexpr const char* examples = R"(Examples:
  kokemus improve power --metric nps --population "plan = 'gold'" --start 2026-12-01 --until 2027-02-28
                        --expected 8 --worthwhile 4 --name "Welcome call" --change "ring after a week"
                                                   which design can tell, and what it can show
  kokemus improve register --file welcome_call.json
  kokemus improve list
  kokemus improve verdict 3                        look at the evidence; every look is recorded

Exit codes: 0 done or confirmed, 1 refuted, too small to matter, or over and nothing known; 2 a fault.
docs/improvements.md)";

using Run = Result<Exit> (*)(const CommandSettings&, const ImproveCommand&);

void add_words(CLI::App& command, ImproveCommand& options) {
    command.add_option("--file", options.file, "a registration as JSON; options count before it");
    command.add_option("--name", options.name, "what it is called");
    command.add_option("--change", options.change, "what is changed");
    command.add_option("--hypothesis", options.hypothesis, "why that should move the metric");
    command.add_option("--owner", options.owner, "who looks after it");
    command.add_option("--driver-question", options.driver_question, "the question that gave it");
    command.add_option("--driver-factor", options.driver_factor, "and the factor of its answer");
}

void add_ground(CLI::App& command, ImproveCommand& options) {
    command.add_option("--metric", options.metric, "the metric that shall move");
    command.add_option("--per", options.per, "customer, thread, or the name of a journey");
    command.add_option("--population", options.population, "a filter: who gets it");
    command.add_option("--comparison", options.comparison, "a filter: who does not, to compare");
    command.add_flag("--by-lot", options.by_lot, "a lot decides who gets it, or when");
    command.add_option("--share", options.share, "by lot: the population's share of both (0.5)");
    command.add_flag("--were-worst", options.were_worst, "chosen because they did badly");
    command.add_option("--units", options.units, "a field: what it is given to (a crew, a region)");
    command.add_option("--unit-start", options.starts, "UNIT=DAY, where units start apart");
}

void add_plan(CLI::App& command, ImproveCommand& options) {
    command.add_option("--start", options.start, "first day or instant");
    command.add_option("--until", options.until, "last day that is looked at");
    command.add_option("--expected", options.expected, "change of the metric, in its unit");
    command.add_option("--worthwhile", options.worthwhile, "the least change that is worth it");
    command.add_option(
        "--proof", options.proof, "worthwhile (default) or nothing: what the limit must exceed");
    command.add_option("--alpha", options.alpha, "0.05: nothing taken for something, at all looks");
    command.add_option("--power", options.power, "0.8");
    command.add_option("--seed", options.seed, "of permutations");
    command.add_option("--design", options.design, "another than the strongest there can be");
    command.add_flag("--late", options.late, "it has started already; stays marked so");
    command.add_flag(
        "--underpowered", options.underpowered, "although the expected change cannot be seen");
}

}  // namespace

void add_improve(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ImproveCommand>();
    CLI::App* improve = program.add_subcommand(
        "improve", "Changes with what is expected of them, and whether they worked");
    improve->footer(examples);
    improve->require_subcommand(1);
    const auto add = [&](const char* word, const char* what, Run run) {
        CLI::App* command = improve->add_subcommand(word, what);
        command->add_flag("--json", options->json, "as JSON");
        command->callback([&runner, &settings, options, run] {
            runner = [&settings, options, run] { return run(settings, *options); };
        });
        return command;
    };
    const auto add_of_one = [&](const char* word, const char* what, Run run) {
        CLI::App* command = add(word, what, run);
        command->add_option("id", options->id, "its number, as list shows it")->required();
        return command;
    };
    const auto add_registration = [&](CLI::App* command) {
        add_words(*command, *options);
        add_ground(*command, *options);
        add_plan(*command, *options);
    };
    CLI::App* enter = add("register", "Writes one down, before it starts", register_improvement);
    add_registration(enter);
    enter->add_flag("--dry-run", options->dry_run, "say what would be kept");
    add_registration(
        add("power", "What one could show, and by which design", power_of_improvement));
    add("list", "The newest first", list_improvements);
    add_of_one("show", "One of them, with its last look", show_improvement);
    add_of_one("verdict", "Looks at the evidence now", look_at_improvement);
    add_registration(
        add_of_one("amend", "Changes it; once it has started, hardly", amend_improvement));
    add_of_one("withdraw", "It will not be looked at any more", withdraw_improvement)
        ->add_option("--reason", options->reason, "why");
    add("check", "Whether the record is as it was written", check_improvements);
}

}  // namespace kokemus::app
