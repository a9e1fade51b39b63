#include "courier/letter.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <sodium.h>

#include "base/text.h"
#include "courier/bounds.h"

namespace kokemus::courier {

namespace {

constexpr std::size_t address_bytes_max = 254;
/// In an encoded word of 75 characters: 12 are "=?UTF-8?B??=", and 60 letters of base64 hold 45.
constexpr std::size_t encoded_bytes_max = 45;

bool is_control(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte < 0x20 || byte == 0x7f;
}

bool is_continuation(char letter) {
    return (static_cast<unsigned char>(letter) & 0xC0U) == 0x80U;
}

std::string encoded_word(std::string_view bytes) {
    std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(),
                      text.size(),
                      reinterpret_cast<const unsigned char*>(bytes.data()),
                      bytes.size(),
                      sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // its zero
    return fmt::format("=?UTF-8?B?{}?=", text);
}

std::string_view domain_of(std::string_view address) {
    return address.substr(address.rfind('@') + 1);
}

}  // namespace

bool is_mail_address(std::string_view text) {
    const std::size_t at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at + 1 == text.size() ||
        text.size() > address_bytes_max || text.find('@') != at) {
        return false;
    }
    return std::ranges::all_of(text, [](char letter) {
        return letter > ' ' && letter < 0x7f &&
               std::string_view("<>()[]\\,;:\"").find(letter) == std::string_view::npos;
    });
}

Result<Sender> read_sender(std::string_view text) {
    Sender sender{{}, std::string(trim(text))};
    const std::size_t open = text.rfind('<');
    if (open != std::string_view::npos && text.ends_with('>')) {
        sender.name = trim(text.substr(0, open));
        sender.address = text.substr(open + 1, text.size() - open - 2);
    }
    if (!is_mail_address(sender.address) || !is_valid_utf8(sender.name) ||
        std::ranges::any_of(sender.name, is_control)) {
        return invalid_input(fmt::format(
            "{} is nobody to send mails; write \"Name <name@example.com>\"", quote(text)));
    }
    return sender;
}

std::string header_text(std::string_view text) {
    const bool is_plain =
        std::ranges::all_of(text, [](char letter) { return letter >= ' ' && letter < 0x7f; }) &&
        text.find("=?") == std::string_view::npos && text.size() <= encoded_bytes_max;
    if (is_plain) {
        return std::string(text);
    }
    std::string clean(text);
    std::ranges::replace_if(clean, is_control, ' ');
    std::string_view rest = clean;
    std::string words;
    while (!rest.empty()) {
        std::size_t end = std::min(rest.size(), encoded_bytes_max);
        while (end < rest.size() && end > 0 && is_continuation(rest[end])) {
            --end;
        }
        words += (words.empty() ? "" : "\r\n ") + encoded_word(rest.substr(0, end));
        rest.remove_prefix(end);
    }
    return words;
}

std::string mail_date(Instant time) {
    constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array months{
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} +0000",
                       days[std::chrono::weekday(day).c_encoding()],
                       static_cast<unsigned>(date.day()),
                       months[static_cast<unsigned>(date.month()) - 1],
                       static_cast<int>(date.year()),
                       clock.hours().count(),
                       clock.minutes().count(),
                       clock.seconds().count());
}

Result<std::vector<std::string>> header_lines(const Letter& letter, const Sender& from,
                                              std::string_view id, Instant made) {
    if (!is_mail_address(letter.to)) {
        return invalid_input(
            fmt::format("{} is no address that mails can be sent to", quote(letter.to)));
    }
    if (letter.subject.size() > bounds::header_bytes_max || !is_valid_utf8(letter.subject)) {
        return invalid_input(
            fmt::format("a subject has {} bytes at most, of UTF-8", bounds::header_bytes_max));
    }
    const std::string name = from.name.empty() ? "" : header_text(from.name) + " ";
    const bool needs_quotes = !name.empty() && !name.starts_with("=?");
    std::string said = name;
    if (needs_quotes) {
        said = "\"";
        for (const char letter_of_name : from.name) {
            said += letter_of_name == '"' || letter_of_name == '\\' ? "\\" : "";
            said += letter_of_name;
        }
        said += "\" ";
    }
    return std::vector<std::string>{fmt::format("From: {}<{}>", said, from.address),
                                    fmt::format("To: <{}>", letter.to),
                                    fmt::format("Subject: {}", header_text(letter.subject)),
                                    fmt::format("Date: {}", mail_date(made)),
                                    fmt::format("Message-ID: <{}@{}>", id, domain_of(from.address)),
                                    "Auto-Submitted: auto-generated"};
}

}  // namespace kokemus::courier
