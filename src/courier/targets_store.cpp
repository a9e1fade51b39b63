#include "courier/targets_store.h"

#include <fmt/format.h>
#include <sodium.h>

#include "courier/bounds.h"
#include "courier/event.h"
#include "courier/pattern_list.h"
#include "courier/signature.h"
#include "courier/target_rows_store.h"
#include "records/records.h"

namespace kokemus::courier {

namespace {

std::string new_target_id() {
    return fmt::format(
        "{:08x}{:08x}{:08x}", randombytes_random(), randombytes_random(), randombytes_random());
}

/// Sealed in its place, a secret cannot be moved to another target by who writes to the store.
std::string place_of(std::string_view target) {
    return fmt::format("courier target {}", target);
}

std::string told(const Target& target) {
    return fmt::format("events={} {}", target.events.size(), target.is_on ? "on" : "off");
}

}  // namespace

Targets::Targets(std::shared_ptr<records::Records> records, seal::Seal seal, const Clock& clock,
                 Settings settings)
    : records_(std::move(records)),
      seal_(std::move(seal)),
      clock_(clock),
      settings_(std::move(settings)) {}

Result<std::vector<Target>> Targets::list(const std::optional<PlaceInTime>& after) const {
    return records_->read([&](records::Session& session) {
        return after ? targets_where(session,
                                     "WHERE t.made > :behind OR (t.made = :same AND t.id > :id)",
                                     {after->time, after->time, after->id})
                     : targets_where(session, "", {});
    });
}

Result<Target> Targets::find(std::string_view id) const {
    return records_->read([&](records::Session& session) { return known_target(session, id); });
}

Result<WithSecret> Targets::add(Target target, const Doing& by) {
    target = TRY(checked(std::move(target), settings_.rules));
    target.id = new_target_id();
    target.made = clock_.now();
    const std::string secret = new_webhook_secret();
    const std::string sealed = seal_.sealed(secret, place_of(target.id));
    const auto work = [&](records::Session& session) -> Status {
        const auto count = TRY((session.row<std::int64_t>("SELECT count(*) FROM courier_target")));
        if (std::get<0>(*count) >= static_cast<std::int64_t>(bounds::targets_max)) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("{} targets are the most", bounds::targets_max)};
        }
        TRY(session.run(
            "INSERT INTO courier_target (id, name, url, events, secret, old_secret, old_until, "
            "is_on, reason, made, failures, paused_until, busy_until, tried) VALUES (:id, :name, "
            ":url, :events, :secret, '', 0, :is_on, '', :made, 0, 0, 0, 0)",
            {target.id,
             target.name,
             target.url,
             patterns_text(target.events),
             sealed,
             target.is_on,
             target.made}));
        return settings_.note(session, Done{by, "target.add", target.id, told(target)});
    };
    TRY(records_->change(work));
    return WithSecret{std::move(target), secret};
}

Result<Target> Targets::change(Target target, const Doing& by, const std::optional<Target>& seen) {
    target = TRY(checked(std::move(target), settings_.rules));
    const Instant now = clock_.now();
    return records_->change([&](records::Session& session) -> Result<Target> {
        const Target present = TRY(known_target(session, target.id));
        if (seen && version_of(present) != version_of(*seen)) {
            return Error{ErrorCode::Conflict,
                         "Somebody else has changed this target in this moment; look again, then "
                         "change what is still to be changed."};
        }
        TRY(session.run(
            "UPDATE courier_target SET name = :name, url = :url, events = :events, "
            "is_on = :is_on WHERE id = :id",
            {target.name, target.url, patterns_text(target.events), target.is_on, target.id}));
        if (target.is_on) {
            TRY(
                session.run("UPDATE courier_target SET reason = '', failures = 0, failing_since = "
                            "NULL, paused_until = 0 WHERE id = :id",
                            {target.id}));
        }
        if (target.is_on && !present.is_on) {
            TRY(
                session.run("UPDATE courier_delivery SET due = :now WHERE target_id = :id AND "
                            "state = 'waiting'",
                            {now, target.id}));
        }
        TRY(settings_.note(session, Done{by, "target.change", target.id, told(target)}));
        return known_target(session, target.id);
    });
}

Status Targets::remove(std::string_view id, const Doing& by) {
    return records_->change([&](records::Session& session) -> Status {
        TRY(known_target(session, id));
        TRY(session.run("DELETE FROM courier_delivery WHERE target_id = :id", {id}));
        TRY(session.run("DELETE FROM courier_target WHERE id = :id", {id}));
        return settings_.note(session, Done{by, "target.remove", std::string(id)});
    });
}

Result<WithSecret> Targets::renew_secret(std::string_view id, Milliseconds overlap,
                                         const Doing& by) {
    if (overlap < Milliseconds(0) || overlap > bounds::old_secret_max) {
        return invalid_input("overlap: the old secret signs on for 0 to 720 hours");
    }
    const std::string secret = new_webhook_secret();
    const std::string sealed = seal_.sealed(secret, place_of(id));
    const Instant until = clock_.now() + overlap;
    const auto work = [&](records::Session& session) -> Result<Target> {
        TRY(known_target(session, id));
        TRY(
            session.run("UPDATE courier_target SET old_secret = secret, old_until = :until, "
                        "secret = :secret WHERE id = :id",
                        {until, sealed, id}));
        TRY(settings_.note(session, Done{by, "target.secret", std::string(id)}));
        return known_target(session, id);
    };
    Target target = TRY(records_->change(work));
    return WithSecret{std::move(target), secret};
}

Result<std::vector<Delivery>> Targets::deliveries(std::string_view id,
                                                  const DeliveryPage& page) const {
    return records_->read([&](records::Session& session) -> Result<std::vector<Delivery>> {
        TRY(known_target(session, id));
        return deliveries_of(session, id, page);
    });
}

Result<std::int64_t> Targets::replay(std::string_view id, const Replay& which, const Doing& by) {
    if (which.event.empty() == !which.failed_since) {
        return invalid_input("name one delivery, or a time since when failed ones are sent again");
    }
    const Instant now = clock_.now();
    return records_->change([&](records::Session& session) -> Result<std::int64_t> {
        TRY(known_target(session, id));
        constexpr std::string_view anew =
            "UPDATE courier_delivery SET state = 'waiting', tries = 0, due = :now WHERE target_id "
            "= :id AND ";
        std::int64_t count = 0;
        if (which.failed_since) {
            count = TRY(session.run(
                std::string(anew) +
                    "event_id IN (SELECT d.event_id FROM courier_delivery d JOIN courier_event e "
                    "ON e.id = d.event_id WHERE d.target_id = :target AND d.state = 'failed' AND "
                    "e.made >= :since ORDER BY d.event_id LIMIT :most)",
                {now, id, id, *which.failed_since, bounds::replay_max}));
        } else {
            count =
                TRY(session.run(std::string(anew) + "event_id = :event", {now, id, which.event}));
            if (count == 0) {
                return not_found("there is no such delivery to this target");
            }
        }
        TRY(settings_.note(session,
                           Done{by, "target.replay", std::string(id), fmt::format("{}", count)}));
        return count;
    });
}

Result<Errand> Targets::test_errand(std::string_view id) const {
    const Instant now = clock_.now();
    return records_->read([&](records::Session& session) -> Result<Errand> {
        const Target target = TRY(known_target(session, id));
        Errand errand{target.id, new_event_id(now), 0, target.url, {}, ""};
        errand.sealed_secrets = TRY(sealed_secrets(session, id, now));
        errand.body =
            event_body({"kokemus.test", now, fmt::format(R"({{"target":"{}"}})", target.id)});
        return errand;
    });
}

Result<Delivery> Targets::keep_test(const Errand& errand, const Outcome& outcome, const Doing& by) {
    const auto state =
        outcome.kind == Outcome::Kind::Delivered ? DeliveryState::Done : DeliveryState::Failed;
    const auto work = [&](records::Session& session) -> Result<Delivery> {
        TRY(known_target(session, errand.target));
        TRY(
            session.run("INSERT INTO courier_event (id, type, made, body, is_spread) VALUES (:id, "
                        "'kokemus.test', :made, :body, 1)",
                        {errand.event, outcome.at, errand.body}));
        TRY(
            session.run("INSERT INTO courier_delivery (target_id, event_id, state, tries, due, "
                        "tried, status, problem, answer) VALUES (:target, :event, :state, 1, :due, "
                        ":tried, :status, :problem, :answer)",
                        {errand.target,
                         errand.event,
                         delivery_state_name(state),
                         outcome.at,
                         outcome.at,
                         outcome.status,
                         outcome.problem,
                         outcome.answer}));
        if (outcome.kind == Outcome::Kind::Delivered) {  // what waits need wait no longer
            TRY(
                session.run("UPDATE courier_target SET failures = 0, failing_since = NULL, "
                            "paused_until = 0 WHERE id = :id",
                            {errand.target}));
        }
        TRY(settings_.note(session, Done{by, "target.test", errand.target}));
        return known_delivery(session, errand.target, errand.event);
    };
    return records_->change(work);
}

Result<std::vector<std::string>> Targets::secrets_of(const Errand& errand) const {
    std::vector<std::string> secrets;
    for (const std::string& sealed : errand.sealed_secrets) {
        secrets.push_back(TRY(seal_.opened(sealed, place_of(errand.target))));
    }
    return secrets;
}

}  // namespace kokemus::courier
