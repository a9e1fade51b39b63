#include "blueprint/feeling_words.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <vector>

namespace kokemus::blueprint {
namespace {

/// Praise, in lower case with blanks for hyphens; English and Finnish, longer phrases before their
/// parts.
constexpr auto praise = std::to_array<std::string_view>(
    {"best in class", "first class",  "world class",  "second to none", "state of the art",
     "top notch",     "five star",    "5 star",       "high quality",   "best",
     "excellent",     "excellence",   "great",        "good",           "outstanding",
     "superb",        "superior",     "perfect",      "premium",        "top",
     "amazing",       "awesome",      "fantastic",    "wonderful",      "exceptional",
     "unmatched",     "unbeatable",   "unparalleled", "leading",        "brilliant",
     "wow",           "exquisite",    "ultimate",     "ensiluokkainen", "erinomainen",
     "paras",         "huippuluokan", "huippu",       "loistava",       "upea",
     "hyvä",          "täydellinen"});

/// Words that add nothing to praise.
constexpr auto filler = std::to_array<std::string_view>(
    {"a",       "an",    "the",     "very",    "truly",   "simply",     "really",
     "our",     "and",   "of",      "in",      "service", "experience", "customer",
     "quality", "level", "journey", "feeling", "palvelu", "kokemus"});

/// Lower case, words apart by one blank, a blank at both ends.
std::string spaced_words(std::string_view text) {
    std::string words = " ";
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        const bool in_word = std::isalnum(byte) != 0 || byte >= 0x80;
        if (in_word) {
            words += static_cast<char>(std::tolower(byte));
        } else if (words.back() != ' ') {
            words += ' ';
        }
    }
    if (words.back() != ' ') {
        words += ' ';
    }
    return words;
}

bool remove_all(std::string& words, std::string_view phrase) {
    const std::string spaced = " " + std::string(phrase) + " ";
    bool found = false;
    for (auto at = words.find(spaced); at != std::string::npos; at = words.find(spaced)) {
        words.replace(at, spaced.size(), " ");
        found = true;
    }
    return found;
}

}  // namespace

bool is_empty_superlative(std::string_view feeling) {
    std::string words = spaced_words(feeling);
    bool praises = false;
    for (const std::string_view phrase : praise) {
        praises = remove_all(words, phrase) || praises;
    }
    for (const std::string_view word : filler) {
        remove_all(words, word);
    }
    return praises && words == " ";
}

}  // namespace kokemus::blueprint
