#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "improve/record.h"
#include "records/migration.h"

namespace kokemus::records {
class Records;
}

namespace kokemus::improve {

const records::Schema& improvement_schema();

struct RecordState {
    std::int64_t entries = 0;
    std::string head;                          ///< digest of the last; keep it elsewhere to compare
    std::optional<std::int64_t> first_broken;  ///< none: every entry is as it was written
};

/// Keeps the record of improvements: entries are added, and there is nothing that changes or
/// removes one. Thread safe.
class Store {
public:
    /// `records` has `improvement_schema()`. The clock must outlive this.
    Store(std::shared_ptr<records::Records> records, const Clock& clock);

    /// A new improvement; its number is the entry's.
    Result<Entry> add(EntryKind first, std::string actor, std::string body);

    /// A further entry of one. Conflict when another entry of it has come since `seen`, the number
    /// of its last one.
    Result<Entry> go_on(std::int64_t improvement, std::int64_t seen, EntryKind kind,
                        std::string actor, std::string body);

    /// NotFound when there is none.
    Result<Improvement> find(std::int64_t improvement) const;

    /// Those before `before` (0: all), the newest first; at most `limit`.
    Result<std::vector<Improvement>> list(std::int64_t before, std::size_t limit) const;

    /// The entries of one, from behind the number `after` on; at most `limit`.
    Result<std::vector<Entry>> entries(std::int64_t improvement, std::int64_t after,
                                       std::size_t limit) const;

    /// Follows the whole chain. What was cut off at the end shows only against a head noted before.
    Result<RecordState> verify() const;

private:
    std::shared_ptr<records::Records> records_;
    const Clock& clock_;
};

}  // namespace kokemus::improve
