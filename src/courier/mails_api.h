#pragma once

#include <functional>

#include "courier/mails_store.h"
#include "courier/postman.h"
#include "http/router.h"

namespace kokemus::courier {

/// The routes of mails; docs/openapi.yaml describes them. `postman` is null where no mail server is
/// configured; `test_letter` writes a test to an address. All must outlive the router.
void add_mail_routes(http::Router& router, const Mails& mails, Postman* postman,
                     std::function<Letter(const std::string& to)> test_letter);

}  // namespace kokemus::courier
