#include "app/command_line_privacy.h"

#include <memory>

#include <CLI/CLI.hpp>

namespace kokemus::app {

namespace {

constexpr const char* erase_examples = R"(Examples:
  kokemus erase anna@example.com cookie-81c2 --reason "ticket 17"   one person, by all their names
  kokemus erase --prove anna@example.com "+358 40 1234567"          look for the texts in every file
  kokemus erase --readmit anna@example.com                          the person came back: may be used again

Also while "kokemus serve" runs on the same data. What comes later under an erased name is refused.
With --prove the exit code is 0 when nothing was found, 1 when something was. docs/privacy.md)";

constexpr const char* erasures_examples = R"(Examples:
  kokemus erasures                                 every receipt, and whether the chain of seals is whole
  kokemus erasures --json > receipts.json

Exit codes: 0 the chain is whole, 1 it is not, 2 a fault. docs/privacy.md)";

constexpr const char* copy_examples = R"(Examples:
  kokemus copy anna@example.com --html --to anna.html   a page to hand to the person
  kokemus copy cookie-81c2 > anna.json                  any of their names will do; the encounters can be sent again

Also while "kokemus serve" runs on the same data. Who had it made stands in the audit log. docs/privacy.md)";

constexpr const char* retention_examples = R"(Examples:
  kokemus retention --dry-run                      how much is too old now, by the rules of kokemus.toml
  kokemus retention                                it goes; a server does so by itself, once a day

Exit codes: 0 done, 2 a fault, or no rules. docs/privacy.md)";

void add_erase(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<EraseCommand>();
    CLI::App* command = program.add_subcommand(
        "erase", "Erase a person from every file of the data folder, or prove it");
    command->footer(erase_examples);
    command
        ->add_option("customers", options->customers, "the names of one person; or texts to prove")
        ->required();
    command->add_option(
        "--reason", options->reason, "kept in the receipt: write no personal data here");
    auto* prove = command->add_flag(
        "--prove", options->prove, "look for the texts in every file, erase nothing");
    command->add_flag("--readmit", options->readmit, "let the names be used again, erase nothing")
        ->excludes(prove);
    command->add_flag("--json", options->json, "the receipt, or what was found, as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return erase(settings, *options); };
    });
}

void add_erasures(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<ErasuresCommand>();
    CLI::App* command = program.add_subcommand(
        "erasures", "List the receipts of all erasures and verify the chain of their seals");
    command->footer(erasures_examples);
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return list_erasures(settings, *options); };
    });
}

void add_copy(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<CopyCommand>();
    CLI::App* command = program.add_subcommand(
        "copy", "Everything that is kept of one person, to be handed to them");
    command->footer(copy_examples);
    command->add_option("customer", options->customer, "a name of the person")->required();
    command->add_flag("--html", options->html, "a page for people, instead of JSON");
    command->add_option("--to", options->file, "a file (default: standard output)");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return copy_customer(settings, *options); };
    });
}

void add_retention(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    auto options = std::make_shared<RetentionCommand>();
    CLI::App* command = program.add_subcommand(
        "retention", "Remove what is older than the rules of kokemus.toml allow");
    command->footer(retention_examples);
    command->add_flag("--dry-run", options->dry_run, "say what would go, change nothing");
    command->add_flag("--json", options->json, "as JSON");
    command->callback([&runner, &settings, options] {
        runner = [&settings, options] { return keep_retention(settings, *options); };
    });
}

}  // namespace

void add_privacy(CLI::App& program, const CommandSettings& settings, Runner& runner) {
    add_erase(program, settings, runner);
    add_erasures(program, settings, runner);
    add_copy(program, settings, runner);
    add_retention(program, settings, runner);
}

}  // namespace kokemus::app
