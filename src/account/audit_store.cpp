#include "account/audit_store.h"

#include <fmt/format.h>

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

/// `where` and `values` without the limit.
Result<std::vector<AuditEntry>> entries(records::Session& session, std::string_view where,
                                        records::Values values, std::size_t limit) {
    values.emplace_back(limit);
    auto rows = TRY((session.rows<std::int64_t,
                                  Instant,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string>(
        "SELECT number, at, actor, address, action, subject, note, digest FROM account_audit "
        "WHERE " +
            std::string(where) + " LIMIT :amount",
        values)));
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

Result<std::vector<AuditEntry>> audit_before(records::Session& session, const AuditSought& sought,
                                             std::size_t limit) {
    std::string where = "number < :number";
    records::Values values{sought.before};
    const auto add = [&](std::string_view condition, records::Value value) {
        where += condition;
        values.push_back(std::move(value));
    };
    if (sought.actor == "key:") {
        where += " AND substr(actor, 1, 4) = 'key:'";
    } else if (!sought.actor.empty()) {
        add(" AND actor = :actor", sought.actor);
    }
    if (sought.action.ends_with('.')) {
        add(" AND substr(action, 1, " + std::to_string(sought.action.size()) + ") = :action",
            sought.action);
    } else if (!sought.action.empty()) {
        add(" AND action = :action", sought.action);
    }
    if (!sought.subjects.empty()) {
        std::string names;
        for (const std::string& subject : sought.subjects) {
            names += fmt::format("{}:subject{}", names.empty() ? "" : ", ", values.size());
            values.push_back(subject);
        }
        where += " AND subject IN (" + names + ")";
    }
    if (sought.from) {
        add(" AND at >= :from", *sought.from);
    }
    if (sought.to) {
        add(" AND at < :to", *sought.to);
    }
    return entries(session, where + " ORDER BY number DESC", std::move(values), limit);
}

Result<AuditState> verify_audit(records::Session& session) {
    AuditChain chain;
    AuditState state;
    while (!state.first_broken) {
        const auto next = TRY(
            entries(session, "number > :number ORDER BY number", {state.entries}, read_at_once));
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
