#pragma once

#include "app/note_change.h"
#include "app/note_read.h"
#include "app/replaying.h"
#include "refused/refused_log.h"
#include "refused/refused_store.h"

namespace kokemus::app {

/// What the routes of refused items need; all of it must outlive the router.
struct RefusedDesk {
    refused::Store& store;
    refused::Log& log;
    Replaying& replaying;
    NoteRead note_read;
    NoteChange note_change;
};

}  // namespace kokemus::app
