#include "timeline/answer_column.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <type_traits>

namespace kokemus::timeline {
namespace {

struct Before {
    bool operator()(const Answer& a, const Answer& b) const {
        return std::tie(a.scale, a.score) < std::tie(b.scale, b.score);
    }
};

void place_on_experience(Answer& answer, const blueprint::Scale* scale) {
    if (scale == nullptr || scale->high <= scale->low) {
        return;
    }
    answer.placed = true;
    answer.experience = to_fixed(blueprint::experience(*scale, answer.score));
}

}  // namespace

AnswerColumn::AnswerColumn(std::size_t rows, const std::vector<Given>& given,
                           const Dictionary& scales, const blueprint::Blueprint& blueprint)
    : rows_(rows) {
    std::set<Answer, Before> distinct;
    for (const auto& [row, scale, score] : given) {
        rows_.insert(row);
        distinct.insert(Answer{scale, score});
    }
    rows_.seal();
    answers_.assign(distinct.begin(), distinct.end());
    for (auto& answer : answers_) {
        place_on_experience(answer, blueprint.scale(scales.text(answer.scale)));
    }
    codes_ = CodeColumn(given.size(), answers_.size());
    codes_.fill([&](auto* codes) {
        for (const auto& [row, scale, score] : given) {
            const auto place = std::ranges::lower_bound(answers_, Answer{scale, score}, Before{});
            codes[rows_.rank(row)] = static_cast<std::decay_t<decltype(codes[0])>>(
                static_cast<Code>(place - answers_.begin()));
        }
    });
}

}  // namespace kokemus::timeline
