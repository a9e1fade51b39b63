#include "duck/chunk_insert.h"

#include <duckdb.h>
#include <fmt/format.h>

namespace kokemus::duck {

struct ChunkInsert::Feed {
    std::vector<duckdb_type> types;
    std::span<ChunkBuilder* const> chunks;
    std::size_t next = 0;

    static Feed& of(void* extra) { return **static_cast<std::shared_ptr<Feed>*>(extra); }
    static void forget(void* extra) { delete static_cast<std::shared_ptr<Feed>*>(extra); }

    static void bind(duckdb_bind_info bind) {
        const Feed& feed = of(duckdb_bind_get_extra_info(bind));
        for (std::size_t i = 0; i < feed.types.size(); ++i) {
            duckdb_logical_type type = duckdb_create_logical_type(feed.types[i]);
            duckdb_bind_add_result_column(bind, fmt::format("column_{}", i).c_str(), type);
            duckdb_destroy_logical_type(&type);
        }
    }

    static void init(duckdb_init_info init) { duckdb_init_set_max_threads(init, 1); }

    static void give(duckdb_function_info function, duckdb_data_chunk out) {
        Feed& feed = of(duckdb_function_get_extra_info(function));
        while (feed.next < feed.chunks.size() && feed.chunks[feed.next]->size() == 0) {
            ++feed.next;
        }
        if (feed.next == feed.chunks.size()) {
            duckdb_data_chunk_set_size(out, 0);
            return;
        }
        const ChunkBuilder& chunk = *feed.chunks[feed.next++];
        auto* from = static_cast<duckdb_data_chunk>(chunk.native());
        for (std::size_t i = 0; i < feed.types.size(); ++i) {
            duckdb_vector_reference_vector(duckdb_data_chunk_get_vector(out, i),
                                           duckdb_data_chunk_get_vector(from, i));
        }
        duckdb_data_chunk_set_size(out, chunk.size());
    }
};

Result<ChunkInsert> ChunkInsert::open(Connection& connection, const std::string& table,
                                      std::span<const ColumnType> types) {
    auto feed = std::make_shared<Feed>();
    for (const ColumnType& type : types) {
        feed->types.push_back(static_cast<duckdb_type>(native_type(type)));
    }
    const std::string name = "rows_laid_out_for_" + table;
    duckdb_table_function function = duckdb_create_table_function();
    duckdb_table_function_set_name(function, name.c_str());
    duckdb_table_function_set_extra_info(function, new std::shared_ptr<Feed>(feed), &Feed::forget);
    duckdb_table_function_set_bind(function, &Feed::bind);
    duckdb_table_function_set_init(function, &Feed::init);
    duckdb_table_function_set_function(function, &Feed::give);
    auto* raw = static_cast<duckdb_connection>(connection.native());
    const auto state = duckdb_register_table_function(raw, function);
    duckdb_destroy_table_function(&function);
    if (state != DuckDBSuccess) {
        return internal_error("DuckDB does not take the function " + name);
    }
    Statement statement = TRY(connection.prepare(
        fmt::format("INSERT INTO {} SELECT * FROM {}()", identifier(table), identifier(name))));
    return ChunkInsert(std::move(statement), std::move(feed));
}

ChunkInsert::ChunkInsert(Statement statement, std::shared_ptr<Feed> feed)
    : statement_(std::move(statement)),
      feed_(std::move(feed)) {}

Status ChunkInsert::insert(std::span<ChunkBuilder* const> chunks) {
    feed_->chunks = chunks;
    feed_->next = 0;
    const auto done = statement_.run();
    feed_->chunks = {};
    feed_->next = 0;
    return done ? Status() : Status(done.error());
}

}  // namespace kokemus::duck
