#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "blueprint/blueprint.h"
#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/exact_moments.h"
#include "timeline/row_set.h"

namespace kokemus::timeline {

/// A score on a scale, as given; one for each distinct pair.
struct Answer {
    Code scale = 0;
    double score = 0;
    bool placed = false;  ///< the blueprint knows the scale, so `experience` means something
    Fixed experience =
        0;  ///< moved linearly to -3 (worst) .. +3 (best); beyond the scale's ends it is its end

    friend bool operator==(const Answer&, const Answer&) = default;
};

/// Places an answer on the experience scale, when the blueprint knows its scale (else nullptr).
void place_on_experience(Answer& answer, const blueprint::Scale* scale);

/// The scores of those rows that have one, as codes of the distinct answers that all parts share. A
/// scale without a score and a score that is not finite are no answer.
class AnswerColumn {
public:
    AnswerColumn() = default;

    /// From (row, code of the answer) in any order, each row at most once.
    AnswerColumn(std::size_t rows, const std::vector<std::pair<Row, Code>>& given,
                 Array<Answer> answers);

    /// Nothing where the row has no score.
    std::optional<Code> code_at(Row row) const {
        if (!rows_.contains(row)) {
            return std::nullopt;
        }
        return codes_[rows_.rank(row)];
    }

    /// nullptr where the row has no score.
    const Answer* at(Row row) const {
        const auto code = code_at(row);
        return code ? &answers_[*code] : nullptr;
    }

    /// The rows that have an answer.
    const RowSet& rows() const { return rows_; }

    /// The answers of these rows, by their rank.
    const CodeColumn& codes() const { return codes_; }
    Code code(std::size_t rank) const { return codes_[rank]; }

    /// All distinct answers, as parts share them.
    const Array<Answer>& answers() const { return answers_; }
    std::size_t bytes() const { return rows_.bytes() + codes_.bytes(); }

    /// Looks up in these answers from now on, which hold the present ones under the same codes.
    void set_answers(Array<Answer> answers) { answers_ = std::move(answers); }

    /// Whether every row below `rows` can be asked for and every code is one of so many answers (of
    /// columns from a file).
    bool is_sound(std::size_t rows, std::size_t answers) const;

    friend bool operator==(const AnswerColumn& a, const AnswerColumn& b) {
        return a.rows_ == b.rows_ && a.codes_ == b.codes_;
    }

    template <typename Visit>
    void visit_columns(Visit&& visit) {
        rows_.visit_columns(visit);
        codes_.visit_columns(visit);
    }

private:
    RowSet rows_;
    CodeColumn codes_;
    Array<Answer> answers_;  ///< shared
};

}  // namespace kokemus::timeline
