#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "blueprint/blueprint.h"
#include "question/filter.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Cuts a customer's (or one thread's) encounters into the episodes of a journey.
///
/// * An encounter at `starts` opens an episode when none is open; while one is open, every
///   encounter is taken in.
/// * An encounter at `ends` completes the open episode, also the encounter that has just opened it:
///   a touchpoint that is both start and end makes episodes of one encounter, and completes, never
///   opens, where an episode is open.
/// * A gap longer than `silence`, or a time since the start longer than `within`, abandons the
///   episode at its last encounter before; equal is not longer. The encounter that came too late is
///   not of that episode, even at an end; it may open the next one.
/// * At the end of the encounters the ledger's latest time stands in for the next one: the episode
///   is abandoned when that is too late, else open.
class EpisodeRules {
public:
    EpisodeRules(const Part& part, const blueprint::Journey& journey);

    bool threaded() const { return threaded_; }

    /// Calls `emit(from, to, status)` for every episode of `count` encounters, where `row_at(i)` is
    /// the i-th.
    template <typename RowAt, typename Emit>
    void cut(std::size_t count, const RowAt& row_at, const Emit& emit) const {
        bool open = false;
        std::size_t start = 0;
        for (std::size_t i = 0; i < count; ++i) {
            const Row row = row_at(i);
            if (open && is_too_late(row_at(start), row_at(i - 1), time_[row])) {
                emit(start, i, question::EpisodeStatus::Abandoned);
                open = false;
            }
            const std::uint8_t role = roles_[touchpoint_[row]];
            if (!open && (role & starts) != 0) {
                open = true;
                start = i;
            }
            if (open && (role & ends) != 0) {
                emit(start, i + 1, question::EpisodeStatus::Completed);
                open = false;
            }
        }
        if (open) {
            const bool over = is_too_late(row_at(start), row_at(count - 1), latest_);
            emit(start,
                 count,
                 over ? question::EpisodeStatus::Abandoned : question::EpisodeStatus::Open);
        }
    }

private:
    bool is_too_late(Row start, Row last, std::int64_t time) const {
        return time - time_[last] > silence_ || time - time_[start] > within_;
    }

    static constexpr std::uint8_t starts = 1;
    static constexpr std::uint8_t ends = 2;

    std::vector<std::uint8_t> roles_;  ///< touchpoint -> starts, ends
    const CodeColumn& touchpoint_;
    const TimeColumn& time_;
    std::int64_t latest_;
    std::int64_t silence_ = INT64_MAX;
    std::int64_t within_ = INT64_MAX;
    bool threaded_;
};

}  // namespace kokemus::timeline
