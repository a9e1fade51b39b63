#pragma once

#include "app/asker.h"
#include "app/kept_records.h"
#include "app/note_change.h"
#include "base/clock.h"
#include "http/router.h"
#include "improve/improvements.h"

namespace kokemus::app {

/// The record of improvements as a server or a command keeps it.
struct ImprovementDesk {
    explicit ImprovementDesk(const KeptRecords& kept) : ImprovementDesk(kept.records) {}
    explicit ImprovementDesk(std::shared_ptr<records::Records> records)
        : store(std::move(records), clock),
          improvements(store, clock) {}

    const SystemClock clock = {};
    improve::Store store;
    improve::Improvements improvements;
};

/// /api/improvements: registered, looked at, amended, withdrawn, shown. All of it must outlive the
/// router.
void add_improvement_routes(http::Router& router, Asker& asker, ImprovementDesk& desk,
                            NoteChange note_change);

}  // namespace kokemus::app
