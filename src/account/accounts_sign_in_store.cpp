#include <algorithm>

#include "account/accounts_change_store.h"
#include "account/bounds.h"
#include "account/one_time_code.h"
#include "account/password.h"
#include "account/secret.h"
#include "account/session_store.h"
#include "base/log.h"

namespace kokemus::account {

namespace {

/// Of those who come with a code: who they are is not known before it was found right.
const std::string no_account;

}  // namespace

Accounts::Accounts(std::shared_ptr<records::Records> records, const Clock& clock,
                   std::string organisation, seal::Seal seal)
    : records_(std::move(records)),
      clock_(clock),
      organisation_(std::move(organisation)),
      seal_(std::move(seal)) {}

AuditEntry Accounts::entry(const Doer& doer, std::string action, std::string_view subject,
                           std::string note) const {
    AuditEntry made;
    made.at = clock_.now();
    made.actor = doer.who;
    made.address = doer.address;
    made.action = std::move(action);
    made.subject = std::string(subject);
    made.note = std::move(note);
    return made;
}

Status Accounts::note_done(records::Session& session, AuditEntry entry, std::string_view code) {
    TRY(add_audit(session, entry));
    return listener_ ? listener_(session, entry, code) : Status();
}

std::optional<Wait> Accounts::wait(std::string_view account, const std::string& address) {
    const Milliseconds time = throttle_.with(
        [&](Throttle& throttle) { return throttle.wait(account, address, clock_.now()); });
    return time.count() > 0 ? std::optional(Wait{time}) : std::nullopt;
}

Result<SignInOutcome> Accounts::refuse(const std::string& account, const std::string& subject,
                                       const std::string& address) {
    throttle_.with([&](Throttle& throttle) { throttle.failed(account, address, clock_.now()); });
    TRY(records_->change([&](records::Session& session) {
        return note_done(session, entry({"nobody", address}, "sign-in.refused", subject));
    }));
    return SignInOutcome(SignInRefusal::Wrong);
}

Result<bool> Accounts::has_users() const {
    return TRY(records_->read([](records::Session& session) { return count_users(session); })) > 0;
}

std::string Accounts::new_setup_code() {
    std::string code = random_words(15);
    setup_digest_.with([&](std::string& digest) { digest = digest_of(typed_words(code)); });
    return code;
}

Result<SignInOutcome> Accounts::set_up(const std::string& code, User user,
                                       const std::string& password, const std::string& address) {
    if (const auto waits = wait(no_account, address)) {
        return SignInOutcome(*waits);
    }
    const std::string digest = setup_digest_.with([](const std::string& kept) { return kept; });
    if (digest.empty() || !equal_in_constant_time(digest, digest_of(typed_words(code)))) {
        return refuse(no_account, "", address);
    }
    user.role = Role::Admin;
    user.id = random_id();
    user.made = clock_.now();
    user = TRY(checked(std::move(user)));
    TRY(check_password(password, std::vector{user.email, user.name, organisation_}));
    const std::string hash = TRY(hash_password(password));
    const auto work = [&](records::Session& session) -> Result<SignedIn> {
        if (TRY(count_users(session)) > 0) {
            return Error{ErrorCode::Conflict, "There is an admin already: sign in, or ask them."};
        }
        TRY(add_user(session, user, hash));
        TRY(note_done(session, entry({user.id, address}, "setup", user.id)));
        return new_session(session, user.id);
    };
    SignedIn begun = TRY(change_records(work));
    setup_digest_.with([](std::string& kept) { kept.clear(); });
    return SignInOutcome(std::move(begun));
}

Result<SignedIn> Accounts::new_session(records::Session& session, std::string_view user) const {
    TRY(end_sessions_of(session, user));
    const Instant now = clock_.now();
    std::string secret = new_secret();
    TRY(add_session(session, Session{digest_of(secret), std::string(user), now, now}));
    const auto kept = TRY(user_by_id(session, user));
    if (!kept) {
        return not_found("there is no such user");
    }
    return SignedIn{std::move(secret), kept->user};
}

/// In one transaction, and against what is there now: the password may have been changed, or the
/// user disabled, while the hash was being computed.
Result<std::optional<SignedIn>> Accounts::begin_session(const KeptUser& kept,
                                                        const Credentials& credentials,
                                                        const std::string& address) {
    const std::string secret = new_secret();
    const Instant now = clock_.now();
    return change_records([&](records::Session& session) -> Result<std::optional<SignedIn>> {
        const auto present = TRY(user_by_id(session, kept.user.id));
        if (!present || present->password != kept.password || present->user.is_disabled) {
            return std::optional<SignedIn>();
        }
        if (present->is_factor_confirmed && !TRY(use_code(session, *present, credentials.code))) {
            return std::optional<SignedIn>();
        }
        TRY(add_session(session, Session{digest_of(secret), kept.user.id, now, now}));
        TRY(note_done(session, entry({kept.user.id, address}, "sign-in", kept.user.id)));
        return std::optional(SignedIn{secret, present->user});
    });
}

Result<SignInOutcome> Accounts::sign_in(const Credentials& credentials,
                                        const std::string& address) {
    const auto email = normal_email(credentials.email);
    const std::string account = email ? *email : std::string();
    if (const auto waits = wait(account, address)) {
        return SignInOutcome(*waits);
    }
    if (!email || credentials.password.size() > bounds::password_bytes_max) {
        return refuse(account, "", address);
    }
    const auto kept = TRY(
        records_->read([&](records::Session& session) { return user_by_email(session, *email); }));
    const bool may_sign_in =
        kept && !kept->user.is_disabled && rights_of(kept->user.role).has(Right::UseOwnAccount);
    const PasswordMatch match =
        TRY(match_password(credentials.password, may_sign_in ? kept->password : std::string()));
    if (match == PasswordMatch::No) {
        return refuse(account, kept ? kept->user.id : "", address);
    }
    if (kept->is_factor_confirmed && credentials.code.empty()) {
        return SignInOutcome(SignInRefusal::CodeNeeded);
    }
    auto begun = TRY(begin_session(*kept, credentials, address));
    if (!begun) {
        return refuse(account, kept->user.id, address);
    }
    throttle_.with([&](Throttle& throttle) { throttle.succeeded(account, address, clock_.now()); });
    if (match == PasswordMatch::YesButWeak) {
        const std::string hash = TRY(hash_password(credentials.password));
        TRY(change_records([&](records::Session& session) {
            return renew_hash(session, kept->user.id, kept->password, hash);
        }));
    }
    return SignInOutcome(std::move(*begun));
}

Result<std::int64_t> Accounts::open_sessions() const {
    return records_->read(
        [this](records::Session& session) { return count_sessions(session, clock_.now()); });
}

Status Accounts::sign_out(std::string_view secret, const Doer& doer) {
    return change_records([&](records::Session& session) -> Status {
        TRY(end_session(session, digest_of(secret)));
        TRY(forget_proposal(session, doer.who));
        return note_done(session, entry(doer, "sign-out", doer.who));
    });
}

Result<std::optional<Person>> Accounts::person_by_session(std::string_view secret, Use use) {
    if (!is_like_secret(secret)) {
        return std::optional<Person>();
    }
    const std::string digest = digest_of(secret);
    const Instant now = clock_.now();
    if (auto known = known_by_session_.find(digest, now)) {
        return known;
    }
    const std::uint64_t changes = known_by_session_.changes();
    std::optional<Session> found;
    const auto work = [&](records::Session& session) -> Result<std::optional<KeptUser>> {
        found = TRY(session_by_digest(session, digest));
        return found ? TRY(user_by_id(session, found->user)) : std::optional<KeptUser>();
    };
    const auto kept = TRY(records_->read(work));
    if (!found || !kept || kept->user.is_disabled || !is_alive(*found, now)) {
        return std::optional<Person>();
    }
    Person person = person_of(kept->user);
    if (use == Use::Unattended) {
        return std::optional(std::move(person));  // not kept: the next use has to be noted
    }
    if (is_worth_noting(*found, now)) {
        // A store that cannot be written ends the session early; it does not stop who is reading.
        const Status noted = records_->change(
            [&](records::Session& session) { return note_seen(session, digest, now); });
        if (!noted) {
            log_warning("when sessions were last used cannot be kept: {}", noted.error().message);
        }
    }
    known_by_session_.keep(digest, person, now, changes);
    return std::optional(std::move(person));
}

Result<SignInOutcome> Accounts::accept(const std::string& code, const std::string& password,
                                       const std::string& address) {
    if (const auto waits = wait(no_account, address)) {
        return SignInOutcome(*waits);
    }
    const std::string digest = digest_of(typed_words(code));
    const auto invited = TRY(records_->read([&](records::Session& session) {
        return user_by_invitation(session, digest, clock_.now());
    }));
    if (!invited) {
        return refuse(no_account, "", address);
    }
    TRY(check_password(password,
                       std::vector{invited->user.email, invited->user.name, organisation_}));
    const std::string hash = TRY(hash_password(password));
    const auto work = [&](records::Session& session) -> Result<std::optional<SignedIn>> {
        const auto still = TRY(user_by_invitation(session, digest, clock_.now()));
        if (!still) {
            return std::optional<SignedIn>();
        }
        const std::string& id = still->user.id;
        TRY(keep_password(session, id, hash));
        TRY(note_done(session, entry({id, address}, "invitation.accept", id)));
        return std::optional(TRY(new_session(session, id)));
    };
    auto begun = TRY(change_records(work));
    return begun ? SignInOutcome(std::move(*begun)) : TRY(refuse(no_account, "", address));
}

}  // namespace kokemus::account
