#pragma once

#include <memory>
#include <vector>

#include "base/result.h"
#include "base/task.h"
#include "question/counts.h"
#include "question/given_promises.h"
#include "question/question.h"
#include "question/unit_table.h"

namespace kokemus::question {

/// Counts the answers to questions: natively over a timeline, or as SQL. Two engines differ in how
/// they count and in nothing else. Const and thread safe: one engine stands for one immutable
/// snapshot. A question of another kind than the function asks for is a bug of the caller.
class Engine {
public:
    virtual ~Engine() = default;

    virtual Result<FlowCounts> flow(const Question& question) const = 0;
    virtual Result<VariantCounts> variants(const Question& question) const = 0;
    virtual Result<FunnelCounts> funnel(const Question& question) const = 0;
    virtual Result<SeriesCounts> trend(const Question& question) const = 0;
    virtual Result<SeriesCounts> breakdown(const Question& question) const = 0;
    virtual Result<PromiseCounts> promises(const Question& question) const = 0;
    virtual Result<SwitchCounts> switches(const Question& question) const = 0;
    /// Of kinds Lateness and Foresight: of the question's promise, grouped by its field if any.
    virtual Result<GivenPromises> given_promises(const Question& question) const = 0;
    virtual Result<CauseCounts> causes(const Question& question) const = 0;
    virtual Result<EpisodePage> episodes(const Question& question) const = 0;
    virtual Result<TimelinePage> timeline(const Question& question) const = 0;

    /// One row for every unit that counts, with what the wish names measured of it.
    virtual Result<UnitTable> table(const Question& question, const TableWish& wish) const = 0;

    /// Distinct values of a field among the encounters (or customers) that the filter lets through,
    /// with how many encounters each has, most first, then by value; at most `limit` are listed.
    struct ValueCount {
        std::string value;
        std::uint64_t encounters = 0;
    };
    struct Values {
        std::vector<ValueCount> most;
        std::uint64_t distinct = 0;  ///< how many there are, listed or not
        Population population = {};  ///< whose they are
    };
    virtual Result<Values> values(const Field& field, const Question& question,
                                  std::size_t limit) const = 0;

    /// The same engine, counting for `task`, which must outlive it: fails with the task's words
    /// once it is over, and tells it how far it is. Cheap.
    virtual std::unique_ptr<Engine> attended_by(Task& task) const = 0;
};

}  // namespace kokemus::question
