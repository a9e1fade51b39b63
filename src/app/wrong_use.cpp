#include "app/wrong_use.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/nearest.h"
#include "base/text.h"

namespace kokemus::app {

namespace {

bool is_option(std::string_view word) {
    return word.size() > 1 && word.front() == '-';
}

std::vector<std::string> command_names(const CLI::App& program) {
    std::vector<std::string> names;
    for (const CLI::App* command : program.get_subcommands({})) {
        names.push_back(command->get_name());
    }
    return names;
}

/// The long options of a command and of the program itself, as they are typed.
std::vector<std::string> option_names(const CLI::App& program, const CLI::App& command) {
    std::vector<std::string> names;
    for (const CLI::App* one : {&command, &program}) {
        for (const CLI::Option* option : one->get_options()) {
            for (const std::string& name : option->get_lnames()) {
                names.push_back("--" + name);
            }
        }
    }
    return names;
}

std::string nearest_of(std::string_view word, const std::vector<std::string>& names) {
    return did_you_mean(word, std::vector<std::string_view>(names.begin(), names.end()));
}

}  // namespace

std::string wrong_use(const CLI::App& program, const CLI::ParseError& fault) {
    const std::vector<std::string> left_over = program.remaining(true);
    const auto chosen = program.get_subcommands();
    if (left_over.empty()) {
        return chosen.empty() &&
                       fault.get_exit_code() == static_cast<int>(CLI::ExitCodes::RequiredError)
                   ? fmt::format("a command is missing: {}",
                                 fmt::join(command_names(program), ", "))
                   : fault.what();
    }
    if (chosen.empty()) {
        const auto word = std::find_if_not(left_over.begin(), left_over.end(), is_option);
        if (word != left_over.end()) {
            const std::vector<std::string> names = command_names(program);
            const std::string meant = nearest_of(*word, names);
            return fmt::format(
                "there is no command {}{}",
                quote(*word),
                meant.empty() ? fmt::format("; there are {}", fmt::join(names, ", ")) : meant);
        }
    }
    const CLI::App& command = chosen.empty() ? program : *chosen.front();
    const std::string name = chosen.empty() ? "kokemus" : "kokemus " + command.get_name();
    const std::string& word = left_over.front();
    if (is_option(word)) {
        const std::string typed = word.substr(0, word.find('='));
        return fmt::format("{} has no option {}{}",
                           name,
                           quote(typed),
                           nearest_of(typed, option_names(program, command)));
    }
    return fmt::format("{} takes no {} here", name, quote(word));
}

}  // namespace kokemus::app
