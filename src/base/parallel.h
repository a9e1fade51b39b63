#pragma once

#include <cstddef>
#include <functional>

#include "base/result.h"

namespace kokemus {

/// A part [from, to) of the whole, and which worker (0 .. worker_count()-1) does it.
struct Chunk {
    std::size_t from = 0;
    std::size_t to = 0;
    std::size_t worker = 0;

    std::size_t size() const { return to - from; }
};

/// How many threads work on one question; at least 1. The start is what the machine gives this
/// program.
std::size_t worker_count();

/// Sets it, for tests and for a configured limit; 0 goes back to the start. Not while work is being
/// done.
void set_worker_count(std::size_t count);

/// Splits [0, count) into chunks of `chunk_size` (the last may be shorter), lets the workers take
/// them one after the other in order, and returns when all are done. The caller's thread is worker
/// 0, so with one chunk or one worker nothing is started.
///
/// * Which worker does which chunk differs from run to run: keep results by chunk, or merge them so
///   that order does not matter (sums of integers do not, sums of doubles do).
/// * After an error no further chunk is begun; the error of the lowest failing chunk is returned,
///   which is the same however many workers there are. An exception counts as an error (Internal,
///   with its words).
/// * Called from inside a chunk it does the work on the calling thread as worker 0.
/// * Done for a task (Task::Scope of the calling thread), it tells the task how far it is, and when
///   the task is over begins no further chunk: whoever set the scope asks the task afterwards
///   whether the work is whole.
Status for_each_chunk(std::size_t count, std::size_t chunk_size,
                      const std::function<Status(const Chunk&)>& work);

/// The same for work that cannot fail but by exception, which is thrown again here, of the lowest
/// failing chunk.
void for_each_chunk_plain(std::size_t count, std::size_t chunk_size,
                          const std::function<void(const Chunk&)>& work);

}  // namespace kokemus
