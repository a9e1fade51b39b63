#include "blueprint/reserved_words.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace kokemus::blueprint {
namespace {

constexpr auto words = std::to_array<std::string_view>({// fields
                                                        "touchpoint",
                                                        "channel",
                                                        "department",
                                                        "employee",
                                                        "thread",
                                                        "score",
                                                        "scale",
                                                        "value",
                                                        "duration",
                                                        "stage",
                                                        "topic",
                                                        "kind",
                                                        "customer",
                                                        "experience",
                                                        "time",
                                                        "text",
                                                        "language",
                                                        // conditions
                                                        "touches",
                                                        "goes",
                                                        "follows",
                                                        "lasts",
                                                        "encounters",
                                                        "status",
                                                        "promise",
                                                        "reaches",
                                                        "stops",
                                                        "switches",
                                                        "repeats",
                                                        "deviates",
                                                        "without",
                                                        "adding",
                                                        "moving",
                                                        "has",
                                                        "not",
                                                        "and",
                                                        "or",
                                                        "in",
                                                        "is",
                                                        "at",
                                                        "forced",
                                                        "collapsed",
                                                        "before",
                                                        "after",
                                                        "not-after",
                                                        "start",
                                                        "end",
                                                        "any",
                                                        "risk",
                                                        // questions and clauses
                                                        "flow",
                                                        "variants",
                                                        "funnel",
                                                        "trend",
                                                        "breakdown",
                                                        "promises",
                                                        "episodes",
                                                        "timeline",
                                                        "drivers",
                                                        "lateness",
                                                        "foresight",
                                                        "conformance",
                                                        "league",
                                                        "causes",
                                                        "adjusted",
                                                        "then",
                                                        "per",
                                                        "from",
                                                        "to",
                                                        "where",
                                                        "having",
                                                        "by",
                                                        "within",
                                                        "with",
                                                        "seed",
                                                        "limit",
                                                        "offset",
                                                        "journey",
                                                        "day",
                                                        "week",
                                                        "month"});

bool is_letter(char letter) {
    return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
           static_cast<unsigned char>(letter) >= 0x80;
}

bool is_digit(char letter) {
    return letter >= '0' && letter <= '9';
}

}  // namespace

std::span<const std::string_view> reserved_words() {
    return words;
}

bool is_reserved_word(std::string_view word) {
    return std::ranges::find(words, lower(word)) != words.end();
}

bool is_word(std::string_view text) {
    return !text.empty() && is_letter(text.front()) && text.back() != '-' &&
           std::ranges::all_of(text, [](char letter) {
               return is_letter(letter) || is_digit(letter) || letter == '_' || letter == '-';
           });
}

}  // namespace kokemus::blueprint
