#include "blueprint/fault.h"

#include <algorithm>

#include <fmt/format.h>

namespace kokemus::blueprint {

std::string to_text(const Fault& fault) {
    const char* kind = fault.severity == Severity::Warning ? "warning: " : "";
    if (fault.line == 0) {
        return fmt::format("{}{}", kind, fault.message);
    }
    return fmt::format("line {}, column {}: {}{}", fault.line, fault.column, kind, fault.message);
}

std::string to_text(const std::vector<Fault>& faults) {
    std::string text;
    for (const Fault& fault : faults) {
        text += to_text(fault);
        text += '\n';
    }
    return text;
}

bool has_errors(const std::vector<Fault>& faults) {
    return std::ranges::any_of(
        faults, [](const Fault& fault) { return fault.severity == Severity::Error; });
}

}  // namespace kokemus::blueprint
