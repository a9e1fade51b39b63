#pragma once

#include "blueprint/blueprint.h"
#include "question/factor.h"
#include "question/token_reader.h"

namespace kokemus::question {

/// Reads factors from the tokens of a question.
///
/// A word that begins a factor (`late 'delivery'`) does so only where what it needs follows; else
/// it is a field (a dimension called `late`). Without quotes a word is a field before it is a
/// metric; in quotes it is a metric.
class FactorParser {
public:
    /// Both must outlive the parser.
    FactorParser(TokenReader& reader, const blueprint::Blueprint& blueprint)
        : reader_(reader),
          blueprint_(blueprint) {}

    /// A factor of a list.
    Result<Factor> parse();

    /// What is to be explained: as above, but a word is a metric, and no text.
    Result<Factor> parse_outcome();

    /// Several, apart by commas; none may stand twice.
    Result<std::vector<Factor>> parse_list();

private:
    std::optional<FactorOf> take_factor_word();
    Result<Factor> parse_after(FactorOf of);
    Result<Factor> parse_condition();
    Result<Factor> parse_wait();
    Result<Factor> parse_promise(FactorOf of);
    Result<Factor> parse_distinct();
    Result<Factor> parse_mean();
    Result<Factor> parse_number();
    Result<Factor> parse_name();
    Result<Field> parse_text_field();
    Result<Factor> metric_named(const Token& token);

    TokenReader& reader_;
    const blueprint::Blueprint& blueprint_;
};

}  // namespace kokemus::question
