#include "question/format.h"

#include <algorithm>
#include <cstdint>
#include <type_traits>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/duration_text.h"
#include "blueprint/reserved_words.h"
#include "question/condition_words.h"
#include "question/question_words.h"
#include "question/token_reader.h"

namespace kokemus::question {
namespace {

std::string quoted_list(const std::vector<std::string>& values, std::string_view between) {
    std::vector<std::string> quotes;
    quotes.reserve(values.size());
    for (const std::string& value : values) {
        quotes.push_back(quoted(value));
    }
    return fmt::format("{}", fmt::join(quotes, between));
}

/// A metric's name without quotes where it is a plain word.
std::string quoted_unless_word(const std::string& name) {
    const bool plain = std::ranges::all_of(
        name, [](char letter) { return (letter >= 'a' && letter <= 'z') || letter == '_'; });
    return plain && !name.empty() && !is_keyword(name) ? name : quoted(name);
}

std::string one_or_list(const std::vector<std::string>& values) {
    return values.size() == 1 ? quoted(values.front()) : "(" + quoted_list(values, ", ") + ")";
}

std::string_view symbol_of(Comparison comparison) {
    switch (comparison) {
        case Comparison::Equal: return "=";
        case Comparison::NotEqual: return "!=";
        case Comparison::Less: return "<";
        case Comparison::LessOrEqual: return "<=";
        case Comparison::Greater: return ">";
        case Comparison::GreaterOrEqual: return ">=";
    }
    return "";
}

/// START and END stand without quotes, so that they cannot be taken for touchpoints.
std::string end_or_quoted(const std::string& name) {
    return name == "START" || name == "END" ? name : quoted(name);
}

std::string channel_or_any(const std::string& channel) {
    return channel.empty() ? "any" : quoted(channel);
}

std::string steps_text(const std::vector<std::vector<std::string>>& steps,
                       std::string_view between) {
    std::vector<std::string> texts;
    texts.reserve(steps.size());
    for (const auto& step : steps) {
        texts.push_back(quoted_list(step, " | "));
    }
    return fmt::format("{}", fmt::join(texts, between));
}

template <typename Value>
std::string words_text(std::span<const Word<Value>> words, const std::vector<Value>& values) {
    std::vector<std::string_view> texts;
    texts.reserve(values.size());
    for (const Value value : values) {
        texts.push_back(word_of(words, value));
    }
    return values.size() == 1 ? std::string(texts.front())
                              : fmt::format("({})", fmt::join(texts, ", "));
}

std::string spell(const ConditionPtr& condition);

/// With parentheses where an `and`, an `or` or a `not` around it would take it apart.
std::string spell_part(const ConditionPtr& part, bool parts_of_or) {
    const bool is_or = std::holds_alternative<Or>(part->is);
    const bool is_and = std::holds_alternative<And>(part->is);
    return is_or || (is_and && !parts_of_or) ? "(" + spell(part) + ")" : spell(part);
}

std::string spell_parts(const std::vector<ConditionPtr>& parts, bool parts_of_or) {
    std::vector<std::string> texts;
    texts.reserve(parts.size());
    for (const ConditionPtr& part : parts) {
        texts.push_back(spell_part(part, parts_of_or));
    }
    return fmt::format("{}", fmt::join(texts, parts_of_or ? " or " : " and "));
}

std::string spell(const TextCondition& text) {
    if (text.values.size() == 1) {
        return fmt::format(
            "{} {} {}", text.field.name, text.negated ? "!=" : "=", quoted(text.values.front()));
    }
    return fmt::format("{} {} ({})",
                       text.field.name,
                       text.negated ? "not in" : "in",
                       quoted_list(text.values, ", "));
}

std::string spell(const NumberCondition& number) {
    std::string value = fmt::format("{}", number.number);
    if (number.field == Field{FieldOf::Encounter, "time"}) {
        value = format_instant(Instant(Milliseconds(static_cast<std::int64_t>(number.number))));
    }
    return fmt::format("{} {} {}", number.field.name, symbol_of(number.comparison), value);
}

std::string spell(const Touches& touches) {
    return "touches " + one_or_list(touches.touchpoints);
}

std::string spell(const Goes& goes) {
    return fmt::format("goes {} -> {}", end_or_quoted(goes.from), end_or_quoted(goes.to));
}

std::string spell(const Follows& follows) {
    return fmt::format(
        "follows {}({})", follows.collapsed ? "collapsed " : "", quoted_list(follows.path, ", "));
}

std::string spell(const Lasts& lasts) {
    return fmt::format("lasts {} {}", symbol_of(lasts.comparison), duration_text(lasts.duration));
}

std::string spell(const Size& size) {
    return fmt::format("encounters {} {}", symbol_of(size.comparison), size.count);
}

std::string spell(const StatusCondition& status) {
    const std::string words = words_text(status_words(), status.statuses);
    const bool single = status.statuses.size() == 1;
    return fmt::format("status {} {}",
                       single ? (status.negated ? "!=" : "=") : (status.negated ? "not in" : "in"),
                       words);
}

std::string promise_text(const std::string& promise, const std::vector<PromiseOutcome>& outcomes) {
    return fmt::format("promise {}is {}",
                       promise.empty() ? "" : quoted(promise) + " ",
                       words_text(outcome_words(), outcomes));
}

std::string spell(const PromiseCondition& promise) {
    return promise_text(promise.promise, promise.outcomes);
}

std::string spell(const MakesPromise& promise) {
    return promise_text(promise.promise, promise.outcomes);
}

std::string spell(const Reaches& reaches) {
    std::string text = fmt::format(
        "{} ({})", reaches.exactly == 0 ? "reaches" : "stops", steps_text(reaches.steps, ", "));
    if (reaches.exactly != 0) {
        text += fmt::format(" at {}", reaches.exactly);
    }
    return reaches.within ? fmt::format("{} within {}", text, duration_text(*reaches.within))
                          : text;
}

std::string spell(const Switches& switches) {
    std::string text = switches.forced ? "switches forced" : "switches";
    if (switches.from_channel.empty() && switches.to_channel.empty()) {
        return text;
    }
    return fmt::format("{} {} -> {}",
                       text,
                       channel_or_any(switches.from_channel),
                       channel_or_any(switches.to_channel));
}

std::string within_text(std::string_view words, Milliseconds within, Milliseconds usual) {
    return within == usual ? std::string(words)
                           : fmt::format("{} within {}", words, duration_text(within));
}

std::string spell(const Repeats& repeats) {
    return within_text("repeats", repeats.within, Repeats{}.within);
}

std::string spell(const FirstContact& contact) {
    return within_text(
        contact.repeated ? "repeats" : "first contact", contact.within, FirstContact{}.within);
}

std::string spell(const Deviates& deviates) {
    std::string text = "deviates from " + quoted(deviates.journey);
    if (deviates.deviation != Deviation::Any) {
        text += fmt::format(
            " {} {}", word_of(deviation_words(), deviates.deviation), quoted(deviates.touchpoint));
    }
    return text;
}

std::string spell(const Has& has) {
    return "has (" + spell(has.inner) + ")";
}

std::string spell(const And& all) {
    return spell_parts(all.parts, false);
}

std::string spell(const Or& any) {
    return spell_parts(any.parts, true);
}

std::string spell(const Not& no) {
    return "not " + spell_part(no.part, false);
}

std::string spell(const ConditionPtr& condition) {
    return std::visit([](const auto& is) { return spell(is); }, condition->is);
}

std::string outcome_text(const Question& question) {
    std::string text = question.outcome ? " of " + format_outcome(*question.outcome) : "";
    std::string_view before = " with ";
    for (const Factor& factor : question.factors) {
        text += before;
        text += format(factor);
        before = ", ";
    }
    return text;
}

/// What stands between the kind and the clauses.
std::string subject_of(const Question& question) {
    switch (question.kind) {
        case Kind::Flow: return question.counts_only ? " counts" : "";
        case Kind::Variants: return question.collapse ? " collapsed" : "";
        case Kind::Causes: return " of " + steps_text(question.steps, " then ");
        case Kind::Funnel: return " " + steps_text(question.steps, " then ");
        case Kind::Trend:
            return fmt::format(" {} by {}",
                               quoted_unless_word(question.metric),
                               word_of(grain_words(), question.grain));
        case Kind::League: return " of " + quoted_unless_word(question.metric);
        case Kind::Breakdown: return " " + quoted_unless_word(question.metric);
        case Kind::Lateness:
        case Kind::Foresight:
        case Kind::Promises: return question.promise.empty() ? "" : " " + quoted(question.promise);
        case Kind::Timeline: return " " + quoted(question.customer);
        case Kind::Drivers: return outcome_text(question);
        default: return "";
    }
}

std::string per_text(const Unit& per) {
    switch (per.kind) {
        case UnitKind::Customer: return "";
        case UnitKind::Thread: return " per thread";
        case UnitKind::Journey: return " per " + quoted(per.journey);
    }
    return "";
}

}  // namespace

std::string quoted(std::string_view name) {
    std::string out = "'";
    for (const char letter : name) {
        out += letter;
        if (letter == '\'') {
            out += letter;
        }
    }
    return out + "'";
}

std::string spelled(std::string_view name) {
    const bool plain =
        blueprint::is_word(name) && !is_keyword(name) && std::ranges::all_of(name, [](char letter) {
            return static_cast<unsigned char>(letter) < 0x80;
        });
    return plain ? std::string(name) : quoted(name);
}

std::string format(const ConditionPtr& condition) {
    return condition == nullptr ? "" : spell(condition);
}

std::string format(const Question& question) {
    std::string text(rule_of(question.kind).text);
    text += subject_of(question);
    if (question.by) {
        text += " by " + question.by->name;
    }
    if (question.adjusted_for) {
        text += " adjusted for " + question.adjusted_for->name;
    }
    if (question.among) {
        text += " within " + question.among->name;
    }
    if (question.within) {
        text += " within " + duration_text(*question.within);
    }
    text += per_text(question.per);
    if (question.range.from != Instant::min()) {
        text += " from " + format_instant(question.range.from);
    }
    if (question.range.to != Instant::max()) {
        text += " to " + format_instant(question.range.to);
    }
    if (question.where != nullptr) {
        text += " where " + spell(question.where);
    }
    if (question.having != nullptr) {
        text += " having " + spell(question.having);
    }
    if (question.limit != 0) {
        text += fmt::format(" limit {}", question.limit);
    }
    if (question.offset != 0) {
        text += fmt::format(" offset {}", question.offset);
    }
    if (question.seed) {
        text += fmt::format(" seed {}", *question.seed);
    }
    return text;
}

}  // namespace kokemus::question
