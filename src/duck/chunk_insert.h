#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "duck/appender.h"

namespace kokemus::duck {

/// Inserts very many laid out rows into one table. An Appender copies every chunk before it gives
/// it to the table; this hands the chunks over as they lie, which saves about a fifth of the time.
/// Each insertion plans a query, so for fewer than some thousand rows an Appender is cheaper. Not
/// thread safe.
class ChunkInsert {
public:
    /// `types` are those of the chunks. Once for a table of a database.
    static Result<ChunkInsert> open(Connection& connection, const std::string& table,
                                    std::span<const ColumnType> types);

    /// Inserts the rows of the chunks, one after the other, within the connection's transaction.
    /// Any connection to the same database.
    Status insert(Connection& connection, std::span<ChunkBuilder* const> chunks);

private:
    /// What the table function that DuckDB reads from gives out.
    struct Feed;
    ChunkInsert(std::string statement, std::shared_ptr<Feed> feed);

    std::string statement_;
    std::shared_ptr<Feed> feed_;
};

}  // namespace kokemus::duck
