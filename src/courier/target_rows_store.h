#pragma once

#include "courier/targets_store.h"
#include "records/session.h"

// For *_store.cpp of this folder: rows as values.
namespace kokemus::courier {

/// Targets in order of making; `where` is "" or "WHERE ...".
Result<std::vector<Target>> targets_where(records::Session& session, std::string_view where,
                                          const records::Values& values);

/// NotFound when there is none.
Result<Target> known_target(records::Session& session, std::string_view id);

Result<std::vector<std::string>> sealed_secrets(records::Session& session, std::string_view id,
                                                Instant now);

Result<std::vector<Delivery>> deliveries_of(records::Session& session, std::string_view target,
                                            const DeliveryPage& page);
Result<Delivery> known_delivery(records::Session& session, std::string_view target,
                                std::string_view event);

}  // namespace kokemus::courier
