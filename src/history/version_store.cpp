#include "history/version_store.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"

namespace kokemus::history {

namespace {

using Row = std::tuple<std::int64_t, Instant, std::string, std::string, std::string, std::int64_t>;

constexpr std::string_view head_columns = "number, at, author, reason, digest, bytes";

VersionHead head_of(Row& row) {
    auto& [number, at, author, reason, digest, bytes] = row;
    return VersionHead{number, at, std::move(author), std::move(reason), std::move(digest), bytes};
}

Result<std::vector<VersionHead>> heads(records::Session& session, std::string_view where,
                                       const records::Values& values) {
    auto rows = TRY(
        (session.rows<std::int64_t, Instant, std::string, std::string, std::string, std::int64_t>(
            fmt::format("SELECT {} FROM blueprint_version {}", head_columns, where), values)));
    std::vector<VersionHead> found;
    for (Row& row : rows) {
        found.push_back(head_of(row));
    }
    return found;
}

Status check_bound(std::string_view what, std::string_view text, std::size_t bytes_max) {
    if (text.size() <= bytes_max) {
        return {};
    }
    return Error{ErrorCode::TooLarge, fmt::format("{}: at most {} bytes", what, bytes_max)};
}

}  // namespace

std::string digest_of_text(std::string_view toml) {
    static const int begun = sodium_init();
    CHECK(begun >= 0);
    std::array<unsigned char, crypto_hash_sha256_BYTES> digest{};
    crypto_hash_sha256(
        digest.data(), reinterpret_cast<const unsigned char*>(toml.data()), toml.size());
    std::string text(digest.size() * 2 + 1, '\0');
    sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
    text.pop_back();
    return text;
}

const records::Schema& history_schema() {
    static const records::Schema schema{
        "history",
        {{"CREATE TABLE blueprint_version (number BIGINT PRIMARY KEY, at BIGINT NOT NULL, "
          "author TEXT NOT NULL, reason TEXT NOT NULL, digest TEXT NOT NULL, "
          "bytes BIGINT NOT NULL, toml TEXT NOT NULL)"}}};
    return schema;
}

Result<std::optional<VersionHead>> newest_version(records::Session& session) {
    auto found = TRY(heads(session, "ORDER BY number DESC LIMIT 1", {}));
    return found.empty() ? std::optional<VersionHead>() : std::optional(std::move(found.front()));
}

Result<std::optional<Version>> version(records::Session& session, std::int64_t number) {
    auto found = TRY(heads(session, "WHERE number = :number", {number}));
    if (found.empty()) {
        return std::optional<Version>();
    }
    auto text = TRY(session.row<std::string>(
        "SELECT toml FROM blueprint_version WHERE number = :number", {number}));
    Version version{std::move(found.front()), std::move(std::get<0>(*text))};
    if (digest_of_text(version.toml) != version.head.digest) {
        return Error{ErrorCode::Corrupt,
                     fmt::format("version {} of the blueprint is damaged in the records", number)};
    }
    return std::optional(std::move(version));
}

Result<std::vector<VersionHead>> versions(records::Session& session, std::int64_t before,
                                          std::size_t limit) {
    const auto most = static_cast<std::int64_t>(std::min(limit, versions_page_max + 1));
    if (before <= 0) {
        return heads(session, "ORDER BY number DESC LIMIT :most", {most});
    }
    return heads(
        session, "WHERE number < :before ORDER BY number DESC LIMIT :most", {before, most});
}

Result<VersionHead> add_version(records::Session& session, const NewVersion& added,
                                std::int64_t expected) {
    TRY(check_bound("author", added.author, author_bytes_max));
    TRY(check_bound("reason", added.reason, reason_bytes_max));
    const auto newest = TRY(newest_version(session));
    const std::int64_t present = newest ? newest->number : 0;
    if (present != expected) {
        return Error{ErrorCode::Conflict,
                     fmt::format("version {} of the blueprint is in force by now, not {}; look at "
                                 "the difference to that one first",
                                 present,
                                 expected)};
    }
    VersionHead head{present + 1,
                     added.at,
                     added.author,
                     added.reason,
                     digest_of_text(added.toml),
                     static_cast<std::int64_t>(added.toml.size())};
    TRY(session.run(
        "INSERT INTO blueprint_version (number, at, author, reason, digest, bytes, "
        "toml) VALUES (:number, :at, :author, :reason, :digest, :bytes, :toml)",
        {head.number, head.at, head.author, head.reason, head.digest, head.bytes, added.toml}));
    return head;
}

}  // namespace kokemus::history
