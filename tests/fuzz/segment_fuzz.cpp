#include "intake/segment.h"

#include "collecting_rules.h"
#include "sound_batch.h"

/// First line: the call, by its word or its letter.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    static const fuzz::CollectingRules rules = fuzz::read_rules();
    static const Instant received = *parse_instant("2026-03-01T12:00:00Z");
    fuzz::HostileInput input(bytes, size);
    const auto call = intake::segment_call(input.line());
    const auto batch = intake::read_segment(
        call.value_or(intake::SegmentCall::Batch),
        input.rest(),
        {rules.events, rules.exclusions, received, "Mozilla/5.0", "198.51.100.7", [](auto) {
             return Status();
         }});
    if (!batch) {
        fuzz::must(!batch.error().message.empty(), "refused without words");
        fuzz::must(is_valid_utf8(batch.error().message), "refused with words that are no text");
        return 0;
    }
    fuzz::must_be_sound(*batch, received);
    for (const auto& refusal : batch->refused.list()) {
        fuzz::must(is_valid_utf8(refusal.item), "what was refused is kept as no text");
    }
    return 0;
}
