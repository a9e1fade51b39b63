#pragma once

#include <cstdint>
#include <stop_token>
#include <string>

#include "base/instant.h"
#include "base/result.h"
#include "courier/letter.h"

namespace kokemus::courier {

/// The server that mails are handed to.
struct MailServer {
    enum class Security { StartTls, Tls, None };

    std::string host;
    std::uint16_t port = 587;
    Security security = Security::StartTls;  ///< never less than this, whatever the server offers
    std::string user;                        ///< empty: without signing in
    std::string password;
    Sender from;
    std::string ca_file = {};  ///< certificates to trust instead of the system's; empty: those
};

/// A letter as it lies in the store.
struct Posting {
    Letter letter;
    std::string id;  ///< of the mail, for Message-ID
    Instant made{};
};

/// What came of handing it over.
struct MailFate {
    enum class Kind { Taken, TryAgain, Refused, NotTried };
    Kind kind = Kind::NotTried;
    int code = 0;              ///< the server's last; 0: it said none
    std::string problem = {};  ///< why it was not taken
};

/// Hands one mail over, within `bounds::mail_max`: text and HTML as alternatives. What the server
/// refuses for good (5xx) is Refused, unless it refuses us (signing in); all else may be tried
/// again. Blocks; thread safe.
MailFate send_mail(const Posting& posting, const MailServer& server, const std::stop_token& stop);

}  // namespace kokemus::courier
