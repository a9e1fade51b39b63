#include <fmt/format.h>
#include <fmt/ranges.h>

#include "duck/duck.h"
#include "ledger/duck_ledger.h"

namespace kokemus::ledger {

namespace {

using encounter::CustomerName;

constexpr std::string_view columns = "number, time, name, other, evidence, source, person, text";

std::vector<Asserted> read_rows(const duck::Chunk& chunk) {
    const std::vector<duck::Column> column = chunk.columns();
    const auto text = [&](std::size_t at, std::size_t row) {
        return std::string(column[at].text(row));
    };
    std::vector<Asserted> out;
    out.reserve(chunk.size());
    for (std::size_t row = 0; row < chunk.size(); ++row) {
        Asserted one;
        one.number = column[0].number<std::uint32_t>(row);
        one.at = Instant(Milliseconds(column[1].number<std::int64_t>(row)));
        one.assertion = {CustomerName(text(2, row)),
                         CustomerName(text(3, row)),
                         static_cast<encounter::Evidence>(column[4].number<std::uint8_t>(row)),
                         text(5, row),
                         text(6, row),
                         text(7, row)};
        out.push_back(std::move(one));
    }
    return out;
}

}  // namespace

Status DuckLedger::scan_assertions_since(
    std::uint32_t after, const std::function<Status(std::span<const Asserted>)>& take) const {
    auto connection = TRY(connect());
    // Rows lie in order of commit.
    auto statement =
        TRY(connection.prepare(fmt::format("SELECT {} FROM assertion WHERE number > $1", columns)));
    statement.bind(1, std::uint64_t{after});
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        TRY(take(read_rows(*chunk)));
    }
    return {};
}

Result<std::vector<Asserted>> DuckLedger::assertions_of(std::span<const CustomerName> names) const {
    std::vector<Asserted> out;
    if (names.empty()) {
        return out;
    }
    std::vector<std::string> literals;
    for (const CustomerName& name : names) {
        literals.push_back(duck::literal(name.value()));
    }
    const std::string list = fmt::format("(SELECT unnest([{}]))", fmt::join(literals, ","));
    auto connection = TRY(connect());
    auto rows = TRY(connection.query(
        fmt::format("SELECT {0} FROM assertion WHERE name IN {1} OR other IN {1} ORDER BY number",
                    columns,
                    list)));
    while (const auto chunk = TRY(rows.next())) {
        for (Asserted& one : read_rows(*chunk)) {
            out.push_back(std::move(one));
        }
    }
    return out;
}

}  // namespace kokemus::ledger
