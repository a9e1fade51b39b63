#include <algorithm>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/log.h"
#include "encounter/contact.h"
#include "ledger/bounds.h"
#include "ledger/duck_ledger.h"
#include "ledger/duck_ledger_telling.h"
#include "ledger/start_seed.h"

namespace kokemus::ledger {

namespace {

using encounter::Assertion;
using encounter::CustomerName;
using encounter::Evidence;
using encounter::Named;
using Traits = std::map<std::string, std::string>;

std::uint64_t holder_key(std::string_view other) {
    return hash64(other, start_seed());
}

/// A name that somebody may have as a trait; nearly no other has one of these signs.
bool may_be_a_trait(std::string_view name) {
    return name.find_first_of("@:") != std::string_view::npos || name.starts_with('+');
}

std::string text_of(const std::vector<encounter::IdentityKey>& keys) {
    std::string text;
    for (const encounter::IdentityKey& key : keys) {
        text += fmt::format("{} {} {}\n", key.trait, encounter::name_of(key.evidence), key.country);
    }
    return text;
}

/// The evidence that a name which is an address or a number gives.
Evidence evidence_of_contact(std::string_view contact) {
    return contact.starts_with('+') ? Evidence::Phone : Evidence::Email;
}

/// What a name says that is an address or a number in another form than the one that is compared.
std::optional<Named> said_by_spelling(std::string_view name) {
    // Most names are neither, or in that form already.
    const bool is_address = name.find('@') != std::string_view::npos;
    const auto is_as_compared = [&](char letter) {
        return is_address ? letter != ' ' && (letter < 'A' || letter > 'Z')
                          : letter >= '0' && letter <= '9';
    };
    if ((!is_address && !name.starts_with('+')) ||
        std::ranges::all_of(name.substr(is_address ? 0 : 1), is_as_compared)) {
        return std::nullopt;
    }
    std::string contact = encounter::normal_contact(name);
    if (contact.empty() || contact == name) {
        return std::nullopt;
    }
    const Evidence evidence = evidence_of_contact(contact);
    return Named{std::move(contact), evidence};
}

bool says(const std::vector<Named>& names, const std::string& other) {
    return std::ranges::any_of(names, [&](const Named& one) { return one.other == other; });
}

}  // namespace

/// What the traits of one customer say becomes evidence once somebody else goes by the same name:
/// who alone has an address costs no row.
void DuckLedger::find_shared(std::uint32_t customer, const std::vector<Named>& names,
                             std::vector<Holding>& shared) {
    for (const Named& named : names) {
        if (named.evidence == Evidence::Member) {
            shared.push_back({customer, named});
            continue;
        }
        const std::uint64_t key = holder_key(named.other);
        const std::size_t others = holders_->count(key);
        if (others >= holders_per_name_max) {
            continue;
        }
        bool is_known = false;
        std::uint32_t first = 0;
        holders_->each(key, [&](std::uint32_t holder) {
            is_known = is_known || holder == customer;
            first = first == 0 ? holder : first;
        });
        if (is_known) {
            continue;
        }
        holders_->add(key, customer);
        if (others == 0 && !codes_.customers.find(named.other)) {
            continue;
        }
        shared.push_back({customer, named});
        if (others == 1) {
            shared.push_back({first, named});  // of several, all were found before
        }
    }
}

/// Of customers whose codes are new: those by whose name others are known, and who have by their
/// own name an address that others have.
void DuckLedger::find_named(std::uint32_t from, std::uint32_t to, std::vector<Holding>& shared) {
    {
        const CustomerNames::Reader names(codes_.customers);
        for (std::uint32_t code = from; code < to; ++code) {
            const std::string_view name = names.name(code);
            if (!may_be_a_trait(name)) {
                continue;
            }
            const Evidence evidence =
                encounter::is_contact(name) ? evidence_of_contact(name) : Evidence::Key;
            holders_->each(holder_key(name), [&](std::uint32_t holder) {
                shared.push_back({holder, {std::string(name), evidence}});
            });
        }
    }
    find_spelled(from, to, shared);
}

/// Of customers who have an address by their own name, in another form.
void DuckLedger::find_spelled(std::uint32_t from, std::uint32_t to, std::vector<Holding>& shared) {
    std::vector<Holding> spelled;
    {
        const CustomerNames::Reader names(codes_.customers);
        for (std::uint32_t code = from; code < to; ++code) {
            if (auto named = said_by_spelling(names.name(code))) {
                spelled.push_back({code, std::move(*named)});
            }
        }
    }
    for (const Holding& one : spelled) {
        find_shared(one.customer, {one.named}, shared);
    }
}

/// When and by whom each of these was said first. What was not said by a trait of the customer is
/// left out: two names may have one key by chance.
Result<std::vector<Asserted>> DuckLedger::said_of(const std::vector<Holding>& shared,
                                                  const Telling* telling) const {
    std::vector<Asserted> said;
    std::unordered_map<std::uint32_t, std::vector<const Holding*>> open;
    std::vector<std::uint32_t> codes;
    const Instant now = telling != nullptr ? telling->at : SystemClock().now();
    for (const Holding& one : shared) {
        const std::string name = customer_name(one.customer);
        const Assertion assertion{
            CustomerName(name), CustomerName(one.named.other), one.named.evidence, {}, {}, {}};
        if (!name.empty() && name != one.named.other && !is_asserted(assertion) &&
            !codes_.customers.is_refused(one.named.other)) {
            if (const auto named = said_by_spelling(name);
                named && named->other == one.named.other) {
                said.push_back({0, now, assertion});
                continue;
            }
            auto& of_one = open[one.customer];
            if (of_one.empty()) {
                codes.push_back(one.customer);
            }
            of_one.push_back(&one);
        }
    }
    if (open.empty()) {
        return said;
    }
    const auto take =
        [&](std::uint32_t customer, Instant at, std::string_view source, const Traits& traits) {
            const auto found = open.find(customer);
            if (found == open.end()) {
                return;
            }
            const auto names = encounter::names_in(traits, identity_keys_);
            std::erase_if(found->second, [&](const Holding* one) {
                if (!says(names, one->named.other)) {
                    return false;
                }
                said.push_back({0,
                                at,
                                {CustomerName(customer_name(customer)),
                                 CustomerName(one->named.other),
                                 one->named.evidence,
                                 std::string(source),
                                 {},
                                 {}}});
                return true;
            });
        };
    TRY(scan_trait_changes(codes, take));
    if (telling != nullptr) {
        for (const Telling::Change& change : telling->changes) {
            take(change.customer, telling->at, telling->source, *change.changed);
        }
    }
    return said;
}

Status DuckLedger::scan_trait_changes(std::span<const std::uint32_t> codes,
                                      const TakeTraitChange& take) const {
    auto connection = TRY(connect());
    auto rows = TRY(connection.query(
        fmt::format("SELECT customer, time, source, traits FROM trait_change "
                    "WHERE customer IN (SELECT unnest([{}]::UINTEGER[])) ORDER BY number",
                    fmt::join(codes, ","))));
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            take(chunk->column(0).number<std::uint32_t>(row),
                 Instant(Milliseconds(chunk->column(1).number<std::int64_t>(row))),
                 chunk->column(2).text(row),
                 read_traits(chunk->column(3), row));
        }
    }
    return {};
}

/// Who is known by what, from all traits that there ever were; what nobody has written down of that
/// yet is written with the next transaction: it may follow from keys that were declared since, or a
/// kill may have come before it.
Status DuckLedger::load_holders(duck::Connection& connection) {
    holders_ = std::make_unique<KeyIndex>();
    overdue_.clear();
    are_holders_stale_ = true;
    if (identity_keys_.empty()) {
        are_holders_stale_ = false;
        return {};
    }
    std::string columns;
    for (const encounter::IdentityKey& key : identity_keys_) {
        columns += fmt::format(", traits[{}]", duck::literal(key.trait));
    }
    auto statement =
        TRY(connection.prepare(fmt::format("SELECT customer{} FROM trait_change", columns)));
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            Traits traits;
            for (std::size_t key = 0; key < identity_keys_.size(); ++key) {
                const duck::Column column = chunk->column(key + 1);
                if (!column.is_null(row)) {
                    traits.emplace(identity_keys_[key].trait, column.text(row));
                }
            }
            find_shared(chunk->column(0).number<std::uint32_t>(row),
                        encounter::names_in(traits, identity_keys_),
                        overdue_);
        }
    }
    find_spelled(1, codes_.customers.saved(), overdue_);
    are_holders_stale_ = false;
    return {};
}

/// What is in memory of who is said to be who, of these names and of customers with these codes.
Result<DuckLedger::Known> DuckLedger::known_of(std::span<const CustomerName> names,
                                               std::span<const std::uint32_t> codes) const {
    Known known;
    for (const Asserted& one : TRY(assertions_of(names))) {
        if (!encounter::is_word(one.assertion.evidence)) {
            known.asserted.emplace_back(key_of(one.assertion), one.number);
        }
    }
    const auto hold = [&](std::uint32_t customer, const Named& named) {
        known.holders.emplace_back(holder_key(named.other), customer);
    };
    TRY(scan_trait_changes(
        codes, [&](std::uint32_t customer, Instant, std::string_view, const Traits& traits) {
            for (const Named& named : encounter::names_in(traits, identity_keys_)) {
                hold(customer, named);
            }
        }));
    for (const std::uint32_t code : codes) {
        if (const auto named = said_by_spelling(customer_name(code))) {
            hold(code, *named);
        }
    }
    return known;
}

void DuckLedger::forget(const Known& known) {
    for (const auto& [key, number] : known.asserted) {
        asserted_->remove(key, number);
    }
    for (const auto& [key, customer] : known.holders) {
        // Others may have it of whom there was no room to know.
        are_holders_stale_ = are_holders_stale_ || holders_->count(key) >= holders_per_name_max;
        holders_->remove(key, customer);
    }
}

/// Writes evidence that is overdue, and that it was looked for by the keys of now. When that fails
/// it stays so: what was told is on disk already.
void DuckLedger::write_overdue() {
    const bool is_derived = last_trait_ == 0 || is_derived_by(identity_keys_);
    if (overdue_.empty() && is_derived) {
        return;
    }
    const auto write = [&]() -> Status {
        Telling telling;
        telling.mark = codes_.mark();
        telling.assertions = TRY(said_of(overdue_, nullptr));
        if (telling.assertions.empty() && is_derived) {
            return {};
        }
        const auto write_all = [&]() -> Status {
            TRY(write_telling(telling));
            return is_derived ? Status() : write_derived();
        };
        TRY(transaction(telling.mark, write_all));
        note_telling(telling);
        derived_by_ = is_derived ? derived_by_ : text_of(identity_keys_);
        return {};
    };
    if (const Status written = write(); !written) {
        log_error("what traits say of who is who is not written yet: {}", written.error().message);
        return;
    }
    overdue_.clear();
}

/// Whether all that traits say by these keys is written.
bool DuckLedger::is_derived_by(const std::vector<encounter::IdentityKey>& keys) const {
    return derived_by_ == text_of(keys);
}

Status DuckLedger::write_derived() {
    return writer_.execute(fmt::format("DELETE FROM derived; INSERT INTO derived VALUES ({})",
                                       duck::literal(text_of(identity_keys_))));
}

Status DuckLedger::use_identity_keys(const std::vector<encounter::IdentityKey>& keys) {
    const std::scoped_lock lock(write_mutex_);
    // Without traits there is nothing to look at.
    const bool is_derived = last_trait_ == 0 || is_derived_by(keys);
    bool is_loaded = true;
    {
        const std::scoped_lock wanted(wanted_mutex_);
        is_loaded = are_keys_wanted_;
        if (keys == identity_keys_ && is_derived) {
            return {};
        }
        if (!is_loaded) {
            identity_keys_ = keys;  // the loader will see them
        }
        if (!is_loaded && is_derived) {
            return {};
        }
    }
    TRY(ready_to_write());
    if (is_loaded) {
        identity_keys_ = keys;
        auto connection = TRY(connect());
        TRY(load_holders(connection));
    }
    write_overdue();
    return {};
}

}  // namespace kokemus::ledger
