#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "question/filter.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// What became of a promise to one customer.
struct PromiseToCustomer {
    std::uint64_t made_by = 0;  ///< the ledger's number of the encounter that made it
    std::string promise;
    Instant due{};
    question::PromiseOutcome outcome = question::PromiseOutcome::Open;
    std::optional<Instant> kept_at;
};

/// The last answer of a customer on a scale of the blueprint.
struct LastAnswer {
    double score = 0;
    std::string scale;
    std::string touchpoint;
    Instant time{};
};

/// What a customer's page says of all of their encounters, whichever of them it shows.
struct CustomerCourse {
    std::uint64_t encounters = 0;
    /// In the order in which they were made, those of one encounter as the blueprint has them.
    std::vector<PromiseToCustomer> promises;
    std::optional<LastAnswer> last_answer;
};

/// Reads columns only: about 20 ns an encounter. Empty when there is no such customer.
CustomerCourse course_of(const Timeline& timeline, std::string_view customer);

}  // namespace kokemus::timeline
