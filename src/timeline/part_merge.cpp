#include "timeline/part_merge.h"

#include <algorithm>

#include "timeline/merged_texts.h"
#include "timeline/row_order.h"

namespace kokemus::timeline {
namespace {

class Merger {
public:
    Merger(std::span<const MergeSource> sources, const Shared& shared) : sources_(sources) {
        part_.share(shared);
    }

    Result<Part> merge(const ReadNumbers& ties);

private:
    void merge_customers();
    void copy_threads();
    void copy_codes();
    void copy_times();
    void copy_dimensions();
    void copy_sparse();
    std::vector<DueGiven> dues() const;

    const Part& source(std::size_t place) const { return *sources_[place].part; }

    CodeColumn copy(CodeColumn Part::*column, std::size_t codes) const {
        return copy([column](const Part& part) -> const CodeColumn& { return part.*column; },
                    codes);
    }

    template <typename ColumnOf>
    CodeColumn copy(const ColumnOf& column_of, std::size_t codes) const {
        return CodeColumn::make(order_.rows, codes, [&](auto* out) {
            for (const Run& run : order_.runs) {
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
        for (const Run& run : order_.runs) {
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
    Members members_;
    RowOrder order_;
};

Result<Part> Merger::merge(const ReadNumbers& ties) {
    merge_customers();
    order_ = TRY(order_rows(sources_, members_, ties));
    part_.customer_offsets = Array(std::move(order_.customer_offsets));
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
        members_.add(into, Member{source, customer});
    });
    part_.customers = merged.dictionary();
}

void Merger::copy_threads() {
    std::vector<const Dictionary*> texts;
    std::vector<std::vector<Code>> used(sources_.size());
    for (const Run& run : order_.runs) {
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
    part_.thread = CodeColumn::make(order_.rows, part_.threads.size(), [&](auto* out) {
        for (const Run& run : order_.runs) {
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
    times.reserve(order_.rows);
    numbers.reserve(order_.rows);
    for (const Run& run : order_.runs) {
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
            for (const Member& member : members_.of(customer)) {
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
    part_.answer = AnswerColumn(order_.rows, answers, part_.answers);
    const auto numbers_of = [&](NumberColumn Part::*column) {
        std::vector<std::pair<Row, double>> numbers;
        each_in([column](const Part& part) -> const RowSet& { return (part.*column).rows(); },
                [&](const Part& from, Row row, Row into) {
                    numbers.emplace_back(into, *(from.*column).at(row));
                });
        return NumberColumn(order_.rows, numbers);
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
