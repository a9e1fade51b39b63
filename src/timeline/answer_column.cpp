#include "timeline/answer_column.h"

namespace kokemus::timeline {

void place_on_experience(Answer& answer, const blueprint::Scale* scale) {
    if (scale == nullptr || scale->high <= scale->low) {
        return;
    }
    answer.placed = true;
    answer.experience = to_fixed(blueprint::experience(*scale, answer.score));
}

AnswerColumn::AnswerColumn(std::size_t rows, const std::vector<std::pair<Row, Code>>& given,
                           Array<Answer> answers)
    : answers_(std::move(answers)) {
    RowSetBuilder answered(rows);
    for (const auto& [row, code] : given) {
        answered.insert(row);
    }
    rows_ = answered.seal();
    codes_ = CodeColumn::make(given.size(), answers_.size(), [&](auto* codes) {
        for (const auto& [row, code] : given) {
            codes[rows_.rank(row)] = static_cast<WidthOf<decltype(codes)>>(code);
        }
    });
}

}  // namespace kokemus::timeline
