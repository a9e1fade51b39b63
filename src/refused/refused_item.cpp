#include "refused/refused_item.h"

#include <array>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "refused/bounds.h"

namespace kokemus::refused {

namespace {

template <typename Kind, std::size_t count>
using Names = std::array<std::pair<Kind, std::string_view>, count>;

constexpr Names<Door, 4> doors{{{Door::Encounters, "encounters"},
                                {Door::CloudEvents, "cloudevents"},
                                {Door::Segment, "segment"},
                                {Door::Webhook, "webhook"}}};
constexpr Names<State, 3> states{
    {{State::Open, "open"}, {State::Replayed, "replayed"}, {State::Dropped, "dropped"}}};

template <typename Kind, std::size_t count>
Result<Kind> read(const Names<Kind, count>& names, std::string_view what, std::string_view name) {
    std::string known;
    for (const auto& [kind, called] : names) {
        if (called == name) {
            return kind;
        }
        known += (known.empty() ? "" : ", ") + std::string(called);
    }
    return invalid_input(fmt::format("there is no {} {}; there are {}", what, quote(name), known));
}

/// Bytes of the letter that begins here; 0 when none does. A zero byte is none: not every store
/// takes it.
std::size_t letter_bytes(std::string_view text) {
    for (std::size_t bytes = 1; bytes <= 4 && bytes <= text.size(); ++bytes) {
        if (is_valid_utf8(text.substr(0, bytes))) {
            return text.front() == '\0' ? 0 : bytes;
        }
    }
    return 0;
}

}  // namespace

std::string plain(std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max && is_valid_utf8(text) &&
        text.find('\0') == std::string_view::npos) {
        return std::string(text);
    }
    static constexpr std::string_view unknown = "\xEF\xBF\xBD";
    std::string out;
    while (!text.empty()) {
        const std::size_t bytes = letter_bytes(text);
        const std::string_view letter = bytes == 0 ? unknown : text.substr(0, bytes);
        if (out.size() + letter.size() > bytes_max) {
            break;
        }
        out += letter;
        text.remove_prefix(bytes == 0 ? 1 : bytes);
    }
    return out;
}

Item make_item(const Arrival& arrival, std::string code, std::string reason,
               std::string_view text) {
    Item item;
    item.id =
        hash128(
            fmt::format(
                "{}\n{}\n{}\n{}", name_of(arrival.door), arrival.source, arrival.delivery, text))
            .hex();
    item.arrival = arrival;
    for (std::string* word : {&item.arrival.source,
                              &item.arrival.user_agent,
                              &item.arrival.address,
                              &item.arrival.delivery}) {
        *word = plain(*word, bounds::word_bytes_max);
    }
    item.last = arrival.at;
    item.code = std::move(code);
    item.reason = plain(reason, bounds::reason_bytes_max);
    item.text = plain(text, bounds::item_bytes_max);
    item.sent_bytes = static_cast<std::int64_t>(text.size());
    item.is_whole = item.text == text;
    return item;
}

std::string_view name_of(Door door) {
    return doors.at(static_cast<std::size_t>(door)).second;
}

std::string_view name_of(State state) {
    return states.at(static_cast<std::size_t>(state)).second;
}

Result<Door> read_door(std::string_view name) {
    return read(doors, "door", name);
}

Result<State> read_state(std::string_view name) {
    return read(states, "state", name);
}

}  // namespace kokemus::refused
