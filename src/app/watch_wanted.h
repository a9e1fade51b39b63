#pragma once

#include <string>

#include "base/result.h"
#include "watch/look_out.h"

namespace kokemus::app {

/// What is to be watched, as it was written: in an address or on the command line. Empty: the
/// usual.
struct WatchWords {
    std::string metric, by, false_alarms, days, history, minimum;
};

/// InvalidInput names what is out of bounds.
Result<watch::Wanted> wanted_of(const WatchWords& words);

}  // namespace kokemus::app
