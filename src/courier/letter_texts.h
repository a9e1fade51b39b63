#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "courier/letter.h"

/// What mails say, in every language there is.
namespace kokemus::courier {

enum class Occasion {
    Invitation,  ///< somebody may choose a password; `link` leads there
    PasswordChanged,
    FactorAdded,
    FactorRemoved,
    Test,
};

/// "invitation", "password-changed" ...: as the store and the API write it.
std::string_view occasion_name(Occasion occasion);

/// What stands in a mail beside its own words. Whatever it holds is text: escaped in HTML, and on
/// one line.
struct LetterValues {
    std::string organisation;
    std::string name;  ///< of whom it is for
    std::string link;  ///< empty: none
};

/// The languages, "en" the first.
bool speaks(std::string_view language);

/// The mail in that language, in English when nobody here speaks it.
Letter write_letter(Occasion occasion, std::string_view language, const std::string& to,
                    const LetterValues& values);

/// As text in HTML, also within an attribute in quotes.
std::string html_text(std::string_view text);

}  // namespace kokemus::courier
