#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "answer/answer.h"
#include "base/instant.h"
#include "base/result.h"
#include "blueprint/blueprint.h"
#include "question/engine.h"
#include "question/question.h"
#include "stats/moments.h"

/// One function per kind of question: count, estimate, choose the finding.
namespace kokemus::answer {

/// What every kind needs to answer.
struct Asked {
    const question::Question& question;
    const question::Engine& engine;
    const blueprint::Blueprint& blueprint;
    Instant known_until{};
};

/// The number by which answers of one kind are compared when they stand side by side (`by FIELD`):
/// kept as counts, so that its interval can be made at any confidence.
struct Headline {
    struct Part {
        std::uint64_t part = 0;
        std::uint64_t n = 0;
    };
    std::variant<stats::Moments, Part> counted;  ///< moments: experience; part: a share
    bool high_is_good = true;
    std::string what;  ///< "experience", "the share kept"

    Value value(double confidence) const;
};

/// An answer without its envelope.
struct Built {
    question::Population population;
    Body body;
    Finding finding;
    std::optional<Headline> headline;
};

Result<Built> build_flow(const Asked& asked);
Result<Built> build_variants(const Asked& asked);
Result<Built> build_funnel(const Asked& asked);
Result<Built> build_trend(const Asked& asked);
Result<Built> build_breakdown(const Asked& asked);
Result<Built> build_promises(const Asked& asked);
Result<Built> build_switches(const Asked& asked);
Result<Built> build_drivers(const Asked& asked);
Result<Built> build_lateness(const Asked& asked);
Result<Built> build_foresight(const Asked& asked);
Result<Built> build_conformance(const Asked& asked);
Result<Built> build_league(const Asked& asked);
Result<Built> build_causes(const Asked& asked);
Result<Built> build_episodes(const Asked& asked);
Result<Built> build_timeline(const Asked& asked);

/// Rows of a page when the question names no limit: 20 variants, 50 episodes, 500 encounters.
std::size_t rows_of(const question::Question& question);

Seconds seconds_of(const stats::LogHistogram& milliseconds, double seconds_sum);

/// part / whole; nothing of nothing.
std::optional<double> share_of_all(std::uint64_t part, std::uint64_t whole);

}  // namespace kokemus::answer
