#pragma once

#include <string_view>
#include <utility>

#include <fmt/core.h>

namespace kokemus {

enum class LogLevel { Debug, Info, Warning, Error };

/// Drops everything below `level`. Thread safe. The start is Info.
void set_log_level(LogLevel level);

/// Whether a line of this level would be written.
bool log_wanted(LogLevel level);

/// Writes one line with time (UTC) and level to standard error; coloured only when that is a
/// terminal. Control characters in `text` are written as escapes, so that what others sent cannot
/// forge a line. Thread safe, never fails.
void log_line(LogLevel level, std::string_view text);

template <typename... Args>
void log_debug(fmt::format_string<Args...> text, Args&&... args) {
    if (log_wanted(LogLevel::Debug)) {
        log_line(LogLevel::Debug, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <typename... Args>
void log_info(fmt::format_string<Args...> text, Args&&... args) {
    if (log_wanted(LogLevel::Info)) {
        log_line(LogLevel::Info, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <typename... Args>
void log_warning(fmt::format_string<Args...> text, Args&&... args) {
    if (log_wanted(LogLevel::Warning)) {
        log_line(LogLevel::Warning, fmt::format(text, std::forward<Args>(args)...));
    }
}

template <typename... Args>
void log_error(fmt::format_string<Args...> text, Args&&... args) {
    if (log_wanted(LogLevel::Error)) {
        log_line(LogLevel::Error, fmt::format(text, std::forward<Args>(args)...));
    }
}

}  // namespace kokemus
