#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"

namespace kokemus::courier {

/// One delivery claimed for one try.
struct Errand {
    std::string target;
    std::string event;
    unsigned tries = 0;  ///< before this one
    std::string url;
    std::vector<std::string> sealed_secrets;  ///< all that sign now
    std::string body;
};

/// What came of a try.
struct Outcome {
    enum class Kind { Delivered, Failed, Gone, NotTried };
    Kind kind = Kind::NotTried;
    Instant at{};
    int status = 0;
    std::string problem = {};
    std::string answer = {};
    std::optional<Milliseconds> retry_after = {};
    double chance = 0;  ///< in [0, 1), for the next wait
};

}  // namespace kokemus::courier
