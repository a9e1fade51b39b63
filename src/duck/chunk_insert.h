#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "duck/appender.h"

namespace kokemus::duck {

/// Inserts laid out rows into one table. An Appender copies every chunk before it gives it to the
/// table and plans its work each time; this hands the chunks over as they lie, by a statement that
/// was prepared once. Not thread safe.
class ChunkInsert {
public:
    /// `types` are those of the chunks. Once for a table of a database; keep the connection alive.
    static Result<ChunkInsert> open(Connection& connection, const std::string& table,
                                    std::span<const ColumnType> types);

    /// Inserts the rows of the chunks, one after the other, within the connection's transaction.
    Status insert(std::span<ChunkBuilder* const> chunks);

private:
    /// What the table function that DuckDB reads from gives out.
    struct Feed;
    ChunkInsert(Statement statement, std::shared_ptr<Feed> feed);

    Statement statement_;
    std::shared_ptr<Feed> feed_;
};

}  // namespace kokemus::duck
