#pragma once

#include <cstdint>
#include <string_view>

#include "base/log.h"
#include "base/result.h"

namespace kokemus {

/// How lines of the log are written.
enum class LogForm : std::uint8_t {
    Text,
    Json,  ///< one object a line: {"time", "level", "text"}
};

void set_log_form(LogForm form);

/// "debug", "info", "warning", "error".
Result<LogLevel> read_log_level(std::string_view name);

}  // namespace kokemus
