#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "app/note_change.h"
#include "app/note_read.h"
#include "app/replaying.h"
#include "base/clock.h"
#include "refused/refused_log.h"
#include "refused/refused_store.h"

namespace kokemus::app {

/// The list of refused items of a server, and the way to it.
struct RefusedList {
    explicit RefusedList(std::shared_ptr<records::Records> records)
        : store(std::move(records)),
          log(store, clock) {}

    Collecting::KeepRefused keeper() {
        return [this](std::vector<refused::Item> items) { log.keep(std::move(items)); };
    }

    const SystemClock clock;
    refused::Store store;
    refused::Log log;
};

/// What the routes of refused items need; all of it must outlive the router.
struct RefusedDesk {
    refused::Store& store;
    refused::Log& log;
    Replaying& replaying;
    NoteRead note_read;
    NoteChange note_change;
};

}  // namespace kokemus::app
