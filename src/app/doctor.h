#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/configuration.h"
#include "base/instant.h"

namespace kokemus::app {

/// One thing that was looked at, in words: what was found, and what to do where that is needed.
struct Symptom {
    enum class Grade : std::uint8_t { Well, Attention, Fault };

    Grade grade = Grade::Well;
    std::string what;   ///< "disk", "clock"
    std::string found;  ///< "53.1 GiB are free"
    std::string advice = {};
};

using Symptoms = std::vector<Symptom>;

/// The machine: room on the disk of the folder and whether it syncs, the clock, what the system
/// lets this program open and hold. Writes one small file into the folder and removes it.
Symptoms examine_machine(const std::filesystem::path& data);

/// What the configuration names: whether its port is free, and its mail server greets.
Symptoms examine_surroundings(const Configuration& configuration);

/// Whether the certificate can be used, for how long, and who may read its key; nothing where none
/// is configured.
Symptoms examine_certificate(const Configuration& configuration, Instant now);

}  // namespace kokemus::app
