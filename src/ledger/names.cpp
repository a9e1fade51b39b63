#include "ledger/names.h"

#include <mutex>

#include "duck/appender.h"
#include "duck/duck.h"

namespace kokemus::ledger {

Names::Names() {
    add("");
    saved_ = next_;
}

Status Names::load(duck::Connection& connection) {
    auto rows = TRY(connection.query("SELECT code, text FROM name WHERE code > 0 ORDER BY code"));
    while (const auto chunk = TRY(rows.next())) {
        const duck::Column codes = chunk->column(0);
        const duck::Column texts = chunk->column(1);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            if (codes.number<std::uint32_t>(row) != next_) {
                return Error{ErrorCode::Corrupt,
                             "the ledger's table of names has a gap; restore it from a backup"};
            }
            add(texts.text(row));
        }
    }
    saved_ = next_;
    return {};
}

std::uint32_t Names::add(std::string_view text) {
    const std::unique_lock lock(mutex_);
    texts_.emplace_back(text);
    codes_.emplace(texts_.back(), next_);
    return next_++;
}

std::uint32_t Names::code(std::string_view text) {
    if (text.empty()) {
        return 0;
    }
    const auto found = codes_.find(text);
    return found != codes_.end() ? found->second : add(text);
}

Status Names::save(duck::Connection& connection, std::uint32_t end) {
    if (saved_ >= end) {
        return {};
    }
    auto appender = TRY(duck::Appender::open(connection, "name"));
    for (std::uint32_t code = saved_; code < end; ++code) {
        appender.number(0, code);
        appender.text(1, text(code));
        TRY(appender.end_row());
    }
    return appender.finish();
}

const std::string* Names::find(std::uint32_t code) const {
    const std::shared_lock lock(mutex_);
    return code < texts_.size() ? &texts_[code] : nullptr;
}

const std::string& Names::text(std::uint32_t code) const {
    static const std::string absent;
    const std::string* found = find(code);
    return found == nullptr ? absent : *found;
}

}  // namespace kokemus::ledger
