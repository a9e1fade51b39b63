#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "blueprint/blueprint.h"
#include "timeline/answer_column.h"
#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/facts.h"
#include "timeline/number_column.h"
#include "timeline/number_per_row.h"
#include "timeline/promise_index.h"
#include "timeline/row_set.h"
#include "timeline/thread_index.h"
#include "timeline/time_column.h"

namespace kokemus::timeline {

/// A dimension as declared, and the texts it takes.
struct Dimension {
    std::string name;
    blueprint::DimensionSource source = blueprint::DimensionSource::Properties;
    Dictionary texts;

    friend bool operator==(const Dimension&, const Dimension&) = default;
};

/// What all parts of a timeline share: the code spaces, what the blueprint says of the codes, and
/// the bounds of time. Cheap to copy.
struct Shared {
    std::shared_ptr<const blueprint::Blueprint> blueprint;

    Dictionary touchpoints, channels, departments, employees, scales;
    std::vector<Dimension> dimensions;
    Array<Answer> answers;  ///< the distinct answers, by their code
    Facts facts;

    std::int64_t first_time = 0;   ///< of all encounters; 0 without any
    std::int64_t latest_time = 0;  ///< "the ledger's latest time", which is now

    /// As of a Part, of what is shared.
    std::string_view unsound_column() const;
};

/// All encounters of some customers as columns in (customer, time, sequence, id) order: what
/// kernels loop over. Codes of customers and threads are the part's own; all other codes are those
/// of the whole timeline, whose shared side every part carries along.
///
/// A customer lives in exactly one part of a timeline: where the customer has moved on to a later
/// part its code is in `gone`, and kernels skip it. Immutable, so every function is thread safe;
/// cheap to copy, because the columns are shared.
struct Part : Shared {
    Dictionary customers, threads;

    Array<Row> customer_offsets;  ///< customer c has the rows [offsets[c], offsets[c + 1]); some
                                  ///< have none
    TimeColumn time;
    CodeColumn touchpoint;
    CodeColumn channel;  ///< where the encounter names none, the touchpoint's of the blueprint
    CodeColumn
        department;  ///< where the encounter names none, the touchpoint's owner of the blueprint
    CodeColumn employee;
    CodeColumn thread;
    AnswerColumn answer;
    NumberColumn value;
    NumberColumn duration_seconds;
    std::vector<CodeColumn> dimension;  ///< a code per row (from the properties) or per customer
                                        ///< (from the traits) of each declared dimension
    NumberPerRow ledger_number;

    ThreadIndex thread_index;
    PromiseIndex promises;

    RowSet gone;  ///< customers that live in a later part

    std::size_t rows() const { return time.size(); }
    std::size_t customer_count() const { return customers.size(); }

    bool is_gone(Code customer) const { return gone.contains(customer); }

    std::uint64_t number_of(Row row) const { return ledger_number[row]; }

    /// Makes `shared` its shared side, under whose codes its own columns must stand.
    void share(const Shared& shared);

    /// Whether `later` following `earlier` (of the same customer) is a forced switch: from
    /// self-service or a bot to a human within 24 hours in the same thread or about the same topic.
    bool is_forced(Row earlier, Row later) const;

    /// What the columns and indexes take, without what is shared.
    std::size_t bytes() const;

    /// The name of the first column that leads outside another or outside what is shared, empty
    /// when none does: what must hold of columns from a file before they are used. Cost: a pass
    /// over all columns but times and numbers.
    std::string_view unsound_column() const;

    /// Everything of its own, byte by byte.
    bool same_columns(const Part& other) const;

    /// Calls `visit` with every array and number that makes up the columns, always in the same
    /// order: the one list of them. Dimensions must have been sized before.
    template <typename Visit>
    void visit_columns(Visit&& visit) {
        customers.visit_columns(visit);
        threads.visit_columns(visit);
        visit(customer_offsets);
        time.visit_columns(visit);
        for (auto* codes : {&touchpoint, &channel, &department, &employee, &thread}) {
            codes->visit_columns(visit);
        }
        answer.visit_columns(visit);
        value.visit_columns(visit);
        duration_seconds.visit_columns(visit);
        for (auto& codes : dimension) {
            codes.visit_columns(visit);
        }
        ledger_number.visit_columns(visit);
        thread_index.visit_columns(visit);
        promises.visit_columns(visit);
        gone.visit_columns(visit);
    }
};

inline Instant to_instant(std::int64_t milliseconds) {
    return Instant(Milliseconds(milliseconds));
}

}  // namespace kokemus::timeline
