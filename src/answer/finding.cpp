#include "answer/finding.h"

#include <algorithm>

#include "answer/number_text.h"
#include "base/text.h"
#include "stats/confidence.h"

namespace kokemus::answer {

FindingMaker& FindingMaker::value(std::string name, Finding::Content content, std::string words) {
    words_.emplace_back(name, std::move(words));
    finding_.values.emplace_back(std::move(name), std::move(content));
    return *this;
}

FindingMaker& FindingMaker::text(std::string name, const std::string& content) {
    return value(std::move(name), content, content);
}

FindingMaker& FindingMaker::count(std::string name, std::uint64_t count) {
    return value(std::move(name), count, count_text(count));
}

FindingMaker& FindingMaker::words(std::string name, std::string words) {
    words_.emplace_back(std::move(name), std::move(words));
    return *this;
}

FindingMaker& FindingMaker::estimate(const std::string& name, const Value& value) {
    const std::string prefix = name.empty() ? "" : name + "_";
    finding_.values.emplace_back(prefix + "estimate", value.is.estimate);
    finding_.values.emplace_back(prefix + "low", value.is.interval.low);
    finding_.values.emplace_back(prefix + "high", value.is.interval.high);
    finding_.values.emplace_back(prefix + "n", value.is.n);
    finding_.values.emplace_back(prefix + "unit", std::string(metric::name_of(value.unit)));
    words_.emplace_back(name.empty() ? "value" : name, value_text(value));
    return *this;
}

FindingMaker& FindingMaker::change(const metric::Change& change) {
    finding_.values.emplace_back("change", change.estimate);
    finding_.values.emplace_back("low", change.interval.low);
    finding_.values.emplace_back("high", change.interval.high);
    finding_.values.emplace_back("unit", std::string(metric::name_of(change.unit)));
    words_.emplace_back("size", size_text(change));
    return *this;
}

Finding FindingMaker::done() {
    finding_.text = finding_text(finding_.id, words_);
    return std::move(finding_);
}

Finding nothing_found() {
    return FindingMaker("nothing").done();
}

Finding not_enough_found(const Value& value) {
    return FindingMaker("not_enough").count("n", value.is.n).count("needed", value.needed).done();
}

double simultaneous(std::size_t comparisons) {
    const auto times = static_cast<double>(std::max<std::size_t>(comparisons, 1));
    return 1 - (1 - stats::usual_confidence) / times;
}

std::string_view units_word(const question::Unit& unit) {
    switch (unit.kind) {
        case question::UnitKind::Customer: return "customers";
        case question::UnitKind::Thread: return "threads";
        case question::UnitKind::Journey: return "journeys";
    }
    return "units";
}

std::string units_text(std::uint64_t count, const question::Unit& unit) {
    const std::string_view many = units_word(unit);
    return count_of(count, many.substr(0, many.size() - 1), many);
}

}  // namespace kokemus::answer
