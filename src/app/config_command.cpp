#include <fmt/format.h>

#include "app/command.h"
#include "app/configuration.h"

namespace kokemus::app {

Result<Exit> print_configuration(const CommandSettings& /*settings*/) {
    fmt::print("{}", default_configuration());
    return Exit::Done;
}

}  // namespace kokemus::app
