#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/log.h"

namespace kokemus {

/// A value with a name beside the text of a line: a member of the object in the form Json,
/// `name=value` in the form Text.
struct LogField {
    std::string_view name;  ///< lower case letters and '_'
    std::variant<std::string_view, std::uint64_t, double> value;
};

/// Writes one line as log_line does, with fields.
void log_fields(LogLevel level, std::string_view text, std::span<const LogField> fields);

/// While this lives, what its thread writes to the log says to which request it belongs (the field
/// `request`). They nest; the text must outlive it.
class LogOfRequest {
public:
    explicit LogOfRequest(std::string_view id);
    ~LogOfRequest();
    LogOfRequest(const LogOfRequest&) = delete;
    LogOfRequest& operator=(const LogOfRequest&) = delete;

private:
    const std::string_view before_;
};

}  // namespace kokemus
