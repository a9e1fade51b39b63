#pragma once

#include <string>
#include <vector>

#include "intake/stage.h"
#include "intake/xes_reader.h"

namespace kokemus::intake {

/// What the first look at a log found, so that its default map can be chosen.
struct XesSurvey {
    std::vector<XesClassifier> classifiers;
    std::vector<std::string> extensions;  ///< their prefixes
};

/// Columns of a staged log: event attributes by their key, trace attributes as "trace.<key>".
inline constexpr const char* xes_trace_prefix = "trace.";

/// Where an XES file's events came from in the file.
inline constexpr const char* xes_line_column = "__line";

/// Looks at a log without staging it.
Result<XesSurvey> survey_xes(const std::filesystem::path& file);

}  // namespace kokemus::intake
