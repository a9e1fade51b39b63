#include "base/instant.h"

#include "base/duration_text.h"
#include "base/text.h"
#include "hostile_input.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    const std::string_view text = fuzz::HostileInput(bytes, size).rest();
    const auto time = parse_instant(text);
    if (time) {
        fuzz::must(parse_instant(format_instant(*time)).value_or(Instant()) == *time,
                   "a time is another when written");
        fuzz::must(format_instant(*time).starts_with(format_day(*time)), "another day");
    } else {
        fuzz::must(is_valid_utf8(time.error().message), "refused with words that are no text");
    }
    const auto duration = parse_duration(text);
    if (duration) {
        fuzz::must(*duration >= Milliseconds(0), "a duration is negative");
        fuzz::must(parse_duration(duration_text(*duration)).value_or(Milliseconds(-1)) == *duration,
                   "a duration is another when written");
        fuzz::must(!format_duration(*duration).empty(), "a duration has no words");
    } else {
        fuzz::must(is_valid_utf8(duration.error().message), "refused with words that are no text");
    }
    return 0;
}
