#pragma once

#include <string_view>

#include "app/collecting.h"
#include "base/result.h"
#include "intake/sent_batch.h"
#include "refused/refused_item.h"

namespace kokemus::app {

/// Reads a text as the door read it by which it came, with the rules of the blueprint as they are
/// now and everything else as it was then (when it came, whose it was): so the same text gives the
/// same ids however often it is read. One item of that door, or several. Fails when the text is no
/// JSON, or a webhook is not in the blueprint any more.
Result<intake::SentBatch> read_again(Collecting& collecting, const refused::Arrival& came,
                                     std::string_view text);

}  // namespace kokemus::app
