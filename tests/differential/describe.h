#pragma once

#include <string>
#include <vector>

#include "question/counts.h"
#include "question/engine.h"
#include "reference.h"

namespace kokemus::reference {

/// Everything in an answer as text, one thing a line.
std::string describe(const question::FlowCounts& counts);
std::string describe(const question::VariantCounts& counts);
std::string describe(const question::FunnelCounts& counts);
std::string describe(const question::SeriesCounts& counts);
std::string describe(const question::PromiseCounts& counts);
std::string describe(const question::SwitchCounts& counts);
std::string describe(const question::CauseCounts& counts);
std::string describe(const question::EpisodePage& page);
std::string describe(const question::TimelinePage& page);
std::string describe(const question::Engine::Values& values);
std::string describe(const question::UnitTable& table);
std::string describe(const std::vector<TableRow>& rows);

/// Whether two descriptions say the same: word for word, but numbers with a fraction may differ in
/// the seventh digit, as two ways of counting round differently.
bool same(const std::string& a, const std::string& b);

/// An error stands as its words.
template <typename Counts>
std::string describe(const Result<Counts>& counts) {
    return counts ? describe(*counts) : "error: " + counts.error().message;
}

}  // namespace kokemus::reference
