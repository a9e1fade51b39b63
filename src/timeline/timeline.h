#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "blueprint/blueprint.h"
#include "timeline/answer_column.h"
#include "timeline/code_column.h"
#include "timeline/dictionary.h"
#include "timeline/facts.h"
#include "timeline/number_column.h"
#include "timeline/promise_index.h"
#include "timeline/thread_index.h"

namespace kokemus::timeline {

/// A declared dimension: a code per row (from the properties) or per customer (from the traits).
struct DimensionColumn {
    std::string name;
    blueprint::DimensionSource source = blueprint::DimensionSource::Properties;
    Dictionary texts;
    CodeColumn codes;

    friend bool operator==(const DimensionColumn&, const DimensionColumn&) = default;
};

/// Numbers of the ledger, in 32 bits while they fit.
using NumberPerRow = std::variant<std::vector<std::uint32_t>, std::vector<std::uint64_t>>;

/// All encounters as columns in (customer, time, sequence, id) order, customers by name: a derived,
/// read-only index over the ledger. Equal encounters give equal columns, whatever the order they
/// came in and the number of threads.
///
/// Immutable after it is built and shared as `shared_ptr<const Timeline>`; so every function is
/// thread safe. Columns are public because kernels are loops over them.
struct Timeline {
    std::shared_ptr<const blueprint::Blueprint> blueprint;

    Dictionary customers, touchpoints, channels, departments, employees, threads, scales;

    std::vector<Row> customer_offsets{
        0,
        0};  ///< customer c has the rows [offsets[c], offsets[c + 1]); some have none
    std::vector<std::int64_t> time;  ///< milliseconds since 1970
    CodeColumn touchpoint;
    CodeColumn channel;  ///< where the encounter names none, the touchpoint's of the blueprint
    CodeColumn
        department;  ///< where the encounter names none, the touchpoint's owner of the blueprint
    CodeColumn employee;
    CodeColumn thread;
    AnswerColumn answer;
    NumberColumn value;
    NumberColumn duration_seconds;
    std::vector<DimensionColumn> dimensions;  ///< as declared
    NumberPerRow ledger_number;

    ThreadIndex thread_index;
    PromiseIndex promises;
    Facts facts;

    std::int64_t first_time = 0;   ///< of all encounters; 0 without any
    std::int64_t latest_time = 0;  ///< "the ledger's latest time"

    std::size_t rows() const { return time.size(); }

    std::uint64_t number_of(Row row) const {
        return std::visit([row](const auto& numbers) -> std::uint64_t { return numbers[row]; },
                          ledger_number);
    }

    /// Whether `later` following `earlier` (of the same customer) is a forced switch: from
    /// self-service or a bot to a human within 24 hours in the same thread or about the same topic.
    bool is_forced(Row earlier, Row later) const;

    /// What the columns, dictionaries and indexes take.
    std::size_t bytes() const;

    /// Everything but the blueprint, byte by byte.
    bool same_columns(const Timeline& other) const;
};

inline Instant to_instant(std::int64_t milliseconds) {
    return Instant(Milliseconds(milliseconds));
}

}  // namespace kokemus::timeline
