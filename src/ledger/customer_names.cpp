#include "ledger/customer_names.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "base/hash.h"
#include "duck/duck.h"
#include "ledger/start_seed.h"

namespace kokemus::ledger {

namespace {

constexpr std::array<duck::ColumnType, 2> column_types = {
    {{duck::ColumnType::Holds::Whole32}, {duck::ColumnType::Holds::Text}}};

}  // namespace

CustomerNames::CustomerNames() : ends_(1, 0) {}

std::uint64_t CustomerNames::key(std::string_view name) const {
    return hash64(name, start_seed());
}

Status CustomerNames::load_erased(duck::Connection& connection) {
    auto salt = TRY(connection.query("SELECT min(text) FROM salt HAVING count(*) = 1"));
    const auto text = TRY(std::move(salt).one_text());
    if (!text) {
        return Error{ErrorCode::Corrupt,
                     "the ledger has lost the salt of its digests; restore it from a backup"};
    }
    digests_.set_salt(*text);
    auto rows = TRY(connection.query("SELECT digest FROM erased"));
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            digests_.add(std::string(chunk->column(0).text(row)));
            has_refused_ = true;
        }
    }
    return {};
}

Status CustomerNames::load(duck::Connection& connection, const std::stop_token& stop) {
    auto counted = TRY(connection.query("SELECT count(*) FROM customer"));
    const auto count = TRY(std::move(counted).one_number());
    auto statement = TRY(connection.prepare("SELECT code, name FROM customer"));
    auto rows = TRY(statement.stream());
    const std::unique_lock lock(mutex_);
    index_.reserve(static_cast<std::size_t>(count.value_or(0)));
    ends_.reserve(static_cast<std::size_t>(count.value_or(0)) + 1);
    while (const auto chunk = TRY(rows.next())) {
        if (stop.stop_requested()) {
            return Error{ErrorCode::Cancelled, "the ledger is being closed"};
        }
        const duck::Column codes = chunk->column(0);
        const duck::Column names = chunk->column(1);
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            if (codes.number<std::uint32_t>(row) != next_) {
                return Error{ErrorCode::Corrupt,
                             "the ledger's table of customers has a gap; restore it from a backup"};
            }
            add(names.text(row));
        }
    }
    saved_ = next_;
    return {};
}

/// An empty name is that of somebody who was erased. `mutex_` is held.
void CustomerNames::add(std::string_view name) {
    bytes_.insert(bytes_.end(), name.begin(), name.end());
    ends_.push_back(bytes_.size());
    if (name.empty()) {
        gone_.resize(next_ + 1);
        gone_[next_] = true;
        ++erased_;
    } else {
        index_.add(key(name), next_);
    }
    ++next_;
}

std::uint32_t CustomerNames::find_any(std::string_view wanted) const {
    std::uint32_t found = 0;
    index_.each(key(wanted), [&](std::uint32_t code) {
        if (name(code) == wanted) {
            found = code;
        }
    });
    return found;
}

std::uint32_t CustomerNames::code(std::string_view name) {
    if (const std::uint32_t known = find_any(name); known != 0) {
        return known;
    }
    if (digests_.contains(name)) {
        return 0;
    }
    const std::unique_lock lock(mutex_);
    add(name);
    return next_ - 1;
}

std::uint32_t CustomerNames::known(std::string_view name) const {
    return find_any(name);
}

void CustomerNames::erase(std::span<const std::uint32_t> codes,
                          std::span<const std::string> digests) {
    const std::unique_lock lock(mutex_);
    for (const std::uint32_t code : codes) {
        const std::string_view lost = name(code);
        index_.remove(key(lost), code);
        std::fill_n(bytes_.begin() + (lost.data() - bytes_.data()), lost.size(), '\0');
        gone_.resize(std::max<std::size_t>(gone_.size(), code + 1));
        gone_[code] = true;
        ++erased_;
    }
    for (const std::string& digest : digests) {
        digests_.add(digest);
        has_refused_ = true;
    }
}

bool CustomerNames::is_refused(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    return digests_.contains(name);
}

std::vector<std::string> CustomerNames::refused() const {
    const std::shared_lock lock(mutex_);
    return digests_.sorted();
}

void CustomerNames::readmit(const std::string& digest) {
    const std::unique_lock lock(mutex_);
    digests_.remove(digest);
}

std::optional<std::uint32_t> CustomerNames::find(std::string_view name) const {
    const std::shared_lock lock(mutex_);
    const std::uint32_t known = find_any(name);
    return known != 0 && known < saved_ ? std::optional(known) : std::nullopt;
}

Status CustomerNames::prepare_to_save(duck::Connection& writer) {
    insert_.emplace(TRY(duck::ChunkInsert::open(writer, "customer", column_types)));
    return {};
}

Status CustomerNames::save(std::uint32_t end) {
    if (saved_ >= end) {
        return {};
    }
    const std::shared_lock lock(mutex_);  // the chunks point to the names
    std::vector<duck::ChunkBuilder> chunks;
    for (std::uint32_t code = saved_; code < end; ++code) {
        const std::size_t row = (code - saved_) % duck::ChunkBuilder::rows_max();
        if (row == 0) {
            chunks.emplace_back(column_types);
        }
        chunks.back().number(0, row, code);
        chunks.back().text(1, row, name(code));
        chunks.back().set_size(row + 1);
    }
    std::vector<duck::ChunkBuilder*> pointers;
    pointers.reserve(chunks.size());
    for (duck::ChunkBuilder& chunk : chunks) {
        pointers.push_back(&chunk);
    }
    return insert_->insert(pointers);
}

void CustomerNames::saved(std::uint32_t end) {
    const std::unique_lock lock(mutex_);
    saved_ = std::max(saved_, end);
}

}  // namespace kokemus::ledger
