#pragma once

#include <string>

namespace CLI {  // NOLINT(readability-identifier-naming): as the library names it
class App;
class ParseError;
}  // namespace CLI

namespace kokemus::app {

/// What was wrong with the words behind `kokemus`, in one line: names the word that is no command
/// or no option, and the nearest one that there is. `program` has just thrown `fault`.
std::string wrong_use(const CLI::App& program, const CLI::ParseError& fault);

}  // namespace kokemus::app
