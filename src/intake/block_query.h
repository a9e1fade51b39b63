#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "duck/duck.h"
#include "intake/import_map.h"
#include "intake/stage.h"

namespace kokemus::intake {

/// As what a field's value is read.
enum class Reading { Text, Number, Whole, Truth, Time, Json };

/// One field of a block, bound to the columns of its table.
struct Slot {
    std::string field;  ///< "score", "due.delivery", "properties.plan", "traits.city"
    Expression expression;
    Reading reading = Reading::Text;
    bool any_type = false;  ///< properties and traits: `reading` follows the expression's own type
    bool safe = false;      ///< a column as it is: cannot fail, lies bare in the result
    std::string bare_column = {};           ///< the expression is nothing but this column; or empty
    std::vector<std::string> columns = {};  ///< columns that the expression names
    std::string sql = {};                   ///< the expression with its casts
};

/// The query that evaluates the fields of one block for every row of its table. An expression that
/// fails for a row gives NULL in place of a struct with the value, so that the row can be refused
/// and the others go on.
struct BlockQuery {
    const StagedTable* table = nullptr;
    std::vector<Slot> slots;
    std::optional<Slot> where;
    std::string sql;  ///< columns: the row's number, failure of `where`, one per slot

    static constexpr std::size_t first_slot_column = 2;
};

/// Binds a block. On failure every fault is listed with the line of the map, the field and what to
/// write instead.
Result<BlockQuery> bind_block(Stage& stage, const ImportMap& map, const StagedTable& table,
                              const std::optional<Expression>& where, std::vector<Slot> slots);

/// The slots of a block's fields, in a fixed order.
std::vector<Slot> slots_of(const EncounterBlock& block);
std::vector<Slot> slots_of(const CustomerBlock& block);

/// The value of a slot in one row of the query's result.
class SlotValue {
public:
    SlotValue(const Slot& slot, const duck::Column& column)
        : column_(slot.safe ? column : column.field(0)),
          outer_(column),
          safe_(slot.safe) {}

    bool failed(std::size_t row) const { return !safe_ && outer_.is_null(row); }
    bool absent(std::size_t row) const {
        return (!safe_ && outer_.is_null(row)) || column_.is_null(row);
    }
    std::string_view text(std::size_t row) const { return column_.text(row); }
    double number(std::size_t row) const { return column_.number<double>(row); }
    std::int64_t whole(std::size_t row) const { return column_.number<std::int64_t>(row); }
    bool truth(std::size_t row) const { return column_.number<bool>(row); }

private:
    duck::Column column_;
    duck::Column outer_;
    bool safe_;
};

}  // namespace kokemus::intake
