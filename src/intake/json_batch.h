#pragma once

#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "intake/door_rules.h"
#include "intake/sent_batch.h"

namespace kokemus::intake {

/// Reads encounters (encounter/encounter_json.h) sent as one object, as a list of objects, or as
/// JSON lines; which of them, the text itself shows. Each item is checked, given an id from its
/// content when it has none (the same text again gives the same ids), and its time is set to `now`
/// when it lies in the future. What a rule of exclusion names is left out. An item with a fault is
/// refused alone ("invalid_encounter"), and so is a broken line ("not_json"); a list that is not
/// JSON is an error that says where. TooLarge for more items than `encounters_per_request_max`.
///
/// Cost: about 1.5 us an encounter of 200 bytes. Thread safe.
Result<SentBatch> read_json_batch(std::string_view text, Instant now, const DoorRules& rules);

}  // namespace kokemus::intake
