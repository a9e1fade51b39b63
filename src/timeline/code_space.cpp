#include "timeline/code_space.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>

#include "base/check.h"

namespace kokemus::timeline {

CodeSpace::CodeSpace(std::shared_ptr<const blueprint::Blueprint> blueprint)
    : blueprint_(std::move(blueprint)) {
    CHECK(blueprint_ != nullptr);
    defaults_.emplace_back(0, 0);
    dimensions.resize(blueprint_->dimensions.size());
}

CodeSpace::CodeSpace(const Shared& shared)
    : channels(shared.channels),
      departments(shared.departments),
      employees(shared.employees),
      blueprint_(shared.blueprint),
      touchpoints_(shared.touchpoints),
      scales_(shared.scales) {
    CHECK(blueprint_ != nullptr && shared.dimensions.size() == blueprint_->dimensions.size());
    for (const auto& dimension : shared.dimensions) {
        dimensions.emplace_back(dimension.texts);
    }
    defaults_.emplace_back(0, 0);
    for (Code code = 1; code < touchpoints_.size(); ++code) {
        const auto* declared = blueprint_->touchpoint(touchpoints_.text(code));
        defaults_.emplace_back(declared != nullptr ? channels.intern(declared->channel) : 0,
                               declared != nullptr ? departments.intern(declared->owner) : 0);
    }
    for (const Answer& answer : shared.answers) {
        remember(answer, static_cast<Code>(answers_.size()));
        answers_.append(answer);
    }
}

CodeSpace::Touchpoint CodeSpace::touchpoint(const std::string& name) {
    const Code code = touchpoints_.intern(name);
    if (code == defaults_.size()) {
        const auto* declared = blueprint_->touchpoint(name);
        defaults_.emplace_back(declared != nullptr ? channels.intern(declared->channel) : 0,
                               declared != nullptr ? departments.intern(declared->owner) : 0);
    }
    return {code, defaults_[code].first, defaults_[code].second};
}

void CodeSpace::remember(const Answer& answer, Code code) {
    answer_codes_.emplace(AnswerKey{answer.scale, std::bit_cast<std::uint64_t>(answer.score)},
                          code);
}

Code CodeSpace::answer(const std::string& scale, double score) {
    // Adding zero turns -0 into 0, so that equal scores are equal bits.
    Answer answer{scales_.intern(scale), score + 0.0};
    const auto found =
        answer_codes_.find(AnswerKey{answer.scale, std::bit_cast<std::uint64_t>(answer.score)});
    if (found != answer_codes_.end()) {
        return found->second;
    }
    const auto code = static_cast<Code>(answers_.size());
    place_on_experience(answer, blueprint_->scale(scale));
    remember(answer, code);
    answers_.append(answer);
    return code;
}

void CodeSpace::declare(Shared& shared) const {
    shared.blueprint = blueprint_;
    for (const auto& declared : blueprint_->dimensions) {
        shared.dimensions.push_back(Dimension{declared.name, declared.source, Dictionary()});
    }
}

Shared CodeSpace::shared() {
    const bool same_facts = given_any_ && given_.touchpoints.size() == touchpoints_.size() &&
                            given_.channels.size() == channels.size();
    if (!given_any_) {
        declare(given_);
        given_any_ = true;
    }
    const auto renew = [](Dictionary& given, Interner& texts) {
        if (given.size() != texts.size()) {
            given = texts.dictionary();
        }
    };
    renew(given_.touchpoints, touchpoints_);
    renew(given_.channels, channels);
    renew(given_.departments, departments);
    renew(given_.employees, employees);
    renew(given_.scales, scales_);
    for (std::size_t place = 0; place < dimensions.size(); ++place) {
        renew(given_.dimensions[place].texts, dimensions[place]);
    }
    given_.answers = answers_.array();
    if (!same_facts) {
        given_.facts = make_facts(*blueprint_, given_.touchpoints, given_.channels);
    }
    return given_;
}

void CodeSpace::lose(const std::vector<std::vector<bool>>& lost) {
    (void)shared();  // so that there is one whose texts can be replaced
    for (std::size_t place = 0; place < dimensions.size(); ++place) {
        if (std::ranges::find(lost[place], true) != lost[place].end()) {
            dimensions[place].lose(lost[place]);
            given_.dimensions[place].texts = dimensions[place].dictionary();
        }
    }
}

CodeSpace::Sorted CodeSpace::sorted() const {
    Sorted sorted;
    Shared& shared = sorted.shared;
    declare(shared);
    const auto rank = [](const Interner& texts, Dictionary& dictionary) {
        auto ranked = texts.rank();
        dictionary = std::move(ranked.dictionary);
        return std::move(ranked.code_of);
    };
    sorted.touchpoints = rank(touchpoints_, shared.touchpoints);
    sorted.channels = rank(channels, shared.channels);
    sorted.departments = rank(departments, shared.departments);
    sorted.employees = rank(employees, shared.employees);
    for (std::size_t place = 0; place < dimensions.size(); ++place) {
        sorted.dimensions.push_back(rank(dimensions[place], shared.dimensions[place].texts));
    }
    const auto scales = rank(scales_, shared.scales);
    std::vector<Code> order(answers_.size());
    std::iota(order.begin(), order.end(), Code{0});
    std::ranges::sort(order, [&](Code a, Code b) {
        return std::tuple(scales[answers_[a].scale], answers_[a].score) <
               std::tuple(scales[answers_[b].scale], answers_[b].score);
    });
    std::vector<Answer> answers;
    sorted.answers.resize(order.size());
    for (const Code old : order) {
        sorted.answers[old] = static_cast<Code>(answers.size());
        answers.push_back(answers_[old]);
        answers.back().scale = scales[answers_[old].scale];
    }
    shared.answers = Array(std::move(answers));
    shared.facts = make_facts(*blueprint_, shared.touchpoints, shared.channels);
    return sorted;
}

}  // namespace kokemus::timeline
