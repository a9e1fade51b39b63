#include "courier/mails_store.h"

#include <algorithm>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "courier/bounds.h"
#include "courier/event.h"
#include "courier/retry.h"
#include "records/records.h"

namespace kokemus::courier {

namespace json = boost::json;

namespace {

std::string place_of(std::string_view mail) {
    return fmt::format("courier mail {}", mail);
}

std::string letter_text(const Letter& letter) {
    return json::serialize(json::object{{"to", letter.to},
                                        {"subject", letter.subject},
                                        {"text", letter.text},
                                        {"html", letter.html}});
}

Result<Letter> read_letter(std::string_view text) {
    json::error_code fault;
    const json::value parsed = json::parse(text, fault);
    Letter letter;
    for (const auto& [name, place] : {std::pair{"to", &letter.to},
                                      std::pair{"subject", &letter.subject},
                                      std::pair{"text", &letter.text},
                                      std::pair{"html", &letter.html}}) {
        const json::value* value =
            !fault && parsed.is_object() ? parsed.get_object().if_contains(name) : nullptr;
        if (value == nullptr || !value->is_string()) {
            return Error{ErrorCode::Corrupt, "the mail is damaged"};
        }
        *place = std::string(value->get_string());
    }
    return letter;
}

std::string new_mail_id(Instant now) {
    return "mail" + new_event_id(now).substr(3);
}

using Row = std::tuple<std::string, std::string, std::string, Instant, std::string, std::int64_t,
                       Instant, std::optional<Instant>, std::int64_t, std::string>;

Result<Mail> mail_of(Row& row) {
    auto& [id, occasion, person, made, state_name, tries, due, tried, code, problem] = row;
    const DeliveryState state = TRY(read_delivery_state(state_name));
    return Mail{std::move(id),
                std::move(occasion),
                std::move(person),
                made,
                state,
                static_cast<unsigned>(tries),
                state == DeliveryState::Waiting ? std::optional(due) : std::nullopt,
                tried,
                static_cast<int>(code),
                std::move(problem)};
}

}  // namespace

Mails::Mails(std::shared_ptr<records::Records> records, seal::Seal seal, const Clock& clock,
             NoteDone note)
    : records_(std::move(records)),
      seal_(std::move(seal)),
      clock_(clock),
      note_(std::move(note)) {}

Status Mails::keep(records::Session& session, const NewMail& mail) const {
    const Instant now = clock_.now();
    const std::string id = new_mail_id(now);
    TRY(
        session.run("INSERT INTO courier_mail (id, occasion, person, made, state, tries, due, "
                    "busy_until, code, problem, letter) VALUES (:id, :occasion, :person, :made, "
                    "'waiting', 0, :due, 0, 0, '', :letter)",
                    {id,
                     occasion_name(mail.occasion),
                     mail.person,
                     now,
                     now,
                     seal_.sealed(letter_text(mail.letter), place_of(id))}));
    return {};
}

Status Mails::begin() {
    if (records_->address().dialect != records::Dialect::Sqlite) {
        return {};
    }
    return records_->change([](records::Session& session) -> Status {
        TRY(session.run("UPDATE courier_mail SET busy_until = 0 WHERE busy_until <> 0"));
        return {};
    });
}

Result<std::optional<Mails::Claimed>> Mails::claim() {
    const Instant now = clock_.now();
    constexpr std::string_view next =
        "SELECT id, tries, made, letter FROM courier_mail WHERE state = 'waiting' AND due <= :due "
        "AND busy_until <= :busy ORDER BY due, id LIMIT 1";
    const auto look = [&](records::Session& session) {
        return session.row<std::string, std::int64_t, Instant, std::string>(next, {now, now});
    };
    if (!TRY(records_->read(look))) {
        return std::optional<Claimed>();
    }
    const auto work = [&](records::Session& session) -> decltype(look(session)) {
        auto found = TRY(look(session));
        if (found) {
            TRY(session.run("UPDATE courier_mail SET busy_until = :until WHERE id = :id",
                            {now + bounds::claim_max, std::get<0>(*found)}));
        }
        return found;
    };
    const auto found = TRY(records_->change(work));
    if (!found) {
        return std::optional<Claimed>();
    }
    const auto& [id, tries, made, sealed] = *found;
    Claimed claimed{{{}, id, made}, static_cast<unsigned>(tries), {}};
    const auto text = seal_.opened(sealed, place_of(id));
    auto letter = text ? read_letter(*text) : Result<Letter>(text.error());
    if (letter) {
        claimed.posting.letter = std::move(*letter);
    } else {
        claimed.problem = letter.error().message;
    }
    return std::optional(std::move(claimed));
}

Status Mails::settle(const Claimed& claimed, const MailFate& fate, double chance) {
    const Instant now = clock_.now();
    const std::string& id = claimed.posting.id;
    return records_->change([&](records::Session& session) -> Status {
        if (fate.kind == MailFate::Kind::NotTried) {
            TRY(session.run("UPDATE courier_mail SET busy_until = 0 WHERE id = :id", {id}));
            return {};
        }
        const auto wait = fate.kind == MailFate::Kind::TryAgain
                              ? wait_after(claimed.tries + 1, chance)
                              : std::nullopt;
        const std::string_view state =
            fate.kind == MailFate::Kind::Taken ? "done" : (wait ? "waiting" : "failed");
        TRY(
            session.run("UPDATE courier_mail SET state = :state, tries = :tries, due = :due, "
                        "busy_until = 0, tried = :tried, code = :code, problem = :problem WHERE "
                        "id = :id",
                        {state,
                         claimed.tries + 1,
                         now + wait.value_or(Milliseconds(0)),
                         now,
                         fate.code,
                         fate.problem,
                         id}));
        if (!wait) {
            TRY(session.run("UPDATE courier_mail SET letter = '' WHERE id = :id", {id}));
        }
        return {};
    });
}

Result<Mail> Mails::keep_test(const MailFate& fate, const Doing& by) {
    const Instant now = clock_.now();
    Mail mail;
    mail.id = new_mail_id(now);
    mail.occasion = occasion_name(Occasion::Test);
    mail.made = now;
    mail.state = fate.kind == MailFate::Kind::Taken ? DeliveryState::Done : DeliveryState::Failed;
    mail.tries = 1;
    mail.tried = now;
    mail.code = fate.code;
    mail.problem = fate.problem;
    const auto work = [&](records::Session& session) -> Status {
        TRY(
            session.run("INSERT INTO courier_mail (id, occasion, person, made, state, tries, "
                        "due, busy_until, tried, code, problem, letter) VALUES (:id, :occasion, "
                        "'', :made, :state, 1, :due, 0, :tried, :code, :problem, '')",
                        {mail.id,
                         mail.occasion,
                         now,
                         delivery_state_name(mail.state),
                         now,
                         now,
                         mail.code,
                         mail.problem}));
        return note_(session, Done{by, "mail.test", mail.id});
    };
    TRY(records_->change(work));
    return mail;
}

Result<std::vector<Mail>> Mails::list(std::optional<DeliveryState> state, std::string_view before,
                                      std::size_t limit) const {
    std::string where = "WHERE 1 = 1";
    records::Values values;
    if (state) {
        where += " AND state = :state";
        values.emplace_back(delivery_state_name(*state));
    }
    if (!before.empty()) {
        where += " AND id < :before";
        values.emplace_back(before);
    }
    values.emplace_back(std::min(limit, bounds::page_max + 1));
    const auto work = [&](records::Session& session) {
        return session.rows<std::string,
                            std::string,
                            std::string,
                            Instant,
                            std::string,
                            std::int64_t,
                            Instant,
                            std::optional<Instant>,
                            std::int64_t,
                            std::string>(
            "SELECT id, occasion, person, made, state, tries, due, tried, code, problem FROM "
            "courier_mail " +
                where + " ORDER BY id DESC LIMIT :most",
            values);
    };
    auto rows = TRY(records_->read(work));
    std::vector<Mail> mails;
    for (Row& row : rows) {
        mails.push_back(TRY(mail_of(row)));
    }
    return mails;
}

Status Mails::tidy_up() {
    const Instant before = clock_.now() - bounds::kept_for;
    return records_->change([&](records::Session& session) -> Status {
        TRY(session.run("DELETE FROM courier_mail WHERE state <> 'waiting' AND tried < :before",
                        {before}));
        return {};
    });
}

}  // namespace kokemus::courier
