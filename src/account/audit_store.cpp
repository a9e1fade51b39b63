#include "account/audit_store.h"

namespace kokemus::account {

namespace {

constexpr std::size_t read_at_once = 1000;

using Row = std::tuple<std::int64_t, Instant, std::string, std::string, std::string, std::string,
                       std::string, std::string>;

AuditEntry entry_of(Row& row) {
    auto& [number, at, actor, address, action, subject, note, digest] = row;
    return AuditEntry{number,
                      at,
                      std::move(actor),
                      std::move(address),
                      std::move(action),
                      std::move(subject),
                      std::move(note),
                      std::move(digest)};
}

Result<std::vector<AuditEntry>> entries(records::Session& session, std::string_view where,
                                        std::int64_t number, std::size_t limit) {
    auto rows = TRY((session.rows<std::int64_t,
                                  Instant,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string>(
        "SELECT number, at, actor, address, action, subject, note, digest FROM account_audit "
        "WHERE number " +
            std::string(where) + " LIMIT :amount",
        {number, limit})));
    std::vector<AuditEntry> list;
    for (Row& row : rows) {
        list.push_back(entry_of(row));
    }
    return list;
}

}  // namespace

Status add_audit(records::Session& session, AuditEntry entry) {
    const auto last = TRY((session.row<std::int64_t, std::string>(
        "SELECT number, digest FROM account_audit ORDER BY number DESC LIMIT 1")));
    const AuditChain chain =
        last ? AuditChain{std::get<0>(*last), std::get<1>(*last)} : AuditChain{};
    entry.number = chain.number + 1;
    entry.digest = audit_digest(chain.digest, entry);
    TRY(
        session.run("INSERT INTO account_audit (number, at, actor, address, action, subject, note, "
                    "digest) VALUES (:number, :at, :actor, :address, :action, :subject, :note, "
                    ":digest)",
                    {entry.number,
                     entry.at,
                     entry.actor,
                     entry.address,
                     entry.action,
                     entry.subject,
                     entry.note,
                     entry.digest}));
    return {};
}

Result<std::vector<AuditEntry>> audit_before(records::Session& session, std::int64_t number,
                                             std::size_t limit) {
    return entries(session, "< :number ORDER BY number DESC", number, limit);
}

Result<AuditState> verify_audit(records::Session& session) {
    AuditChain chain;
    AuditState state;
    while (!state.first_broken) {
        const auto next =
            TRY(entries(session, "> :number ORDER BY number", state.entries, read_at_once));
        if (next.empty()) {
            break;
        }
        state.first_broken = first_broken(chain, next);
        state.entries = next.back().number;
    }
    state.head = chain.digest;
    return state;
}

}  // namespace kokemus::account
