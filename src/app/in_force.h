#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "blueprint/blueprint.h"

namespace kokemus::app {

inline constexpr std::string_view blueprint_file = "blueprint.toml";

/// The blueprint that answers are made with.
struct InForce {
    std::shared_ptr<const blueprint::Blueprint> blueprint;
    std::int64_t version = 0;  ///< 0: it is kept nowhere (none, or one named by --blueprint)

    friend bool operator==(const InForce&, const InForce&) = default;
};

/// Reads a blueprint's text; fails with all its faults. `called` stands before them.
Result<std::shared_ptr<const blueprint::Blueprint>> read_blueprint_text(std::string_view toml,
                                                                        std::string_view called);

}  // namespace kokemus::app
