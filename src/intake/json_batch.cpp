#include "intake/json_batch.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <simdjson.h>

#include "base/limits.h"
#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/exact_json.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/simdjson_value.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;
using encounter::Encounter;

constexpr std::string_view blanks = " \t\r\n";

/// Takes item after item and sorts the good from the refused.
class Collector {
public:
    explicit Collector(Instant now) : now_(now) {}

    Status take(Result<Encounter> read) {
        const std::size_t index = batch_.items++;
        if (batch_.items > limits::encounters_per_request_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("more than {} encounters at once; send them in several "
                                     "requests",
                                     limits::encounters_per_request_max)};
        }
        if (read) {
            if (const auto faults = encounter::check(*read); !faults.empty()) {
                read = encounter::to_error(faults);
            }
        }
        if (!read) {
            batch_.refused.push_back({index, std::move(read.error().message)});
            return {};
        }
        identifier_.identify(*read);
        encounter::clamp_time(*read, now_);
        batch_.encounters.push_back(std::move(*read));
        batch_.places.push_back(index);
        return {};
    }

    JsonBatch finish() && { return std::move(batch_); }

private:
    Instant now_;
    JsonBatch batch_;
    encounter::Identifier identifier_;
};

/// Bounds the depth, which is what recursion over a document costs.
Status prepare(simdjson::dom::parser& parser, std::size_t bytes) {
    const auto failure = parser.allocate(std::max(bytes, std::size_t{64}), limits::json_depth_max);
    if (failure != simdjson::SUCCESS) {
        return Error{ErrorCode::Unavailable, "there is no memory to read the body; try again"};
    }
    return {};
}

Error not_json(std::string_view text, std::size_t at, std::string_view reason) {
    const std::string_view before = text.substr(0, at);
    const auto line = std::count(before.begin(), before.end(), '\n') + 1;
    const std::size_t line_start = before.rfind('\n') + 1;
    return invalid_input(fmt::format(
        "not JSON at line {}, byte {}: {}", line, before.size() - line_start + 1, reason));
}

/// What simdjson does not take (numbers beyond 64 bits), or with words for what nobody takes. Each
/// number is the one that simdjson would read.
Result<json::value> read_slowly(std::string_view text) {
    encounter::ExactReading reading{limits::json_depth_max};
    json::error_code failure;
    json::value value = encounter::parse_exactly(text, failure, reading);
    if (failure) {
        return not_json(text, reading.used, failure.message());
    }
    const std::size_t more = text.find_first_not_of(blanks, reading.used);
    if (more != std::string_view::npos) {
        return not_json(text, more, "something follows after the end");
    }
    return value;
}

Status take_slowly(std::string_view text, Collector& collector) {
    const json::value value = TRY(read_slowly(text));
    if (const json::array* list = value.if_array()) {
        for (const json::value& item : *list) {
            TRY(collector.take(encounter::encounter_from_json(item)));
        }
        return {};
    }
    return collector.take(encounter::encounter_from_json(value));
}

Status take_list(std::string_view text, simdjson::dom::parser& parser, Collector& collector) {
    simdjson::dom::array list;
    // The text has room for simdjson's reading ahead: the caller gives a padded copy.
    if (parser.parse(text.data(), text.size(), false).get(list) != simdjson::SUCCESS) {
        return take_slowly(text, collector);
    }
    for (const simdjson::dom::element item : list) {
        TRY(collector.take(encounter::read_encounter(SimdjsonValue(item))));
    }
    return {};
}

Status take_line(std::string_view line, simdjson::dom::parser& parser, Collector& collector) {
    simdjson::dom::element item;
    if (parser.parse(line.data(), line.size(), false).get(item) == simdjson::SUCCESS) {
        return collector.take(encounter::read_encounter(SimdjsonValue(item)));
    }
    const Result<json::value> value = read_slowly(line);
    return collector.take(value ? encounter::encounter_from_json(*value)
                                : Result<Encounter>(value.error()));
}

Status take_lines(std::string_view text, simdjson::dom::parser& parser, Collector& collector) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.find_first_not_of(blanks) != std::string_view::npos) {
            TRY(take_line(line, parser, collector));
        }
    }
    return {};
}

/// One object over several lines begins with a line that is no JSON of its own.
bool is_one_object(std::string_view text, simdjson::dom::parser& parser) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) {
        return true;
    }
    return parser.parse(text.data(), end, false).error() != simdjson::SUCCESS &&
           parser.parse(text.data(), text.size(), false).error() == simdjson::SUCCESS;
}

}  // namespace

Result<JsonBatch> read_json_batch(std::string_view text, Instant now) {
    if (text.starts_with("\xEF\xBB\xBF")) {
        text.remove_prefix(3);
    }
    const std::size_t first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return invalid_input(
            "the body is empty; send one encounter, a list of them, or one a line");
    }
    const simdjson::padded_string padded(text.substr(first));
    const std::string_view sent(padded.data(), padded.size());
    simdjson::dom::parser parser(limits::body_bytes_max);
    TRY(prepare(parser, sent.size()));
    Collector collector(now);
    if (sent.front() == '[') {
        TRY(take_list(sent, parser, collector));
    } else if (is_one_object(sent, parser)) {
        TRY(take_slowly(sent, collector));
    } else {
        TRY(take_lines(sent, parser, collector));
    }
    return std::move(collector).finish();
}

}  // namespace kokemus::intake
