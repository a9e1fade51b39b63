#include "account/once_store.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "account/secret.h"
#include "records/records.h"

namespace kokemus::account {

namespace {

/// A row of this status is being carried out, or was when its server died.
constexpr std::int64_t under_way = 0;

/// Visible ASCII, as a header can hold it; in quotes or without (both are the same key).
Result<std::string> checked_key(std::string key) {
    if (key.size() >= 2 && key.front() == '"' && key.back() == '"') {
        key = key.substr(1, key.size() - 2);
    }
    const bool is_visible = key.find_first_not_of(
                                "!#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`"
                                "abcdefghijklmnopqrstuvwxyz{|}~") == std::string::npos;
    if (key.empty() || key.size() > once_key_characters_max || !is_visible) {
        return invalid_input(
            fmt::format("Idempotency-Key: write 1 to {} letters, digits or signs without blanks, a "
                        "new UUID for each write, say",
                        once_key_characters_max));
    }
    return key;
}

std::string place_of(const std::string& id) {
    return "account once " + id;
}

/// One for each key of the seal.
constexpr std::string_view fingerprint_place = "account once fingerprint";

/// Its type, and behind a tab its tag, in the first line.
std::string packed(const OnceAnswer& answer) {
    return answer.content_type + (answer.etag.empty() ? "" : "\t" + answer.etag) + "\n" +
           answer.body;
}

Result<OnceAnswer> unpacked(int status, const std::string& text) {
    const std::size_t end = text.find('\n');
    if (end == std::string::npos) {
        return Error{ErrorCode::Corrupt, "a kept answer cannot be read"};
    }
    const std::string head = text.substr(0, end);
    const std::size_t tab = head.find('\t');
    return OnceAnswer{status,
                      head.substr(0, tab),
                      text.substr(end + 1),
                      tab == std::string::npos ? std::string() : head.substr(tab + 1)};
}

struct KeptRow {
    std::string fingerprint;
    std::int64_t status = 0;
    std::string answer;
};

/// What there is under the id; else makes the row, as being carried out.
Result<std::optional<KeptRow>> take(records::Session& records, const std::string& id,
                                    const std::string& who, const std::string& fingerprint,
                                    Instant now) {
    TRY(records.run("DELETE FROM account_once WHERE made <= :made", {now - once_kept_for}));
    auto row = TRY((records.row<std::string, std::int64_t, std::string>(
        "SELECT fingerprint, status, answer FROM account_once WHERE id = :id", {id})));
    if (row) {
        auto& [kept, status, answer] = *row;
        return std::optional(KeptRow{std::move(kept), status, std::move(answer)});
    }
    const auto used = TRY(
        (records.row<std::int64_t>("SELECT COUNT(*) FROM account_once WHERE who = :who", {who})));
    if (used && std::get<0>(*used) >= static_cast<std::int64_t>(once_per_person_max)) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("{} writes with an Idempotency-Key in a day are the most; send "
                                 "this one without, or tomorrow",
                                 once_per_person_max)};
    }
    TRY(
        records.run("INSERT INTO account_once (id, who, fingerprint, made, status, answer) VALUES "
                    "(:id, :who, :fingerprint, :made, :status, :answer)",
                    {id, who, fingerprint, now, under_way, ""}));
    return std::optional<KeptRow>();
}

}  // namespace

const records::Schema& once_schema() {
    static const records::Schema schema{
        "once",
        {{"CREATE TABLE account_once (id TEXT PRIMARY KEY, who TEXT NOT NULL, "
          "fingerprint TEXT NOT NULL, made BIGINT NOT NULL, status BIGINT NOT NULL, "
          "answer TEXT NOT NULL)",
          "CREATE INDEX account_once_made ON account_once (made)",
          "CREATE INDEX account_once_who ON account_once (who)"}}};
    return schema;
}

Once::Once(std::shared_ptr<records::Records> records, const Clock& clock, seal::Seal seal)
    : records_(std::move(records)),
      clock_(clock),
      seal_(std::move(seal)) {}

Result<OnceOutcome> Once::begin(const OnceAsked& asked) {
    const std::string key = TRY(checked_key(asked.key));
    const std::string id = digest_of(asked.who + "\n" + key);
    const auto fingerprints = seal_.digests(asked.fingerprint, fingerprint_place);
    const auto row = records_->change([&](records::Session& session) {
        return take(session, id, asked.who, fingerprints.front(), clock_.now());
    });
    if (!row) {
        // Somebody else has put the same row there in this moment.
        return row.error().code == ErrorCode::Conflict ? Result<OnceOutcome>(OnceBusy{})
                                                       : Result<OnceOutcome>(row.error());
    }
    if (!*row) {
        return OnceGo{id};
    }
    if (std::ranges::find(fingerprints, (*row)->fingerprint) == fingerprints.end()) {
        return OnceOther{};
    }
    if ((*row)->status == under_way) {
        return OnceBusy{};
    }
    if ((*row)->answer.empty()) {
        return OnceGone{};
    }
    const std::string text = TRY(seal_.opened((*row)->answer, place_of(id)));
    return TRY(unpacked(static_cast<int>((*row)->status), text));
}

Status Once::settle(const OnceGo& go, const OnceAnswer& answer) {
    if (answer.body.size() > once_answer_bytes_max) {
        return forget(go);
    }
    return records_->change([&](records::Session& session) -> Status {
        TRY(session.run(
            "UPDATE account_once SET status = :status, answer = :answer WHERE id = :id",
            {std::int64_t{answer.status}, seal_.sealed(packed(answer), place_of(go.id)), go.id}));
        return {};
    });
}

Status Once::forget(const OnceGo& go) {
    return records_->change([&](records::Session& session) -> Status {
        TRY(session.run("DELETE FROM account_once WHERE id = :id", {go.id}));
        return {};
    });
}

Result<std::int64_t> Once::forget_answers() {
    constexpr std::array<std::string_view, 1> tables{"account_once"};
    const auto gone = records_->change([](records::Session& session) -> Result<std::int64_t> {
        return session.run("UPDATE account_once SET answer = '' WHERE answer <> ''");
    });
    if (gone) {
        // Whether or not something went now: it may have gone before a kill.
        TRY(records_->leave_no_trace(tables));
    }
    return gone;
}

}  // namespace kokemus::account
