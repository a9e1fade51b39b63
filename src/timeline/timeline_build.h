#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "blueprint/blueprint.h"
#include "encounter/encounter.h"
#include "ledger/ledger.h"
#include "timeline/answer_column.h"
#include "timeline/dictionary.h"
#include "timeline/promise_index.h"
#include "timeline/timeline.h"

namespace kokemus::timeline {

/// Takes encounters and customers in any order and makes timelines of them. It may be kept and fed
/// the ledger's news: `finish` can be called again and again, each time with everything added so
/// far. Thread safety: none while adding; `finish` is const and uses the workers of
/// base/parallel.h.
class TimelineBuilder {
public:
    explicit TimelineBuilder(std::shared_ptr<const blueprint::Blueprint> blueprint);

    /// Makes room, when it is known how many will come.
    void reserve(std::size_t encounters);

    /// Fails (TooLarge) at the encounter that no row number is left for, 4,294,967,295 of them.
    Status add(std::span<const ledger::Entry> entries);

    /// Sets the traits that declared dimensions speak of; again for the same customer: overwrites
    /// those it has.
    void add_customers(std::span<const encounter::Customer> customers);

    std::size_t encounters() const { return raw_.size(); }

    /// Sorts, codes and indexes everything added so far.
    std::shared_ptr<const Timeline> finish() const;

private:
    /// One encounter as it came, with provisional codes; one cache line, because the sort reads it
    /// at random.
    struct Raw {
        std::int64_t time = 0;
        std::uint64_t sequence = 0;
        std::uint64_t number = 0;
        std::uint64_t id_start = 0;
        Code touchpoint = 0, channel = 0, department = 0, employee = 0, thread = 0;
        std::uint32_t id_bytes = 0;
    };

    /// What the columns are made through: the old place of each row, the new place of each
    /// encounter, and final codes.
    struct Order;

    /// A declared dimension while it is filled: one provisional code per encounter or per customer.
    struct RawDimension {
        const blueprint::Dimension* declared = nullptr;
        Interner texts;
        std::vector<Code> codes;
    };

    void add_one(const ledger::Entry& entry);
    void add_properties(const encounter::Encounter& encounter);
    Code touchpoint_with_defaults(const std::string& name);
    std::string_view id_of(const Raw& raw) const;
    bool comes_before(std::uint32_t a, std::uint32_t b) const;

    Order order_rows() const;
    void sort_customers(std::size_t from, std::size_t to, const Order& order,
                        std::span<std::uint32_t> places) const;
    void fill_codes(const Order& order, Part& part) const;
    void fill_times(const Order& order, Part& part) const;
    void fill_dimensions(const Order& order, Part& part) const;
    void fill_sparse(const Order& order, Part& part) const;

    std::shared_ptr<const blueprint::Blueprint> blueprint_;
    Interner customers_, touchpoints_, channels_, departments_, employees_, threads_, scales_;
    std::vector<std::pair<Code, Code>>
        defaults_;                ///< touchpoint -> channel, department; provisional codes
    std::vector<Code> customer_;  ///< per encounter; apart from `raw_`, as the sort scans it
    std::vector<Raw> raw_;
    std::string ids_;
    std::vector<RawDimension> dimensions_;
    std::vector<AnswerColumn::Given> answers_;  ///< here and below, rows are places in `raw_`
    std::vector<std::pair<Row, double>> values_, durations_;
    std::vector<DueGiven> dues_;
};

/// Reads the whole ledger. Fails as the ledger fails.
Result<std::shared_ptr<const Timeline>> build_timeline(
    const ledger::Ledger& ledger, std::shared_ptr<const blueprint::Blueprint> blueprint);

}  // namespace kokemus::timeline
