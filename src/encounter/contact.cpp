#include "encounter/contact.h"

#include <algorithm>

#include "base/text.h"

namespace kokemus::encounter {

namespace {

// RFC 5321, 4.5.3.1: a path has at most 256 characters with its brackets.
constexpr std::size_t email_bytes_max = 254;

// ITU-T E.164: country code and number have at most 15 digits. Fewer than 7 are extensions.
constexpr std::size_t phone_digits_min = 7;
constexpr std::size_t phone_digits_max = 15;

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

bool is_blank_or_control(char letter) {
    return static_cast<unsigned char>(letter) <= ' ' || letter == 0x7f;
}

}  // namespace

std::string normal_email(std::string_view text) {
    const std::string_view address = trim(text);
    const std::size_t at = address.find('@');
    if (at == std::string_view::npos || at == 0 || address.size() > email_bytes_max ||
        address.find('@', at + 1) != std::string_view::npos ||
        std::ranges::any_of(address, is_blank_or_control)) {
        return {};
    }
    const std::string_view domain = address.substr(at + 1);
    const std::size_t dot = domain.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == domain.size()) {
        return {};
    }
    return lower(address);
}

std::string normal_phone(std::string_view text, std::string_view country) {
    std::string digits;
    std::string_view left = trim(text);
    bool is_whole = left.starts_with('+');
    left.remove_prefix(is_whole ? 1 : 0);
    for (const char letter : left) {
        if (is_digit(letter)) {
            digits += letter;
        } else if (std::string_view(" -./()").find(letter) == std::string_view::npos) {
            return {};
        }
    }
    if (!is_whole && digits.starts_with("00")) {
        digits.erase(0, 2);
        is_whole = true;
    }
    if (!is_whole && digits.starts_with('0') && !country.empty()) {
        digits = std::string(country.substr(1)) + digits.substr(1);
        is_whole = true;
    }
    if (!is_whole || digits.starts_with('0') || digits.size() < phone_digits_min ||
        digits.size() > phone_digits_max) {
        return {};
    }
    return "+" + digits;
}

std::string normal_contact(std::string_view name) {
    return name.starts_with('+') && name.find('@') == std::string_view::npos ? normal_phone(name)
                                                                             : normal_email(name);
}

bool is_contact(std::string_view name) {
    return !normal_contact(name).empty();
}

}  // namespace kokemus::encounter
