#include "base/text.h"
#include "blueprint/blueprint_read.h"
#include "blueprint/blueprint_text.h"
#include "hostile_input.h"
#include "intake/event_map.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    const std::string_view text = fuzz::HostileInput(bytes, size).rest();
    const blueprint::Reading reading = blueprint::read_blueprint(text);
    for (const blueprint::Fault& fault : reading.faults) {
        fuzz::must(!fault.message.empty(), "a fault without words");
        fuzz::must(!is_valid_utf8(text) || is_valid_utf8(fault.message), "words that are no text");
        fuzz::must(fault.line >= 0 && fault.column >= 0, "a fault at no place");
    }
    if (blueprint::has_errors(reading.faults)) {
        return 0;
    }
    const std::string written = blueprint::to_toml(reading.blueprint);
    const blueprint::Reading again = blueprint::read_blueprint(written);
    fuzz::must(!blueprint::has_errors(again.faults), "a blueprint cannot be read as written");
    fuzz::must(again.blueprint == reading.blueprint, "a blueprint is another when written");
    fuzz::must(!blueprint::to_json(reading.blueprint).empty(), "a blueprint has no JSON");
    const auto kept = std::make_shared<const blueprint::Blueprint>(reading.blueprint);
    fuzz::must(intake::EventMap::of(kept).has_value(), "its rules for events cannot be used");
    fuzz::must(intake::ExclusionRules::of(*kept).has_value(), "its exclusions cannot be used");
    return 0;
}
