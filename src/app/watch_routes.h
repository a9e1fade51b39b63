#pragma once

#include "app/asker.h"
#include "http/router.h"

namespace kokemus::app {

/// GET /api/watch: what is about to go wrong. The asker must outlive the router.
void add_watch_routes(http::Router& router, Asker& asker);

}  // namespace kokemus::app
