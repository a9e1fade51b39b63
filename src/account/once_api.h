#pragma once

#include "account/once_store.h"
#include "http/router.h"

namespace kokemus::account {

/// Carries writes that come with an Idempotency-Key out once (draft-ietf-httpapi-idempotency-key):
/// sent again by the same person, the first answer is given again, with `Idempotency-Replayed:
/// true`; while it is being carried out, 409; with another method, path or body, 422; when its
/// answer went with an erasure, 410. An answer of the server's own fault (5xx) or to wait (429) is
/// not kept, so that the same may be tried again. Holds for every POST, PUT, PATCH and DELETE of
/// somebody who is known and whose right it is, but not for encounters (their own ids do the same),
/// questions, and what sets cookies. `once` must outlive the router.
http::Around carried_out_once(Once& once);

}  // namespace kokemus::account
