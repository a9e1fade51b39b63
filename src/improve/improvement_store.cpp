#include "improve/improvement_store.h"

#include <limits>

#include <fmt/format.h>

#include "improve/bounds.h"
#include "records/records.h"

namespace kokemus::improve {

namespace {

constexpr std::size_t read_at_once = 500;

using Row = std::tuple<std::int64_t, std::int64_t, std::string, Instant, std::string, std::string,
                       std::string>;

constexpr std::string_view columns = "number, improvement, kind, at, actor, body, digest";

Result<std::vector<Entry>> read(records::Session& session, std::string_view where,
                                const records::Values& values) {
    auto rows = TRY((session.rows<std::int64_t,
                                  std::int64_t,
                                  std::string,
                                  Instant,
                                  std::string,
                                  std::string,
                                  std::string>(
        fmt::format("SELECT {} FROM improvement_entry {}", columns, where), values)));
    std::vector<Entry> list;
    for (Row& row : rows) {
        auto& [number, improvement, kind, at, actor, body, digest] = row;
        list.push_back({number,
                        improvement,
                        TRY(read_entry_kind(kind)),
                        at,
                        std::move(actor),
                        std::move(body),
                        std::move(digest)});
    }
    return list;
}

/// At the end of the chain, in the transaction of `session`.
Result<Entry> append(records::Session& session, Entry entry) {
    const auto last = TRY((session.row<std::int64_t, std::string>(
        "SELECT number, digest FROM improvement_entry ORDER BY number DESC LIMIT 1")));
    const Chain chain = last ? Chain{std::get<0>(*last), std::get<1>(*last)} : Chain{};
    entry.number = chain.number + 1;
    if (entry.kind == EntryKind::Registered) {
        entry.improvement = entry.number;
    }
    entry.digest = entry_digest(chain.digest, entry);
    TRY(
        session.run("INSERT INTO improvement_entry (number, improvement, kind, at, actor, body, "
                    "digest) VALUES (:number, :improvement, :kind, :at, :actor, :body, :digest)",
                    {entry.number,
                     entry.improvement,
                     name_of(entry.kind),
                     entry.at,
                     entry.actor,
                     entry.body,
                     entry.digest}));
    return entry;
}

Result<Improvement> find_in(records::Session& session, std::int64_t improvement) {
    const auto entries =
        TRY(read(session, "WHERE improvement = :improvement ORDER BY number", {improvement}));
    if (entries.empty()) {
        return not_found(fmt::format("there is no improvement {}", improvement));
    }
    return assembled(entries);
}

}  // namespace

const records::Schema& improvement_schema() {
    static const records::Schema schema{
        "improve",
        {{"CREATE TABLE improvement_entry (number BIGINT PRIMARY KEY, improvement BIGINT NOT NULL, "
          "kind TEXT NOT NULL, at BIGINT NOT NULL, actor TEXT NOT NULL, body TEXT NOT NULL, "
          "digest TEXT NOT NULL)",
          "CREATE INDEX improvement_entry_of ON improvement_entry (improvement, number)"}}};
    return schema;
}

Store::Store(std::shared_ptr<records::Records> records, const Clock& clock)
    : records_(std::move(records)),
      clock_(clock) {}

Result<Entry> Store::add(EntryKind first, std::string actor, std::string body) {
    Entry entry{0, 0, first, clock_.now(), std::move(actor), std::move(body), {}};
    return records_->change(
        [&](records::Session& session) -> Result<Entry> { return append(session, entry); });
}

Result<Entry> Store::go_on(std::int64_t improvement, std::int64_t seen, EntryKind kind,
                           std::string actor, std::string body) {
    Entry entry{0, improvement, kind, clock_.now(), std::move(actor), std::move(body), {}};
    return records_->change([&](records::Session& session) -> Result<Entry> {
        const Improvement now = TRY(find_in(session, improvement));
        if (now.version != seen) {
            return Error{ErrorCode::Conflict,
                         fmt::format("improvement {} has gone on meanwhile (entry {}); look at it "
                                     "again first",
                                     improvement,
                                     now.version)};
        }
        if (now.withdrawn) {
            return Error{ErrorCode::Conflict,
                         fmt::format("improvement {} was withdrawn", improvement)};
        }
        if (now.looks.size() >= bounds::looks_max) {
            return Error{
                ErrorCode::TooLarge,
                fmt::format("improvement {}: at most {} looks", improvement, bounds::looks_max)};
        }
        return append(session, entry);
    });
}

Result<Improvement> Store::find(std::int64_t improvement) const {
    return records_->read([&](records::Session& session) { return find_in(session, improvement); });
}

Result<std::vector<Improvement>> Store::list(std::int64_t before, std::size_t limit) const {
    return records_->read([&](records::Session& session) -> Result<std::vector<Improvement>> {
        const std::int64_t below = before > 0 ? before : std::numeric_limits<std::int64_t>::max();
        const auto numbers = TRY((session.rows<std::int64_t>(
            "SELECT number FROM improvement_entry WHERE kind = 'registered' AND number < :below "
            "ORDER BY number DESC LIMIT :most",
            {below, limit})));
        std::vector<Improvement> list;
        for (const auto& [number] : numbers) {
            // Of looks only the last: there may be very many.
            const auto told = TRY(read(session,
                                       "WHERE improvement = :improvement AND (kind <> 'looked' OR "
                                       "number = (SELECT MAX(number) FROM improvement_entry WHERE "
                                       "improvement = :same AND kind = 'looked')) ORDER BY number",
                                       {number, number}));
            list.push_back(TRY(assembled(told)));
        }
        return list;
    });
}

Result<std::vector<Entry>> Store::entries(std::int64_t improvement, std::int64_t after,
                                          std::size_t limit) const {
    return records_->read([&](records::Session& session) -> Result<std::vector<Entry>> {
        TRY(find_in(session, improvement));
        return read(session,
                    "WHERE improvement = :improvement AND number > :after ORDER BY number LIMIT "
                    ":most",
                    {improvement, after, limit});
    });
}

Result<RecordState> Store::verify() const {
    return records_->read([](records::Session& session) -> Result<RecordState> {
        Chain chain;
        RecordState state;
        while (!state.first_broken) {
            const auto next = TRY(read(session,
                                       "WHERE number > :number ORDER BY number LIMIT :most",
                                       {state.entries, read_at_once}));
            if (next.empty()) {
                break;
            }
            state.first_broken = first_broken(chain, next);
            state.entries = next.back().number;
        }
        state.head = chain.digest;
        return state;
    });
}

}  // namespace kokemus::improve
