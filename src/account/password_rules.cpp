#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "account/bounds.h"
#include "account/password.h"
#include "base/text.h"

namespace kokemus::account {

namespace {

/// What lists of stolen passwords are made of. Long passwords that people choose first are these
/// words with something simple around them, so that this short list does the work of a long one.
constexpr std::array<std::string_view, 40> first_tried{
    "password", "passwort", "passord",    "salasana",   "lösenord",      "motdepasse", "contraseña",
    "senha",    "welcome",  "willkommen", "tervetuloa", "letmein",       "qwerty",     "qwertz",
    "azerty",   "asdfgh",   "zxcvbn",     "1q2w3e",     "iloveyou",      "monkey",     "dragon",
    "football", "baseball", "princess",   "sunshine",   "superman",      "batman",     "master",
    "shadow",   "trustno1", "whatever",   "starwars",   "administrator", "admin",      "changeme",
    "secret",   "default",  "login",      "abc",        "kokemus"};

std::size_t characters_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
        return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    }));
}

/// Letters that people write for others are read as those: "P@ssw0rd" as "password".
std::string plain(std::string_view password) {
    std::string text = lower(password);
    for (char& letter : text) {
        switch (letter) {
            case '@': letter = 'a'; break;
            case '0': letter = 'o'; break;
            case '$': letter = 's'; break;
            case '3': letter = 'e'; break;
            default: break;
        }
    }
    return text;
}

void take_out(std::string& text, std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word)) {
        text.erase(at, word.size());
    }
}

/// How many characters differ from what comes by counting up, counting down or repeating: the
/// "1234", "aaaa" and "!!!!" that stand around a word count as one each.
std::size_t surprises(std::string_view text) {
    std::size_t count = text.empty() ? 0 : 1;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const int step = text[i] - text[i - 1];
        count += step < -1 || step > 1 ? 1 : 0;
    }
    return count;
}

/// What is left of a password to guess once the known words are taken out.
std::size_t left_to_guess(std::string text, std::span<const std::string> words) {
    for (const std::string& word : words) {
        if (word.size() >= 3) {
            take_out(text, plain(word));
        }
    }
    for (const std::string_view word : first_tried) {
        take_out(text, plain(word));
    }
    return surprises(text);
}

constexpr std::size_t surprises_min = 6;

}  // namespace

Status check_password(std::string_view password, std::span<const std::string> words) {
    if (!is_valid_utf8(password) || password.find('\0') != std::string_view::npos) {
        return invalid_input("the password is not text (UTF-8)");
    }
    if (characters_of(password) < bounds::password_characters_min) {
        return invalid_input(fmt::format("the password is too short: use {} characters or more",
                                         bounds::password_characters_min));
    }
    if (password.size() > bounds::password_bytes_max) {
        return invalid_input(fmt::format("the password is too long: {} bytes are the most",
                                         bounds::password_bytes_max));
    }
    if (left_to_guess(plain(password), words) < surprises_min) {
        return invalid_input(
            "this password is among the first that others try: it is made of well-known words, "
            "your name or a row of keys; use several words that do not belong together");
    }
    return {};
}

}  // namespace kokemus::account
