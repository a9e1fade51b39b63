#pragma once

#include <string>
#include <string_view>

namespace kokemus::encounter {

/// An e-mail address in the one form that is compared: without blanks around it, ASCII letters in
/// lower case. Empty when the text is none.
std::string normal_email(std::string_view text);

/// A telephone number in E.164: "+358401234567". Blanks and the signs that people set between
/// digits are left out, "00" at the front is "+". `country` ("+358") stands for the "0" of a number
/// without one; empty: such numbers are none. Empty when the text is none.
std::string normal_phone(std::string_view text, std::string_view country = {});

/// The one form of a name that is an address, or a number with its country ("+358 40 1234567").
/// Empty when it is neither.
std::string normal_contact(std::string_view name);

/// Whether a name of a customer is an e-mail address or a telephone number with its country.
bool is_contact(std::string_view name);

}  // namespace kokemus::encounter
