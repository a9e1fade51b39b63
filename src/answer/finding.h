#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "answer/answer.h"
#include "metric/compare.h"

/// How the rules of the kinds (finding_*.cpp) make a finding.
namespace kokemus::answer {

/// Builds one finding: values for every language beside the words of the English text.
class FindingMaker {
public:
    explicit FindingMaker(std::string_view id) { finding_.id = id; }

    /// A value with the words that say it in the text.
    FindingMaker& value(std::string name, Finding::Content content, std::string words);

    /// The same for text and counts, which say themselves.
    FindingMaker& text(std::string name, const std::string& content);
    FindingMaker& count(std::string name, std::uint64_t count);

    /// Words that only the English text needs.
    FindingMaker& words(std::string name, std::string words);

    /// estimate, low, high (prefixed by `name` and "_" unless that is empty) and n; `{name}` or
    /// `{value}` in the text is the estimate with its interval.
    FindingMaker& estimate(const std::string& name, const Value& value);

    /// `change`, `low`, `high` and `unit`; `{size}` in the text is its amount with its interval.
    FindingMaker& change(const metric::Change& change);

    /// The finding with its text; the maker is empty afterwards.
    Finding done();

private:
    Finding finding_;
    std::vector<std::pair<std::string, std::string>> words_;
};

/// The English sentence of an id, with `{name}` replaced by its words. A bug when there is none.
std::string finding_text(std::string_view id,
                         const std::vector<std::pair<std::string, std::string>>& words);

/// Every id that has a sentence, ascending. For documentation and translations.
std::vector<std::string_view> finding_ids();

/// No encounter is left.
Finding nothing_found();

/// Too few answers to say anything.
Finding not_enough_found(const Value& value);

/// The confidence for each of so many comparisons that leaves 5 % for all of them together
/// (Bonferroni): a finding picks the worst of many, which chance alone makes look bad.
double simultaneous(std::size_t comparisons);

/// "customers", "threads", "journeys"
std::string_view units_word(const question::Unit& unit);

/// "1 thread", "3,496 threads"
std::string units_text(std::uint64_t count, const question::Unit& unit);

}  // namespace kokemus::answer
