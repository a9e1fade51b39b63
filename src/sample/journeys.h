#pragma once

#include "sample/episode.h"

/// What happens in each journey. Each plays one episode to its end, however far in the future that
/// lies.
namespace kokemus::sample {

struct Outcome {
    bool is_customer = true;  ///< false: never ordered, cancelled, or left
    double felt = 0;          ///< sum of the effects, which drives complaints and leaving
    Millis end = 0;
};

/// Choose, order, prepare, install, live, first bill.
Outcome play_connect(Episode& episode);

/// The visit of a technician, from picking its time to the line being active: connecting and
/// moving share it. False when the customer cancels.
bool play_visit(Episode& episode, Millis agreed_day_end, bool from_store);

/// A fault from being noticed to being fixed.
Outcome play_fault(Episode& episode);

/// A complaint and its answer. `about_bill`: goes to billing.
void play_complaint(Episode& episode, bool about_bill);

Outcome play_move(Episode& episode);
Outcome play_change(Episode& episode);
Outcome play_leave(Episode& episode);

}  // namespace kokemus::sample
