#pragma once

#include <string>
#include <vector>

namespace kokemus::blueprint {

enum class Severity { Error, Warning };

/// Something wrong in a blueprint file: where, what, and what to write instead.
struct Fault {
    int line = 0;    ///< 1-based; 0: the file as a whole
    int column = 0;  ///< 1-based, in characters
    std::string message;
    Severity severity = Severity::Error;

    friend bool operator==(const Fault&, const Fault&) = default;
};

/// "line 41, column 11: journey "getting connected": ..."; warnings say so before the message.
std::string to_text(const Fault& fault);

/// Each fault on a line of its own.
std::string to_text(const std::vector<Fault>& faults);

/// Whether any of them is an error.
bool has_errors(const std::vector<Fault>& faults);

}  // namespace kokemus::blueprint
