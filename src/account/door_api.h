#pragma once

#include <cstdint>
#include <string>

#include "account/access.h"
#include "account/accounts_store.h"
#include "account/session.h"
#include "http/router.h"

/// The guard of the router: who comes, and whether the route is theirs.
namespace kokemus::account {

/// What the guard leaves at a request for its handler.
struct Visitor final : http::Visitor {
    Person person;
    std::string session;  ///< its secret; empty when nobody signed in, or by key
};

/// What a route is added with.
http::Access anyone();
http::Access needs(Right right);
http::Access by_sender();

/// Who connects to us: clients themselves, or a proxy that tells their addresses.
enum class ReachedBy : std::uint8_t { Clients, Proxy };

/// The guard of a server with accounts. A proxy before us tells the client's address
/// (X-Forwarded-For); from anybody else that would be their own word. A person comes by the cookie
/// of a session or by "Authorization: Bearer kk_..."; the key counts when both are there. A write
/// by cookie has to come from a page of ours, with the token of the session; one that needs no
/// right, from a page of ours. A request with X-Kokemus-Unattended does not count as use of the
/// session. 401, 403 and 503 are problems with words. Who sends `own_key` as bearer is
/// `operator_of_server()`; empty: nobody is. `accounts` must outlive the router.
http::Guard guard_of(Accounts& accounts, Transport transport, ReachedBy reached_by,
                     std::string own_key);

/// The guard of a server that stands open: everybody is `open_visitor()`. For loopback addresses
/// only, and it holds that too: a request that was asked of another name than this computer's own
/// (as a web site that points its name here would have it), or that a proxy passed on, is refused.
/// A write has to come from a page of ours or from a program, so that no other site moves it.
http::Guard open_guard(std::string own_key);

/// Who is behind a request that a guard let in.
const Visitor& visitor_of(const http::Request& request);
const Person& person_of(const http::Request& request);
Doer doer_of(const http::Request& request);

}  // namespace kokemus::account
