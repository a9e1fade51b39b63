#pragma once

#include "account/accounts_store.h"
#include "account/session.h"
#include "http/router.h"

/// The routes of people and rights; docs/openapi.yaml describes them.
namespace kokemus::account {

/// All of them. `accounts` must outlive the router.
void add_account_routes(http::Router& router, Accounts& accounts, Transport transport);

/// For a server that stands open: GET /api/me alone, which says so.
void add_open_account_routes(http::Router& router);

// The parts of `add_account_routes`.
void add_sign_in_routes(http::Router& router, Accounts& accounts, Transport transport);
void add_own_account_routes(http::Router& router, Accounts& accounts, Transport transport);
void add_user_routes(http::Router& router, Accounts& accounts);
void add_key_routes(http::Router& router, Accounts& accounts);
void add_audit_routes(http::Router& router, Accounts& accounts);

}  // namespace kokemus::account
