#include "account/accounts_change_store.h"
#include "account/bounds.h"
#include "account/one_time_code.h"
#include "account/password.h"
#include "account/secret.h"
#include "account/session_store.h"

namespace kokemus::account {

namespace {

Error no_such_user() {
    return not_found("there is no such user");
}

Result<KeptUser> known(records::Session& session, std::string_view id) {
    auto kept = TRY(user_by_id(session, id));
    if (!kept) {
        return no_such_user();
    }
    return std::move(*kept);
}

/// What guesses by one who found a browser open are counted by.
std::string own_account(std::string_view user) {
    return "own:" + std::string(user);
}

/// Whether that authenticator still waits for its first code.
bool is_waiting(const KeptUser& kept, Instant now) {
    return !kept.is_factor_confirmed && !kept.factor.empty() &&
           now - kept.factor_proposed < bounds::factor_proposal_age_max;
}

}  // namespace

Result<User> Accounts::user(std::string_view id) const {
    return TRY(records_->read([&](records::Session& session) { return known(session, id); })).user;
}

/// Guesses of the present password by one who found a browser open count as those at the door do,
/// and cost the server one hash at most.
template <typename Done, typename Work>
Result<Proven<Done>> Accounts::with_password(std::string_view user, const std::string& password,
                                             const Doer& doer, const Work& work) {
    const KeptUser kept =
        TRY(records_->read([&](records::Session& session) { return known(session, user); }));
    const std::string account = own_account(kept.user.id);
    if (const auto waits = wait(account, doer.address)) {
        return Proven<Done>(*waits);
    }
    if (TRY(match_password(password, kept.password)) == PasswordMatch::No) {
        TRY(refuse(account, kept.user.id, doer.address));
        return Proven<Done>(SignInRefusal::Wrong);
    }
    throttle_.with(
        [&](Throttle& throttle) { throttle.succeeded(account, doer.address, clock_.now()); });
    return Proven<Done>(TRY(work(kept)));
}

template <typename Work>
auto Accounts::change_own(const KeptUser& proven, const Work& work) {
    return change_records([&](records::Session& session) -> decltype(work(session)) {
        const KeptUser present = TRY(known(session, proven.user.id));
        if (present.password != proven.password || present.user.is_disabled) {
            return Error{ErrorCode::Conflict, "The password was changed meanwhile."};
        }
        return work(session);
    });
}

Result<SignInOutcome> Accounts::change_password(std::string_view user, const std::string& present,
                                                const std::string& chosen, const Doer& doer) {
    const auto change = [&](const KeptUser& kept) -> Result<SignedIn> {
        TRY(check_password(chosen, std::vector{kept.user.email, kept.user.name, organisation_}));
        const std::string hash = TRY(hash_password(chosen));
        return change_own(kept, [&](records::Session& session) -> Result<SignedIn> {
            TRY(keep_password(session, user, hash));
            TRY(note_done(session, entry(doer, "password.change", user)));
            return new_session(session, user);
        });
    };
    return with_password<SignedIn>(user, present, doer, change);
}

Result<Proven<FactorProposal>> Accounts::propose_factor(std::string_view user,
                                                        const std::string& password,
                                                        const Doer& doer) {
    const std::string secret = random_bytes(bounds::authenticator_secret_bytes);
    const auto proposed = [&](records::Session& session) -> Result<FactorProposal> {
        const KeptUser kept = TRY(known(session, user));
        if (kept.is_factor_confirmed) {
            return Error{ErrorCode::Conflict,
                         "There is a second factor already: remove it before adding another."};
        }
        TRY(keep_factor(
            session, user, sealed_factor(secret, user), Factor::Proposed, clock_.now()));
        TRY(note_done(session, entry(doer, "factor.propose", user)));
        return FactorProposal{base32(secret),
                              authenticator_link(secret, kept.user.email, organisation_)};
    };
    return with_password<FactorProposal>(
        user, password, doer, [&](const KeptUser& kept) { return change_own(kept, proposed); });
}

Result<Proven<RecoveryCodes>> Accounts::confirm_factor(std::string_view user, std::string_view code,
                                                       const Doer& doer) {
    const std::string account = own_account(user);
    if (const auto waits = wait(account, doer.address)) {
        return Proven<RecoveryCodes>(*waits);
    }
    const RecoveryCodes codes = new_recovery_codes();
    const Instant now = clock_.now();
    const auto work = [&](records::Session& session) -> Result<bool> {
        const KeptUser kept = TRY(known(session, user));
        if (!is_waiting(kept, now)) {
            return Error{ErrorCode::Conflict,
                         "There is no second factor to confirm: begin anew. Its first code is "
                         "waited for 15 minutes, and until you sign out."};
        }
        const auto secret = factor_of(kept);
        const auto step = secret ? step_of_code(code, *secret, now, -1) : std::nullopt;
        if (!step) {
            return false;
        }
        TRY(keep_factor(session, user, kept.factor, Factor::Confirmed, kept.factor_proposed));
        TRY(use_factor_step(session, user, *step));
        TRY(keep_recovery_codes(session, user, codes));
        TRY(note_done(session, entry(doer, "factor.confirm", user)));
        return true;
    };
    if (!TRY(change_records(work))) {
        TRY(refuse(account, std::string(user), doer.address));
        return invalid_input(
            "code: this is not the code that the app shows now; is the clock of the telephone "
            "right?");
    }
    throttle_.with(
        [&](Throttle& throttle) { throttle.succeeded(account, doer.address, clock_.now()); });
    return Proven<RecoveryCodes>(codes);
}

Result<SignInOutcome> Accounts::remove_factor(std::string_view user, const std::string& password,
                                              const Doer& doer) {
    const auto removed = [&](records::Session& session) -> Result<SignedIn> {
        TRY(keep_factor(session, user, "", Factor::Proposed));
        TRY(note_done(session, entry(doer, "factor.remove", user)));
        return new_session(session, user);
    };
    return with_password<SignedIn>(
        user, password, doer, [&](const KeptUser& kept) { return change_own(kept, removed); });
}

}  // namespace kokemus::account
