#include <algorithm>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/parallel.h"
#include "timeline/part_build.h"

namespace kokemus::timeline {
namespace {

/// A multiple of 512, so that no two chunks share a word of a RowSet.
constexpr std::size_t chunk_rows = 1U << 15U;

/// Numbers asked of the ledger at a time.
constexpr std::size_t numbers_per_request = 20'000;

}  // namespace

Result<PartBuilder::Order> PartBuilder::order_rows(const ReadNumbers& ties) const {
    Order order;
    order.customers = customers_.rank();
    order.offsets.assign(order.customers.dictionary.size() + 1, 0);
    came_.customer.visit([&](const auto& customers) {
        for (const auto customer : customers) {
            ++order.offsets[order.customers.code_of[customer] + 1];
        }
    });
    std::partial_sum(order.offsets.begin(), order.offsets.end(), order.offsets.begin());
    sort_customers(order);
    TRY(sort_ties(order, ties));
    order.row_of_came.resize(encounters());
    for (std::size_t row = 0; row < encounters(); ++row) {
        order.row_of_came[order.came_of_row[row]] = static_cast<Row>(row);
    }
    return order;
}

/// Puts every customer's encounters together, then each in order of time, sequence and number.
void PartBuilder::sort_customers(Order& order) const {
    struct Placed {
        std::int64_t time;
        std::uint64_t sequence;
        std::uint32_t came;
    };
    std::vector<Placed> placed(encounters());
    std::vector<Row> next(order.offsets.begin(), order.offsets.end() - 1);
    came_.customer.visit([&](const auto& customers) {
        for (std::size_t came = 0; came < customers.size(); ++came) {
            placed[next[order.customers.code_of[customers[came]]]++] =
                Placed{came_.time[came], came_.sequence[came], static_cast<std::uint32_t>(came)};
        }
    });
    const auto before = [](const Placed& a, const Placed& b) {
        return a.time != b.time ? a.time < b.time : a.sequence < b.sequence;
    };
    order.came_of_row.resize(encounters());
    constexpr std::size_t chunk_customers = 1U << 12U;
    for_each_chunk_plain(order.offsets.size() - 1, chunk_customers, [&](const Chunk& chunk) {
        for (std::size_t customer = chunk.from; customer < chunk.to; ++customer) {
            std::sort(placed.begin() + order.offsets[customer],
                      placed.begin() + order.offsets[customer + 1],
                      before);
        }
        for (Row row = order.offsets[chunk.from]; row < order.offsets[chunk.to]; ++row) {
            order.came_of_row[row] = placed[row].came;
        }
    });
}

/// Equal times and sequences of a customer fall by id, then by ledger number, for encounters that
/// break the ledger's promise of one id a customer.
Status PartBuilder::sort_ties(Order& order, const ReadNumbers& ties) const {
    const auto number_at = [&](std::size_t row) { return came_.number[order.came_of_row[row]]; };
    const auto is_tied = [&](std::size_t row) {
        const std::uint32_t a = order.came_of_row[row - 1];
        const std::uint32_t b = order.came_of_row[row];
        return came_.time[a] == came_.time[b] && came_.sequence[a] == came_.sequence[b] &&
               came_.customer[a] == came_.customer[b];
    };
    std::vector<Row> starts;  // of runs of tied rows, and behind each its end
    std::vector<std::uint64_t> numbers;
    for (std::size_t row = 1; row < encounters(); ++row) {
        if (!is_tied(row)) {
            continue;
        }
        if (starts.empty() || starts.back() != row) {
            starts.insert(starts.end(), {static_cast<Row>(row - 1), static_cast<Row>(row)});
            numbers.push_back(number_at(row - 1));
        }
        starts.back() = static_cast<Row>(row + 1);
        numbers.push_back(number_at(row));
    }
    // Of one customer with several names two encounters may have one id: then the name decides.
    std::unordered_map<std::uint64_t, std::pair<std::string, std::string>> ids;
    for (std::size_t from = 0; from < numbers.size(); from += numbers_per_request) {
        const std::size_t count = std::min(numbers_per_request, numbers.size() - from);
        TRY(ties(std::span(numbers).subspan(from, count), [&](auto entries) -> Status {
            for (const ledger::Entry& entry : entries) {
                ids.emplace(
                    entry.number,
                    std::pair(entry.encounter.id.value(), entry.encounter.customer.value()));
            }
            return {};
        }));
    }
    for (std::size_t run = 0; run < starts.size(); run += 2) {
        std::sort(order.came_of_row.begin() + starts[run],
                  order.came_of_row.begin() + starts[run + 1],
                  [&](std::uint32_t a, std::uint32_t b) {
                      const std::uint64_t first = came_.number[a];
                      const std::uint64_t second = came_.number[b];
                      return std::tie(ids[first], first) < std::tie(ids[second], second);
                  });
    }
    return {};
}

CodeColumn PartBuilder::code_column(const Order& order, const PackedNumbers& field,
                                    const std::vector<Code>* code_of, std::size_t codes) {
    const auto& came_of_row = order.came_of_row;
    return CodeColumn::make(came_of_row.size(), codes, [&](auto* out) {
        using Width = WidthOf<decltype(out)>;
        field.visit([&](const auto& came) {
            for_each_chunk_plain(came_of_row.size(), chunk_rows, [&](const Chunk& chunk) {
                for (std::size_t row = chunk.from; row < chunk.to; ++row) {
                    const auto code = came[came_of_row[row]];
                    out[row] = static_cast<Width>(code_of == nullptr ? code : (*code_of)[code]);
                }
            });
        });
    });
}

void PartBuilder::fill_codes(const Order& order, const CodeSpace::Sorted* sorted,
                             Part& part) const {
    const auto fill = [&](CodeColumn& column,
                          const PackedNumbers& field,
                          const Dictionary& texts,
                          const std::vector<Code>* code_of) {
        column = code_column(order, field, sorted == nullptr ? nullptr : code_of, texts.size());
    };
    const CodeSpace::Sorted nothing{};
    const CodeSpace::Sorted& codes = sorted == nullptr ? nothing : *sorted;
    fill(part.touchpoint, came_.touchpoint, part.touchpoints, &codes.touchpoints);
    fill(part.channel, came_.channel, part.channels, &codes.channels);
    fill(part.department, came_.department, part.departments, &codes.departments);
    fill(part.employee, came_.employee, part.employees, &codes.employees);
    auto threads = threads_.rank();
    part.thread = code_column(order, came_.thread, &threads.code_of, threads.dictionary.size());
    part.threads = std::move(threads.dictionary);
}

void PartBuilder::fill_times(const Order& order, Part& part) const {
    std::vector<std::int64_t> times(encounters());
    std::vector<std::uint64_t> numbers(encounters());
    for_each_chunk_plain(encounters(), chunk_rows, [&](const Chunk& chunk) {
        for (std::size_t row = chunk.from; row < chunk.to; ++row) {
            times[row] = came_.time[order.came_of_row[row]];
            numbers[row] = came_.number[order.came_of_row[row]];
        }
    });
    part.time = TimeColumn::make(times);
    part.ledger_number = NumberPerRow(std::move(numbers));
}

void PartBuilder::fill_dimensions(const Order& order, const CodeSpace::Sorted* sorted,
                                  Part& part) const {
    for (std::size_t place = 0; place < dimensions_.size(); ++place) {
        const bool per_row =
            part.dimensions[place].source == blueprint::DimensionSource::Properties;
        const auto& given = dimensions_[place];
        const std::size_t size = per_row ? encounters() : order.customers.dictionary.size();
        const std::size_t codes = part.dimensions[place].texts.size();
        part.dimension.push_back(CodeColumn::make(size, codes, [&](auto* out) {
            // Customers behind the last one with traits have no code: absent, as the column
            // starts out.
            given.visit([&](const auto& codes_given) {
                for (std::size_t i = 0; i < codes_given.size(); ++i) {
                    const auto code = sorted == nullptr ? codes_given[i]
                                                        : sorted->dimensions[place][codes_given[i]];
                    out[per_row ? order.row_of_came[i] : order.customers.code_of[i]] =
                        static_cast<WidthOf<decltype(out)>>(code);
                }
            });
        }));
    }
}

void PartBuilder::fill_sparse(const Order& order, const CodeSpace::Sorted* sorted,
                              Part& part) const {
    const auto moved = [&](auto entries) {
        for (auto& entry : entries) {
            entry.first = order.row_of_came[entry.first];
        }
        return entries;
    };
    part.value = NumberColumn(encounters(), moved(values_));
    part.duration_seconds = NumberColumn(encounters(), moved(durations_));
    auto answers = moved(answers_);
    if (sorted != nullptr) {
        for (auto& [row, code] : answers) {
            code = sorted->answers[code];
        }
    }
    part.answer = AnswerColumn(encounters(), answers, part.answers);
}

void PartBuilder::fill_indexes(const Order& order, Part& part) const {
    auto dues = dues_;
    for (auto& due : dues) {
        due.row = order.row_of_came[due.row];
    }
    index_part(part, std::move(dues));
}

void index_part(Part& part, std::vector<DueGiven> dues) {
    part.thread_index = make_thread_index(part.customer_offsets.span(), part.thread);
    part.promises = make_promise_index(PromiseSource{*part.blueprint,
                                                     part.touchpoints,
                                                     part.customer_offsets.span(),
                                                     part.touchpoint,
                                                     part.thread,
                                                     part.thread_index,
                                                     part.time},
                                       std::move(dues));
}

Result<BuiltPart> PartBuilder::finish(const Shared& shared, const CodeSpace::Sorted* sorted,
                                      const ReadNumbers& ties) const {
    BuiltPart built;
    Part& part = built.part;
    part.share(shared);
    Order order = TRY(order_rows(ties));
    part.customer_offsets = Array(order.offsets);
    fill_codes(order, sorted, part);
    fill_times(order, part);
    fill_dimensions(order, sorted, part);
    fill_sparse(order, sorted, part);
    fill_indexes(order, part);
    built.traits_known.resize(order.customers.dictionary.size());
    for (std::size_t customer = 0; customer < traits_known_.size(); ++customer) {
        built.traits_known[order.customers.code_of[customer]] = traits_known_[customer];
    }
    part.customers = std::move(order.customers.dictionary);
    return built;
}

}  // namespace kokemus::timeline
