#pragma once

#include <functional>
#include <optional>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"
#include "intake/event_map.h"
#include "intake/sent_batch.h"

namespace kokemus::intake {

/// The calls of Segment's HTTP tracking API, which RudderStack speaks too.
enum class SegmentCall { Identify, Track, Page, Screen, Group, Alias, Batch };

/// "identify" and so on, also by the letter that the browser library uses in addresses; nothing for
/// any other word.
std::optional<SegmentCall> segment_call(std::string_view word);

/// The bounds of the protocol, as Segment has them.
inline constexpr std::size_t segment_event_bytes_max = 32 * 1024;
inline constexpr std::size_t segment_batch_bytes_max = 500 * 1024;
inline constexpr std::size_t segment_batch_events_max = 2500;
inline constexpr std::size_t segment_message_id_bytes_max = 99;
inline constexpr std::size_t segment_name_bytes_max = 480;  ///< of ids: a trait names them too

/// Of what a batch says once (`context`, `integrations`), written out for each of its events.
inline constexpr std::size_t segment_shared_bytes_max = 16 * 1024 * 1024;

/// What is known beside the body. Everything must outlive the call only.
struct SegmentSetting {
    const EventMap& events;
    const ExclusionRules& exclusions;
    Instant received_at;
    std::string_view user_agent;  ///< of the request, where the message names none
    std::string_view address;     ///< the client's, as the socket or a proxy has it; may be empty

    /// Told the body's `writeKey` (empty: it shows none) before any item is read.
    std::function<Status(std::string_view write_key)> admit;

    /// Of the first item: more than 0 for one that is read again alone, out of the batch that it
    /// came in.
    std::size_t first_sequence = 0;
};

/// Reads the body of one call. Track, page and screen give encounters; identify and group give
/// traits; identities follow from all that name two. An item with a fault is refused alone,
/// with Segment's code where it has one. The time is
///
///     received_at - (sentAt - timestamp)
///
/// so that a wrong clock of the sender does no harm (without `sentAt`: `timestamp`, without that
/// `received_at`), and no later than `received_at`, then flagged. `messageId` becomes the id, the
/// place in the batch the sequence. Fails when the body is no JSON object (InvalidInput) or too
/// large (TooLarge), and as `admit` fails; nothing of it is taken then.
///
/// Cost: about 10 us an event of 1 kB; of whoever is not admitted, the parsing of the body. Thread
/// safe.
Result<SentBatch> read_segment(SegmentCall call, std::string_view body,
                               const SegmentSetting& setting);

/// The corrected time of the formula above; `original` when the sender's clock makes no sense
/// (the result would lie outside years 1 to 9999).
Instant corrected_time(Instant original, std::optional<Instant> sent, Instant received);

}  // namespace kokemus::intake
