#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace kokemus::courier {

/// A mail to one person, written out.
struct Letter {
    std::string to;  ///< the address alone
    std::string subject;
    std::string text;
    std::string html;
};

/// Who a mail is from: "Kahvila <cx@example.com>", or the address alone.
struct Sender {
    std::string name;
    std::string address;
};

/// InvalidInput on what is neither form, or would break a header.
Result<Sender> read_sender(std::string_view text);

/// Whether it may stand in a header and in the talk with a server: LOCAL@DOMAIN in plain ASCII
/// without blanks, brackets, quotes and control characters.
bool is_mail_address(std::string_view text);

/// The lines of a header (RFC 5322), without those of MIME: From, To, Subject, Date, Message-ID,
/// and that no person sent it. What is not plain ASCII is encoded (RFC 2047); nothing in a value
/// ends a line. `id` names the mail, the same for each try.
Result<std::vector<std::string>> header_lines(const Letter& letter, const Sender& from,
                                              std::string_view id, Instant made);

/// As headers write times: "Mon, 21 Sep 2026 14:13:20 +0000".
std::string mail_date(Instant time);

/// A text for a header: as it is, or in encoded words, each at most 75 characters, on lines of
/// their own.
std::string header_text(std::string_view text);

}  // namespace kokemus::courier
