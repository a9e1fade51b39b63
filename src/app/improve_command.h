#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/command.h"

namespace kokemus::app {

/// Options of `kokemus improve`; what is left out is not sent (docs/improvements.md).
struct ImproveCommand {
    std::filesystem::path file;  ///< a registration as JSON; the options count before it
    std::string name, change, hypothesis, owner;
    std::string metric, per, population, comparison, units, start, until, design, proof;
    std::vector<std::string> starts;  ///< "UNIT=DAY"
    std::string driver_question, driver_factor;
    std::optional<double> expected, worthwhile, share, alpha, power;
    std::optional<std::int64_t> seed;
    bool by_lot = false;
    bool were_worst = false;
    bool late = false;
    bool underpowered = false;
    bool dry_run = false;
    std::int64_t id = 0;
    std::string reason;
    bool json = false;
};

/// Each asks the server that holds the data folder, or does it here, and prints what came of it.
Result<Exit> register_improvement(const CommandSettings& settings, const ImproveCommand& options);
Result<Exit> power_of_improvement(const CommandSettings& settings, const ImproveCommand& options);
Result<Exit> list_improvements(const CommandSettings& settings, const ImproveCommand& options);
Result<Exit> show_improvement(const CommandSettings& settings, const ImproveCommand& options);

/// A look at the evidence. Attention when it is refuted or too small to matter, or when the time is
/// over and nothing is known.
Result<Exit> look_at_improvement(const CommandSettings& settings, const ImproveCommand& options);
Result<Exit> amend_improvement(const CommandSettings& settings, const ImproveCommand& options);
Result<Exit> withdraw_improvement(const CommandSettings& settings, const ImproveCommand& options);

/// Attention when the record is not as it was written.
Result<Exit> check_improvements(const CommandSettings& settings, const ImproveCommand& options);

}  // namespace kokemus::app
