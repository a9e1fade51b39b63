#include "courier/letter_texts.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace kokemus::courier {

namespace {

/// {organisation} and {name} are filled in; paragraphs are apart by a line end.
struct Words {
    std::string_view subject;
    std::string_view paragraphs;
    std::string_view link;  ///< what the link says
};

struct Language {
    std::string_view name;
    std::array<Words, 5> words;  ///< in the order of `Occasion`
    std::string_view end;
};

constexpr std::array occasion_names{"invitation",
                                    "password-changed",
                                    "factor-added",
                                    "factor-removed",
                                    "test"};

constexpr std::array languages{
    Language{
        "en",
        {Words{"Your account at {organisation}",
               "Hello {name},\n"
               "you have been given an account in Kokemus, where {organisation} looks after "
               "the experience of its customers.\n"
               "Choose a password within three days. The link works once.",
               "Choose a password"},
         Words{"Your password was changed",
               "Hello {name},\n"
               "the password of your account at {organisation} was changed, and all other "
               "sessions were ended.\n"
               "If that was not you, tell an administrator at once.",
               ""},
         Words{"A second factor was added",
               "Hello {name},\n"
               "your account at {organisation} now asks for a code of your authenticator app "
               "too.\n"
               "If that was not you, tell an administrator at once.",
               ""},
         Words{"The second factor was removed",
               "Hello {name},\n"
               "your account at {organisation} asks for no code of an authenticator app any "
               "more.\n"
               "If that was not you, tell an administrator at once.",
               ""},
         Words{"A test from {organisation}",
               "Hello,\n"
               "this mail was sent to see whether the mails of {organisation} arrive. They do.",
               ""}},
        "Kokemus sent this by itself; answers are not read."},
    Language{"fi",
             {Words{"Tilisi: {organisation}",
                    "Hei {name},\n"
                    "sinulle on luotu tili Kokemukseen, jossa {organisation} pitää huolta "
                    "asiakkaidensa kokemuksesta.\n"
                    "Valitse salasana kolmen päivän kuluessa. Linkki toimii kerran.",
                    "Valitse salasana"},
              Words{"Salasanasi on vaihdettu",
                    "Hei {name},\n"
                    "tilisi salasana on vaihdettu ({organisation}), ja kaikki muut istunnot on "
                    "päätetty.\n"
                    "Jos et tehnyt tätä itse, kerro siitä heti ylläpitäjälle.",
                    ""},
              Words{"Toinen tunnistustapa on lisätty",
                    "Hei {name},\n"
                    "tilisi ({organisation}) kysyy nyt myös todennussovelluksesi koodia.\n"
                    "Jos et tehnyt tätä itse, kerro siitä heti ylläpitäjälle.",
                    ""},
              Words{"Toinen tunnistustapa on poistettu",
                    "Hei {name},\n"
                    "tilisi ({organisation}) ei enää kysy todennussovelluksen koodia.\n"
                    "Jos et tehnyt tätä itse, kerro siitä heti ylläpitäjälle.",
                    ""},
              Words{"Koeviesti: {organisation}",
                    "Hei,\n"
                    "tämä viesti lähetettiin, jotta nähtäisiin, tulevatko viestit perille "
                    "({organisation}). Tulevat.",
                    ""}},
             "Kokemus lähetti tämän itse; vastauksia ei lueta."}};

const Language& language_of(std::string_view name) {
    const auto* found = std::ranges::find(languages, name, &Language::name);
    return found == languages.end() ? languages.front() : *found;
}

/// On one line, so that a name cannot bring paragraphs of its own.
std::string one_line(std::string_view text) {
    std::string line(text);
    std::ranges::replace_if(
        line,
        [](char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f; },
        ' ');
    return line;
}

/// Fills in values once: what stands in a value is not looked at again.
std::string filled(std::string_view words, const LetterValues& values) {
    std::string text;
    while (!words.empty()) {
        const auto take = [&](std::string_view mark, const std::string& value) {
            if (!words.starts_with(mark)) {
                return false;
            }
            text += one_line(value);
            words.remove_prefix(mark.size());
            return true;
        };
        if (!take("{organisation}", values.organisation) && !take("{name}", values.name)) {
            text += words.front();
            words.remove_prefix(1);
        }
    }
    return text;
}

}  // namespace

std::string_view occasion_name(Occasion occasion) {
    return occasion_names[static_cast<std::size_t>(occasion)];
}

bool speaks(std::string_view language) {
    return std::ranges::find(languages, language, &Language::name) != languages.end();
}

std::string html_text(std::string_view text) {
    std::string escaped;
    for (const char letter : text) {
        switch (letter) {
            case '&': escaped += "&amp;"; break;
            case '<': escaped += "&lt;"; break;
            case '>': escaped += "&gt;"; break;
            case '"': escaped += "&quot;"; break;
            case '\'': escaped += "&#39;"; break;
            default: escaped += letter;
        }
    }
    return escaped;
}

Letter write_letter(Occasion occasion, std::string_view language, const std::string& to,
                    const LetterValues& values) {
    const Language& spoken = language_of(language);
    const Words& words = spoken.words[static_cast<std::size_t>(occasion)];
    Letter letter{to, filled(words.subject, values), {}, {}};
    letter.html = fmt::format(
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{}</title></head>"
        "<body style=\"font-family: sans-serif; line-height: 1.5; max-width: 36em\">\n",
        spoken.name,
        html_text(letter.subject));
    std::string_view rest = words.paragraphs;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        const std::string paragraph = filled(rest.substr(0, end), values);
        letter.text += paragraph + "\n\n";
        letter.html += fmt::format("<p>{}</p>\n", html_text(paragraph));
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    }
    if (!words.link.empty() && !values.link.empty()) {
        const std::string link = one_line(values.link);
        letter.text += fmt::format("{}:\n{}\n\n", words.link, link);
        letter.html += fmt::format("<p><a href=\"{0}\">{1}</a><br><small>{0}</small></p>\n",
                                   html_text(link),
                                   html_text(words.link));
    }
    letter.text += fmt::format("-- \n{}\n", spoken.end);
    letter.html += fmt::format("<p><small>{}</small></p>\n</body></html>\n", html_text(spoken.end));
    return letter;
}

}  // namespace kokemus::courier
