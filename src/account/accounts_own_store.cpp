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

}  // namespace

Result<User> Accounts::user(std::string_view id) const {
    return TRY(records_->read([&](records::Session& session) { return known(session, id); })).user;
}

/// Guesses of the present password by one who found a browser open count as those at the door do.
template <typename Work>
Result<SignInOutcome> Accounts::with_password(std::string_view user, const std::string& password,
                                              const Doer& doer, const Work& work) {
    const KeptUser kept =
        TRY(records_->read([&](records::Session& session) { return known(session, user); }));
    const std::string account = "own:" + kept.user.id;
    if (const auto waits = wait(account, doer.address)) {
        return SignInOutcome(*waits);
    }
    if (TRY(match_password(password, kept.password)) == PasswordMatch::No) {
        return refuse(account, kept.user.id, doer.address);
    }
    throttle_.with(
        [&](Throttle& throttle) { throttle.succeeded(account, doer.address, clock_.now()); });
    const auto done_and_begun = [&](records::Session& session) -> Result<SignedIn> {
        const KeptUser present = TRY(known(session, user));
        if (present.password != kept.password || present.user.is_disabled) {
            return Error{ErrorCode::Conflict, "The password was changed meanwhile."};
        }
        TRY(work(session));
        return new_session(session, user);
    };
    return SignInOutcome(TRY(change_records(done_and_begun)));
}

Result<SignInOutcome> Accounts::change_password(std::string_view user, const std::string& present,
                                                const std::string& chosen, const Doer& doer) {
    const User own = TRY(this->user(user));
    TRY(check_password(chosen, std::vector{own.email, own.name, organisation_}));
    const std::string hash = TRY(hash_password(chosen));
    return with_password(user, present, doer, [&](records::Session& session) -> Status {
        TRY(keep_password(session, user, hash));
        return add_audit(session, entry(doer, "password.change", user));
    });
}

Result<FactorProposal> Accounts::propose_factor(std::string_view user, const Doer& doer) {
    const std::string secret = random_bytes(bounds::authenticator_secret_bytes);
    const auto work = [&](records::Session& session) -> Result<User> {
        const KeptUser kept = TRY(known(session, user));
        if (kept.is_factor_confirmed) {
            return Error{ErrorCode::Conflict,
                         "There is a second factor already: remove it before adding another."};
        }
        TRY(keep_factor(session, user, secret, Factor::Proposed));
        TRY(add_audit(session, entry(doer, "factor.propose", user)));
        return kept.user;
    };
    const User own = TRY(change_records(work));
    return FactorProposal{base32(secret), authenticator_link(secret, own.email, organisation_)};
}

Result<std::vector<std::string>> Accounts::confirm_factor(std::string_view user,
                                                          std::string_view code, const Doer& doer) {
    const auto codes = new_recovery_codes();
    const Instant now = clock_.now();
    const auto work = [&](records::Session& session) -> Status {
        const KeptUser kept = TRY(known(session, user));
        if (kept.is_factor_confirmed || kept.factor.empty()) {
            return Error{ErrorCode::Conflict, "There is no second factor to confirm."};
        }
        const auto step = step_of_code(code, kept.factor, now, -1);
        if (!step) {
            return invalid_input(
                "code: this is not the code that the app shows now; is the clock of the telephone "
                "right?");
        }
        TRY(keep_factor(session, user, kept.factor, Factor::Confirmed));
        TRY(use_factor_step(session, user, *step));
        TRY(keep_recovery_codes(session, user, codes));
        return add_audit(session, entry(doer, "factor.confirm", user));
    };
    TRY(change_records(work));
    return codes;
}

Result<SignInOutcome> Accounts::remove_factor(std::string_view user, const std::string& password,
                                              const Doer& doer) {
    return with_password(user, password, doer, [&](records::Session& session) -> Status {
        TRY(keep_factor(session, user, "", Factor::Proposed));
        return add_audit(session, entry(doer, "factor.remove", user));
    });
}

}  // namespace kokemus::account
