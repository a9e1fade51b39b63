#pragma once

#include <span>
#include <string_view>

#include "question/condition_words.h"
#include "question/question.h"

namespace kokemus::question {

/// A kind of question: its word, and the clauses it takes besides `from`, `to`, `where` and
/// `having`, which all take.
struct KindRule {
    std::string_view text;
    Kind kind = Kind::Flow;
    bool per = true;
    bool by = false;        ///< `by FIELD`; a trend's `by week` is its own
    bool within = false;    ///< a duration; of a league a field
    bool adjusted = false;  ///< `adjusted for FIELD`
    bool rows = false;      ///< limit and offset
    bool with = false;      ///< with FACTOR, FACTOR...
    bool seed = false;
};

std::span<const KindRule> kind_rules();
const KindRule& rule_of(Kind kind);

/// day, week, month
std::span<const Word<Grain>> grain_words();

}  // namespace kokemus::question
