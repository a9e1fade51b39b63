#pragma once

#include <array>
#include <cstdint>

#include "encounter/encounter.h"
#include "sample/organisation.h"
#include "sample/profile.h"

namespace kokemus::sample {

/// What binds events: an order, a ticket, a move, a complaint...
enum class ThreadKind : std::uint8_t { None, Order, Ticket, Complaint, Move, Change, Leaving };

struct Due {
    Promise promise{};
    Millis time = 0;
};

/// One encounter of one customer, without a text: what the journeys make, 20 to a customer.
struct Event {
    Millis time = 0;
    Touchpoint touchpoint{};
    Channel channel{};
    ThreadKind thread = ThreadKind::None;
    std::uint32_t thread_number = 0;  ///< the customer's first order, second ticket...
    std::uint16_t employee = 0;
    std::uint16_t comment = 0;  ///< see comments.h; 0: none
    std::int8_t score = -1;     ///< -1: did not answer
    std::uint8_t due_count = 0;
    bool evening_call = false;
    bool is_bill_test = false;  ///< the bill of a time when its length was tested
    bool short_bill = false;
    std::array<Due, 3> due{};
    double experience = 0;        ///< what they felt, whether they answered or not
    double duration_seconds = 0;  ///< 0: not measured
    double value = 0;             ///< 0: no money

    void promise(Promise what, Millis when) { due[due_count++] = {what, when}; }
};

/// Writes an event as an encounter, reusing its memory. `place` is its place in the customer's
/// life, from 0: the id.
void write_encounter(const Profile& profile, const Event& event, std::uint64_t place,
                     encounter::Encounter& into);

}  // namespace kokemus::sample
