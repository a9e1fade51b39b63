#pragma once

#include <functional>
#include <memory>

#include "app/command.h"
#include "app/organisation.h"
#include "sample/world.h"

namespace kokemus::app {

/// The sample organisation in a data folder, opened.
struct Demo {
    std::unique_ptr<Organisation> organisation;
    sample::Options options;  ///< what it was made with, kept in sample.json
    bool made_now = false;
};

/// Opens the sample organisation of a data folder, or makes it when the folder is empty:
/// encounters, customers, blueprint.toml, and the planted truth in truth.json. Conflict when the
/// folder holds something else. A making that was broken off goes on where it stopped.
Result<Demo> open_demo(const CommandSettings& settings, const DemoCommand& options);

}  // namespace kokemus::app
