#include <algorithm>
#include <cctype>

#include "app/command.h"
#include "question/format.h"

namespace kokemus::app {

namespace {

/// Whether the shell took quotes away that the grammar needs: blanks inside, and nothing that only
/// a clause would have.
bool needs_quotes(const std::string& word) {
    const bool blank = word.find(' ') != std::string::npos;
    return blank && word.find_first_of("'\"<>=():,|") == std::string::npos &&
           word.find("->") == std::string::npos;
}

/// Quotes a name given as an option's value, unless it is a single plain word or quoted already.
std::string name(const std::string& text) {
    const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char letter) {
        return std::isalnum(letter) != 0 || letter == '_' || letter == '-';
    });
    if (plain || text.front() == '\'' || text.front() == '"') {
        return text;
    }
    return question::quoted(text);
}

}  // namespace

std::string question_text(const AskOptions& options) {
    std::string text;
    for (const std::string& word : options.words) {
        text += text.empty() ? "" : " ";
        text += options.words.size() > 1 && needs_quotes(word) ? question::quoted(word) : word;
    }
    const auto clause = [&text](std::string_view key, const std::string& value) {
        if (!value.empty()) {
            text += " " + std::string(key) + " " + value;
        }
    };
    clause("per", options.per.empty() ? options.per : name(options.per));
    clause("from", options.from);
    clause("to", options.to);
    clause("by", options.by.empty() ? options.by : name(options.by));
    clause("within", options.within);
    clause("limit", options.limit);
    clause("offset", options.offset);
    clause("where", options.where);
    return text;
}

}  // namespace kokemus::app
