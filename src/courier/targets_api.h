#pragma once

#include "courier/courier.h"
#include "courier/targets_store.h"
#include "http/router.h"

/// The routes of outgoing webhooks; docs/openapi.yaml describes them.
namespace kokemus::courier {

/// Both must outlive the router.
void add_target_routes(http::Router& router, Targets& targets, Courier& courier);

}  // namespace kokemus::courier
