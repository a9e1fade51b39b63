#pragma once

#include <optional>
#include <string>

#include <boost/json/value.hpp>

#include "account/accounts_store.h"
#include "account/door_api.h"

// For *_api.cpp of this folder only: brings in Boost.JSON.
namespace kokemus::account {

boost::json::object user_json(const User& user);
boost::json::object key_json(const ApiKey& key);
boost::json::array rights_json(Rights rights);

/// `next` of an answer that is a part of a list (http/page.h).
boost::json::value next_json(const std::optional<std::string>& next);

/// A JSON text without secrets, or the problem: it has an ETag and may be packed.
http::Response shown(const Result<boost::json::object>& object);

/// One that may hold a secret, or the problem: never packed, and without an ETag of its bytes.
http::Response answered(const Result<boost::json::object>& object);

/// What GET /api/me says of who has signed in.
boost::json::object me_json(const User& user, const Person& person,
                            std::string_view session_secret);

/// The same of a program: what its key may do. Not whose it is, since whoever opens a page that
/// shows the key has it.
boost::json::object program_json(const Person& person);

/// The answer to whatever begins a session or refuses to: who that is, with the cookie; 401; 429.
http::Response begun(const Result<SignInOutcome>& outcome, Transport transport);

/// The answer to whoever wants a second factor: its secret; 401; 429.
http::Response proposed(const Result<Proven<FactorProposal>>& outcome);

/// The answer to their first code: the codes on paper; 400 for a wrong one; 429.
http::Response confirmed(const Result<Proven<RecoveryCodes>>& outcome);

}  // namespace kokemus::account
