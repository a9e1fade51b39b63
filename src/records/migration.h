#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "records/session.h"

namespace kokemus::records {

/// The tables of one noun, as the steps that made them. A released step is never changed: what a
/// store has gone through is kept with a checksum and compared.
struct Schema {
    std::string noun;  ///< "account"
    /// SQL that both stores understand: BIGINT, DOUBLE PRECISION and TEXT; keys are TEXT, made by
    /// us. One statement each; step i leads to version i + 1.
    std::vector<std::vector<std::string>> steps;
};

/// Brings the tables of all nouns to their last version, in the transaction of `session`, so that
/// a kill leaves the old version. A newer version than ours, or a step that was another one when
/// it ran, is refused with words.
Status migrate(Session& session, std::span<const Schema> schemas);

}  // namespace kokemus::records
