#include "courier/outbox_steps_store.h"

#include <fmt/format.h>

#include "courier/bounds.h"
#include "courier/event_store.h"
#include "courier/pattern_list.h"
#include "courier/retry.h"

namespace kokemus::courier {

namespace {

/// Targets that may be tried now; three times the moment.
constexpr std::string_view ready =
    "FROM courier_target t WHERE t.is_on = 1 AND t.busy_until <= :busy AND t.paused_until <= "
    ":paused AND EXISTS (SELECT 1 FROM courier_delivery d WHERE d.target_id = t.id AND d.state = "
    "'waiting' AND d.due <= :due) ";

struct Wanting {
    std::string id;
    std::vector<std::string> patterns;
    Instant made{};
};

Result<std::vector<Wanting>> targets_that_are_on(records::Session& session) {
    const auto rows = TRY((session.rows<std::string, std::string, Instant>(
        "SELECT id, events, made FROM courier_target WHERE is_on = 1 ORDER BY id")));
    std::vector<Wanting> list;
    for (const auto& [id, events, made] : rows) {
        list.push_back(Wanting{id, read_patterns(events), made});
    }
    return list;
}

Status write_delivery(records::Session& session, const Errand& errand, const Outcome& outcome) {
    std::string_view state = "done";
    Instant due = outcome.at;
    if (outcome.kind != Outcome::Kind::Delivered) {
        const auto wait = wait_after(errand.tries + 1, outcome.chance, outcome.retry_after);
        state = wait && outcome.kind == Outcome::Kind::Failed ? "waiting" : "failed";
        due = outcome.at + wait.value_or(Milliseconds(0));
    }
    TRY(
        session.run("UPDATE courier_delivery SET state = :state, tries = :tries, due = :due, "
                    "tried = :tried, status = :status, problem = :problem, answer = :answer "
                    "WHERE target_id = :target AND event_id = :event",
                    {state,
                     errand.tries + 1,
                     due,
                     outcome.at,
                     outcome.status,
                     outcome.problem,
                     outcome.answer,
                     errand.target,
                     errand.event}));
    return {};
}

Status note_success(records::Session& session, const Errand& errand, Instant at) {
    TRY(
        session.run("UPDATE courier_target SET busy_until = 0, tried = :at, failures = 0, "
                    "failing_since = NULL, paused_until = 0 WHERE id = :id",
                    {at, errand.target}));
    return {};
}

/// What was given up says nothing of what is sent a month later: with nothing left to try, the time
/// of failing ends.
Status rest_when_nothing_waits(records::Session& session, const std::string& target) {
    TRY(session.run(
        "UPDATE courier_target SET failures = 0, failing_since = NULL WHERE id = :id AND NOT "
        "EXISTS (SELECT 1 FROM courier_delivery d WHERE d.target_id = :target AND d.state = "
        "'waiting')",
        {target, target}));
    return {};
}

Status note_failure(records::Session& session, const Errand& errand, const Outcome& outcome,
                    const NoteDone& note) {
    const auto target = TRY((session.row<std::int64_t, std::optional<Instant>, bool>(
        "SELECT failures, failing_since, is_on FROM courier_target WHERE id = :id",
        {errand.target})));
    if (!target) {
        return {};  // taken away meanwhile
    }
    const auto [failures, failing_since, is_on] = *target;
    const Instant since = failing_since.value_or(outcome.at);
    const Milliseconds pause =
        target_pause(static_cast<unsigned>(failures) + 1, outcome.retry_after);
    TRY(
        session.run("UPDATE courier_target SET busy_until = 0, tried = :at, failures = :failures, "
                    "failing_since = :since, paused_until = :until WHERE id = :id",
                    {outcome.at, failures + 1, since, outcome.at + pause, errand.target}));
    if (is_on && outcome.kind == Outcome::Kind::Gone) {
        return switch_off(session, errand.target, "it answered 410 Gone", outcome.at, note);
    }
    if (is_on && outcome.at - since >= bounds::failing_max) {
        return switch_off(session,
                          errand.target,
                          fmt::format("it took nothing since {}", format_instant(since)),
                          outcome.at,
                          note);
    }
    return rest_when_nothing_waits(session, errand.target);
}

}  // namespace

Result<std::string> keep_event(records::Session& session, const Event& event) {
    TRY(check_event(event));
    std::string id = new_event_id(event.time);
    TRY(
        session.run("INSERT INTO courier_event (id, type, made, body, is_spread) VALUES (:id, "
                    ":type, :made, :body, 0)",
                    {id, event.type, event.time, event_body(event)}));
    return id;
}

Result<bool> has_work(records::Session& session, Instant now) {
    if (TRY((session.row<std::string>(
            "SELECT id FROM courier_event WHERE is_spread = 0 ORDER BY id LIMIT 1")))) {
        return true;
    }
    return TRY((session.row<std::string>("SELECT t.id " + std::string(ready) + "LIMIT 1",
                                         {now, now, now})))
        .has_value();
}

Status spread_events(records::Session& session, Instant now) {
    const auto events = TRY((session.rows<std::string, std::string, Instant>(
        "SELECT id, type, made FROM courier_event WHERE is_spread = 0 ORDER BY id LIMIT :most",
        {bounds::spread_at_once_max})));
    if (events.empty()) {
        return {};
    }
    const auto targets = TRY(targets_that_are_on(session));
    for (const auto& [id, type, made] : events) {
        bool is_wanted = false;
        for (const Wanting& target : targets) {
            if (made < target.made || !wants(target.patterns, type)) {
                continue;
            }
            is_wanted = true;
            TRY(
                session.run("INSERT INTO courier_delivery (target_id, event_id, state, tries, due, "
                            "status, problem, answer) VALUES (:target, :event, 'waiting', 0, :now, "
                            "0, '', '')",
                            {target.id, id, now}));
        }
        TRY(session.run(is_wanted ? "UPDATE courier_event SET is_spread = 1 WHERE id = :id"
                                  : "DELETE FROM courier_event WHERE id = :id",
                        {id}));
    }
    return {};
}

Result<std::vector<Errand>> claim(records::Session& session, Instant now, std::size_t most) {
    const auto targets =
        TRY((session.rows<std::string, std::string, std::string, std::string, Instant>(
            "SELECT t.id, t.url, t.secret, t.old_secret, t.old_until " + std::string(ready) +
                "ORDER BY t.tried, t.id LIMIT :most",
            {now, now, now, most})));
    std::vector<Errand> errands;
    for (const auto& [id, url, secret, old_secret, old_until] : targets) {
        auto next = TRY((session.row<std::string, std::int64_t, std::string>(
            "SELECT e.id, d.tries, e.body FROM courier_delivery d JOIN courier_event e ON e.id = "
            "d.event_id WHERE d.target_id = :target AND d.state = 'waiting' AND d.due <= :now "
            "ORDER BY d.event_id LIMIT 1",
            {id, now})));
        if (!next) {
            continue;
        }
        TRY(
            session.run("UPDATE courier_target SET busy_until = :until, tried = :now WHERE id = "
                        ":id",
                        {now + bounds::claim_max, now, id}));
        auto& [event, tries, body] = *next;
        Errand errand{id, std::move(event), static_cast<unsigned>(tries), url, {secret}, body};
        if (!old_secret.empty() && old_until > now) {
            errand.sealed_secrets.push_back(old_secret);
        }
        errands.push_back(std::move(errand));
    }
    return errands;
}

Status settle(records::Session& session, const Errand& errand, const Outcome& outcome,
              const NoteDone& note) {
    if (outcome.kind == Outcome::Kind::NotTried) {
        TRY(session.run("UPDATE courier_target SET busy_until = 0 WHERE id = :id",
                        {errand.target}));
        return {};
    }
    TRY(write_delivery(session, errand, outcome));
    return outcome.kind == Outcome::Kind::Delivered ? note_success(session, errand, outcome.at)
                                                    : note_failure(session, errand, outcome, note);
}

Status release_claims(records::Session& session) {
    TRY(session.run("UPDATE courier_target SET busy_until = 0 WHERE busy_until <> 0"));
    return {};
}

Status switch_off(records::Session& session, std::string_view target, std::string_view reason,
                  Instant now, const NoteDone& note) {
    TRY(session.run("UPDATE courier_target SET is_on = 0, reason = :reason WHERE id = :id",
                    {reason, target}));
    TRY(note(session,
             Done{by_the_courier(), "target.off", std::string(target), std::string(reason)}));
    // Id and reason are of our making: nothing in them needs an escape.
    TRY(keep_event(session,
                   Event{"target.disabled",
                         now,
                         fmt::format(R"({{"target":"{}","reason":"{}"}})", target, reason)}));
    return {};
}

Status tidy_up(records::Session& session, Instant now, const NoteDone& note) {
    const Instant before = now - bounds::kept_for;
    TRY(session.run("DELETE FROM courier_delivery WHERE state <> 'waiting' AND tried < :before",
                    {before}));
    TRY(
        session.run("DELETE FROM courier_event WHERE is_spread = 1 AND made < :before AND NOT "
                    "EXISTS (SELECT 1 FROM courier_delivery d WHERE d.event_id = courier_event.id)",
                    {before}));
    const auto crowded = TRY((session.rows<std::string>(
        "SELECT t.id FROM courier_target t WHERE t.is_on = 1 AND (SELECT count(*) FROM "
        "courier_delivery d WHERE d.target_id = t.id AND d.state = 'waiting') > :most",
        {bounds::waiting_per_target_max})));
    for (const auto& [id] : crowded) {
        TRY(switch_off(
            session,
            id,
            fmt::format("more than {} deliveries wait for it", bounds::waiting_per_target_max),
            now,
            note));
    }
    return {};
}

}  // namespace kokemus::courier
