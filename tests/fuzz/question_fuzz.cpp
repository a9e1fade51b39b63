#include <algorithm>

#include "base/limits.h"
#include "base/text.h"
#include "blueprint/blueprint_read.h"
#include "hostile_input.h"
#include "question/drill.h"
#include "question/format.h"
#include "question/parse.h"
#include "question/question_suggest.h"

namespace {

using namespace kokemus;

blueprint::Blueprint read() {
    constexpr std::string_view toml = R"(
name = "shop"
time_zone = "Europe/Helsinki"
[channel.web]
kind = "self-service"
[channel.phone]
kind = "human"
[touchpoint."order placed"]
channel = "web"
[touchpoint.delivered]
[promise.delivery]
made = ["order placed"]
kept = ["delivered"]
within = "3d"
[journey."buying a bike"]
starts = ["order placed"]
ends = ["delivered"]
[dimension.plan]
)";
    const blueprint::Reading reading = blueprint::read_blueprint(toml);
    fuzz::must(!blueprint::has_errors(reading.faults), blueprint::to_text(reading.faults));
    return reading.blueprint;
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

void must_point(const Error& error, std::string_view text) {
    fuzz::must(is_valid_utf8(error.message), "refused with words that are no text");
    if (error.code == ErrorCode::TooLarge || !is_valid_utf8(text)) {
        return;
    }
    fuzz::must(error.column >= 1, "refused without saying where");
    fuzz::must(static_cast<std::size_t>(error.column) <= characters(text) + 1,
               "points beyond the end");
    fuzz::must(!question::caret_lines(text, error.column).empty(), "no caret");
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    static const blueprint::Blueprint blueprint = read();
    const std::string_view text = fuzz::HostileInput(bytes, size).rest();
    const auto asked = question::parse_question(text, blueprint);
    if (asked) {
        const std::string spelled = question::format(*asked);
        if (spelled.size() > limits::question_bytes_max) {
            return 0;  // a time that is not a day becomes two conditions
        }
        const auto again = question::parse_question(spelled, blueprint);
        fuzz::must(again.has_value(), "a question cannot be read as it is written");
        fuzz::must(*again == *asked, "a question is another when written");
        fuzz::must(question::format(*again) == spelled, "a question has two spellings");
        fuzz::must(question::parse_question(question::format(question::drill(*asked)), blueprint)
                       .has_value(),
                   "the question behind a number cannot be read");
    } else {
        must_point(asked.error(), text);
    }
    const auto filter = question::parse_condition(text, blueprint);
    if (filter) {
        const std::string spelled = question::format(*filter);
        const auto again = question::parse_condition(spelled, blueprint);
        fuzz::must(again || spelled.size() > limits::question_bytes_max,
                   "a filter cannot be read as it is written");
    } else {
        must_point(filter.error(), text);
    }
    const std::size_t cursor = bytes == nullptr || size == 0 ? 0 : bytes[size - 1];
    const auto offered = question::suggest_filter(text, cursor, blueprint);
    fuzz::must(offered.begin <= cursor && offered.list.size() <= 50, "too much is suggested");
    return 0;
}
