#include "account/door_api.h"
#include "app/api.h"
#include "app/retention.h"

namespace kokemus::app {

void add_retention_routes(http::Router& router, Organisation& organisation,
                          const RetentionDays& days) {
    router.add(http::Method::Get,
               "/api/retention",
               account::needs(account::Right::EraseCustomers),
               [&organisation, days](const http::Request&) {
                   return respond(retention_json(days, organisation, SystemClock().now()));
               });
}

}  // namespace kokemus::app
