#include "question/question.h"

#include <tuple>

namespace kokemus::question {
namespace {

/// Everything but the conditions.
auto plain_members(const Question& question) {
    return std::tie(question.kind,
                    question.per,
                    question.range,
                    question.metric,
                    question.grain,
                    question.by,
                    question.adjusted_for,
                    question.among,
                    question.counts_only,
                    question.collapse,
                    question.steps,
                    question.within,
                    question.promise,
                    question.customer,
                    question.outcome,
                    question.factors,
                    question.seed,
                    question.limit,
                    question.offset);
}

}  // namespace

bool operator==(const Question& a, const Question& b) {
    return plain_members(a) == plain_members(b) && equal(a.where, b.where) &&
           equal(a.having, b.having);
}

}  // namespace kokemus::question
