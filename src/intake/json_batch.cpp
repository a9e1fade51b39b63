#include "intake/json_batch.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <simdjson.h>

#include "base/limits.h"
#include "base/text.h"
#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/identify.h"
#include "intake/sent_json.h"
#include "intake/simdjson_value.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;
using encounter::Encounter;

constexpr std::string_view blanks = " \t\r\n";

/// Takes item after item and sorts the good from the refused.
class Collector {
public:
    Collector(Instant now, const DoorRules& rules) : now_(now), rules_(rules) {}

    /// `item` gives the text of what was read.
    template <typename Item>
    Status take(Result<Encounter> read, const Item& item,
                std::string_view code = "invalid_encounter") {
        const std::size_t index = batch_.items++;
        if (batch_.items > limits::encounters_per_request_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("more than {} encounters at once; send them in several "
                                     "requests",
                                     limits::encounters_per_request_max)};
        }
        if (read) {
            if (const auto rule = excluded_by(rules_, read->customer); !rule.empty()) {
                batch_.excluded.push_back({index, std::string(rule)});
                return {};
            }
            if (const auto faults = sent_faults(*read, rules_.blueprint); !faults.empty()) {
                read = encounter::to_error(faults);
            }
        }
        if (!read) {
            batch_.refused.add(index, code, std::move(read.error().message), item);
            return {};
        }
        identifier_.identify(*read);
        encounter::clamp_time(*read, now_);
        batch_.encounters.push_back(std::move(*read));
        batch_.places.push_back(index);
        return {};
    }

    SentBatch finish() && { return std::move(batch_); }

private:
    Instant now_;
    const DoorRules& rules_;
    SentBatch batch_;
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

/// For what simdjson does not take (numbers beyond 64 bits), and with words for what nobody takes.
/// Each number is the one that simdjson would read.
Status take_slowly(std::string_view text, Collector& collector) {
    const json::value value = TRY(read_sent_json(text, limits::encounters_per_request_max));
    if (const json::array* list = value.if_array()) {
        for (const json::value& item : *list) {
            TRY(collector.take(encounter::encounter_from_json(item),
                               [&] { return json::serialize(item); }));
        }
        return {};
    }
    return collector.take(encounter::encounter_from_json(value),
                          [&] { return json::serialize(value); });
}

Status take_list(std::string_view text, simdjson::dom::parser& parser, Collector& collector) {
    simdjson::dom::array list;
    // The text has room for simdjson's reading ahead: the caller gives a padded copy.
    if (parser.parse(text.data(), text.size(), false).get(list) != simdjson::SUCCESS) {
        return take_slowly(text, collector);
    }
    for (const simdjson::dom::element item : list) {
        TRY(collector.take(encounter::read_encounter(SimdjsonValue(item)),
                           [&] { return std::string(simdjson::minify(item)); }));
    }
    return {};
}

Status take_line(std::string_view line, simdjson::dom::parser& parser, Collector& collector) {
    const auto text = [&] { return std::string(line); };
    simdjson::dom::element item;
    if (parser.parse(line.data(), line.size(), false).get(item) == simdjson::SUCCESS) {
        return collector.take(encounter::read_encounter(SimdjsonValue(item)), text);
    }
    const Result<json::value> value = read_sent_json(line);
    return value ? collector.take(encounter::encounter_from_json(*value), text)
                 : collector.take(value.error(), text, "not_json");
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

Result<SentBatch> read_json_batch(std::string_view text, Instant now, const DoorRules& rules) {
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
    Collector collector(now, rules);
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
