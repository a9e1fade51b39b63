#include <map>

#include "collecting_rules.h"
#include "intake/cloud_event.h"
#include "sound_batch.h"

/// Lines "name: value" are the request's headers; behind an empty line, the body.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    static const fuzz::CollectingRules rules = fuzz::read_rules();
    static const Instant received = *parse_instant("2026-03-01T12:00:00Z");
    fuzz::HostileInput input(bytes, size);
    std::map<std::string_view, std::string_view> headers;
    for (std::string_view line = input.line(); !line.empty(); line = input.line()) {
        const std::size_t colon = line.find(": ");
        headers[line.substr(0, colon)] =
            colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 2);
    }
    const auto header = [&headers](std::string_view name) {
        const auto found = headers.find(name);
        return found == headers.end() ? std::string_view{} : found->second;
    };
    const intake::CloudEventSetting setting{
        rules.events, rules.exclusions, received, header("user-agent"), "198.51.100.7"};
    const auto form = intake::cloud_event_form(header("content-type"), header("ce-specversion"));
    const auto batch = form == intake::CloudEventForm::Binary
                           ? intake::read_binary_cloud_event(header, input.rest(), setting)
                           : intake::read_cloud_events(input.rest(), setting);
    if (!batch) {
        fuzz::must(!batch.error().message.empty(), "refused without words");
        fuzz::must(is_valid_utf8(batch.error().message), "refused with words that are no text");
        return 0;
    }
    fuzz::must_be_sound(*batch, received);
    fuzz::must(
        batch->encounters.size() + batch->refused.count() + batch->excluded.size() == batch->items,
        "an event is neither taken nor refused nor left out");
    for (const auto& refusal : batch->refused.list()) {
        fuzz::must(is_valid_utf8(refusal.item), "what was refused is kept as no text");
    }
    return 0;
}
