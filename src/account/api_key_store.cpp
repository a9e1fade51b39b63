#include "account/api_key_store.h"

#include <fmt/format.h>

#include "account/page_origin.h"

namespace kokemus::account {

namespace {

using Row = std::tuple<std::string, std::string, std::string, std::string, std::string, std::string,
                       Instant, Instant, std::optional<Instant>, std::optional<Instant>>;

Result<std::vector<ApiKey>> keys(records::Session& session, std::string_view where,
                                 const records::Values& values) {
    auto rows = TRY((session.rows<std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  Instant,
                                  Instant,
                                  std::optional<Instant>,
                                  std::optional<Instant>>(
        "SELECT id, user_id, name, digest, rights, origins, made, expires, revoked, used FROM "
        "account_key " +
            std::string(where),
        values)));
    std::vector<ApiKey> list;
    for (Row& row : rows) {
        auto& [id, user, name, digest, rights, origins, made, expires, revoked, used] = row;
        const auto read = read_rights(rights);
        if (!read) {
            return Error{ErrorCode::Corrupt,
                         fmt::format("the record of the API key {} is damaged", id)};
        }
        list.push_back(ApiKey{std::move(id),
                              std::move(user),
                              std::move(name),
                              std::move(digest),
                              *read,
                              split_origins(origins),
                              made,
                              expires,
                              revoked,
                              used});
    }
    return list;
}

}  // namespace

Status add_key(records::Session& session, const ApiKey& key) {
    TRY(session.run(
        "INSERT INTO account_key (id, user_id, name, digest, rights, origins, made, expires) "
        "VALUES (:id, :user, :name, :digest, :rights, :origins, :made, :expires)",
        {key.id,
         key.user,
         key.name,
         key.digest,
         rights_text(key.rights),
         origins_text(key.origins),
         key.made,
         key.expires}));
    return {};
}

Result<std::optional<ApiKey>> key_by_id(records::Session& session, std::string_view id) {
    auto found = TRY(keys(session, "WHERE id = :id", {id}));
    return found.empty() ? std::optional<ApiKey>() : std::optional(std::move(found.front()));
}

Result<std::vector<ApiKey>> list_keys(records::Session& session,
                                      const std::optional<PlaceInTime>& after, std::size_t limit) {
    std::string where;
    records::Values values;
    if (after) {
        where = "WHERE (made > :behind OR (made = :same AND id > :id)) ";
        values = {after->time, after->time, after->id};
    }
    values.emplace_back(limit);
    return keys(session, where + "ORDER BY made, id LIMIT :most", values);
}

Result<std::int64_t> count_valid_keys(records::Session& session, std::string_view user,
                                      Instant now) {
    return std::get<0>(*TRY(session.row<std::int64_t>(
        "SELECT count(*) FROM account_key WHERE user_id = :user AND revoked IS NULL AND expires > "
        ":now",
        {user, now})));
}

Status note_use(records::Session& session, std::string_view id, Instant now) {
    TRY(session.run("UPDATE account_key SET used = :now WHERE id = :id", {now, id}));
    return {};
}

Result<std::vector<std::string>> origins_of_keys(records::Session& session, Instant now) {
    const auto rows = TRY((session.rows<std::string, std::string>(
        "SELECT origins, rights FROM account_key WHERE revoked IS NULL AND expires > :now AND "
        "origins <> ''",
        {now})));
    std::vector<std::string> all;
    for (const auto& [origins, rights] : rows) {
        const auto read = read_rights(rights);
        if (read && read->has(Right::SendEncounters)) {
            for (std::string& origin : split_origins(origins)) {
                all.push_back(std::move(origin));
            }
        }
    }
    return all;
}

Result<bool> revoke_key(records::Session& session, std::string_view id, Instant now) {
    return TRY(session.run(
               "UPDATE account_key SET revoked = :now WHERE id = :id AND revoked IS NULL",
               {now, id})) == 1;
}

}  // namespace kokemus::account
