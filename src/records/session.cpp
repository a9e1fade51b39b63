#include "records/session.h"

#include <deque>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "records/connection.h"

namespace kokemus::records {
namespace {

using LongLong = long long;  // SOCI knows this type, and not std::int64_t, which is long here

/// Text with a zero byte would be cut by one store and refused by the other.
bool has_zero_byte(const Cell& cell) {
    const auto* text = std::get_if<std::string>(&cell);
    return text != nullptr && text->find('\0') != std::string::npos;
}

class Statement {
public:
    Statement(soci::session& session, std::string_view sql) : statement_(session), sql_(sql) {}

    void bind(const Cell& cell) {
        Holder& holder = held_.emplace_back();
        if (const auto* integer = std::get_if<std::int64_t>(&cell)) {
            holder.integer = *integer;
            statement_.exchange(soci::use(holder.integer, holder.is));
        } else if (const auto* number = std::get_if<double>(&cell)) {
            holder.number = *number;
            statement_.exchange(soci::use(holder.number, holder.is));
        } else if (const auto* text = std::get_if<std::string>(&cell)) {
            holder.text = *text;
            statement_.exchange(soci::use(holder.text, holder.is));
        } else {
            holder.is = soci::i_null;
            statement_.exchange(soci::use(holder.text, holder.is));
        }
    }

    void expect(Kind kind) {
        Holder& holder = into_.emplace_back();
        holder.kind = kind;
        switch (kind) {
            case Kind::Integer: statement_.exchange(soci::into(holder.integer, holder.is)); break;
            case Kind::Number: statement_.exchange(soci::into(holder.number, holder.is)); break;
            case Kind::Text: statement_.exchange(soci::into(holder.text, holder.is)); break;
        }
    }

    void prepare() {
        statement_.alloc();
        statement_.prepare(sql_);
        statement_.define_and_bind();
    }

    std::int64_t run() {
        statement_.execute(true);
        return statement_.get_affected_rows();
    }

    void ask() { statement_.execute(false); }
    bool fetch() { return statement_.fetch(); }

    Cell cell(std::size_t column) const {
        const Holder& holder = into_[column];
        if (holder.is == soci::i_null) {
            return std::monostate();
        }
        switch (holder.kind) {
            case Kind::Integer: return std::int64_t{holder.integer};
            case Kind::Number: return holder.number;
            case Kind::Text: break;
        }
        return holder.text;
    }

private:
    struct Holder {
        Kind kind = Kind::Text;
        LongLong integer = 0;
        double number = 0;
        std::string text;
        soci::indicator is = soci::i_ok;
    };

    std::deque<Holder> held_;  // SOCI keeps their addresses
    std::deque<Holder> into_;
    soci::statement statement_;
    std::string sql_;
};

Result<std::unique_ptr<Statement>> prepare(Connection& connection, std::string_view sql,
                                           const Values& values) {
    auto statement = std::make_unique<Statement>(connection.session(), sql);
    for (const Value& value : values) {
        if (has_zero_byte(value.cell())) {
            return invalid_input("records: a text holds a zero byte; take it out.");
        }
        statement->bind(value.cell());
    }
    return statement;
}

}  // namespace

Result<std::int64_t> Session::run(std::string_view statement, const Values& values) {
    try {
        const auto prepared = TRY(prepare(*connection_, statement, values));
        prepared->prepare();
        return prepared->run();
    } catch (const std::exception& exception) {
        return connection_->failure(exception);
    }
}

Result<std::vector<Session::Cells>> Session::cells_of(std::string_view query, const Values& values,
                                                      std::span<const Wanted> wanted) {
    try {
        const auto prepared = TRY(prepare(*connection_, query, values));
        for (const Wanted& column : wanted) {
            prepared->expect(column.kind);
        }
        prepared->prepare();
        prepared->ask();
        std::vector<Cells> rows;
        while (prepared->fetch()) {
            Cells& row = rows.emplace_back();
            for (std::size_t column = 0; column < wanted.size(); ++column) {
                row.push_back(prepared->cell(column));
                if (!wanted[column].optional &&
                    std::holds_alternative<std::monostate>(row.back())) {
                    return Error{ErrorCode::Corrupt,
                                 fmt::format("records: column {} of a row is empty, which it must "
                                             "not be; restore the records from a backup.",
                                             column + 1),
                                 std::string(query)};
                }
            }
        }
        return rows;
    } catch (const std::exception& exception) {
        return connection_->failure(exception);
    }
}

}  // namespace kokemus::records
