#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/result.h"
#include "records/value.h"

namespace kokemus::records {

class Connection;

using Values = std::vector<Value>;

/// A transaction in progress. Statements are SQL that both stores understand, with a `:name` for
/// each value; every name stands once, and values come in their order.
///
/// After a statement has failed, nothing else works in this transaction (PostgreSQL knows no other
/// way): return the error, and it is undone. Not thread safe; ends with the call it was given to.
class Session {
public:
    explicit Session(Connection& connection) : connection_(&connection) {}

    /// Carries the statement out; gives the number of rows it changed. A unique column that has
    /// the value already, or a row that others refer to, is a `Conflict`.
    Result<std::int64_t> run(std::string_view statement, const Values& values = {});

    /// The rows of a query, in its order. A NULL where `Columns` names no optional is `Corrupt`.
    template <typename... Columns>
    Result<std::vector<std::tuple<Columns...>>> rows(std::string_view query,
                                                     const Values& values = {}) {
        constexpr std::array<Wanted, sizeof...(Columns)> wanted{
            Wanted{Column<Columns>::kind, Column<Columns>::optional}...};
        auto cells = cells_of(query, values, wanted);
        if (!cells) {
            return std::move(cells).error();
        }
        std::vector<std::tuple<Columns...>> rows;
        rows.reserve(cells->size());
        for (auto& row : *cells) {
            rows.push_back(typed<Columns...>(row, std::index_sequence_for<Columns...>{}));
        }
        return rows;
    }

    /// The first row of a query, if there is one.
    template <typename... Columns>
    Result<std::optional<std::tuple<Columns...>>> row(std::string_view query,
                                                      const Values& values = {}) {
        auto found = rows<Columns...>(query, values);
        if (!found) {
            return std::move(found).error();
        }
        if (found->empty()) {
            return std::optional<std::tuple<Columns...>>();
        }
        return std::optional(std::move(found->front()));
    }

private:
    struct Wanted {
        Kind kind;
        bool optional;
    };
    using Cells = std::vector<Cell>;

    Result<std::vector<Cells>> cells_of(std::string_view query, const Values& values,
                                        std::span<const Wanted> wanted);

    template <typename... Columns, std::size_t... Places>
    static std::tuple<Columns...> typed(Cells& row, std::index_sequence<Places...> /*places*/) {
        return {Column<Columns>::from(std::move(row[Places]))...};
    }

    Connection* connection_;
};

}  // namespace kokemus::records
