#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "ledger/erasing.h"

namespace kokemus::app {

class Organisation;

/// How many days each class of what is kept may grow old: the section [retention] of kokemus.toml.
/// Without days it is kept for ever.
struct RetentionDays {
    std::optional<unsigned> texts = {};       ///< what customers said
    std::optional<unsigned> properties = {};  ///< of encounters
    std::optional<unsigned> encounters = {};
    std::optional<unsigned> traits = {};   ///< of customers who were not met since
    std::optional<unsigned> refused = {};  ///< the list of rows that an import refused

    bool has_rules() const { return texts || properties || encounters || traits || refused; }

    friend bool operator==(const RetentionDays&, const RetentionDays&) = default;
};

inline constexpr unsigned retention_days_max = 36'500;

/// The rules of the ledger at a time, by who is who now. Fails as the ledger fails.
Result<ledger::Retention> rules_at(const RetentionDays& days, Organisation& organisation,
                                   Instant now);

/// The list of refused rows in a data folder, when it is too old; empty otherwise.
std::filesystem::path too_old_list(const RetentionDays& days, const std::filesystem::path& folder,
                                   Instant now);

/// The rules, and how much is too old now, as JSON.
Result<std::string> retention_json(const RetentionDays& days, Organisation& organisation,
                                   Instant now);

}  // namespace kokemus::app
