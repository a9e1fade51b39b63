#include "refused/refused_store.h"

#include <algorithm>
#include <array>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "records/migration.h"
#include "records/records.h"
#include "refused/item_texts.h"

namespace kokemus::refused {

namespace {

using records::Session;
using records::Values;

constexpr std::string_view columns =
    "id, door, source, came_first, user_agent, address, delivery, delivered, came_last, times, "
    "code, reason, item, sent_bytes, is_whole, state, outcome, decided, decided_by, "
    "place";

Result<std::vector<Item>> items(Session& session, std::string_view rest, const Values& values) {
    auto rows = TRY((session.rows<std::string,
                                  std::string,
                                  std::string,
                                  Instant,
                                  std::string,
                                  std::string,
                                  std::string,
                                  Instant,
                                  Instant,
                                  std::int64_t,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::int64_t,
                                  bool,
                                  std::string,
                                  std::string,
                                  std::optional<Instant>,
                                  std::string,
                                  std::int64_t>(
        fmt::format("SELECT {} FROM refused_item {}", columns, rest), values)));
    std::vector<Item> list;
    for (auto& row : rows) {
        auto& [id,
               door,
               source,
               first,
               agent,
               address,
               delivery,
               delivered,
               last,
               times,
               code,
               reason,
               text,
               sent_bytes,
               is_whole,
               state,
               outcome,
               decided,
               decided_by,
               place] = row;
        list.push_back(Item{.id = std::move(id),
                            .arrival = {.door = TRY(read_door(door)),
                                        .source = std::move(source),
                                        .at = first,
                                        .user_agent = std::move(agent),
                                        .address = std::move(address),
                                        .delivery = std::move(delivery),
                                        .delivered = delivered,
                                        .place = place},
                            .last = last,
                            .times = times,
                            .code = std::move(code),
                            .reason = std::move(reason),
                            .text = std::move(text),
                            .sent_bytes = sent_bytes,
                            .is_whole = is_whole,
                            .state = TRY(read_state(state)),
                            .outcome = std::move(outcome),
                            .decided = decided,
                            .decided_by = std::move(decided_by)});
    }
    return list;
}

Status add_one(Session& session, const Item& item) {
    const Arrival& came = item.arrival;
    TRY(session.run(
        "INSERT INTO refused_item (id, door, source, came_first, user_agent, address, delivery, "
        "delivered, came_last, times, code, reason, item, sent_bytes, is_whole, state, outcome, "
        "decided_by, kept_bytes, place) VALUES (:id, :door, :source, :first, :agent, :address, "
        ":delivery, :delivered, :last, 1, :code, :reason, :item, :sent, :whole, 'open', '', '', "
        ":kept, :place) "
        "ON CONFLICT (id) DO UPDATE SET came_last = excluded.came_last, "
        "times = refused_item.times + 1, code = excluded.code, reason = excluded.reason, "
        "item = excluded.item, "
        "user_agent = excluded.user_agent, address = excluded.address, "
        "state = 'open', outcome = '', decided = NULL, decided_by = '', "
        "kept_bytes = excluded.kept_bytes",
        {item.id,
         name_of(came.door),
         came.source,
         came.at,
         came.user_agent,
         came.address,
         came.delivery,
         came.delivered,
         item.last,
         item.code,
         item.reason,
         item.text,
         item.sent_bytes,
         item.is_whole,
         item.text.size() + item.reason.size(),
         came.place}));
    return {};
}

/// "WHERE ..." with its values.
struct Condition {
    std::string text;
    Values values;

    void also(std::string_view more, std::initializer_list<records::Value> more_values) {
        text += text.empty() ? "WHERE " : " AND ";
        text += more;
        values.insert(values.end(), more_values);
    }
};

Condition condition(const Wanted& wanted) {
    Condition made;
    if (wanted.door) {
        made.also("door = :door", {name_of(*wanted.door)});
    }
    if (wanted.state) {
        made.also("state = :state", {name_of(*wanted.state)});
    }
    if (!wanted.code.empty()) {
        made.also("code = :code", {wanted.code});
    }
    if (!wanted.source.empty()) {
        made.also("source = :source", {wanted.source});
    }
    return made;
}

/// What is decided is without text from then on; what stays open says why.
Result<std::int64_t> decide_where(Session& session, const Decision& decision, Condition which) {
    which.also("state = 'open'", {});
    Values values;
    std::string set;
    if (decision.state == State::Open) {
        set = "code = :newcode, reason = :newreason";
        values = {decision.code, plain(decision.reason, bounds::reason_bytes_max)};
    } else {
        set =
            "state = :newstate, outcome = :outcome, decided = :decided, decided_by = :by, "
            "item = '', reason = '', user_agent = '', address = '', kept_bytes = 0";
        values = {name_of(decision.state), decision.outcome, decision.at, decision.by};
    }
    values.insert(values.end(), which.values.begin(), which.values.end());
    return session.run(fmt::format("UPDATE refused_item SET {} {}", set, which.text), values);
}

using Text = std::tuple<std::string, std::string, std::string>;  ///< id, item, reason

/// By id, behind the last of before.
Result<std::vector<Text>> texts_behind(Session& session, const std::string& last) {
    return session.rows<std::string, std::string, std::string>(
        fmt::format("SELECT id, item, reason FROM refused_item WHERE id > :last AND "
                    "kept_bytes > 0 ORDER BY id LIMIT {}",
                    bounds::looked_through_items_max),
        {last});
}

Result<std::int64_t> delete_all(records::Records& records, const std::vector<std::string>& ids) {
    if (ids.empty()) {
        return 0;
    }
    return records.change([&](Session& session) -> Result<std::int64_t> {
        std::int64_t gone = 0;
        for (const std::string& id : ids) {
            gone += TRY(session.run("DELETE FROM refused_item WHERE id = :id", {id}));
        }
        return gone;
    });
}

}  // namespace

const records::Schema& refused_schema() {
    static const records::Schema schema{
        "refused",
        {{"CREATE TABLE refused_item (id TEXT PRIMARY KEY, door TEXT NOT NULL, "
          "source TEXT NOT NULL, came_first BIGINT NOT NULL, user_agent TEXT NOT NULL, "
          "address TEXT NOT NULL, delivery TEXT NOT NULL, delivered BIGINT NOT NULL, "
          "came_last BIGINT NOT NULL, times BIGINT NOT NULL, code TEXT NOT NULL, "
          "reason TEXT NOT NULL, item TEXT NOT NULL, sent_bytes BIGINT NOT NULL, "
          "is_whole BIGINT NOT NULL, state TEXT NOT NULL, outcome TEXT NOT NULL, decided BIGINT, "
          "decided_by TEXT NOT NULL, kept_bytes BIGINT NOT NULL)",
          "CREATE INDEX refused_item_came ON refused_item (came_last, id)"},
         {"ALTER TABLE refused_item ADD COLUMN place BIGINT NOT NULL DEFAULT 0"}}};
    return schema;
}

Status Store::add(std::span<const Item> added) {
    return records_->change([&](Session& session) -> Status {
        for (const Item& item : added) {
            TRY(add_one(session, item));
        }
        return {};
    });
}

Result<std::vector<Item>> Store::list(const Wanted& wanted, const Part& part) const {
    return records_->read([&](Session& session) -> Result<std::vector<Item>> {
        Condition which = condition(wanted);
        if (part.after) {
            which.also("(came_last < :before OR (came_last = :same AND id < :last))",
                       {part.after->time, part.after->time, part.after->id});
        }
        return items(session,
                     fmt::format("{} ORDER BY came_last DESC, id DESC LIMIT {}",
                                 which.text,
                                 std::min(part.items, bounds::page_items_max + 1)),
                     which.values);
    });
}

Result<std::vector<Count>> Store::counts() const {
    return records_->read([](Session& session) -> Result<std::vector<Count>> {
        const auto rows = TRY((session.rows<std::string, std::string, std::string, std::int64_t>(
            "SELECT door, state, code, count(*) FROM refused_item GROUP BY door, state, code "
            "ORDER BY door, state, code")));
        std::vector<Count> counted;
        for (const auto& [door, state, code, number] : rows) {
            counted.push_back({TRY(read_door(door)), TRY(read_state(state)), code, number});
        }
        return counted;
    });
}

Result<std::optional<Item>> Store::find(std::string_view id) const {
    return records_->read([&](Session& session) -> Result<std::optional<Item>> {
        auto found = TRY(items(session, "WHERE id = :id", {id}));
        return found.empty() ? std::optional<Item>() : std::optional(std::move(found.front()));
    });
}

Status Store::decide(std::span<const std::pair<std::string, Decision>> decided) {
    return records_->change([&](Session& session) -> Status {
        for (const auto& [id, decision] : decided) {
            Condition which;
            which.also("id = :id", {id});
            TRY(decide_where(session, decision, std::move(which)));
        }
        return {};
    });
}

Result<std::int64_t> Store::decide_all(const Wanted& wanted, const Decision& decision) {
    return records_->change(
        [&](Session& session) { return decide_where(session, decision, condition(wanted)); });
}

Result<std::int64_t> Store::trim(Instant now, const Keeping& keeping) {
    return records_->change([&](Session& session) -> Result<std::int64_t> {
        const std::int64_t old = TRY(session.run(
            "DELETE FROM refused_item WHERE came_last < :before", {now - keeping.days_max}));
        const auto held = TRY((session.row<std::int64_t, std::int64_t>(
            "SELECT count(*), CAST(coalesce(sum(kept_bytes), 0) AS BIGINT) FROM refused_item")));
        const auto [number, bytes] = *held;
        if (number <= static_cast<std::int64_t>(keeping.items_max) &&
            bytes <= static_cast<std::int64_t>(keeping.bytes_max)) {
            return old;
        }
        return old +
               TRY(session.run(
                   "DELETE FROM refused_item WHERE id IN (SELECT id FROM (SELECT id, "
                   "row_number() OVER newest AS place, sum(kept_bytes) OVER newest AS held "
                   "FROM refused_item WINDOW newest AS (ORDER BY came_last DESC, id DESC)) ranked "
                   "WHERE place > :items OR held > :bytes)",
                   {keeping.items_max, keeping.bytes_max}));
    });
}

/// What comes meanwhile is looked at by who puts it on the list (Log::Barred).
Result<std::int64_t> Store::forget(std::span<const std::string> names) {
    constexpr std::array<std::string_view, 1> tables{"refused_item"};
    const NamesInItems wanted(names);
    std::int64_t deleted = 0;
    std::string last;
    while (true) {
        const auto texts =
            TRY(records_->read([&](Session& session) { return texts_behind(session, last); }));
        std::vector<std::string> found;
        for (const auto& [id, item, reason] : texts) {
            if (wanted.any_in(item) || wanted.any_in(reason)) {
                found.push_back(id);
            }
        }
        deleted += TRY(delete_all(*records_, found));
        if (texts.size() < bounds::looked_through_items_max) {
            break;
        }
        last = std::get<0>(texts.back());
    }
    // Whether or not something went now: it may have gone before a kill.
    TRY(records_->leave_no_trace(tables));
    return deleted;
}

}  // namespace kokemus::refused
