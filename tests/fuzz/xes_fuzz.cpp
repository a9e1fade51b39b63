#include "base/text.h"
#include "intake/xes_reader.h"
#include "memory_input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    const fuzz::MemoryInput file(fuzz::HostileInput(bytes, size).rest());
    auto reader = intake::ByteReader::open(file.path());
    if (!reader) {
        return 0;
    }
    std::uint64_t latest = 0;
    const Status read = intake::read_xes(
        **reader, "log.xes", {.trace = [&](const intake::XesTrace& trace) -> Status {
            fuzz::must(trace.number == 0 || trace.number >= latest, "traces go backwards");
            latest = std::max(latest, trace.number);
            for (const intake::XesEvent& event : trace.events) {
                fuzz::must(event.line >= 1, "an event stands at no line");
                fuzz::must(
                    event.attributes.size() <= 2 * intake::xes_limits::attributes_per_event_max,
                    "an event has too many attributes");
                for (const intake::XesAttribute& attribute : event.attributes) {
                    fuzz::must(is_valid_utf8(attribute.key) && is_valid_utf8(attribute.value),
                               "an attribute is no text");
                }
            }
            return {};
        }});
    // What is packed and damaged is said with the name of the file in memory.
    fuzz::must(
        read || (*reader)->packed() || read.error().message.find("log.xes") != std::string::npos,
        "refused without saying where");
    return 0;
}
