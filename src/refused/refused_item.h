#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "base/result.h"

/// What was refused at the door, and why: kept to be corrected and sent again.
namespace kokemus::refused {

/// By which protocol it came; the same reader reads it again.
enum class Door : std::uint8_t { Encounters, CloudEvents, Segment, Webhook };

enum class State : std::uint8_t {
    Open,
    Replayed,  ///< it is in the ledger, or a rule leaves it out
    Dropped,   ///< somebody said that it is nothing
};

/// How something came: what reading it again needs beside its text.
struct Arrival {
    Door door = Door::Encounters;
    std::string source = {};  ///< "key:ID", a user's id, "write-key", the name of a webhook
    Instant at{};
    std::string user_agent = {};  ///< for rules that leave senders out
    std::string address = {};
    std::string delivery = {};  ///< of a webhook: the id that was signed, and when it was sent
    Instant delivered{};
    std::int64_t place = 0;  ///< among the items of its request, from 0: orders those of one time
};

/// One item; its text only while it is open.
struct Item {
    std::string id = {};
    Arrival arrival;  ///< the first, if it came several times
    Instant last{};   ///< when it came last
    std::int64_t times = 1;
    std::string code = {};  ///< "no_user_anon_id"
    std::string reason = {};
    std::string text = {};
    std::int64_t sent_bytes = 0;  ///< as it was sent
    bool is_whole = true;         ///< false: too long, or no text, so that a part is missing
    State state = State::Open;
    std::string outcome =
        {};  ///< "accepted", "duplicate", "left out by bots"; empty while it is open
    std::optional<Instant> decided = {};
    std::string decided_by = {};
};

/// As much of a text as has room, cut between letters; what is no UTF-8 in it, and a zero byte,
/// becomes U+FFFD, since not every store takes it.
std::string plain(std::string_view text, std::size_t bytes_max);

/// An item of what came, within bounds: texts are cut between letters, and what is no UTF-8 in them
/// becomes U+FFFD. The same text by the same way has the same id, however often it comes.
Item make_item(const Arrival& arrival, std::string code, std::string reason, std::string_view text);

std::string_view name_of(Door door);
std::string_view name_of(State state);
Result<Door> read_door(std::string_view name);
Result<State> read_state(std::string_view name);

}  // namespace kokemus::refused
