#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <exception>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/command.h"
#include "app/command_line_blueprint.h"
#include "app/command_line_examples.h"
#include "app/command_line_improve.h"
#include "app/command_line_keeping.h"
#include "app/command_line_privacy.h"
#include "app/command_line_refused.h"
#include "app/command_line_watch.h"
#include "app/version.h"
#include "app/wrong_use.h"

namespace kokemus::app {

namespace {

void add_ask(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<AskOptions>();
    CLI::App* command = program.add_subcommand("ask", "Answer a question, with its interval");
    command->footer(ask_examples);
    command
        ->add_option("question",
                     options->words,
                     "flow | variants | funnel A then B | trend METRIC by week | breakdown METRIC "
                     "by FIELD | promises | "
                     "episodes | timeline CUSTOMER | switches, with clauses; docs/questions.md")
        ->required();
    command->add_option("--per", options->per, "customer, thread, or the name of a journey");
    command->add_option(
        "--where", options->where, "a filter: channel in ('phone','chat') and score <= 2");
    command->add_option("--from", options->from, "first day or instant");
    command->add_option("--to", options->to, "last day, or instant (exclusive)");
    command->add_option(
        "--by", options->by, "field to break down by, or day | week | month for trends");
    command->add_option("--within", options->within, "window of a funnel or of repeats: 7d");
    command->add_option("--limit", options->limit, "rows");
    command->add_option("--offset", options->offset, "rows to skip");
    auto* json =
        command->add_flag("--json", options->json, "the documented JSON (docs/answers.md)");
    auto* csv = command->add_flag("--csv", options->csv, "rows")->excludes(json);
    command
        ->add_option(
            "--format", options->format, "json, csv, xlsx or parquet, whatever the ending of FILE")
        ->excludes(json)
        ->excludes(csv);
    command->add_option("-o,--output", options->output, "write to this FILE");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return ask(settings, *options); };
    });
}

void add_import(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ImportCommand>();
    CLI::App* command = program.add_subcommand(
        "import", "Take in encounters from files (CSV, TSV, JSON lines, Parquet, XES)");
    command->footer(import_examples);
    command->add_option("files", options->files, "files to take in");
    command->add_option("--map", options->map, "how rows become encounters (docs/intake/maps.md)");
    command->add_option("--from", options->from, "folder of the files that the map names");
    command->add_option("--errors",
                        options->errors,
                        "where refused rows are written (default: in the data folder)");
    command->add_option(
        "--suggest", options->suggest, "print a first map for this file, guessed from its columns");
    command->add_flag("--dry-run", options->dry_run, "do everything but keep it");
    command->add_flag("--strict", options->strict, "exit with 1 when rows were refused");
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return import_files(settings, *options); };
    });
}

void add_check(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<CheckCommand>();
    CLI::App* command = program.add_subcommand(
        "check", "Hold the data against the blueprint, or read a blueprint alone");
    command->footer(check_examples);
    command->add_option("file", options->file, "a blueprint; no data are needed for it");
    command->add_flag("--strict", options->strict, "exit 1 when the file has warnings");
    command->add_option("--from", options->from, "first day or instant");
    command->add_option("--to", options->to, "last day, or instant (exclusive)");
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return check(settings, *options); };
    });
}

void add_config(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    CLI::App* command = program.add_subcommand(
        "config", "Print a configuration with every key, what it means and its default");
    command->footer(config_examples);
    command->callback(
        [&runner, &settings] { runner = [&settings] { return print_configuration(settings); }; });
}

void add_serve(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ServeCommand>();
    CLI::App* command = program.add_subcommand("serve", "Serve the studio and the API");
    command->footer(serve_examples);
    command->add_option("--address", options->address, "address to listen on (127.0.0.1)");
    command->add_option("--port", options->port, "port to listen on; 0: any free one (8080)")
        ->check(CLI::Range(0, 65535));
    command->add_option("--web", options->web, "folder of the built studio");
    command->add_flag("--demo", options->demo, "the sample organisation, moving as time goes on");
    command->add_flag("--open",
                      options->open,
                      "without accounts: everybody on this computer sees everything; refused on an "
                      "address that others reach");
    command->add_option("--customers", options->customers, "size of a new sample organisation")
        ->capture_default_str();
    command->add_option("--seed", options->seed, "seed of a new sample organisation")
        ->capture_default_str();
    command->add_option(
        "--write-key", options->write_key, "the key that senders to /v1 show (docs/collect.md)");
    command->add_option(
        "--origin", options->origins, "a page that may send to /v1, as https://shop.example");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return serve(settings, *options); };
    });
}

void add_demo(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<DemoCommand>();
    CLI::App* command = program.add_subcommand(
        "demo", "Make the sample organisation, with its planted truth beside it");
    command->footer(demo_examples);
    command->add_option("--customers", options->customers, "how many")
        ->capture_default_str()
        ->check(CLI::Range(1, 50'000'000));
    command->add_option("--seed", options->seed, "equal seeds give equal data")
        ->capture_default_str();
    command->add_option("--until", options->until, "the latest time (default: now)");
    command->add_flag("--json", options->json, "the report as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return demo(settings, *options); };
    });
}

void add_export(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ExportCommand>();
    CLI::App* command = program.add_subcommand("export", "Write all encounters to a file");
    command->footer(export_examples);
    command->add_option("file", options->file, "ends in .csv, .parquet, .xes or .jsonl")
        ->required();
    command->add_option(
        "--format", options->format, "csv, parquet, xes or jsonl, whatever the ending");
    command->add_flag(
        "--customers", options->customers, "customers with their traits, instead of encounters");
    auto* pseudonyms = command->add_flag(
        "--pseudonyms",
        options->pseudonyms,
        "digests for customers, employees, threads and ids; no texts (docs/privacy.md)");
    command->add_flag("--texts", options->texts, "texts and all properties nevertheless")
        ->needs(pseudonyms);
    command->add_option("--purpose",
                        options->purpose,
                        "what the file is for: without customers who have refused that "
                        "(docs/privacy.md)");
    command->add_flag("--for-spreadsheet",
                      options->spreadsheet,
                      "CSV: an apostrophe before cells that a spreadsheet would calculate; not to "
                      "be taken in again by import");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return export_file(settings, *options); };
    });
}

void add_info(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<InfoCommand>();
    CLI::App* command = program.add_subcommand("info", "What the data folder holds");
    command->footer(info_examples);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return info(settings, *options); };
    });
}

void add_doctor(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<DoctorCommand>();
    CLI::App* command =
        program.add_subcommand("doctor", "Whether everything that a server needs is well");
    command->footer(doctor_examples);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return doctor(settings, *options); };
    });
}

void add_joins(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<JoinsCommand>();
    CLI::App* command = program.add_subcommand("joins", "Which names are one customer, and why");
    command->footer(joins_examples);
    command->require_subcommand(1);
    const auto add = [&](const char* name, const char* words, JoinsCommand::Act act) {
        CLI::App* one = command->add_subcommand(name, words);
        one->add_flag("--json", options->json, "as JSON");
        one->callback([&runner, &settings, options, act] {
            options->act = act;
            runner = [&settings, options] { return joins(settings, *options); };
        });
        return one;
    };
    add("list", "Every two names of which something is said", JoinsCommand::Act::List)
        ->add_option(
            "--state", options->state, "joined, apart, shared, ambiguous, suggested or undone");
    add("explain", "Why the names of a customer are one", JoinsCommand::Act::Explain)
        ->add_option("name", options->name, "any name of the customer")
        ->required();
    CLI::App* undo = add("undo", "Undoes what is said of two names", JoinsCommand::Act::Undo);
    undo->add_option("number", options->number, "of the join, as list shows it")->required();
    undo->add_option("--reason", options->reason, "why");
    CLI::App* say = add("say", "The two names are one customer", JoinsCommand::Act::Say);
    say->add_option("name", options->name, "a name")->required();
    say->add_option("other", options->other, "another name")->required();
    say->add_option("--reason", options->reason, "why");
}

int finish(const CommandSettings& settings, const Result<Exit>& outcome) {
    if (outcome) {
        return static_cast<int>(*outcome);
    }
    const bool colour = settings.colour && ::isatty(STDERR_FILENO) == 1;
    fmt::print(stderr,
               "{}kokemus: {}{}\n",
               colour ? "\033[31m" : "",
               outcome.error().message,
               colour ? "\033[0m" : "");
    return static_cast<int>(Exit::Fault);
}

/// Help and version go to standard output; wrong use is one line on standard error.
int say(CLI::App& program, const CLI::ParseError& fault) {
    if (fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
        return program.exit(fault);
    }
    const std::string wrong = wrong_use(program, fault);
    fmt::print(
        stderr, "kokemus: {}{} kokemus --help shows how\n", wrong, wrong.ends_with('?') ? "" : ";");
    return static_cast<int>(Exit::Fault);
}

}  // namespace

int run(int argc, char** argv) {
    CLI::App program{"Kokemus: the experience your customers have, beside the one you designed",
                     "kokemus"};
    program.set_version_flag("--version", std::string("kokemus ") + std::string(version));
    program.footer(program_examples);
    program.require_subcommand(1);
    CommandSettings settings;
    const char* folder = std::getenv("KOKEMUS_DATA");
    settings.data = folder != nullptr ? folder : "kokemus-data";
    std::filesystem::path blueprint;
    std::filesystem::path configuration;
    bool plain = false;
    program.add_option(
        "--data", settings.data, "the data folder (default: $KOKEMUS_DATA or ./kokemus-data)");
    program.add_option(
        "--blueprint", blueprint, "blueprint to use instead of the data folder's own");
    program.add_option(
        "--config", configuration, "configuration file (default: kokemus.toml in the data folder)");
    program.add_flag("-q,--quiet", settings.quiet, "no progress");
    program.add_flag("--no-colour,--no-color",
                     plain,
                     "no colours (none are used when the output is no terminal)");
    program.fallthrough();
    Runner runner;
    add_import(program, settings, runner);
    add_ask(program, settings, runner);
    add_check(program, settings, runner);
    add_serve(program, settings, runner);
    add_config(program, settings, runner);
    add_demo(program, settings, runner);
    add_export(program, settings, runner);
    add_info(program, settings, runner);
    add_doctor(program, settings, runner);
    add_blueprint(program, settings, runner);
    add_refused(program, settings, runner);
    add_joins(program, settings, runner);
    add_improve(program, settings, runner);
    add_watch(program, settings, runner);
    add_keeping(program, settings, runner);
    add_privacy(program, settings, runner);
    try {
        program.parse(argc, argv);
    } catch (const CLI::ParseError& fault) {
        return say(program, fault);
    }
    if (!blueprint.empty()) {
        settings.blueprint = blueprint;
    }
    if (!configuration.empty()) {
        settings.configuration = configuration;
    }
    settings.colour = !plain && std::getenv("NO_COLOR") == nullptr && ::isatty(STDOUT_FILENO) == 1;
    try {
        return finish(settings, runner());
    } catch (const std::exception& exception) {
        return finish(settings,
                      internal_error(fmt::format("internal fault: {}", exception.what())));
    }
}

}  // namespace kokemus::app
