#pragma once

#include <string>
#include <vector>

#include "question/counts.h"
#include "question/engine.h"

namespace kokemus::reference {

/// Everything in an answer as text, one thing a line: equal answers read equal. Numbers that two
/// ways of counting may round differently stand with six digits.
std::string describe(const question::FlowCounts& counts);
std::string describe(const question::VariantCounts& counts);
std::string describe(const question::FunnelCounts& counts);
std::string describe(const question::SeriesCounts& counts);
std::string describe(const question::PromiseCounts& counts);
std::string describe(const question::SwitchCounts& counts);
std::string describe(const question::EpisodePage& page);
std::string describe(const question::TimelinePage& page);
std::string describe(const std::vector<question::Engine::ValueCount>& values);

/// An error stands as its words.
template <typename Counts>
std::string describe(const Result<Counts>& counts) {
    return counts ? describe(*counts) : "error: " + counts.error().message;
}

}  // namespace kokemus::reference
