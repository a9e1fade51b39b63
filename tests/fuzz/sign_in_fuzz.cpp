#include "account/api_key.h"
#include "account/one_time_code.h"
#include "account/password.h"
#include "account/secret.h"
#include "account/session.h"
#include "base/text.h"
#include "hostile_input.h"

namespace {

using namespace kokemus;

const std::string secret = "12345678901234567890";
const Instant now = *parse_instant("2026-03-01T12:00:00Z");

void try_cookie(std::string_view header) {
    for (const auto transport : {account::Transport::Plain, account::Transport::Tls}) {
        const auto found = account::cookie_secret(header, transport);
        const std::string name = std::string(account::cookie_name(transport)) + "=";
        fuzz::must(!found || header.find(name + *found) != std::string_view::npos,
                   "a cookie that was not sent");
        fuzz::must(!found || found->find(';') == std::string::npos, "a cookie with its neighbour");
        const std::string other = name + "first; " + std::string(header);
        const auto both = account::cookie_secret(other, transport);
        fuzz::must(!found || !both, "one of two cookies was believed");
    }
}

void try_key(std::string_view text) {
    const auto key = account::read_key(text);
    fuzz::must(!key || account::key_text(key->id, key->secret) == text, "another key");
    fuzz::must(!account::is_like_secret(text) || text.size() == 43, "a secret of another length");
}

void try_code(std::string_view typed) {
    const auto step = account::step_of_code(typed, secret, now, 0);
    if (step) {
        const std::int64_t here = account::code_step(now);
        fuzz::must(*step >= here - 1 && *step <= here + 1, "a code of another time");
        fuzz::must(!account::step_of_code(typed, secret, now, *step), "a code was taken twice");
    }
    const std::string words = account::typed_words(typed);
    fuzz::must(words.find_first_of("- ") == std::string::npos, "typed words keep their dashes");
    fuzz::must(account::typed_words(words) == words, "typed words are others when read again");
    const auto bytes = account::from_hexadecimal(typed);
    fuzz::must(!bytes || account::hexadecimal(*bytes) == lower(typed), "other hexadecimal digits");
}

}  // namespace

/// First line: Cookie, or a key; then what is typed as a code or a password.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::HostileInput input(bytes, size);
    const std::string_view header = input.line();
    try_cookie(header);
    try_key(header);
    try_code(input.rest());
    const std::vector<std::string> words{"anna@shop.example", "Anna"};
    const Status good = account::check_password(input.rest(), words);
    fuzz::must(!good || is_valid_utf8(input.rest()), "a password that is no text");
    return 0;
}
