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
                           const Dictionary& scales, const blueprint::Blueprint& blueprint) {
    std::set<Answer, Before> distinct;
    RowSetBuilder answered(rows);
    for (const auto& [row, scale, score] : given) {
        answered.insert(row);
        distinct.insert(Answer{scale, score});
    }
    rows_ = answered.seal();
    std::vector<Answer> answers(distinct.begin(), distinct.end());
    for (auto& answer : answers) {
        place_on_experience(answer, blueprint.scale(scales.text(answer.scale)));
    }
    answers_ = Array(std::move(answers));
    codes_ = CodeColumn::make(given.size(), answers_.size(), [&](auto* codes) {
        for (const auto& [row, scale, score] : given) {
            const auto place = std::ranges::lower_bound(answers_, Answer{scale, score}, Before{});
            codes[rows_.rank(row)] =
                static_cast<WidthOf<decltype(codes)>>(static_cast<Code>(place - answers_.begin()));
        }
    });
}

}  // namespace kokemus::timeline
