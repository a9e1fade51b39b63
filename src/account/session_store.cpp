#include "account/session_store.h"

#include "account/bounds.h"

namespace kokemus::account {

Status add_session(records::Session& records, const Session& session) {
    TRY(records.run(
        "DELETE FROM account_session WHERE begun <= :begun OR seen <= :seen",
        {session.begun - bounds::session_age_max, session.begun - bounds::session_idle_max}));
    TRY(
        records.run("DELETE FROM account_session WHERE user_id = :user AND digest NOT IN (SELECT "
                    "digest FROM account_session WHERE user_id = :same ORDER BY begun DESC, digest "
                    "LIMIT :most)",
                    {session.user, session.user, bounds::sessions_per_user_max - 1}));
    TRY(
        records.run("INSERT INTO account_session (digest, user_id, begun, seen) VALUES (:digest, "
                    ":user, :begun, :seen)",
                    {session.digest, session.user, session.begun, session.seen}));
    return {};
}

Result<std::optional<Session>> session_by_digest(records::Session& records,
                                                 std::string_view digest) {
    auto row = TRY((records.row<std::string, Instant, Instant>(
        "SELECT user_id, begun, seen FROM account_session WHERE digest = :digest", {digest})));
    if (!row) {
        return std::optional<Session>();
    }
    auto& [user, begun, seen] = *row;
    return std::optional(Session{std::string(digest), std::move(user), begun, seen});
}

Result<std::int64_t> count_sessions(records::Session& records, Instant now) {
    const auto row = TRY((records.row<std::int64_t>(
        "SELECT COUNT(*) FROM account_session WHERE begun > :begun AND seen > :seen",
        {now - bounds::session_age_max, now - bounds::session_idle_max})));
    return row ? std::get<0>(*row) : 0;
}

Status note_seen(records::Session& records, std::string_view digest, Instant now) {
    TRY(records.run("UPDATE account_session SET seen = :now WHERE digest = :digest",
                    {now, digest}));
    return {};
}

Status end_session(records::Session& records, std::string_view digest) {
    TRY(records.run("DELETE FROM account_session WHERE digest = :digest", {digest}));
    return {};
}

Status end_sessions_of(records::Session& records, std::string_view user) {
    TRY(records.run("DELETE FROM account_session WHERE user_id = :user", {user}));
    return {};
}

}  // namespace kokemus::account
