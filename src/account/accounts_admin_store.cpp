#include <fmt/format.h>

#include "account/accounts_change_store.h"
#include "account/api_key_store.h"
#include "account/bounds.h"
#include "account/page_origin.h"
#include "account/secret.h"
#include "account/session_store.h"
#include "base/log.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

Result<KeptUser> known(records::Session& session, std::string_view id) {
    auto kept = TRY(user_by_id(session, id));
    if (!kept) {
        return not_found("there is no such user");
    }
    return std::move(*kept);
}

bool rules(const User& user) {
    return user.role == Role::Admin && !user.is_disabled;
}

std::string told(const User& user) {
    return fmt::format("role={} departments={}{}",
                       role_name(user.role),
                       user.departments.size(),
                       user.is_disabled ? " disabled" : "");
}

Status check_key(const ApiKey& wanted, const User& owner, Instant now) {
    if (trim(wanted.name).empty() || wanted.name.size() > bounds::name_bytes_max ||
        !is_valid_utf8(wanted.name)) {
        return invalid_input("name: say what the key is for");
    }
    if (wanted.expires <= now || wanted.expires > now + bounds::key_age_max) {
        return invalid_input("expires: write a time from now to a year ahead");
    }
    const Rights allowed = rights_for_keys(rights_of(owner.role));
    if (wanted.rights.empty() || (wanted.rights & allowed) != wanted.rights) {
        return invalid_input(fmt::format(
            "rights: choose of those that a key of this user may have: {}", rights_text(allowed)));
    }
    return {};
}

std::string told(const ApiKey& key) {
    return "rights=" + rights_text(key.rights) +
           (key.origins.empty() ? "" : " origins=" + origins_text(key.origins));
}

}  // namespace

Result<std::vector<User>> Accounts::users(std::string_view after, std::size_t limit) const {
    return records_->read(
        [&](records::Session& session) { return list_users(session, after, limit); });
}

Result<Invitation> Accounts::add(User user, const Doer& doer) {
    user = TRY(checked(std::move(user)));
    user.id = random_id();
    user.made = clock_.now();
    user.is_disabled = false;
    user.is_invited = true;
    const bool signs_in = rights_of(user.role).has(Right::UseOwnAccount);
    const std::string code = signs_in ? random_words(15) : std::string();
    const auto work = [&](records::Session& session) -> Status {
        if (TRY(user_by_email(session, user.email))) {
            return Error{ErrorCode::Conflict, "email: somebody has this address already"};
        }
        if (TRY(count_users(session)) >= static_cast<std::int64_t>(bounds::users_max)) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("{} users are the most", bounds::users_max)};
        }
        TRY(add_user(session, user, ""));
        if (signs_in) {
            TRY(invite(session,
                       user.id,
                       digest_of(typed_words(code)),
                       user.made + bounds::invitation_age_max));
        }
        return note_done(session, entry(doer, "user.add", user.id, told(user)), code);
    };
    TRY(change_records(work));
    return Invitation{std::move(user), code};
}

Result<Invitation> Accounts::invite_again(std::string_view id, const Doer& doer) {
    const std::string code = random_words(15);
    const auto work = [&](records::Session& session) -> Result<User> {
        KeptUser kept = TRY(known(session, id));
        if (!rights_of(kept.user.role).has(Right::UseOwnAccount)) {
            return invalid_input("a program does not sign in; make an API key for it");
        }
        if (rules(kept.user) && TRY(count_other_admins(session, id)) == 0) {
            return Error{ErrorCode::Conflict,
                         "This is the only admin; nobody could sign in until the code is used."};
        }
        TRY(invite(
            session, id, digest_of(typed_words(code)), clock_.now() + bounds::invitation_age_max));
        TRY(end_sessions_of(session, id));
        TRY(note_done(session, entry(doer, "user.invite", id), code));
        return TRY(known(session, id)).user;
    };
    User user = TRY(change_records(work));
    return Invitation{std::move(user), code};
}

Result<User> Accounts::change(User wanted, const Doer& doer, const std::optional<User>& seen) {
    return change_records([&](records::Session& session) -> Result<User> {
        const KeptUser kept = TRY(known(session, wanted.id));
        if (seen && version_of(kept.user) != version_of(*seen)) {
            return Error{ErrorCode::Conflict,
                         "Somebody else has changed this user in this moment; look again, then "
                         "change what is still to be changed."};
        }
        User changed = wanted;
        changed.email = kept.user.email;
        changed = TRY(checked(std::move(changed)));
        if (rules(kept.user) && !rules(changed) &&
            TRY(count_other_admins(session, wanted.id)) == 0) {
            return Error{ErrorCode::Conflict,
                         "This is the only admin; make somebody else an admin first."};
        }
        TRY(change_user(session, changed));
        if (changed.role != kept.user.role || changed.departments != kept.user.departments ||
            changed.employee != kept.user.employee ||
            changed.is_disabled != kept.user.is_disabled) {
            TRY(end_sessions_of(session, wanted.id));
        }
        TRY(note_done(session, entry(doer, "user.change", wanted.id, told(changed))));
        return TRY(known(session, wanted.id)).user;
    });
}

Result<std::vector<ApiKey>> Accounts::keys(const std::optional<PlaceInTime>& after,
                                           std::size_t limit) const {
    return records_->read(
        [&](records::Session& session) { return list_keys(session, after, limit); });
}

Result<NewKey> Accounts::make_key(ApiKey wanted, const Doer& doer) {
    const std::string secret = new_secret();
    wanted.id = random_id();
    wanted.digest = digest_of(secret);
    wanted.made = clock_.now();
    wanted.revoked.reset();
    wanted.origins = TRY(read_origins(wanted.origins));
    const auto work = [&](records::Session& session) -> Status {
        const KeptUser owner = TRY(known(session, wanted.user));
        TRY(check_key(wanted, owner.user, wanted.made));
        if (TRY(count_valid_keys(session, wanted.user, wanted.made)) >=
            static_cast<std::int64_t>(bounds::keys_per_user_max)) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("{} keys of one user are the most; revoke one first",
                                     bounds::keys_per_user_max)};
        }
        TRY(add_key(session, wanted));
        return note_done(session, entry(doer, "key.make", wanted.id, told(wanted)));
    };
    TRY(change_records(work));
    return NewKey{wanted, key_text(wanted.id, secret)};
}

Status Accounts::revoke_key(std::string_view id, const Doer& doer) {
    return change_records([&](records::Session& session) -> Status {
        if (!TRY(account::revoke_key(session, id, clock_.now()))) {
            return not_found("there is no such key, or it was revoked before");
        }
        return note_done(session, entry(doer, "key.revoke", id));
    });
}

Result<std::optional<Person>> Accounts::person_by_key(std::string_view text) {
    const auto sent = read_key(text);
    if (!sent) {
        return std::optional<Person>();
    }
    const std::string digest = digest_of(text);
    const Instant now = clock_.now();
    if (auto known = known_by_key_.find(digest, now)) {
        return known;
    }
    const std::uint64_t changes = known_by_key_.changes();
    std::optional<ApiKey> key;
    const auto work = [&](records::Session& session) -> Result<std::optional<KeptUser>> {
        key = TRY(key_by_id(session, sent->id));
        return key ? TRY(user_by_id(session, key->user)) : std::optional<KeptUser>();
    };
    const auto kept = TRY(records_->read(work));
    if (!key || !kept || kept->user.is_disabled) {
        return std::optional<Person>();
    }
    Person person = person_of(kept->user);
    person.key = key->id;
    person.origins = key->origins;
    person.rights = rights_by_key(*key, sent->secret, person.rights, now);
    if (person.rights.empty()) {
        return std::optional<Person>();
    }
    if (is_use_worth_noting(*key, now)) {
        // A store that cannot be written leaves "last used" behind; it does not stop the program.
        const Status noted = records_->change(
            [&](records::Session& session) { return note_use(session, key->id, now); });
        if (!noted) {
            log_warning("when keys were last used cannot be kept: {}", noted.error().message);
        }
    }
    known_by_key_.keep(digest, person, now, changes);
    return std::optional(std::move(person));
}

Result<bool> Accounts::some_key_allows(std::string_view origin) {
    const Instant now = clock_.now();
    auto known = page_origins_.with([](const PageOrigins& origins) { return origins; });
    if (now < known.at || now - known.at >= bounds::origins_known_for) {
        known.list = TRY(records_->read(
            [&](records::Session& session) { return origins_of_keys(session, now); }));
        known.at = now;
        page_origins_.with([&](PageOrigins& origins) { origins = known; });
    }
    return is_among(known.list, origin);
}

Result<std::vector<AuditEntry>> Accounts::audit(const AuditSought& sought,
                                                std::size_t limit) const {
    return records_->read(
        [&](records::Session& session) { return audit_before(session, sought, limit); });
}

Result<AuditState> Accounts::verify_audit() const {
    return records_->read([](records::Session& session) { return account::verify_audit(session); });
}

namespace {

std::vector<std::string> keyed(const seal::Seal& seal, std::string_view subject) {
    std::vector<std::string> names = seal.digests(subject, "audit customer");
    for (std::string& name : names) {
        name = std::string(customer_mark) +
               name.substr(0, audited_customer("").size() - customer_mark.size());
    }
    return names;
}

}  // namespace

std::vector<std::string> Accounts::audit_names_of_customer(std::string_view customer) const {
    std::string plain = audited_customer(customer);
    std::vector<std::string> names = keyed(seal_, plain);
    names.push_back(std::move(plain));
    return names;
}

Status Accounts::note(std::span<const AuditEntry> entries) {
    return records_->change([&](records::Session& session) -> Status {
        for (AuditEntry entry : entries) {
            if (entry.subject.starts_with(customer_mark)) {
                entry.subject = keyed(seal_, entry.subject).front();
            }
            TRY(add_audit(session, std::move(entry)));
        }
        return {};
    });
}

}  // namespace kokemus::account
