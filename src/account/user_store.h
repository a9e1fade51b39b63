#pragma once

#include <optional>
#include <vector>

#include "account/user.h"
#include "records/session.h"

/// Keeps users, what proves that they are themselves, and their invitations.
namespace kokemus::account {

/// A user with what only this folder may see.
struct KeptUser {
    User user;
    std::string password;  ///< argon2id text; empty: none chosen yet
    std::string factor;    ///< sealed secret of the authenticator; empty: none
    bool is_factor_confirmed = false;
    std::int64_t factor_step = -1;  ///< of the last code that was used
    Instant factor_proposed{};      ///< when the authenticator was proposed
};

Result<std::int64_t> count_users(records::Session& session);

/// By e-mail address, behind that of the user `after` (empty: from the first); at most `limit`.
Result<std::vector<User>> list_users(records::Session& session, std::string_view after,
                                     std::size_t limit);
Result<std::optional<KeptUser>> user_by_id(records::Session& session, std::string_view id);
Result<std::optional<KeptUser>> user_by_email(records::Session& session, std::string_view email);

/// Whose invitation this is, if it still holds.
Result<std::optional<KeptUser>> user_by_invitation(records::Session& session,
                                                   std::string_view digest, Instant now);

/// A Conflict when the e-mail address is there already.
Status add_user(records::Session& session, const User& user, std::string_view password);

/// Name, role, departments and whether they are disabled.
Status change_user(records::Session& session, const User& user);

/// A password that was chosen; uses up the invitation.
Status keep_password(records::Session& session, std::string_view user, std::string_view hash);

/// The same password hashed anew; nothing when another one was chosen since `before`, or none is
/// there any more.
Status renew_hash(records::Session& session, std::string_view user, std::string_view before,
                  std::string_view hash);

/// Nobody signs in to the account until the invitation with that digest is used.
Status invite(records::Session& session, std::string_view user, std::string_view digest,
              Instant until);

enum class Factor : std::uint8_t { Proposed, Confirmed };

/// The authenticator of a user, and when it was proposed; an empty secret takes it away, with its
/// codes on paper.
Status keep_factor(records::Session& session, std::string_view user, std::string_view sealed,
                   Factor state, Instant proposed = {});

/// Takes away an authenticator that waits for its first code.
Status forget_proposal(records::Session& session, std::string_view user);

/// The secret of somebody's authenticator, as it is kept.
struct KeptFactor {
    std::string user;
    std::string sealed;
};

/// All of them, by user.
Result<std::vector<KeptFactor>> factors(records::Session& session);

/// The same secret sealed anew: state and codes stay.
Status reseal_factor(records::Session& session, const KeptFactor& factor);
Status keep_recovery_codes(records::Session& session, std::string_view user,
                           const std::vector<std::string>& codes);

/// Uses the code of that step; false when it, or a later one, was used.
Result<bool> use_factor_step(records::Session& session, std::string_view user, std::int64_t step);

/// Uses a code on paper; false when there is no such code.
Result<bool> use_recovery_code(records::Session& session, std::string_view user,
                               std::string_view typed);

/// How many may still rule, without the user named.
Result<std::int64_t> count_other_admins(records::Session& session, std::string_view user);

}  // namespace kokemus::account
