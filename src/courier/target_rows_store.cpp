#include "courier/target_rows_store.h"

#include <algorithm>

#include "courier/bounds.h"
#include "courier/pattern_list.h"

namespace kokemus::courier {

namespace {

using DeliveryRow =
    std::tuple<std::string, std::string, Instant, std::string, std::int64_t, Instant,
               std::optional<Instant>, std::int64_t, std::string, std::string>;

constexpr std::string_view delivery_columns =
    "SELECT e.id, e.type, e.made, d.state, d.tries, d.due, d.tried, d.status, d.problem, d.answer "
    "FROM courier_delivery d JOIN courier_event e ON e.id = d.event_id ";

Result<std::vector<Delivery>> deliveries_where(records::Session& session, const std::string& where,
                                               const records::Values& values) {
    auto rows = TRY((session.rows<std::string,
                                  std::string,
                                  Instant,
                                  std::string,
                                  std::int64_t,
                                  Instant,
                                  std::optional<Instant>,
                                  std::int64_t,
                                  std::string,
                                  std::string>(std::string(delivery_columns) + where, values)));
    std::vector<Delivery> list;
    for (DeliveryRow& row : rows) {
        auto& [event, type, made, state_name, tries, due, tried, status, problem, answer] = row;
        const DeliveryState state = TRY(read_delivery_state(state_name));
        list.push_back(Delivery{std::move(event),
                                std::move(type),
                                made,
                                state,
                                static_cast<unsigned>(tries),
                                state == DeliveryState::Waiting ? std::optional(due) : std::nullopt,
                                tried,
                                static_cast<int>(status),
                                std::move(problem),
                                std::move(answer)});
    }
    return list;
}

}  // namespace

Result<std::vector<Target>> targets_where(records::Session& session, std::string_view where,
                                          const records::Values& values) {
    auto rows = TRY((session.rows<std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  std::string,
                                  Instant,
                                  bool,
                                  std::string,
                                  Instant,
                                  std::optional<Instant>,
                                  std::int64_t>(
        "SELECT t.id, t.name, t.url, t.events, t.old_secret, t.old_until, t.is_on, t.reason, "
        "t.made, t.failing_since, (SELECT count(*) FROM courier_delivery d WHERE d.target_id = "
        "t.id AND d.state = 'waiting') FROM courier_target t " +
            std::string(where) + " ORDER BY t.made, t.id",
        values)));
    std::vector<Target> list;
    for (auto& [id, name, url, events, old, old_until, is_on, reason, made, since, waiting] :
         rows) {
        list.push_back(Target{std::move(id),
                              std::move(name),
                              std::move(url),
                              read_patterns(events),
                              is_on,
                              std::move(reason),
                              made,
                              since,
                              old.empty() ? std::nullopt : std::optional(old_until),
                              waiting});
    }
    return list;
}

Result<Target> known_target(records::Session& session, std::string_view id) {
    auto found = TRY(targets_where(session, "WHERE t.id = :id", {id}));
    if (found.empty()) {
        return not_found("there is no such target");
    }
    return std::move(found.front());
}

Result<std::vector<std::string>> sealed_secrets(records::Session& session, std::string_view id,
                                                Instant now) {
    const auto row = TRY((session.row<std::string, std::string, Instant>(
        "SELECT secret, old_secret, old_until FROM courier_target WHERE id = :id", {id})));
    if (!row) {
        return not_found("there is no such target");
    }
    const auto& [secret, old_secret, old_until] = *row;
    std::vector<std::string> secrets{secret};
    if (!old_secret.empty() && old_until > now) {
        secrets.push_back(old_secret);
    }
    return secrets;
}

Result<std::vector<Delivery>> deliveries_of(records::Session& session, std::string_view target,
                                            const DeliveryPage& page) {
    std::string where = "WHERE d.target_id = :target";
    records::Values values{target};
    if (page.state) {
        where += " AND d.state = :state";
        values.emplace_back(delivery_state_name(*page.state));
    }
    if (!page.before.empty()) {
        where += " AND d.event_id < :before";
        values.emplace_back(page.before);
    }
    values.emplace_back(std::min(page.limit, bounds::page_max + 1));
    return deliveries_where(session, where + " ORDER BY d.event_id DESC LIMIT :most", values);
}

Result<Delivery> known_delivery(records::Session& session, std::string_view target,
                                std::string_view event) {
    auto found = TRY(deliveries_where(
        session, "WHERE d.target_id = :target AND d.event_id = :event", {target, event}));
    if (found.empty()) {
        return not_found("there is no such delivery to this target");
    }
    return std::move(found.front());
}

}  // namespace kokemus::courier
