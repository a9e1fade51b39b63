#include <algorithm>
#include <numeric>
#include <utility>

#include "base/check.h"
#include "base/parallel.h"
#include "timeline/timeline_build.h"

namespace kokemus::timeline {
namespace {

/// A multiple of 512, so that no two chunks share a word of a RowSet.
constexpr std::size_t chunk_rows = 1U << 15U;

}  // namespace

struct TimelineBuilder::Order {
    Interner::Ranked customers;
    std::vector<Row> offsets;               ///< per final customer code
    std::vector<std::uint32_t> raw_of_row;  ///< the new order
    std::vector<Row> row_of_raw;            ///< and back
};

std::string_view TimelineBuilder::id_of(const Raw& raw) const {
    return std::string_view(ids_).substr(raw.id_start, raw.id_bytes);
}

/// The total order within a customer. The ledger number comes last, for encounters that break the
/// ledger's promise of one id a customer.
bool TimelineBuilder::comes_before(std::uint32_t a, std::uint32_t b) const {
    const Raw& left = raw_[a];
    const Raw& right = raw_[b];
    if (left.time != right.time) {
        return left.time < right.time;
    }
    if (left.sequence != right.sequence) {
        return left.sequence < right.sequence;
    }
    const int ids = id_of(left).compare(id_of(right));
    return ids != 0 ? ids < 0 : left.number < right.number;
}

TimelineBuilder::Order TimelineBuilder::order_rows() const {
    Order order;
    order.customers = customers_.rank();
    const std::size_t customers = order.customers.dictionary.size();
    order.offsets.assign(customers + 1, 0);
    for (const Code provisional : customer_) {
        ++order.offsets[order.customers.code_of[provisional] + 1];
    }
    std::partial_sum(order.offsets.begin(), order.offsets.end(), order.offsets.begin());
    order.raw_of_row.resize(raw_.size());
    // Every chunk scans all encounters for those of its customers, so there are only as many chunks
    // as workers.
    const std::size_t chunk = raw_.size() < chunk_rows ? customers : customers / worker_count() + 1;
    for_each_chunk_plain(customers, chunk, [&](const Chunk& part) {
        sort_customers(part.from, part.to, order, order.raw_of_row);
    });
    order.row_of_raw.resize(raw_.size());
    for (std::size_t row = 0; row < raw_.size(); ++row) {
        order.row_of_raw[order.raw_of_row[row]] = static_cast<Row>(row);
    }
    return order;
}

void TimelineBuilder::sort_customers(std::size_t from, std::size_t to, const Order& order,
                                     std::span<std::uint32_t> places) const {
    struct Placed {
        std::int64_t time;
        std::uint32_t raw;
    };
    const Row base = order.offsets[from];
    std::vector<Placed> placed(order.offsets[to] - base);
    std::vector<Row> next(order.offsets.begin() + static_cast<std::ptrdiff_t>(from),
                          order.offsets.begin() + static_cast<std::ptrdiff_t>(to));
    for (std::size_t raw = 0; raw < raw_.size(); ++raw) {
        const Code customer = order.customers.code_of[customer_[raw]];
        if (from <= customer && customer < to) {
            placed[next[customer - from]++ - base] =
                Placed{raw_[raw].time, static_cast<std::uint32_t>(raw)};
        }
    }
    const auto before = [this](const Placed& a, const Placed& b) {
        return a.time != b.time ? a.time < b.time : comes_before(a.raw, b.raw);
    };
    for (std::size_t customer = from; customer < to; ++customer) {
        std::sort(placed.begin() + (order.offsets[customer] - base),
                  placed.begin() + (order.offsets[customer + 1] - base),
                  before);
    }
    for (std::size_t i = 0; i < placed.size(); ++i) {
        places[base + i] = placed[i].raw;
    }
}

void TimelineBuilder::fill_codes(const Order& order, Part& part) const {
    struct Target {
        const Interner& texts;
        Code Raw::*field;
        Dictionary& dictionary;
        CodeColumn& column;
    };
    const std::size_t rows = raw_.size();
    for (const auto& target : std::initializer_list<Target>{
             {touchpoints_, &Raw::touchpoint, part.touchpoints, part.touchpoint},
             {channels_, &Raw::channel, part.channels, part.channel},
             {departments_, &Raw::department, part.departments, part.department},
             {employees_, &Raw::employee, part.employees, part.employee},
             {threads_, &Raw::thread, part.threads, part.thread}}) {
        auto ranked = target.texts.rank();
        target.column = CodeColumn::make(rows, ranked.dictionary.size(), [&](auto* codes) {
            using Width = WidthOf<decltype(codes)>;
            for_each_chunk_plain(rows, chunk_rows, [&](const Chunk& chunk) {
                for (std::size_t row = chunk.from; row < chunk.to; ++row) {
                    codes[row] = static_cast<Width>(
                        ranked.code_of[raw_[order.raw_of_row[row]].*target.field]);
                }
            });
        });
        target.dictionary = std::move(ranked.dictionary);
    }
}

void TimelineBuilder::fill_times(const Order& order, Part& part) const {
    std::vector<std::int64_t> times(raw_.size());
    std::vector<std::uint64_t> numbers(raw_.size());
    for_each_chunk_plain(raw_.size(), chunk_rows, [&](const Chunk& chunk) {
        for (std::size_t row = chunk.from; row < chunk.to; ++row) {
            const Raw& raw = raw_[order.raw_of_row[row]];
            times[row] = raw.time;
            numbers[row] = raw.number;
        }
    });
    if (!times.empty()) {
        const auto [first, latest] = std::ranges::minmax(times);
        part.first_time = first;
        part.latest_time = latest;
    }
    part.time = TimeColumn::make(times);
    part.ledger_number = NumberPerRow(std::move(numbers));
}

void TimelineBuilder::fill_dimensions(const Order& order, Part& part) const {
    for (const auto& raw : dimensions_) {
        auto ranked = raw.texts.rank();
        const auto source = raw.declared->source;
        const bool per_row = source == blueprint::DimensionSource::Properties;
        const std::size_t size = per_row ? raw_.size() : order.customers.dictionary.size();
        part.dimension.push_back(CodeColumn::make(size, ranked.dictionary.size(), [&](auto* codes) {
            // Customers behind the last one with this trait have no code: absent, as the
            // column starts out.
            for (std::size_t place = 0; place < raw.codes.size(); ++place) {
                const std::size_t target =
                    per_row ? order.row_of_raw[place] : order.customers.code_of[place];
                codes[target] =
                    static_cast<WidthOf<decltype(codes)>>(ranked.code_of[raw.codes[place]]);
            }
        }));
        part.dimensions.push_back(
            Dimension{raw.declared->name, source, std::move(ranked.dictionary)});
    }
}

void TimelineBuilder::fill_sparse(const Order& order, Part& part) const {
    const auto moved = [&](auto entries) {
        for (auto& entry : entries) {
            entry.first = order.row_of_raw[entry.first];
        }
        return entries;
    };
    part.value = NumberColumn(raw_.size(), moved(values_));
    part.duration_seconds = NumberColumn(raw_.size(), moved(durations_));
    auto scales = scales_.rank();
    part.scales = std::move(scales.dictionary);
    auto answers = answers_;
    for (auto& answer : answers) {
        answer.row = order.row_of_raw[answer.row];
        answer.scale = scales.code_of[answer.scale];
    }
    part.answer = AnswerColumn(raw_.size(), answers, part.scales, *blueprint_);
    part.answers = part.answer.answers();
}

std::shared_ptr<const Timeline> TimelineBuilder::finish() const {
    Part part;
    part.blueprint = blueprint_;
    Order order = order_rows();
    part.customer_offsets = Array(order.offsets);
    fill_codes(order, part);
    fill_times(order, part);
    fill_dimensions(order, part);
    fill_sparse(order, part);
    part.customers = std::move(order.customers.dictionary);
    part.facts = make_facts(*blueprint_, part.touchpoints, part.channels);
    part.thread_index = make_thread_index(part.customer_offsets.span(), part.thread);
    auto dues = dues_;
    for (auto& due : dues) {
        due.row = order.row_of_raw[due.row];
    }
    part.promises = make_promise_index(PromiseSource{*blueprint_,
                                                     part.touchpoints,
                                                     part.customer_offsets.span(),
                                                     part.touchpoint,
                                                     part.thread,
                                                     part.thread_index,
                                                     part.time},
                                       std::move(dues));
    auto timeline = std::make_shared<Timeline>();
    static_cast<Shared&>(*timeline) = part;
    timeline->living_rows = part.rows();
    timeline->parts.push_back(std::move(part));
    return timeline;
}

}  // namespace kokemus::timeline
