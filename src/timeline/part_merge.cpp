#include "timeline/part_merge.h"

#include <algorithm>
#include <numeric>
#include <queue>
#include <tuple>
#include <unordered_map>

namespace kokemus::timeline {
namespace {

/// Consecutive rows of one source, in the order they are to stand.
struct Run {
    std::uint32_t source = 0;
    Row from = 0;
    Row count = 0;
};

/// A customer of a source.
struct Member {
    std::uint32_t source = 0;
    Code customer = 0;
};

/// What tells equal times apart.
struct TieKey {
    std::uint64_t sequence = 0;
    std::string id;
};

constexpr std::size_t numbers_per_request = 20'000;

/// Which texts of the sources are in use, merged into one dictionary.
class MergedTexts {
public:
    /// `used`: per source its codes, ascending; 0 is always in. `texts`: per source.
    MergedTexts(std::vector<const Dictionary*> texts, std::vector<std::vector<Code>> used)
        : texts_(std::move(texts)),
          used_(std::move(used)),
          merged_(used_.size()) {}

    /// Calls `meet(source, code, merged code)` for every used text, by text.
    template <typename Meet>
    void merge(const Meet& meet) {
        struct Next {
            std::string_view text;
            std::uint32_t source;
            bool operator>(const Next& other) const {
                return std::tie(text, source) > std::tie(other.text, other.source);
            }
        };
        std::priority_queue<Next, std::vector<Next>, std::greater<>> queue;
        std::vector<std::size_t> places(used_.size());
        const auto push = [&](std::uint32_t source) {
            if (places[source] < used_[source].size()) {
                queue.push(Next{texts_[source]->text(used_[source][places[source]]), source});
            }
        };
        for (std::uint32_t source = 0; source < used_.size(); ++source) {
            push(source);
        }
        std::vector<std::string_view> distinct{""};
        while (!queue.empty()) {
            const Next next = queue.top();
            queue.pop();
            if (next.text != distinct.back()) {
                distinct.push_back(next.text);
            }
            const auto merged = static_cast<Code>(distinct.size() - 1);
            merged_[next.source].push_back(merged);
            meet(next.source, used_[next.source][places[next.source]], merged);
            ++places[next.source];
            push(next.source);
        }
        dictionary_ = Dictionary(distinct);
        for (std::size_t source = 0; source < used_.size(); ++source) {
            spread(source);
        }
    }

    const Dictionary& dictionary() const { return dictionary_; }

    /// The merged code of a used code.
    Code code_of(std::size_t source, Code code) const {
        if (code == 0 || !tables_[source].empty()) {
            return code == 0 ? 0 : tables_[source][code];
        }
        const auto place = std::ranges::lower_bound(used_[source], code);
        return merged_[source][static_cast<std::size_t>(place - used_[source].begin())];
    }

private:
    /// A table by code, where that is not much larger than what is in use.
    void spread(std::size_t source) {
        auto& table = tables_.emplace_back();
        if (used_[source].size() * 16 < texts_[source]->size()) {
            return;
        }
        table.resize(texts_[source]->size());
        for (std::size_t place = 0; place < used_[source].size(); ++place) {
            table[used_[source][place]] = merged_[source][place];
        }
    }

    std::vector<const Dictionary*> texts_;
    std::vector<std::vector<Code>> used_;
    std::vector<std::vector<Code>> merged_;  ///< as `used_`
    std::vector<std::vector<Code>> tables_;  ///< per source, code -> merged code; or empty
    Dictionary dictionary_;
};

class Merger {
public:
    Merger(std::span<const MergeSource> sources, const Shared& shared) : sources_(sources) {
        part_.share(shared);
    }

    Result<Part> merge(const ReadNumbers& ties);

private:
    void merge_customers();
    Status order_rows(const ReadNumbers& ties);
    Status read_ties(const ReadNumbers& ties);
    void find_ties(std::span<const Member> members, std::vector<std::uint64_t>& numbers) const;
    void add_run(std::uint32_t source, Row from, Row count);
    void interleave(std::span<const Member> members);
    bool comes_before(const Run& a, const Run& b) const;
    const TieKey& tie_key(std::uint64_t number) const;
    void copy_threads();
    void copy_codes();
    void copy_times();
    void copy_dimensions();
    void copy_sparse();
    std::vector<DueGiven> dues() const;

    std::span<const Member> members_of(Code customer) const {
        return std::span(members_).subspan(
            member_offsets_[customer], member_offsets_[customer + 1] - member_offsets_[customer]);
    }

    const Part& source(std::size_t place) const { return *sources_[place].part; }

    Run rows_of(const Member& member) const {
        const auto& offsets = source(member.source).customer_offsets;
        const Row from = offsets[member.customer];
        return Run{member.source, from, offsets[member.customer + 1] - from};
    }

    CodeColumn copy(CodeColumn Part::*column, std::size_t codes) const {
        return copy([column](const Part& part) -> const CodeColumn& { return part.*column; },
                    codes);
    }

    template <typename ColumnOf>
    CodeColumn copy(const ColumnOf& column_of, std::size_t codes) const {
        return CodeColumn::make(rows_, codes, [&](auto* out) {
            for (const Run& run : runs_) {
                column_of(source(run.source)).visit([&](const auto* values) {
                    for (Row i = 0; i < run.count; ++i) {
                        *out++ = static_cast<WidthOf<decltype(out)>>(values[run.from + i]);
                    }
                });
            }
        });
    }

    /// Calls `use(source part, its row, merged row)` for all rows that `set_of` its part holds.
    template <typename SetOf, typename Use>
    void each_in(const SetOf& set_of, const Use& use) const {
        Row row = 0;
        for (const Run& run : runs_) {
            const Part& from = source(run.source);
            const RowSet& set = set_of(from);
            for (Row i = 0; !set.empty() && i < run.count; ++i) {
                if (set.contains(run.from + i)) {
                    use(from, run.from + i, row + i);
                }
            }
            row += run.count;
        }
    }

    std::span<const MergeSource> sources_;
    Part part_;
    std::vector<Member> members_;
    std::vector<std::size_t> member_offsets_{0, 0};  ///< per merged customer; 0 has none
    std::vector<Run> runs_;
    std::size_t rows_ = 0;
    std::unordered_map<std::uint64_t, TieKey> tie_keys_;  ///< by ledger number
};

Result<Part> Merger::merge(const ReadNumbers& ties) {
    merge_customers();
    TRY(order_rows(ties));
    copy_threads();
    copy_codes();
    copy_times();
    copy_dimensions();
    copy_sparse();
    index_part(part_, dues());
    return std::move(part_);
}

void Merger::merge_customers() {
    std::vector<const Dictionary*> names;
    std::vector<std::vector<Code>> used;
    for (const auto& source : sources_) {
        names.push_back(&source.part->customers);
        used.push_back(source.customers);
    }
    MergedTexts merged(std::move(names), std::move(used));
    merged.merge([this](std::uint32_t source, Code customer, Code into) {
        if (into + std::size_t{2} > member_offsets_.size()) {
            member_offsets_.push_back(members_.size());
        }
        members_.push_back(Member{source, customer});
        member_offsets_.back() = members_.size();
    });
    part_.customers = merged.dictionary();
}

Status Merger::order_rows(const ReadNumbers& ties) {
    TRY(read_ties(ties));
    std::vector<Row> offsets{0};
    for (Code customer = 0; customer < part_.customers.size(); ++customer) {
        interleave(members_of(customer));
        if (rows_ >= none) {
            return Error{ErrorCode::TooLarge,
                         "one part of a timeline holds at most 4,294,967,294 encounters; answer "
                         "from ClickHouse"};
        }
        offsets.push_back(static_cast<Row>(rows_));
    }
    part_.customer_offsets = Array(std::move(offsets));
    return {};
}

/// Asks for what tells rows of several sources at one time apart, of all customers at once.
Status Merger::read_ties(const ReadNumbers& ties) {
    std::vector<std::uint64_t> numbers;
    for (Code customer = 1; customer < part_.customers.size(); ++customer) {
        const auto members = members_of(customer);
        if (members.size() > 1) {
            find_ties(members, numbers);
        }
    }
    std::ranges::sort(numbers);
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    for (std::size_t from = 0; from < numbers.size(); from += numbers_per_request) {
        const std::size_t count = std::min(numbers_per_request, numbers.size() - from);
        TRY(ties(std::span(numbers).subspan(from, count), [&](auto entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                tie_keys_.emplace(entry.number,
                                  TieKey{entry.encounter.sequence, entry.encounter.id.value()});
            }
            return {};
        }));
    }
    return {};
}

/// Appends the numbers of all rows of the customer at times that several members have.
void Merger::find_ties(std::span<const Member> members, std::vector<std::uint64_t>& numbers) const {
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
void Merger::add_run(std::uint32_t source, Row from, Row count) {
    rows_ += count;
    if (!runs_.empty() && runs_.back().source == source &&
        runs_.back().from + runs_.back().count == from) {
        runs_.back().count += count;
    } else if (count > 0) {
        runs_.push_back(Run{source, from, count});
    }
}

/// Of a number that the ledger does not know any more: first of all.
const TieKey& Merger::tie_key(std::uint64_t number) const {
    static const TieKey unknown;
    const auto found = tie_keys_.find(number);
    return found == tie_keys_.end() ? unknown : found->second;
}

/// Of the first row of each.
bool Merger::comes_before(const Run& a, const Run& b) const {
    const std::int64_t left = source(a.source).time[a.from];
    const std::int64_t right = source(b.source).time[b.from];
    if (left != right) {
        return left < right;
    }
    const std::uint64_t left_number = source(a.source).number_of(a.from);
    const std::uint64_t right_number = source(b.source).number_of(b.from);
    const TieKey& left_key = tie_key(left_number);
    const TieKey& right_key = tie_key(right_number);
    return std::tie(left_key.sequence, left_key.id, left_number) <
           std::tie(right_key.sequence, right_key.id, right_number);
}

void Merger::interleave(std::span<const Member> members) {
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

void Merger::copy_threads() {
    std::vector<const Dictionary*> texts;
    std::vector<std::vector<Code>> used(sources_.size());
    for (const Run& run : runs_) {
        const CodeColumn& threads = source(run.source).thread;
        for (Row row = run.from; row < run.from + run.count; ++row) {
            const Code thread = threads[row];
            if (thread != 0 && (used[run.source].empty() || used[run.source].back() != thread)) {
                used[run.source].push_back(thread);
            }
        }
    }
    for (std::size_t place = 0; place < sources_.size(); ++place) {
        std::ranges::sort(used[place]);
        used[place].erase(std::unique(used[place].begin(), used[place].end()), used[place].end());
        texts.push_back(&source(place).threads);
    }
    MergedTexts merged(std::move(texts), std::move(used));
    merged.merge([](std::uint32_t, Code, Code) {});
    part_.threads = merged.dictionary();
    part_.thread = CodeColumn::make(rows_, part_.threads.size(), [&](auto* out) {
        for (const Run& run : runs_) {
            const CodeColumn& threads = source(run.source).thread;
            for (Row row = run.from; row < run.from + run.count; ++row) {
                *out++ =
                    static_cast<WidthOf<decltype(out)>>(merged.code_of(run.source, threads[row]));
            }
        }
    });
}

void Merger::copy_codes() {
    part_.touchpoint = copy(&Part::touchpoint, part_.touchpoints.size());
    part_.channel = copy(&Part::channel, part_.channels.size());
    part_.department = copy(&Part::department, part_.departments.size());
    part_.employee = copy(&Part::employee, part_.employees.size());
}

void Merger::copy_times() {
    std::vector<std::int64_t> times;
    std::vector<std::uint64_t> numbers;
    times.reserve(rows_);
    numbers.reserve(rows_);
    for (const Run& run : runs_) {
        const Part& from = source(run.source);
        from.time.visit([&](const auto& reader) {
            for (Row row = run.from; row < run.from + run.count; ++row) {
                times.push_back(reader[row]);
                numbers.push_back(from.number_of(row));
            }
        });
    }
    part_.time = TimeColumn::make(times);
    part_.ledger_number = NumberPerRow(std::move(numbers));
}

void Merger::copy_dimensions() {
    for (std::size_t place = 0; place < part_.dimensions.size(); ++place) {
        const std::size_t codes = part_.dimensions[place].texts.size();
        const auto column_of = [place](const Part& part) -> const CodeColumn& {
            return part.dimension[place];
        };
        if (part_.dimensions[place].source == blueprint::DimensionSource::Properties) {
            part_.dimension.push_back(copy(column_of, codes));
            continue;
        }
        const auto copy_one = [&](auto* out, Code customer) {
            for (const Member& member : members_of(customer)) {
                const auto& known = sources_[member.source].traits_known;
                if (known.empty() || known[member.customer] != 0) {
                    out[customer] = static_cast<WidthOf<decltype(out)>>(
                        column_of(source(member.source))[member.customer]);
                }
            }
        };
        part_.dimension.push_back(CodeColumn::make(part_.customers.size(), codes, [&](auto* out) {
            for (Code customer = 1; customer < part_.customers.size(); ++customer) {
                copy_one(out, customer);
            }
        }));
    }
}

void Merger::copy_sparse() {
    std::vector<std::pair<Row, Code>> answers;
    each_in([](const Part& part) -> const RowSet& { return part.answer.rows(); },
            [&](const Part& from, Row row, Row into) {
                answers.emplace_back(into, *from.answer.code_at(row));
            });
    part_.answer = AnswerColumn(rows_, answers, part_.answers);
    const auto numbers_of = [&](NumberColumn Part::*column) {
        std::vector<std::pair<Row, double>> numbers;
        each_in([column](const Part& part) -> const RowSet& { return (part.*column).rows(); },
                [&](const Part& from, Row row, Row into) {
                    numbers.emplace_back(into, *(from.*column).at(row));
                });
        return NumberColumn(rows_, numbers);
    };
    part_.value = numbers_of(&Part::value);
    part_.duration_seconds = numbers_of(&Part::duration_seconds);
}

/// What was promised stays promised; when it was kept is found anew.
std::vector<DueGiven> Merger::dues() const {
    std::vector<DueGiven> dues;
    each_in([](const Part& part) -> const RowSet& { return part.promises.rows(); },
            [&](const Part& from, Row row, Row into) {
                for (const PromiseMade& made : from.promises.made_at(row)) {
                    dues.push_back(DueGiven{into, made.promise, made.due});
                }
            });
    return dues;
}

}  // namespace

MergeSource living_of(const Part& part) {
    MergeSource source{&part, {}, {}};
    source.customers.reserve(part.customer_count());
    for (Code customer = 1; customer < part.customer_count(); ++customer) {
        if (!part.is_gone(customer)) {
            source.customers.push_back(customer);
        }
    }
    return source;
}

Result<Part> merge_parts(std::span<const MergeSource> sources, const Shared& shared,
                         const ReadNumbers& ties) {
    return Merger(sources, shared).merge(ties);
}

}  // namespace kokemus::timeline
