#include <algorithm>
#include <atomic>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "base/parallel.h"
#include "timeline/part.h"

/// What must hold of columns so that nothing in them leads outside their memory. Columns that we
/// made hold it by construction; those of a file might not, whatever its checksums say.
namespace kokemus::timeline {

namespace {

constexpr std::size_t chunk_values = 1U << 20U;

/// Whether `holds` is true of every chunk of [0, count).
template <typename Holds>
bool all_chunks(std::size_t count, Holds&& holds) {
    std::atomic<bool> all{true};
    for_each_chunk_plain(count, chunk_values, [&](const Chunk& chunk) {
        if (all.load(std::memory_order_relaxed) && !holds(chunk.from, chunk.to)) {
            all = false;
        }
    });
    return all;
}

/// Whether all values are below `end`.
template <typename T>
bool all_below(std::span<const T> values, std::size_t end) {
    return all_chunks(values.size(), [&](std::size_t from, std::size_t to) {
        T highest = 0;
        for (std::size_t i = from; i < to; ++i) {
            highest = std::max(highest, values[i]);
        }
        return from == to || highest < end;
    });
}

/// Whether these are `count` + 1 offsets from 0 to `end`, none below the one before.
template <typename T>
bool are_offsets(std::span<const T> offsets, std::size_t count, std::size_t end) {
    if (offsets.size() != count + 1 || offsets.front() != 0 || offsets.back() != end) {
        return false;
    }
    return all_chunks(count, [&](std::size_t from, std::size_t to) {
        bool rises = true;
        for (std::size_t i = from; i < to; ++i) {
            rises &= offsets[i] <= offsets[i + 1];
        }
        return rises;
    });
}

/// Looks at one column after the other, up to the first that is not sound: those behind it may
/// count on it.
class FirstUnsound {
public:
    template <typename IsSound>
    void unless(std::string_view column, const IsSound& is_sound) {
        if (column_.empty() && !is_sound()) {
            column_ = column;
        }
    }

    std::string_view column() const { return column_; }

private:
    std::string_view column_;
};

}  // namespace

bool Dictionary::is_sound() const {
    // A start more than texts, and a block for each run of them.
    if (starts_.size() < 2 || blocks_.size() != ((starts_.size() - 1) >> 16U) + 1) {
        return false;
    }
    const bool within = all_chunks(size(), [&](std::size_t from, std::size_t to) {
        bool rises = true;
        for (std::size_t code = from; code < to; ++code) {
            rises &= start(code) <= start(code + 1) && start(code + 1) <= bytes_.size();
        }
        return rises;
    });
    return within && start(0) == 0 && start(1) == 0 && start(size()) == bytes_.size() &&
           all_below(sorted_.span(), size()) && all_below(recent_.span(), size());
}

bool CodeColumn::is_sound(std::size_t rows, std::size_t codes) const {
    if ((width_ != 1 && width_ != 2 && width_ != 4) || bytes_.size() != rows * width_) {
        return false;
    }
    return visit([&](const auto* values) { return all_below(std::span(values, rows), codes); });
}

bool RowSet::is_sound(std::size_t rows) const {
    if (bits_.empty() || ranks_.empty()) {
        return bits_.empty() && ranks_.empty();
    }
    if (bits_.size() != (rows + 511) / 512 * 8 || ranks_.size() != bits_.size() / 8 + 1 ||
        ranks_[0] != 0) {
        return false;
    }
    const bool ranked = all_chunks(bits_.size() / 8, [&](std::size_t from, std::size_t to) {
        for (std::size_t block = from; block < to; ++block) {
            std::uint32_t count = ranks_[block];
            for (std::size_t word = block * 8; word < block * 8 + 8; ++word) {
                count += static_cast<std::uint32_t>(std::popcount(bits_[word]));
            }
            if (count != ranks_[block + 1]) {
                return false;
            }
        }
        return true;
    });
    for (std::size_t row = rows; row < bits_.size() * 64; ++row) {
        if (contains(static_cast<Row>(row))) {
            return false;
        }
    }
    return ranked;
}

bool TimeColumn::is_sound(std::size_t rows) const {
    const std::size_t spans = (rows + span_rows - 1) / span_rows;
    if (least_.size() != spans || greatest_.size() != spans) {
        return false;
    }
    if (!wide_.empty()) {
        return wide_.size() == rows && low_.empty() && high_.empty();
    }
    // So far from the end of all times that counting up from the base cannot pass it.
    constexpr std::int64_t beyond_base = (std::int64_t{1} << 40U) * 1000;
    return low_.size() == rows && (high_.empty() || high_.size() == rows) &&
           (unit_ == 1 || unit_ == 1000) &&
           base_ <= std::numeric_limits<std::int64_t>::max() - beyond_base;
}

bool NumberColumn::is_sound(std::size_t rows) const {
    if (!present_.is_sound(rows)) {
        return false;
    }
    if (unit_ == 0) {
        return wide_.size() == present_.size() && scaled_.empty();
    }
    return (unit_ == 1 || unit_ == 100 || unit_ == 1000) && wide_.empty() &&
           scaled_.size() == present_.size();
}

bool AnswerColumn::is_sound(std::size_t rows, std::size_t answers) const {
    return rows_.is_sound(rows) && codes_.is_sound(rows_.size(), answers);
}

bool ThreadIndex::is_sound(std::size_t row_count, std::size_t customers) const {
    return !offsets.empty() && rows.size() <= row_count && all_below(rows.span(), row_count) &&
           are_offsets(offsets.span(), offsets.size() - 1, rows.size()) &&
           are_offsets(of_customer.span(), customers, offsets.size() - 1);
}

bool PromiseIndex::is_sound(std::size_t rows, std::size_t promises) const {
    const std::size_t made = promise_.size();
    return rows_.is_sound(rows) && promise_.is_sound(made, promises) &&
           are_offsets(offsets_.span(), rows_.size(), made) && due_.is_sound(made) &&
           kept_.is_sound(made) && actual_.is_sound(kept_.size());
}

std::string_view Part::unsound_column() const {
    const std::size_t all = rows();
    FirstUnsound first;
    first.unless("customers", [&] { return customers.is_sound(); });
    first.unless("threads", [&] { return threads.is_sound(); });
    first.unless("customer_offsets",
                 [&] { return are_offsets(customer_offsets.span(), customer_count(), all); });
    first.unless("time", [&] { return time.is_sound(all); });
    first.unless("touchpoint", [&] { return touchpoint.is_sound(all, touchpoints.size()); });
    first.unless("channel", [&] { return channel.is_sound(all, channels.size()); });
    first.unless("department", [&] { return department.is_sound(all, departments.size()); });
    first.unless("employee", [&] { return employee.is_sound(all, employees.size()); });
    first.unless("thread", [&] { return thread.is_sound(all, threads.size()); });
    first.unless("answer", [&] { return answer.is_sound(all, answers.size()); });
    first.unless("value", [&] { return value.is_sound(all); });
    first.unless("duration", [&] { return duration_seconds.is_sound(all); });
    first.unless("dimension", [&] { return dimension.size() == dimensions.size(); });
    for (std::size_t place = 0; place < dimensions.size(); ++place) {
        first.unless(dimensions[place].name, [&] {
            const bool per_row = dimensions[place].source == blueprint::DimensionSource::Properties;
            return dimension[place].is_sound(per_row ? all : customer_count(),
                                             dimensions[place].texts.size());
        });
    }
    first.unless("ledger_number", [&] { return ledger_number.is_sound(all); });
    first.unless("thread_index", [&] { return thread_index.is_sound(all, customer_count()); });
    first.unless("promises", [&] { return promises.is_sound(all, blueprint->promises.size()); });
    first.unless("gone", [&] { return gone.is_sound(customer_count()); });
    return first.column();
}

std::string_view Shared::unsound_column() const {
    FirstUnsound first;
    first.unless("touchpoints", [&] { return touchpoints.is_sound(); });
    first.unless("channels", [&] { return channels.is_sound(); });
    first.unless("departments", [&] { return departments.is_sound(); });
    first.unless("employees", [&] { return employees.is_sound(); });
    first.unless("scales", [&] { return scales.is_sound(); });
    for (const Dimension& one : dimensions) {
        first.unless(one.name, [&] { return one.texts.is_sound(); });
    }
    first.unless("answers", [&] {
        return std::ranges::all_of(answers, [&](const Answer& answer) {
            return answer.scale < scales.size() && std::isfinite(answer.score);
        });
    });
    return first.column();
}

}  // namespace kokemus::timeline
