#include "blueprint/toml_shape.h"

#include <algorithm>
#include <string>

namespace kokemus::blueprint {
namespace {

constexpr int depth_max = 16;
constexpr int key_parts_max = 16;

/// Walks over TOML, telling strings and comments from structure.
class Walk {
public:
    explicit Walk(std::string_view toml) : rest_(toml) {}

    std::optional<Fault> run() {
        while (!rest_.empty()) {
            if (const auto reason = step()) {
                return Fault{line_, 1, std::string(*reason), Severity::Error};
            }
        }
        return std::nullopt;
    }

private:
    /// Takes one character of structure, a whole comment or a whole string.
    std::optional<std::string_view> step() {
        const char letter = rest_.front();
        if (letter == '#') {
            rest_.remove_prefix(std::min(rest_.find('\n'), rest_.size()));
            return std::nullopt;
        }
        if (letter == '"' || letter == '\'') {
            skip_string(letter);
            return std::nullopt;
        }
        rest_.remove_prefix(1);
        return take(letter);
    }

    std::optional<std::string_view> take(char letter) {
        switch (letter) {
            case '\0': return "the file holds a byte of zero; save it as plain text in UTF-8";
            case '\n': ++line_; [[fallthrough]];
            case ',':
            case '=': key_parts_ = 1; return std::nullopt;
            case '[':
            case '{':
                key_parts_ = 1;
                ++depth_;
                break;
            case ']':
            case '}': depth_ = depth_ > 0 ? depth_ - 1 : 0; break;
            case '.': ++key_parts_; break;
            default: break;
        }
        if (depth_ > depth_max) {
            return "brackets are nested deeper than 16; a blueprint needs no more than 2";
        }
        if (key_parts_ > key_parts_max) {
            return "a dotted key has more than 16 parts; a blueprint needs no more than 4";
        }
        return std::nullopt;
    }

    void skip_string(char quote) {
        const std::string_view triple = quote == '"' ? R"(""")" : "'''";
        const bool long_form = rest_.starts_with(triple);
        rest_.remove_prefix(long_form ? 3 : 1);
        while (!rest_.empty()) {
            if (long_form && rest_.starts_with(triple)) {
                rest_.remove_prefix(3);
                skip_closing_quotes(quote);
                return;
            }
            const char letter = rest_.front();
            if (letter == '\n' && !long_form) {
                return;  // not closed: the parser will say so
            }
            line_ += letter == '\n' ? 1 : 0;
            const bool escaped =
                letter == '\\' && quote == '"' && rest_.size() > 1 && rest_[1] != '\n';
            rest_.remove_prefix(escaped ? 2 : 1);
            if (letter == quote && !long_form) {
                return;
            }
        }
    }

    /// A long string may end in one or two quotes of its own: """she said "yes"""".
    void skip_closing_quotes(char quote) {
        for (int extra = 0; extra < 2 && rest_.starts_with(quote); ++extra) {
            rest_.remove_prefix(1);
        }
    }

    std::string_view rest_;
    int line_ = 1;
    int depth_ = 0;
    int key_parts_ = 1;
};

}  // namespace

std::optional<Fault> find_hostile_shape(std::string_view toml) {
    return Walk(toml).run();
}

}  // namespace kokemus::blueprint
