#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "metric/value.h"
#include "question/counts.h"
#include "stats/estimate.h"

namespace kokemus::answer {

/// Contacts beyond those that as many other encounters would have had before them.
struct Excess {
    double contacts = 0;  ///< below 0: fewer
    stats::Interval interval;
    double lift = 0;        ///< share followed, as a multiple of that of all encounters
    double risk_ratio = 0;  ///< ... of that of all others
    stats::Interval risk_ratio_interval;  ///< high is infinite where nothing limits it
    double q_value = 1;                   ///< over all touchpoints (Benjamini and Hochberg)
    bool enough = false;                  ///< followed 5 times or more

    bool beyond_chance() const;
};

/// The same contact's window held against the window before it, of the same customers.
struct Crossover {
    std::uint64_t before = 0;          ///< contacts with it in the window right before alone
    std::uint64_t long_before = 0;     ///< ... in the window before that alone
    std::optional<double> odds_ratio;  ///< none when neither or one of them is 0
    stats::Interval interval;
    double p_value = 1;
};

struct CauseRow {
    question::CauseTally tally;
    bool in_blueprint = false;
    metric::Value followed;  ///< share of its encounters that a contact follows within the window
    Excess all;              ///< each contact counted for all that came before it
    Excess last;             ///< each contact counted for the last that came before it
    std::optional<double> cost;  ///< of the excess contacts, all that came before
    stats::Interval cost_interval;
    Crossover crossover;
    std::string drill;
};

/// Contacts that settled it, when so many days are waited for another.
struct FirstContactRow {
    std::int64_t days = 0;
    question::FirstContactTally tally;
    metric::Value resolved;
};

/// What comes before contacts, and how often they settle it.
struct Causes {
    std::vector<std::string> of;  ///< touchpoints
    Milliseconds window{};
    std::uint64_t contacts = 0;
    std::uint64_t alone = 0;                 ///< with nothing in the window before
    std::optional<double> cost_per_contact;  ///< mean of those whose touchpoint has a cost
    std::vector<CauseRow> rows;              ///< most excess contacts first
    std::vector<FirstContactRow> first_contacts;
};

}  // namespace kokemus::answer
