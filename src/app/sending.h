#pragma once

#include <memory>

#include "account/accounts_store.h"
#include "app/configuration.h"
#include "app/kept_records.h"
#include "courier/courier.h"
#include "http/router.h"

namespace kokemus::app {

/// What a server sends out by itself: webhooks. It begins with what earlier runs left.
class Sending {
public:
    static Result<std::unique_ptr<Sending>> start(const Configuration& configuration,
                                                  const KeptRecords& kept);

    /// To be told of what is done to people and keys, so that it becomes events.
    account::AccountListener listener();

    /// This must outlive the router.
    void add_routes(http::Router& router);

private:
    Sending(const KeptRecords& kept, courier::WebRules rules);

    SystemClock clock_;
    courier::Targets targets_;
    courier::Outbox outbox_;
    courier::Courier courier_;
};

/// Where webhooks may go, as the configuration says.
Result<courier::WebRules> web_rules(const Configuration& configuration);

}  // namespace kokemus::app
