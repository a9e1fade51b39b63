#pragma once

#include <span>
#include <string_view>

#include "question/filter.h"

namespace kokemus::question {

/// A word and what it stands for.
template <typename Value>
struct Word {
    std::string_view text;
    Value value;
};

/// completed, abandoned, open
std::span<const Word<EpisodeStatus>> status_words();

/// kept, late, broken, open, and "at risk", which is two words
std::span<const Word<PromiseOutcome>> outcome_words();

/// without, adding, moving: the words behind `deviates from 'journey'`
std::span<const Word<Deviation>> deviation_words();

/// The words that begin a condition on the unit: touches, goes, follows...
std::span<const std::string_view> unit_condition_words();

/// The canonical spelling of a value of such a list.
template <typename Value>
std::string_view word_of(std::span<const Word<Value>> words, Value value) {
    for (const auto& word : words) {
        if (word.value == value) {
            return word.text;
        }
    }
    return "";
}

}  // namespace kokemus::question
