#include "question/question_parse.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/limits.h"
#include "base/nearest.h"
#include "base/text.h"
#include "question/condition_parse.h"
#include "question/date_parse.h"
#include "question/factor_parse.h"
#include "question/field.h"
#include "question/question_words.h"

namespace kokemus::question {
namespace {

/// The last day that can be spelled: a range that goes on to its end has no end.
constexpr Instant last_day = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);

template <typename Declared>
std::vector<std::string_view> names_of(const std::vector<Declared>& all) {
    std::vector<std::string_view> names;
    names.reserve(all.size());
    for (const Declared& each : all) {
        names.emplace_back(each.name);
    }
    return names;
}

}  // namespace

Result<Question> QuestionParser::parse() {
    TRY(parse_kind());
    while (!reader_.at_end()) {
        TRY(parse_clause());
    }
    TRY(check(reader_.peek().column));
    return std::move(question_);
}

Status QuestionParser::parse_kind() {
    const Token token = reader_.peek();
    std::vector<std::string_view> words;
    for (const KindRule& rule : kind_rules()) {
        words.push_back(rule.text);
    }
    if (token.kind == Token::Kind::End) {
        return reader_.fail(
            fmt::format("the question is empty; begin with {}", fmt::join(words, ", ")));
    }
    if (token.kind == Token::Kind::Quoted) {
        return reader_.fail("a question begins with a word that stands without quotes");
    }
    const auto found = std::ranges::find_if(
        kind_rules(), [this](const KindRule& rule) { return reader_.is_word(rule.text); });
    if (found == kind_rules().end()) {
        return reader_.fail(fmt::format("there is no question {}; begin with {}{}",
                                        quote(token.text),
                                        fmt::join(words, ", "),
                                        did_you_mean(token.text, words)));
    }
    reader_.next();
    question_.kind = found->kind;
    switch (found->kind) {
        case Kind::Flow: question_.counts_only = reader_.take_word("counts"); break;
        case Kind::Variants: question_.collapse = reader_.take_word("collapsed"); break;
        case Kind::Funnel: return parse_steps();
        case Kind::Causes:
            reader_.take_word("of");
            question_.steps.push_back(TRY(reader_.step()));
            break;
        case Kind::League: reader_.take_word("of"); [[fallthrough]];
        case Kind::Trend:
        case Kind::Breakdown: return parse_metric();
        case Kind::Promises: return parse_promise();
        case Kind::Lateness:
        case Kind::Foresight: return parse_one_promise();
        case Kind::Timeline: return parse_customer();
        case Kind::Drivers: return parse_outcome();
        default: break;
    }
    return {};
}

Status QuestionParser::parse_steps() {
    do {
        if (question_.steps.size() == limits::funnel_steps_max) {
            return reader_.fail(fmt::format("more than {} steps", limits::funnel_steps_max));
        }
        question_.steps.push_back(TRY(reader_.step()));
    } while (reader_.take_word("then"));
    if (question_.steps.size() < 2) {
        return reader_.fail("a funnel has at least two steps; write then and the next one");
    }
    return {};
}

Status QuestionParser::parse_metric() {
    const int column = reader_.peek().column;
    question_.metric = TRY(reader_.name("a metric, such as nps"));
    if (blueprint_.metric(question_.metric) == nullptr) {
        const auto names = names_of(blueprint_.metrics);
        return error_at(column,
                        fmt::format("there is no metric {}{}",
                                    quote(question_.metric),
                                    did_you_mean(question_.metric, names)));
    }
    return {};
}

Status QuestionParser::parse_promise() {
    const Token token = reader_.peek();
    if (token.kind == Token::Kind::End ||
        (token.kind == Token::Kind::Word && is_clause_word(token.text))) {
        return {};
    }
    question_.promise = TRY(reader_.name("a promise"));
    if (blueprint_.promise(question_.promise) == nullptr) {
        const auto names = names_of(blueprint_.promises);
        return error_at(token.column,
                        fmt::format("the blueprint has no promise {}{}",
                                    quote(question_.promise),
                                    did_you_mean(question_.promise, names)));
    }
    return {};
}

Status QuestionParser::parse_one_promise() {
    TRY(parse_promise());
    return question_.promise.empty() ? reader_.expected("the name of a promise") : Status();
}

Status QuestionParser::parse_customer() {
    question_.customer = TRY(reader_.name("a customer"));
    return {};
}

Status QuestionParser::parse_outcome() {
    TRY(reader_.need_word("of"));
    question_.outcome = TRY(FactorParser(reader_, blueprint_).parse_outcome());
    return {};
}

Status QuestionParser::parse_clause() {
    const Token token = reader_.peek();
    if (token.kind != Token::Kind::Word || !is_clause_word(token.text)) {
        return reader_.expected(
            "a clause: per, from, to, where, having, by, adjusted, within, with, limit, offset or "
            "seed");
    }
    const std::string word = lower(token.text);
    if (!clauses_.insert(word).second) {
        const bool filter = word == "where" || word == "having";
        return reader_.fail(fmt::format(
            "{} stands twice; {}", word, filter ? "join both with and" : "leave one out"));
    }
    const KindRule& rule = rule_of(question_.kind);
    const bool grain = question_.kind == Kind::Trend && word == "by";
    const bool refused = (word == "per" && !rule.per) || (word == "by" && !rule.by && !grain) ||
                         (word == "within" && !rule.within) ||
                         (word == "adjusted" && !rule.adjusted) ||
                         ((word == "limit" || word == "offset") && !rule.rows) ||
                         (word == "with" && !rule.with) || (word == "seed" && !rule.seed);
    if (refused) {
        return reader_.fail(fmt::format("{} takes no {}; leave it out", rule.text, word));
    }
    reader_.next();
    if (word == "adjusted") {
        TRY(reader_.need_word("for"));
        question_.adjusted_for = TRY(parse_text_field());
        return {};
    }
    if (word == "within" && question_.kind == Kind::League) {
        question_.among = TRY(parse_text_field());
        return {};
    }
    if (word == "within") {
        const int column = reader_.peek().column;
        question_.within = TRY(reader_.duration("a duration, such as 7d"));
        return *question_.within > Milliseconds(0)
                   ? Status()
                   : error_at(column, "write a duration of more than zero");
    }
    return word == "per"      ? parse_per()
           : word == "from"   ? parse_from()
           : word == "to"     ? parse_to()
           : word == "by"     ? parse_by()
           : word == "where"  ? parse_filter(question_.where)
           : word == "having" ? parse_filter(question_.having)
           : word == "with"   ? parse_with()
           : word == "seed"   ? parse_seed()
                              : parse_rows(word);
}

Status QuestionParser::parse_per() {
    const Token token = reader_.peek();
    if (reader_.take_word("customer")) {
        return {};
    }
    if (reader_.take_word("thread")) {
        question_.per.kind = UnitKind::Thread;
        return {};
    }
    const std::string journey = TRY(reader_.name("customer, thread or the name of a journey"));
    if (blueprint_.journey(journey) == nullptr) {
        auto names = names_of(blueprint_.journeys);
        names.emplace_back("customer");
        names.emplace_back("thread");
        return error_at(
            token.column,
            fmt::format(
                "the blueprint has no journey {}{}", quote(journey), did_you_mean(journey, names)));
    }
    question_.per = {UnitKind::Journey, journey};
    return {};
}

Status QuestionParser::parse_from() {
    question_.range.from = TRY(parse_date(reader_, blueprint_)).start;
    return {};
}

Status QuestionParser::parse_to() {
    const Instant to = TRY(parse_date(reader_, blueprint_)).after;
    question_.range.to = to > last_day ? Instant::max() : to;
    return {};
}

Status QuestionParser::parse_by() {
    if (question_.kind == Kind::Trend) {
        for (const auto& grain : grain_words()) {
            if (reader_.take_word(grain.text)) {
                question_.grain = grain.value;
                return {};
            }
        }
        return reader_.expected("day, week or month (for the values of a field, ask breakdown)");
    }
    question_.by = TRY(parse_text_field());
    return {};
}

Result<Field> QuestionParser::parse_text_field() {
    const Token token = reader_.peek();
    const std::string name = TRY(reader_.name("a field"));
    const auto field = find_field(name, blueprint_);
    if (!field) {
        return error_at(token.column,
                        fmt::format("there is no field {}{}",
                                    quote(name),
                                    did_you_mean(name, field_names(blueprint_))));
    }
    if (is_number(*field)) {
        return error_at(
            token.column,
            fmt::format("{} is a number; break down by a field of text, such as channel",
                        field->name));
    }
    return *field;
}

Status QuestionParser::parse_filter(ConditionPtr& into) {
    const int column = reader_.peek().column;
    into = TRY(ConditionParser(reader_, blueprint_).parse());
    if (reader_.is_symbol(")")) {
        return reader_.fail("there is no \"(\" that this closes");
    }
    if (&into == &question_.having && sight_of(into) == Sight::Encounter) {
        return error_at(
            column, "having judges whole units; write has (...) around conditions on an encounter");
    }
    return {};
}

Status QuestionParser::parse_rows(std::string_view word) {
    if (word == "limit") {
        question_.limit =
            TRY(reader_.whole_number("a number of rows", 1, limits::rows_per_page_max));
        return {};
    }
    constexpr std::size_t offset_max = 1'000'000'000;
    question_.offset = TRY(reader_.whole_number("a number of rows to leave out", 0, offset_max));
    return {};
}

Status QuestionParser::parse_with() {
    question_.factors = TRY(FactorParser(reader_, blueprint_).parse_list());
    return {};
}

Status QuestionParser::parse_seed() {
    constexpr std::size_t seed_max = 1'000'000'000;
    question_.seed = TRY(reader_.whole_number("a whole number", 0, seed_max));
    return {};
}

Status QuestionParser::check(int end_column) {
    if (question_.kind == Kind::Breakdown && !question_.by) {
        return error_at(end_column, "a breakdown needs its field; write by channel, say");
    }
    if (question_.kind == Kind::Drivers && question_.by &&
        (question_.by->name == "customer" || question_.by->name == "thread")) {
        return error_at(end_column,
                        fmt::format("no units are to be compared by {}; write by a field that many "
                                    "share, such as channel",
                                    question_.by->name));
    }
    if (question_.kind == Kind::League) {
        TRY(check_league(end_column));
    }
    if (question_.kind == Kind::Conformance) {
        TRY(check_path(end_column));
    }
    if (question_.range.from >= question_.range.to) {
        return error_at(end_column, "the range is empty: from is not before to");
    }
    TRY(check_completion(question_.metric, end_column));
    if (question_.outcome && question_.outcome->of == FactorOf::Metric) {
        TRY(check_completion(question_.outcome->name, end_column));
    }
    for (const Factor& factor : question_.factors) {
        if (factor == *question_.outcome) {
            return error_at(end_column, "what is to be explained is one of its factors, too");
        }
        TRY(check_completion(factor.of == FactorOf::Metric ? factor.name : "", end_column));
    }
    return {};
}

Status QuestionParser::check_league(int end_column) {
    if (!question_.by) {
        return error_at(end_column, "a league needs its units; write by department, say");
    }
    if (question_.adjusted_for == question_.by || question_.among == question_.by) {
        return error_at(end_column,
                        fmt::format("{} are the units of this league; adjust it for another field, "
                                    "and say within of another",
                                    question_.by->name));
    }
    return {};
}

Status QuestionParser::check_path(int end_column) {
    if (question_.per.kind != UnitKind::Journey) {
        return error_at(end_column,
                        "conformance holds episodes against the path of their journey; write per "
                        "and the name of a journey");
    }
    const std::string fault = fault_of_path(*blueprint_.journey(question_.per.journey));
    return fault.empty() ? Status() : error_at(end_column, fault);
}

Status QuestionParser::check_completion(const std::string& of_metric, int end_column) {
    const blueprint::Metric* metric = blueprint_.metric(of_metric);
    if (metric == nullptr || metric->kind != blueprint::MetricKind::Completion) {
        return {};
    }
    if (metric->journey.empty()) {
        return question_.per.kind == UnitKind::Journey
                   ? Status()
                   : error_at(end_column,
                              fmt::format("{} counts episodes; write per and the name of a journey",
                                          of_metric));
    }
    const Unit of_its_journey{UnitKind::Journey, metric->journey};
    if (clauses_.count("per") > 0 && question_.per != of_its_journey) {
        return error_at(end_column,
                        fmt::format("{} is of the journey {}; write per {} or leave per out",
                                    of_metric,
                                    quote(metric->journey),
                                    quote(metric->journey)));
    }
    question_.per = of_its_journey;
    return {};
}

}  // namespace kokemus::question
