#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "encounter/encounter.h"
#include "ledger/ledger.h"
#include "timeline/code_space.h"
#include "timeline/packed_numbers.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Reads entries by their ledger numbers, as Ledger::read_numbers does: columns keep neither the
/// sequence nor the id, which are needed only to tell equal times of a customer apart.
using ReadNumbers =
    std::function<Status(std::span<const std::uint64_t> numbers,
                         const std::function<Status(std::span<const ledger::Entry>)>& take)>;

ReadNumbers reads_numbers_of(const ledger::Ledger& ledger);

/// For encounters that stand in no ledger: equal times and sequences fall by number.
ReadNumbers reads_nothing();

/// A part, and the customers that it knows the traits of; of the others its trait columns say
/// nothing.
struct BuiltPart {
    Part part;
    std::vector<std::uint8_t> traits_known;  ///< per customer
};

/// Takes encounters and customers in any order and makes one part of them. Holds about 25 bytes an
/// encounter, 12 to 16 for each score, value, duration and due time, and the names of customers and
/// threads. Not thread safe; several builders may finish
/// at the same time.
class PartBuilder {
public:
    /// The space must outlive it.
    explicit PartBuilder(CodeSpace& space);

    void reserve(std::size_t encounters);

    /// Fails (TooLarge) at the encounter that no row number is left for, 4,294,967,295 of them.
    Status add(const ledger::Entry& entry) { return add(entry, entry.encounter.customer.value()); }

    /// Under another customer than the one it was sent for.
    Status add(const ledger::Entry& entry, std::string_view customer);

    /// The customer's traits as they are; without any it is still known.
    void add_customer(const encounter::Customer& customer);

    /// Makes it known, so that nothing of it is left elsewhere.
    void add_name(const encounter::CustomerName& name) { customers_.intern(name.value()); }

    std::size_t encounters() const { return came_.time.size(); }
    std::size_t customers() const { return customers_.size(); }

    /// Sorts, codes and indexes everything added. Fails as `ties` does. The part
    /// stands under the codes of `shared`, which are those of the space or, with `sorted`, the
    /// sorted ones. Uses the workers of base/parallel.h.
    Result<BuiltPart> finish(const Shared& shared, const CodeSpace::Sorted* sorted,
                             const ReadNumbers& ties) const;

private:
    /// Encounters as they came, by field; codes of customer and thread are provisional.
    struct Came {
        std::vector<std::int64_t> time;
        PackedNumbers sequence, number;
        PackedNumbers customer, touchpoint, channel, department, employee, thread;
    };

    /// The old place of each row, the new place of each encounter.
    struct Order {
        Interner::Ranked customers;
        std::vector<Row> offsets;                ///< per final customer code
        std::vector<std::uint32_t> came_of_row;  ///< the new order
        std::vector<Row> row_of_came;            ///< and back
    };

    void add_sparse(const encounter::Encounter& encounter, Row row);
    void add_properties(const encounter::Encounter& encounter);

    Result<Order> order_rows(const ReadNumbers& ties) const;
    void sort_customers(Order& order) const;
    Status sort_ties(Order& order, const ReadNumbers& ties) const;
    static CodeColumn code_column(const Order& order, const PackedNumbers& field,
                                  const std::vector<Code>* code_of, std::size_t codes);
    void fill_codes(const Order& order, const CodeSpace::Sorted* sorted, Part& part) const;
    void fill_times(const Order& order, Part& part) const;
    void fill_dimensions(const Order& order, const CodeSpace::Sorted* sorted, Part& part) const;
    void fill_sparse(const Order& order, const CodeSpace::Sorted* sorted, Part& part) const;
    void fill_indexes(const Order& order, Part& part) const;

    CodeSpace& space_;
    Interner customers_, threads_;
    Came came_;
    std::vector<PackedNumbers> dimensions_;      ///< per encounter or per customer, as declared
    std::vector<std::uint8_t> traits_known_;     ///< per customer; others are not
    std::vector<std::pair<Row, Code>> answers_;  ///< here and below, rows are places in `came_`
    std::vector<std::pair<Row, double>> values_, durations_;
    std::vector<DueGiven> dues_;
};

/// Makes the indexes that follow from the columns: of threads, and of promises, made with these
/// dues and those that stand by themselves. The part's columns and shared side must be there.
void index_part(Part& part, std::vector<DueGiven> dues);

}  // namespace kokemus::timeline
