#include "timeline/row_order.h"

#include <algorithm>
#include <string>
#include <tuple>
#include <unordered_map>

namespace kokemus::timeline {
namespace {

constexpr std::size_t numbers_per_request = 20'000;

/// What tells equal times apart.
struct TieKey {
    std::uint64_t sequence = 0;
    std::string id;
    std::string customer;  ///< as sent: one customer may have several names
};

class Ordering {
public:
    explicit Ordering(std::span<const MergeSource> sources) : sources_(sources) {}

    Status read_ties(const Members& members, const ReadNumbers& ties);
    void interleave(std::span<const Member> members);
    RowOrder order;

private:
    void find_ties(std::span<const Member> members, std::vector<std::uint64_t>& numbers) const;
    void add_run(std::uint32_t source, Row from, Row count);
    bool comes_before(const Run& a, const Run& b) const;
    const TieKey& tie_key(std::uint64_t number) const;

    const Part& source(std::size_t place) const { return *sources_[place].part; }

    Run rows_of(const Member& member) const {
        const auto& offsets = source(member.source).customer_offsets;
        const Row from = offsets[member.customer];
        return Run{member.source, from, offsets[member.customer + 1] - from};
    }

    std::span<const MergeSource> sources_;
    std::unordered_map<std::uint64_t, TieKey> tie_keys_;  ///< by ledger number
};

/// Asks for what tells rows of several sources at one time apart, of all customers at once.
Status Ordering::read_ties(const Members& members, const ReadNumbers& ties) {
    std::vector<std::uint64_t> numbers;
    for (Code customer = 1; customer < members.customers(); ++customer) {
        if (members.of(customer).size() > 1) {
            find_ties(members.of(customer), numbers);
        }
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (std::size_t from = 0; from < numbers.size(); from += numbers_per_request) {
        const std::size_t count = std::min(numbers_per_request, numbers.size() - from);
        TRY(ties(std::span(numbers).subspan(from, count), [&](auto entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                tie_keys_.emplace(entry.number,
                                  TieKey{entry.encounter.sequence,
                                         entry.encounter.id.value(),
                                         entry.encounter.customer.value()});
            }
            return {};
        }));
    }
    return {};
}

/// Appends the numbers of all rows of the customer at times that several members have.
void Ordering::find_ties(std::span<const Member> members,
                         std::vector<std::uint64_t>& numbers) const {
    struct Timed {
        std::int64_t time;
        std::uint32_t source;
        std::uint64_t number;
    };
    std::vector<Timed> rows;
    for (const Member& member : members) {
        const Run run = rows_of(member);
        const Part& part = source(run.source);
        for (Row row = run.from; row < run.from + run.count; ++row) {
            rows.push_back(Timed{part.time[row], run.source, part.number_of(row)});
        }
    }
    std::ranges::stable_sort(rows, {}, &Timed::time);
    for (std::size_t from = 0; from < rows.size();) {
        std::size_t to = from + 1;
        bool several = false;
        while (to < rows.size() && rows[to].time == rows[from].time) {
            several = several || rows[to].source != rows[from].source;
            ++to;
        }
        for (std::size_t i = from; several && i < to; ++i) {
            numbers.push_back(rows[i].number);
        }
        from = to;
    }
}

/// Appends rows to what is in order already, as part of the run before where they follow it.
void Ordering::add_run(std::uint32_t source, Row from, Row count) {
    order.rows += count;
    if (!order.runs.empty() && order.runs.back().source == source &&
        order.runs.back().from + order.runs.back().count == from) {
        order.runs.back().count += count;
    } else if (count > 0) {
        order.runs.push_back(Run{source, from, count});
    }
}

/// Of a number that the ledger does not know any more: first of all.
const TieKey& Ordering::tie_key(std::uint64_t number) const {
    static const TieKey unknown;
    const auto found = tie_keys_.find(number);
    return found == tie_keys_.end() ? unknown : found->second;
}

/// Of the first row of each.
bool Ordering::comes_before(const Run& a, const Run& b) const {
    const std::int64_t left = source(a.source).time[a.from];
    const std::int64_t right = source(b.source).time[b.from];
    if (left != right) {
        return left < right;
    }
    const std::uint64_t left_number = source(a.source).number_of(a.from);
    const std::uint64_t right_number = source(b.source).number_of(b.from);
    const TieKey& left_key = tie_key(left_number);
    const TieKey& right_key = tie_key(right_number);
    return std::tie(left_key.sequence, left_key.id, left_key.customer, left_number) <
           std::tie(right_key.sequence, right_key.id, right_key.customer, right_number);
}

void Ordering::interleave(std::span<const Member> members) {
    if (members.size() == 1) {
        const Run run = rows_of(members.front());
        add_run(run.source, run.from, run.count);
        return;
    }
    std::vector<Run> left;
    for (const Member& member : members) {
        if (const Run run = rows_of(member); run.count > 0) {
            left.push_back(run);
        }
    }
    while (!left.empty()) {
        const auto next = std::ranges::min_element(
            left, [this](const Run& a, const Run& b) { return comes_before(a, b); });
        add_run(next->source, next->from, 1);
        ++next->from;
        if (--next->count == 0) {
            left.erase(next);
        }
    }
}

}  // namespace

Result<RowOrder> order_rows(std::span<const MergeSource> sources, const Members& members,
                            const ReadNumbers& ties) {
    Ordering ordering(sources);
    TRY(ordering.read_ties(members, ties));
    RowOrder& order = ordering.order;
    order.customer_offsets.push_back(0);
    for (Code customer = 0; customer < members.customers(); ++customer) {
        ordering.interleave(members.of(customer));
        if (order.rows >= none) {
            return Error{ErrorCode::TooLarge,
                         "one part of a timeline holds at most 4,294,967,294 encounters; answer "
                         "from ClickHouse"};
        }
        order.customer_offsets.push_back(static_cast<Row>(order.rows));
    }
    return std::move(order);
}

}  // namespace kokemus::timeline
