#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "account/api_key.h"
#include "account/audit_store.h"
#include "account/bounds.h"
#include "account/person_cache.h"
#include "account/session.h"
#include "account/throttle.h"
#include "account/user_store.h"
#include "base/clock.h"
#include "base/guarded.h"
#include "base/place_in_time.h"
#include "base/result.h"
#include "seal/seal.h"

namespace kokemus::records {
class Records;
}

namespace kokemus::account {

/// Told of each change of people and keys in its transaction, after its entry of the audit log, so
/// that others hear of what happened and of nothing else; what it fails with undoes the change.
/// `code` is that of an invitation, else empty. The entry has no number and no digest yet. May be
/// called again for the same change, and must have no effects but those on the session.
using AccountListener =
    std::function<Status(records::Session&, const AuditEntry& entry, std::string_view code)>;

/// Who does something, and from where; for the audit log.
struct Doer {
    std::string who;
    std::string address;
};

/// A session that has just begun. The secret is known to nobody else and not kept.
struct SignedIn {
    std::string secret;
    User user;
};

enum class SignInRefusal : std::uint8_t {
    Wrong,       ///< e-mail, password or code; it is not said which
    CodeNeeded,  ///< the password is right, a code of the second factor is missing
};

/// Too many wrong guesses: how long to wait.
struct Wait {
    Milliseconds time{};
};

/// What came of proving who one is: what was asked for, or why not.
template <typename Done>
using Proven = std::variant<Done, SignInRefusal, Wait>;

using SignInOutcome = Proven<SignedIn>;

struct Credentials {
    std::string email;
    std::string password;
    std::string code;  ///< of the authenticator or on paper; empty: none given
};

/// An authenticator that waits for its first code.
struct FactorProposal {
    std::string secret;  ///< base32
    std::string link;    ///< otpauth://
};

/// What stands in for a lost authenticator, each once; shown once and kept as digests.
using RecoveryCodes = std::vector<std::string>;

/// An API key just made; its text is shown once and not kept.
struct NewKey {
    ApiKey key;
    std::string text;
};

/// An account just added, or one whose password is to be chosen anew: the code is shown once.
struct Invitation {
    User user;
    std::string code;
};

/// People and programs, and what they prove themselves with. Everything that changes something
/// writes its entry of the audit log in the same transaction.
///
/// Thread safe. Passwords are hashed outside of transactions.
class Accounts {
public:
    /// `records` has `account_schema()`; `seal` is for the secrets of second factors. The clock
    /// must outlive this.
    Accounts(std::shared_ptr<records::Records> records, const Clock& clock,
             std::string organisation, seal::Seal seal);

    /// To be called before anybody signs in: seals what an earlier version kept in the clear, and
    /// logs how many secrets do not open with the key there is (their owners need a code on paper,
    /// or a new invitation).
    Status seal_factors();

    /// Who hears of what is done here; to be set before anybody comes.
    void listen(AccountListener listener) { listener_ = std::move(listener); }

    // -- the first person ------------------------------------------------------------------

    Result<bool> has_users() const;

    /// A code that lets one person become the first admin; one at a time, valid until the program
    /// ends.
    std::string new_setup_code();

    /// Makes the first admin. Forbidden with another code, Conflict when there are users already.
    Result<SignInOutcome> set_up(const std::string& code, User user, const std::string& password,
                                 const std::string& address);

    // -- signing in and out ----------------------------------------------------------------

    Result<SignInOutcome> sign_in(const Credentials& credentials, const std::string& address);
    Status sign_out(std::string_view secret, const Doer& doer);

    /// Who has this session or key: none when it has ended, was never there, or its user was
    /// disabled. What was changed of a user holds at once, by another server after a second. Costs
    /// a look into the store a second, and for a session a write a minute.
    Result<std::optional<Person>> person_by_session(std::string_view secret,
                                                    Use use = Use::Attended);
    Result<std::optional<Person>> person_by_key(std::string_view key);

    /// Whether a page of this origin may show some key with which encounters are sent: all that a
    /// browser can ask before it sends one. As known a second ago.
    Result<bool> some_key_allows(std::string_view origin);

    /// How many sessions could be used now: looks into the store, so that it also tells whether
    /// that can be reached.
    Result<std::int64_t> open_sessions() const;

    // -- one's own account -----------------------------------------------------------------

    Result<User> user(std::string_view id) const;

    /// Ends all other sessions and begins this one anew, for one who knows the present password.
    Result<SignInOutcome> change_password(std::string_view user, const std::string& present,
                                          const std::string& chosen, const Doer& doer);

    /// A second factor, in two steps: proposed to one who knows the password, so that nobody locks
    /// out whoever left a browser open; then confirmed by its first code, within
    /// `bounds::factor_proposal_age_max` and before they sign out, which gives codes on paper.
    /// Guesses of that code are slowed down as those of the password are.
    Result<Proven<FactorProposal>> propose_factor(std::string_view user,
                                                  const std::string& password, const Doer& doer);
    Result<Proven<RecoveryCodes>> confirm_factor(std::string_view user, std::string_view code,
                                                 const Doer& doer);
    /// Takes it away, for one who knows the password.
    Result<SignInOutcome> remove_factor(std::string_view user, const std::string& password,
                                        const Doer& doer);

    // -- for admins ------------------------------------------------------------------------

    /// By e-mail address, behind that of the user `after` (empty: from the first).
    Result<std::vector<User>> users(std::string_view after = {},
                                    std::size_t limit = bounds::users_max) const;
    Result<Invitation> add(User user, const Doer& doer);
    /// A new code for an account; its password, second factor and sessions end.
    Result<Invitation> invite_again(std::string_view id, const Doer& doer);
    /// Uses such a code.
    Result<SignInOutcome> accept(const std::string& code, const std::string& password,
                                 const std::string& address);
    /// Name, role, departments, disabled; ends the sessions when rights changed. Conflict when
    /// nobody would be left to rule, or when the user is not as `seen` any more.
    Result<User> change(User user, const Doer& doer, const std::optional<User>& seen = {});

    /// By when they were made, behind a place.
    Result<std::vector<ApiKey>> keys(const std::optional<PlaceInTime>& after = {},
                                     std::size_t limit = bounds::keys_listed_max) const;
    Result<NewKey> make_key(ApiKey wanted, const Doer& doer);
    Status revoke_key(std::string_view id, const Doer& doer);

    Result<std::vector<AuditEntry>> audit(const AuditSought& sought, std::size_t limit) const;
    Result<AuditState> verify_audit() const;

    /// How entries may name a customer: as they are written now, then as they were written with
    /// other keys, and last as before there was a key.
    std::vector<std::string> audit_names_of_customer(std::string_view customer) const;

    /// Writes what was done outside of this folder ("customer.read"), in one transaction. Of a
    /// customer (`audited_customer`) a digest with the key of the seal is written, which nobody
    /// who has the log alone can find by trying names.
    Status note(std::span<const AuditEntry> entries);

private:
    /// Changes the records, and what is known of who came a moment ago is looked for anew.
    template <typename Work>
    auto change_records(const Work& work);

    AuditEntry entry(const Doer& doer, std::string action, std::string_view subject,
                     std::string note = {}) const;
    /// Writes the entry and tells the listener.
    Status note_done(records::Session& session, AuditEntry entry, std::string_view code = {});
    std::optional<Wait> wait(std::string_view account, const std::string& address);
    Result<SignInOutcome> refuse(const std::string& account, const std::string& subject,
                                 const std::string& address);
    Result<std::optional<SignedIn>> begin_session(const KeptUser& kept,
                                                  const Credentials& credentials,
                                                  const std::string& address);
    /// For whatever needs the present password: `work` with the user who has just proven it.
    template <typename Done, typename Work>
    Result<Proven<Done>> with_password(std::string_view user, const std::string& password,
                                       const Doer& doer, const Work& work);
    /// Carries that out in one transaction; a Conflict when the password is another one by now.
    template <typename Work>
    auto change_own(const KeptUser& proven, const Work& work);
    /// The secret of the user's authenticator; none when there is none, or it does not open.
    std::optional<std::string> factor_of(const KeptUser& kept) const;
    std::string sealed_factor(std::string_view secret, std::string_view user) const;
    /// Uses the code up, of the authenticator or on paper; false when it is none of this user's.
    Result<bool> use_code(records::Session& session, const KeptUser& kept,
                          std::string_view typed) const;
    /// Ends all sessions of the user and begins one, in the transaction of `session`.
    Result<SignedIn> new_session(records::Session& session, std::string_view user) const;

    std::shared_ptr<records::Records> records_;
    const Clock& clock_;
    std::string organisation_;
    seal::Seal seal_;
    AccountListener listener_;
    PersonCache known_by_session_;
    PersonCache known_by_key_;
    Guarded<Throttle> throttle_;
    Guarded<std::string> setup_digest_;

    struct PageOrigins {
        std::vector<std::string> list;
        Instant at{};
    };
    Guarded<PageOrigins> page_origins_;
};

}  // namespace kokemus::account
