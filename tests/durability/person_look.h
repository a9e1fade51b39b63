#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "person_senders.h"

namespace kokemus::durability {

/// Asks a server that was started again what it has of each person in the books, and says what is
/// wrong: an acknowledged encounter that is missing or there twice, half a batch, what was never
/// sent, names that are not joined as was acknowledged, somebody of whom an erasure was
/// acknowledged and anything is left, totals or receipts that do not add up. What was sent and not
/// answered may have come to pass or not, wholly; which of it has is booked.
std::vector<std::string> look_at_persons(std::uint16_t port, const std::string& own_key,
                                         PersonSenders::Books& books);

/// Waits until all receipts are finished; then no byte of who was erased may be in any file of the
/// folder, by a search of our own and by the server's, which reads what is compressed too.
std::vector<std::string> look_for_bytes(std::uint16_t port, const std::string& own_key,
                                        const std::filesystem::path& folder,
                                        const PersonSenders::Books& books);

}  // namespace kokemus::durability
