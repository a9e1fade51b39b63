#include "timeline/thread_index.h"

#include <algorithm>
#include <utility>

#include "base/parallel.h"

namespace kokemus::timeline {
namespace {

/// The index of a range of customers, with offsets of its own.
struct Piece {
    std::vector<Row> rows;
    std::vector<std::uint32_t> ends;       ///< of each thread, within `rows`
    std::vector<std::uint32_t> customers;  ///< threads up to and with each customer
};

Piece index_customers(std::span<const Row> offsets, const CodeColumn& threads) {
    Piece piece;
    std::vector<std::pair<Code, Row>> placed;
    for (std::size_t customer = 0; customer + 1 < offsets.size(); ++customer) {
        placed.clear();
        for (Row row = offsets[customer]; row < offsets[customer + 1]; ++row) {
            if (const Code thread = threads[row]; thread != 0) {
                placed.emplace_back(thread, row);
            }
        }
        std::ranges::sort(placed);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            piece.rows.push_back(placed[i].second);
            if (i + 1 == placed.size() || placed[i + 1].first != placed[i].first) {
                piece.ends.push_back(static_cast<std::uint32_t>(piece.rows.size()));
            }
        }
        piece.customers.push_back(static_cast<std::uint32_t>(piece.ends.size()));
    }
    return piece;
}

}  // namespace

ThreadIndex make_thread_index(std::span<const Row> customer_offsets, const CodeColumn& threads) {
    const std::size_t customers = customer_offsets.size() - 1;
    constexpr std::size_t chunk_customers = 1U << 15U;
    std::vector<Piece> pieces((customers + chunk_customers - 1) / chunk_customers);
    for_each_chunk_plain(customers, chunk_customers, [&](const Chunk& chunk) {
        pieces[chunk.from / chunk_customers] =
            index_customers(customer_offsets.subspan(chunk.from, chunk.size() + 1), threads);
    });
    std::size_t rows = 0;
    std::size_t units = 0;
    for (const auto& piece : pieces) {
        rows += piece.rows.size();
        units += piece.ends.size();
    }
    Piece whole;
    whole.rows.reserve(rows);
    whole.ends.reserve(units + 1);
    whole.customers.reserve(customers + 1);
    whole.ends.push_back(0);
    whole.customers.push_back(0);
    for (auto& piece : pieces) {
        const auto rows_before = static_cast<std::uint32_t>(whole.rows.size());
        const auto units_before = static_cast<std::uint32_t>(whole.ends.size() - 1);
        whole.rows.insert(whole.rows.end(), piece.rows.begin(), piece.rows.end());
        for (const auto end : piece.ends) {
            whole.ends.push_back(rows_before + end);
        }
        for (const auto count : piece.customers) {
            whole.customers.push_back(units_before + count);
        }
        piece = Piece{};
    }
    return ThreadIndex{Array(std::move(whole.rows)),
                       Array(std::move(whole.ends)),
                       Array(std::move(whole.customers))};
}

}  // namespace kokemus::timeline
