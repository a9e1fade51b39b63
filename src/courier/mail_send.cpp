#include "courier/mail_send.h"

#include <vector>

#include <fmt/format.h>

#include "base/check.h"
#include "courier/bounds.h"
#include "courier/transfer.h"

namespace kokemus::courier {

namespace {

struct FreeMime {
    void operator()(curl_mime* mime) const { curl_mime_free(mime); }
};
using Mime = std::unique_ptr<curl_mime, FreeMime>;

/// With the line ends that mails have.
std::string with_line_ends(std::string_view text) {
    std::string lines;
    for (const char letter : text) {
        lines += letter == '\n' ? "\r\n" : std::string(1, letter);
    }
    return lines;
}

void add_part(curl_mime* alternatives, const std::string& text, const char* type) {
    curl_mimepart* part = curl_mime_addpart(alternatives);
    const std::string lines = with_line_ends(text);
    CHECK(curl_mime_data(part, lines.data(), lines.size()) == CURLE_OK);
    CHECK(curl_mime_type(part, type) == CURLE_OK);
    CHECK(curl_mime_encoder(part, "quoted-printable") == CURLE_OK);
}

/// The same twice, the better one last (RFC 2046, 5.1.4). Its own type stands in the headers.
Mime body_of(const Letter& letter, CURL* easy) {
    Mime body(curl_mime_init(easy));
    CHECK(body != nullptr);
    add_part(body.get(), letter.text, "text/plain; charset=utf-8");
    add_part(body.get(), letter.html, "text/html; charset=utf-8");
    return body;
}

std::string url_of(const MailServer& server) {
    const bool is_v6 = server.host.find(':') != std::string::npos;
    return fmt::format("{}://{}{}{}:{}",
                       server.security == MailServer::Security::Tls ? "smtps" : "smtp",
                       is_v6 ? "[" : "",
                       server.host,
                       is_v6 ? "]" : "",
                       server.port);
}

void set_server(Transfer& transfer, const MailServer& server) {
    transfer.set(CURLOPT_URL, url_of(server).c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    transfer.set(CURLOPT_TIMEOUT_MS, static_cast<long>(bounds::mail_max.count()));
    transfer.set(CURLOPT_USE_SSL,
                 static_cast<long>(server.security == MailServer::Security::None ? CURLUSESSL_NONE
                                                                                 : CURLUSESSL_ALL));
    if (!server.user.empty()) {
        transfer.set(CURLOPT_USERNAME, server.user.c_str());
        transfer.set(CURLOPT_PASSWORD, server.password.c_str());
    }
    if (!server.ca_file.empty()) {
        transfer.set(CURLOPT_CAINFO, server.ca_file.c_str());
        transfer.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
}

/// 530, 534, 535 and 538 are of signing in: whoever runs the server puts that right.
bool is_for_good(int code) {
    return code >= 500 && code < 600 && code != 530 && code != 534 && code != 535 && code != 538;
}

}  // namespace

MailFate send_mail(const Posting& posting, const MailServer& server, const std::stop_token& stop) {
    auto lines = header_lines(posting.letter, server.from, posting.id, posting.made);
    if (!lines) {
        return {MailFate::Kind::Refused, 0, lines.error().message};
    }
    lines->emplace_back("Content-Type: multipart/alternative");
    Transfer transfer(stop);
    set_server(transfer, server);
    const std::string from = fmt::format("<{}>", server.from.address);
    transfer.set(CURLOPT_MAIL_FROM, from.c_str());
    transfer.set_list(CURLOPT_MAIL_RCPT, {fmt::format("<{}>", posting.letter.to)});
    transfer.set_list(CURLOPT_HTTPHEADER, *lines);
    const Mime body = body_of(posting.letter, transfer.easy());
    transfer.set(CURLOPT_MIMEPOST, body.get());
    const Status sent = transfer.run(false);
    const int code = transfer.status();
    if (sent) {
        return {MailFate::Kind::Taken, code, {}};
    }
    if (sent.error().code == ErrorCode::Cancelled) {
        return {};
    }
    return {is_for_good(code) ? MailFate::Kind::Refused : MailFate::Kind::TryAgain,
            code,
            code == 0 ? sent.error().message
                      : fmt::format("the mail server said {}: {}", code, sent.error().message)};
}

}  // namespace kokemus::courier
