#include "duck/appender.h"

#include <duckdb.h>

#include "base/check.h"

namespace kokemus::duck {

int native_type(const ColumnType& type) {
    switch (type.holds) {
        case ColumnType::Holds::Whole32: return DUCKDB_TYPE_UINTEGER;
        case ColumnType::Holds::Whole64: return DUCKDB_TYPE_UBIGINT;
        case ColumnType::Holds::Double: return DUCKDB_TYPE_DOUBLE;
        case ColumnType::Holds::TimestampMs: return DUCKDB_TYPE_TIMESTAMP_MS;
        case ColumnType::Holds::Text: return DUCKDB_TYPE_VARCHAR;
    }
    return DUCKDB_TYPE_INVALID;
}

struct ChunkBuilder::Held {
    duckdb_data_chunk chunk = nullptr;

    Held() = default;
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() { duckdb_destroy_data_chunk(&chunk); }
};

ChunkBuilder::ChunkBuilder(std::span<const ColumnType> types) : held_(std::make_unique<Held>()) {
    std::vector<duckdb_logical_type> logical;
    for (const ColumnType& type : types) {
        logical.push_back(duckdb_create_logical_type(static_cast<duckdb_type>(native_type(type))));
    }
    held_->chunk = duckdb_create_data_chunk(logical.data(), logical.size());
    CHECK(held_->chunk != nullptr);
    for (std::size_t i = 0; i < types.size(); ++i) {
        duckdb_destroy_logical_type(&logical[i]);
        duckdb_vector vector = duckdb_data_chunk_get_vector(held_->chunk, i);
        if (types[i].nulls == ColumnType::Nulls::Possible) {
            duckdb_vector_ensure_validity_writable(vector);
        }
        values_.push_back(duckdb_vector_get_data(vector));
        validity_.push_back(duckdb_vector_get_validity(vector));
    }
}

ChunkBuilder::~ChunkBuilder() = default;
ChunkBuilder::ChunkBuilder(ChunkBuilder&&) noexcept = default;

std::size_t ChunkBuilder::rows_max() {
    return duckdb_vector_size();
}

std::vector<Column> ChunkBuilder::columns() const {
    std::vector<Column> out;
    for (std::size_t i = 0; i < values_.size(); ++i) {
        out.push_back(Column(duckdb_data_chunk_get_vector(held_->chunk, i)));
    }
    return out;
}

void* ChunkBuilder::native() const {
    return held_->chunk;
}

struct Appender::Held {
    duckdb_appender appender = nullptr;
    duckdb_data_chunk chunk = nullptr;
    std::vector<std::uint64_t> child_sizes;  ///< of MAP columns: elements in this chunk

    Held() = default;
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

    ~Held() {
        if (chunk != nullptr) {
            duckdb_destroy_data_chunk(&chunk);
        }
        // Destroying flushes what was not flushed; an error of that comes too late to matter, the
        // transaction is gone.
        duckdb_appender_destroy(&appender);
    }

    Error error() const {
        duckdb_error_data failure = duckdb_appender_error_data(appender);
        const char* message = duckdb_error_data_message(failure);
        Error out = to_error(duckdb_error_data_error_type(failure),
                             message == nullptr ? "unknown error" : message);
        duckdb_destroy_error_data(&failure);
        return out;
    }
};

Result<Appender> Appender::open(Connection& connection, const std::string& table) {
    auto held = std::make_unique<Held>();
    auto* raw = static_cast<duckdb_connection>(connection.native());
    if (duckdb_appender_create(raw, nullptr, table.c_str(), &held->appender) != DuckDBSuccess) {
        return held->error();
    }
    const std::size_t columns = duckdb_appender_column_count(held->appender);
    std::vector<duckdb_logical_type> types(columns);
    for (std::size_t i = 0; i < columns; ++i) {
        types[i] = duckdb_appender_column_type(held->appender, i);
    }
    held->chunk = duckdb_create_data_chunk(types.data(), columns);
    for (duckdb_logical_type& type : types) {
        duckdb_destroy_logical_type(&type);
    }
    held->child_sizes.resize(columns);
    return Appender(std::move(held));
}

Appender::Appender(std::unique_ptr<Held> held)
    : held_(std::move(held)),
      rows_max_(duckdb_vector_size()) {
    values_.resize(held_->child_sizes.size());
    validity_.resize(held_->child_sizes.size());
    begin_chunk();
}

Appender::~Appender() = default;
Appender::Appender(Appender&&) noexcept = default;

void Appender::begin_chunk() {
    duckdb_data_chunk_reset(held_->chunk);
    for (std::size_t i = 0; i < values_.size(); ++i) {
        duckdb_vector vector = duckdb_data_chunk_get_vector(held_->chunk, i);
        duckdb_vector_ensure_validity_writable(vector);
        values_[i] = duckdb_vector_get_data(vector);
        validity_[i] = duckdb_vector_get_validity(vector);
        held_->child_sizes[i] = 0;
    }
    row_ = 0;
}

void Appender::map(std::size_t column, const std::map<std::string, std::string>& entries) {
    std::uint64_t& size = held_->child_sizes[column];
    number(column, duckdb_list_entry{size, entries.size()});
    if (entries.empty()) {
        return;
    }
    duckdb_vector vector = duckdb_data_chunk_get_vector(held_->chunk, column);
    CHECK(duckdb_list_vector_reserve(vector, size + entries.size()) == DuckDBSuccess);
    CHECK(duckdb_list_vector_set_size(vector, size + entries.size()) == DuckDBSuccess);
    duckdb_vector pair = duckdb_list_vector_get_child(vector);
    duckdb_vector keys = duckdb_struct_vector_get_child(pair, 0);
    duckdb_vector texts = duckdb_struct_vector_get_child(pair, 1);
    for (const auto& [key, value] : entries) {
        duckdb_vector_assign_string_element_len(keys, size, key.data(), key.size());
        duckdb_vector_assign_string_element_len(texts, size, value.data(), value.size());
        ++size;
    }
}

Status Appender::end_row() {
    ++row_;
    if (row_ == rows_max_) {
        TRY(flush());
    }
    return {};
}

Status Appender::flush() {
    if (row_ == 0) {
        return {};
    }
    duckdb_data_chunk_set_size(held_->chunk, row_);
    if (duckdb_append_data_chunk(held_->appender, held_->chunk) != DuckDBSuccess) {
        return held_->error();
    }
    begin_chunk();
    return {};
}

Status Appender::append(ChunkBuilder& chunk) {
    TRY(flush());
    auto* laid_out = static_cast<duckdb_data_chunk>(chunk.native());
    duckdb_data_chunk_set_size(laid_out, chunk.size());
    if (duckdb_append_data_chunk(held_->appender, laid_out) != DuckDBSuccess) {
        return held_->error();
    }
    return {};
}

Status Appender::finish() {
    TRY(flush());
    if (duckdb_appender_close(held_->appender) != DuckDBSuccess) {
        return held_->error();
    }
    return {};
}

}  // namespace kokemus::duck
