#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "courier/done.h"
#include "courier/letter_texts.h"
#include "courier/mail_send.h"
#include "courier/target.h"
#include "seal/seal.h"

namespace kokemus::records {
class Records;
}

namespace kokemus::courier {

/// A mail on its way, as it is listed: not to whom by name, and not what it says.
struct Mail {
    std::string id;
    std::string occasion;
    std::string person;  ///< id of the user it is for; empty: of nobody here
    Instant made{};
    DeliveryState state = DeliveryState::Waiting;
    unsigned tries = 0;
    std::optional<Instant> due;
    std::optional<Instant> tried;
    int code = 0;  ///< the server's last; 0: none
    std::string problem;
};

/// What a mail is about: the letter, and whom it is for.
struct NewMail {
    Occasion occasion = Occasion::Test;
    std::string person = {};
    Letter letter;
};

/// Mails, kept before they are sent, sealed since they hold addresses and invitations; when one is
/// over, the letter is forgotten. Thread safe.
class Mails {
public:
    /// `records` has `courier_schema()`. The clock must outlive this.
    Mails(std::shared_ptr<records::Records> records, seal::Seal seal, const Clock& clock,
          NoteDone note);

    /// Keeps a mail in the transaction of whatever it tells of.
    Status keep(records::Session& session, const NewMail& mail) const;

    /// As `Outbox::begin`.
    Status begin();

    /// The mail that is due next, claimed for a try; none when there is none. Its letter is empty
    /// when it cannot be opened.
    struct Claimed {
        Posting posting;
        unsigned tries = 0;
        std::string problem;  ///< why it cannot be opened
    };
    Result<std::optional<Claimed>> claim();

    /// Writes down what came of it: taken, tried again as webhooks are (retry.h), or given up.
    Status settle(const Claimed& claimed, const MailFate& fate, double chance);

    /// Keeps a mail that was sent beside the queue, as one that is over.
    Result<Mail> keep_test(const MailFate& fate, const Doing& by);

    /// Newest first.
    Result<std::vector<Mail>> list(std::optional<DeliveryState> state, std::string_view before,
                                   std::size_t limit) const;

    /// Forgets what is long over.
    Status tidy_up();

private:
    std::shared_ptr<records::Records> records_;
    seal::Seal seal_;
    const Clock& clock_;
    NoteDone note_;
};

}  // namespace kokemus::courier
