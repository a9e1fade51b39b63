#include "question/question_suggest.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "blueprint/blueprint_text.h"
#include "blueprint/reserved_words.h"
#include "question/condition_words.h"
#include "question/field.h"
#include "question/format.h"
#include "question/token.h"
#include "question/token_reader.h"

namespace kokemus::question {
namespace {

constexpr std::size_t suggestions_max = 50;

/// What is wanted next.
enum class Want { Condition, Operator, Value, Join };

/// What the values of the present condition are.
enum class Topic {
    Field,
    Touchpoint,
    End,
    Channel,
    Promise,
    Outcome,
    Status,
    Number,
    Duration,
    Journey
};

/// Follows a filter word by word, as far as suggesting needs: it is more lenient than the parser.
class Walk {
public:
    explicit Walk(const blueprint::Blueprint& blueprint) : blueprint_(blueprint) {}

    void take(const Token& token) {
        const std::string word = token.kind == Token::Kind::Word ? lower(token.text) : "";
        switch (want) {
            case Want::Condition: begin_condition(token, word); break;
            case Want::Operator: want = word == "not" ? Want::Operator : Want::Value; break;
            case Want::Value: take_value(token, word); break;
            case Want::Join: join(token, word); break;
        }
    }

    Want want = Want::Condition;
    Topic topic = Topic::Field;
    std::optional<Field> field;
    std::string condition;  ///< the word of the condition on the unit; "" for one on a field

private:
    void begin_condition(const Token& token, const std::string& word) {
        if (word == "not" || word == "and" || word == "or" || token.text == "(") {
            return;
        }
        field.reset();
        condition = word;
        const auto words = unit_condition_words();
        if (std::ranges::find(words, word) != words.end()) {
            begin_unit_condition(word);
            return;
        }
        field = find_field(token.text, blueprint_);
        condition.clear();
        topic = Topic::Field;
        want = Want::Operator;
    }

    void begin_unit_condition(const std::string& word) {
        want = Want::Value;
        if (word == "has") {
            want = Want::Condition;
        } else if (word == "repeats") {
            want = Want::Join;
        } else if (word == "status" || word == "lasts" || word == "encounters") {
            want = Want::Operator;
        }
        topic = word == "switches"     ? Topic::Channel
                : word == "promise"    ? Topic::Promise
                : word == "status"     ? Topic::Status
                : word == "lasts"      ? Topic::Duration
                : word == "encounters" ? Topic::Number
                : word == "deviates"   ? Topic::Journey
                                       : Topic::Touchpoint;
    }

    void take_value(const Token& token, const std::string& word) {
        if (token.kind == Token::Kind::Symbol || word == "collapsed" || word == "forced" ||
            (topic == Topic::Journey && word == "from")) {
            return;
        }
        if (word == "is") {
            topic = Topic::Outcome;
            return;
        }
        // `switches` may stand alone, so that the next word may join.
        if (topic == Topic::Channel && (word == "and" || word == "or")) {
            want = Want::Condition;
            return;
        }
        want = Want::Join;
    }

    void join(const Token& token, const std::string& word) {
        if (token.text == "," || token.text == "|" || word == "then" || word == "risk") {
            want = word == "risk" ? Want::Join : Want::Value;
        } else if (token.text == "->") {
            topic = topic == Topic::Touchpoint ? Topic::End : topic;
            want = Want::Value;
        } else if (word == "is") {
            topic = Topic::Outcome;
            want = Want::Value;
        } else if (topic == Topic::Journey && is_deviation(word)) {
            topic = Topic::Touchpoint;
            want = Want::Value;
        } else if (word == "within" || word == "at") {
            topic = word == "at" ? Topic::Number : Topic::Duration;
            want = Want::Value;
        } else if (token.text != ")") {
            want = Want::Condition;
            begin_condition(token, word);
        }
    }

    static bool is_deviation(const std::string& word) {
        return std::ranges::any_of(deviation_words(),
                                   [&](const auto& each) { return each.text == word; });
    }

    const blueprint::Blueprint& blueprint_;
};

/// Gathers what fits the word begun: first what begins with it, then what holds it.
class Gathering {
public:
    explicit Gathering(std::string_view prefix) : prefix_(lower(prefix)) {}

    void add(std::string_view text, std::string_view kind) { put(text, std::string(text), kind); }
    void add_value(const std::string& value) { put(value, spelled(value), "value"); }

    template <typename Declared>
    void add_names(const std::vector<Declared>& all) {
        for (const Declared& each : all) {
            add_value(each.name);
        }
    }

    std::vector<Suggestion> take() {
        begins_.insert(begins_.end(), holds_.begin(), holds_.end());
        begins_.resize(std::min(begins_.size(), suggestions_max));
        return std::move(begins_);
    }

private:
    void put(std::string_view value, std::string text, std::string_view kind) {
        const std::string lowered = lower(value);
        const auto at = lowered.find(prefix_);
        auto& list = at == 0 ? begins_ : holds_;
        Suggestion suggestion{std::move(text), std::string(kind)};
        if (!value.empty() && at != std::string::npos && list.size() < suggestions_max &&
            std::ranges::find(list, suggestion) == list.end()) {
            list.push_back(std::move(suggestion));
        }
    }

    std::string prefix_;
    std::vector<Suggestion> begins_;
    std::vector<Suggestion> holds_;
};

void add_conditions(Gathering& gathering, const blueprint::Blueprint& blueprint) {
    for (const std::string_view name : field_names(blueprint)) {
        gathering.add(name, "field");
    }
    for (const std::string_view word : unit_condition_words()) {
        gathering.add(word, "condition");
    }
    gathering.add("not", "keyword");
}

void add_operators(Gathering& gathering, const Walk& walk) {
    const bool number = walk.topic == Topic::Number || walk.topic == Topic::Duration ||
                        (walk.field && is_number(*walk.field));
    if (number) {
        for (const char* symbol : {"<", "<=", "=", ">=", ">", "!="}) {
            gathering.add(symbol, "operator");
        }
        return;
    }
    for (const char* symbol : {":", "!:", "=", "!=", "in (", "not in ("}) {
        gathering.add(symbol, "operator");
    }
}

/// The values of a field that the blueprint knows.
void add_field_values(Gathering& gathering, const std::string& field,
                      const blueprint::Blueprint& blueprint) {
    if (field == "channel") {
        gathering.add_names(blueprint.channels);
    } else if (field == "touchpoint") {
        gathering.add_names(blueprint.touchpoints);
    } else if (field == "scale") {
        gathering.add_names(blueprint.scales);
    } else if (field == "kind") {
        using blueprint::ChannelKind;
        for (const ChannelKind kind : {ChannelKind::SelfService,
                                       ChannelKind::Human,
                                       ChannelKind::Bot,
                                       ChannelKind::Message}) {
            gathering.add(blueprint::name_of(kind), "value");
        }
    } else if (field == "stage") {
        for (const std::string& stage : blueprint.stages) {
            gathering.add_value(stage);
        }
    }
    for (const auto& touchpoint : blueprint.touchpoints) {
        gathering.add_value(field == "department" ? touchpoint.owner
                            : field == "topic"    ? touchpoint.topic
                            : field == "stage"    ? touchpoint.stage
                                                  : "");
    }
}

void add_values(Gathering& gathering, const Walk& walk, const blueprint::Blueprint& blueprint) {
    switch (walk.topic) {
        case Topic::Field:
            add_field_values(gathering, walk.field ? walk.field->name : "", blueprint);
            break;
        case Topic::Touchpoint:
        case Topic::End:
            gathering.add_names(blueprint.touchpoints);
            if (walk.condition == "goes") {
                gathering.add(walk.topic == Topic::End ? "END" : "START", "keyword");
            }
            break;
        case Topic::Channel:
            gathering.add_names(blueprint.channels);
            gathering.add("any", "keyword");
            gathering.add("forced", "keyword");
            break;
        case Topic::Promise:
            gathering.add_names(blueprint.promises);
            gathering.add("is", "keyword");
            break;
        case Topic::Outcome:
            for (const auto& word : outcome_words()) {
                gathering.add(word.text, "value");
            }
            break;
        case Topic::Status:
            for (const auto& word : status_words()) {
                gathering.add(word.text, "value");
            }
            break;
        case Topic::Duration:
            for (const char* duration : {"1h", "1d", "7d", "30d"}) {
                gathering.add(duration, "value");
            }
            break;
        case Topic::Journey:
            gathering.add("from", "keyword");
            gathering.add_names(blueprint.journeys);
            break;
        case Topic::Number: break;
    }
}

void add_joining_words(Gathering& gathering, const Walk& walk) {
    const bool arrow = (walk.condition == "goes" && walk.topic == Topic::Touchpoint) ||
                       walk.condition == "switches";
    if (arrow) {
        gathering.add("->", "operator");
    }
    if (walk.topic == Topic::Promise) {
        gathering.add("is", "keyword");
    }
    if (walk.topic == Topic::Journey) {
        for (const auto& word : deviation_words()) {
            gathering.add(word.text, "keyword");
        }
    }
    const bool timed =
        walk.condition == "reaches" || walk.condition == "stops" || walk.condition == "repeats";
    if (timed && walk.topic != Topic::Duration) {
        gathering.add("within", "keyword");
    }
    gathering.add("and", "keyword");
    gathering.add("or", "keyword");
}

/// The first `count` characters of a text, at most all of it.
std::string_view first_characters(std::string_view text, std::size_t count) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        const bool begins = (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
        if (begins && count-- == 0) {
            break;
        }
    }
    return text.substr(0, at);
}

/// The tokens before the cursor, and the word begun there.
struct Context {
    std::vector<Token> before;
    Token begun;  ///< kind End: none
};

std::optional<Context> context_of(std::string_view text) {
    auto tokens = tokenize(text);
    bool open = false;
    for (const char* quote : {"'", "\""}) {
        if (!tokens) {
            tokens = tokenize(std::string(text) + quote);
            open = true;
        }
    }
    if (!tokens) {
        return std::nullopt;
    }
    Context context{std::move(*tokens), {}};
    context.begun = context.before.back();
    context.before.pop_back();
    if (context.before.empty()) {
        return context;
    }
    const Token& last = context.before.back();
    const bool word = last.kind == Token::Kind::Word || last.kind == Token::Kind::Number;
    if (open || (word && last.end == text.size())) {
        context.begun = last;
        context.before.pop_back();
    }
    return context;
}

}  // namespace

Suggestions suggest_filter(std::string_view text, std::size_t cursor,
                           const blueprint::Blueprint& blueprint) {
    Suggestions suggestions;
    suggestions.begin = cursor;
    const auto context = context_of(first_characters(text, cursor));
    if (!context) {
        return suggestions;
    }
    Walk walk(blueprint);
    for (const Token& token : context->before) {
        walk.take(token);
    }
    suggestions.begin = static_cast<std::size_t>(context->begun.column - 1);
    suggestions.prefix = context->begun.text;
    Gathering gathering(suggestions.prefix);
    switch (walk.want) {
        case Want::Condition: add_conditions(gathering, blueprint); break;
        case Want::Operator: add_operators(gathering, walk); break;
        case Want::Value:
            add_values(gathering, walk, blueprint);
            if (walk.topic == Topic::Field && walk.field && !is_number(*walk.field)) {
                suggestions.field = walk.field->name;
            }
            break;
        case Want::Join:
            add_joining_words(gathering, walk);
            add_conditions(gathering, blueprint);
            break;
    }
    suggestions.list = gathering.take();
    return suggestions;
}

}  // namespace kokemus::question
