#include "ledger/duck_ledger_telling.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/log.h"
#include "consent/consent.h"
#include "duck/appender.h"
#include "encounter/faults.h"
#include "ledger/bounds.h"
#include "ledger/customer_change.h"
#include "ledger/duck_ledger.h"
#include "ledger/start_seed.h"

namespace kokemus::ledger {

namespace {

using encounter::Assertion;
using encounter::Customer;
using Traits = std::map<std::string, std::string>;

/// What one assertion is known by, so that it is kept once; names hold no line breaks.
std::uint64_t key_of(std::string_view name, std::string_view other, std::string_view text,
                     std::uint8_t evidence) {
    std::string both(name);
    both.append("\n").append(other).append("\n").append(text);
    return hash64(both, start_seed() + evidence);
}

/// Takes what was sent into what is known, and gives what changed by that. Later traits win; an
/// empty value removes one. Consents are kept in one spelling.
void merge(const Traits& told, Instant at, Traits& known, Traits& changed) {
    const Traits sent = consent::has_consents(told) ? consent::as_kept(told, known, at) : told;
    for (const auto& [trait, value] : sent) {
        const auto found = known.find(trait);
        if (value.empty() ? found == known.end() : found != known.end() && found->second == value) {
            continue;
        }
        changed.insert_or_assign(trait, value);
        if (value.empty()) {
            known.erase(found);
        } else {
            known.insert_or_assign(trait, value);
        }
    }
}

struct Size {
    std::size_t traits = 0;
    std::size_t bytes = 0;
};

Size size_of(const Traits& traits) {
    Size size{traits.size(), 0};
    for (const auto& [trait, value] : traits) {
        size.bytes += trait.size() + value.size();
    }
    return size;
}

Status check_bounds(const Size& before, const Traits& now) {
    const Size size = size_of(now);
    if ((size.traits <= traits_per_customer_max || size.traits <= before.traits) &&
        (size.bytes <= trait_bytes_per_customer_max || size.bytes <= before.bytes)) {
        return {};
    }
    return Error{ErrorCode::TooLarge,
                 fmt::format("a customer would have {} traits of {} bytes; at most {} of {} bytes "
                             "together are kept of one (send what happened as events)",
                             size.traits,
                             size.bytes,
                             traits_per_customer_max,
                             trait_bytes_per_customer_max)};
}

bool has_empty_trait(const Customer& customer) {
    return std::ranges::any_of(customer.traits, [](const auto& one) { return one.second.empty(); });
}

std::vector<encounter::Fault> faults_of(const Told& told) {
    for (const Customer& customer : told.customers) {
        if (auto faults = encounter::check(customer); !faults.empty()) {
            return faults;
        }
    }
    for (const Assertion& assertion : told.assertions) {
        if (auto faults = encounter::check(assertion); !faults.empty()) {
            return faults;
        }
    }
    return {};
}

}  // namespace

std::uint64_t key_of(const Assertion& assertion) {
    return key_of(assertion.name.value(),
                  assertion.other.value(),
                  assertion.text,
                  static_cast<std::uint8_t>(assertion.evidence));
}

Status DuckLedger::tell(const Told& told) {
    if (const auto faults = faults_of(told); !faults.empty()) {
        return encounter::to_error(faults);
    }
    if (told.customers.empty() && told.assertions.empty()) {
        return {};
    }
    const std::scoped_lock lock(write_mutex_);
    TRY(ready_to_write());
    TRY(check_space(told.customers.size() + told.assertions.size(), 0));
    if (are_holders_stale_) {
        auto connection = TRY(connect());
        asserted_ = std::make_unique<KeyIndex>();
        TRY(load_assertions(connection));
        TRY(load_holders(connection));
    }
    write_overdue();
    const std::uint32_t first_new = codes_.customers.saved();
    Telling telling = TRY(prepare_telling(told));
    const bool brings_names = telling.mark.customers > codes_.customers.saved();
    if (telling.changes.empty() && telling.assertions.empty() && !brings_names) {
        return {};
    }
    if (Status done = transaction(telling.mark, [&] { return write_telling(telling); }); !done) {
        are_holders_stale_ = true;
        return done;
    }
    note_telling(telling);
    find_named(first_new, codes_.customers.saved(), overdue_);
    write_overdue();
    return {};
}

Result<DuckLedger::Telling> DuckLedger::prepare_telling(const Told& told) {
    Telling telling;
    telling.at = told.at.value_or(SystemClock().now());
    telling.source = told.source;
    TRY(prepare_traits(told, telling));
    std::vector<Holding> shared;
    for (const Telling::Change& change : telling.changes) {
        find_shared(change.customer, encounter::names_in(*change.changed, identity_keys_), shared);
    }
    auto said = said_of(shared, &telling);
    if (!said) {
        // Found again when the ledger is opened the next time.
        log_error("what traits say of who is who is not written yet: {}", said.error().message);
    }
    prepare_assertions(told, said ? *said : std::vector<Asserted>(), telling);
    return telling;
}

Status DuckLedger::prepare_traits(const Told& told, Telling& telling) {
    using Sent = std::pair<std::uint32_t, const Customer*>;
    std::vector<Sent> sent;
    sent.reserve(told.customers.size());
    {
        const std::scoped_lock codes_lock(codes_.mutex);
        for (const Customer& customer : told.customers) {
            // Who was erased has no code.
            if (const auto code = codes_.customers.code(customer.name.value()); code != 0) {
                sent.emplace_back(code, &customer);
            }
        }
        telling.mark = codes_.mark();
    }
    has_traits_.resize(std::max<std::size_t>(has_traits_.size(), telling.mark.customers));
    // By customer, those of one in the order in which they were sent.
    std::ranges::stable_sort(sent, {}, &Sent::first);
    for (const auto& [code, customer] : sent) {
        if (has_traits_[code] && (telling.known.empty() || telling.known.back() != code)) {
            telling.known.push_back(code);
        }
    }
    auto stored = TRY(stored_traits(telling.known));
    telling.known.clear();
    for (auto from = sent.begin(); from != sent.end();) {
        const auto to = std::find_if(
            from, sent.end(), [&](const Sent& one) { return one.first != from->first; });
        const auto before = stored.find(from->first);
        const Customer& first = *from->second;
        if (before == stored.end() && to - from == 1 && !has_empty_trait(first) &&
            !consent::has_consents(first.traits)) {
            TRY(check_bounds({}, first.traits));
            if (!first.traits.empty()) {
                telling.changes.push_back({from->first, &first.traits, &first.traits});
            }
        } else {
            const Size known = before == stored.end() ? Size() : size_of(before->second.traits);
            Traits& now = telling.made.emplace_back(
                before == stored.end() ? Traits() : std::move(before->second.traits));
            Traits& changed = telling.made.emplace_back();
            std::for_each(from, to, [&](const Sent& one) {
                merge(one.second->traits, telling.at, now, changed);
            });
            TRY(check_bounds(known, now));
            if (!changed.empty()) {
                telling.changes.push_back({from->first, &now, &changed});
            }
        }
        if (!telling.changes.empty() && telling.changes.back().customer == from->first &&
            before != stored.end()) {
            telling.known.push_back(from->first);
        }
        from = to;
    }
    return {};
}

/// What is not known yet of what messages and traits say, and every word of people.
void DuckLedger::prepare_assertions(const Told& told, const std::vector<Asserted>& by_traits,
                                    Telling& telling) const {
    std::unordered_set<std::uint64_t> coming;
    const auto add = [&](Instant at, const Assertion& assertion) {
        if (codes_.customers.is_refused(assertion.name.value()) ||
            codes_.customers.is_refused(assertion.other.value())) {
            return;
        }
        if (encounter::is_word(assertion.evidence) ||
            (!is_asserted(assertion) && coming.insert(key_of(assertion)).second)) {
            telling.assertions.push_back({0, at, assertion});
            std::string& source = telling.assertions.back().assertion.source;
            source = source.empty() ? std::string(telling.source) : source;
        }
    };
    for (const Assertion& assertion : told.assertions) {
        add(telling.at, assertion);
    }
    for (const Asserted& one : by_traits) {
        add(one.at, one.assertion);
    }
}

bool DuckLedger::is_asserted(const Assertion& assertion) const {
    bool found = false;
    asserted_->each(key_of(assertion), [&](std::uint32_t) { found = true; });
    return found;
}

std::string DuckLedger::customer_name(std::uint32_t code) const {
    const CustomerNames::Reader names(codes_.customers);
    return std::string(names.name(code));
}

/// Takes the stored traits of those who changed away and appends the merged ones, and what changed.
Status DuckLedger::write_telling(const Telling& telling) {
    if (!telling.known.empty()) {
        TRY(writer_.execute(
            fmt::format("DELETE FROM trait WHERE customer IN (SELECT unnest([{}]::UINTEGER[]))",
                        fmt::join(telling.known, ","))));
    }
    const std::int64_t at = telling.at.time_since_epoch().count();
    if (!telling.changes.empty()) {
        auto traits = TRY(duck::Appender::open(writer_, "trait"));
        auto changes = TRY(duck::Appender::open(writer_, "trait_change"));
        std::uint32_t number = last_trait_;
        for (const Telling::Change& change : telling.changes) {
            traits.number(0, ++number);
            traits.number(1, change.customer);
            traits.map(2, *change.now);
            TRY(traits.end_row());
            changes.number(0, number);
            changes.number(1, change.customer);
            changes.number(2, at);
            changes.text(3, telling.source);
            changes.map(4, *change.changed);
            TRY(changes.end_row());
        }
        TRY(traits.finish());
        TRY(changes.finish());
    }
    if (telling.assertions.empty()) {
        return {};
    }
    auto assertions = TRY(duck::Appender::open(writer_, "assertion"));
    std::uint32_t number = last_assertion_;
    for (const auto& [unset, said_at, assertion] : telling.assertions) {
        assertions.number(0, ++number);
        assertions.number(1, std::int64_t{said_at.time_since_epoch().count()});
        assertions.text(2, assertion.name.value());
        assertions.text(3, assertion.other.value());
        assertions.number(4, static_cast<std::uint8_t>(assertion.evidence));
        assertions.text(5, assertion.source);
        assertions.text(6, assertion.person);
        assertions.text(7, assertion.text);
        TRY(assertions.end_row());
    }
    return assertions.finish();
}

/// Once it is on disk.
void DuckLedger::note_telling(const Telling& telling) {
    std::uint32_t trait = last_trait_;
    for (const Telling::Change& change : telling.changes) {
        has_traits_[change.customer] = true;
        ++trait;
        if (at_hand_ != nullptr) {
            at_hand_->put(
                at_hand_->feed_changes(trait - 1),
                {trait, change.customer, telling.at, std::string(telling.source), *change.changed});
        }
    }
    last_trait_ += static_cast<std::uint32_t>(telling.changes.size());
    std::uint32_t number = last_assertion_;
    for (const Asserted& one : telling.assertions) {
        ++number;
        if (!encounter::is_word(one.assertion.evidence)) {
            asserted_->add(key_of(one.assertion), number);
        }
    }
    last_assertion_ = number;
    note_customers();
}

/// To be called after a transaction, for those who only read.
void DuckLedger::note_customers() {
    const std::uint32_t customers = codes_.customers.saved() - 1;
    last_change_ = change_of(last_trait_, customers);
    totals_.with([&](Totals& totals) { totals.customers = customers - codes_.customers.erased(); });
}

Status DuckLedger::load_assertions(duck::Connection& connection) {
    auto statement =
        TRY(connection.prepare("SELECT number, name, other, text, evidence FROM assertion"));
    auto rows = TRY(statement.stream());
    while (const auto chunk = TRY(rows.next())) {
        const std::vector<duck::Column> columns = chunk->columns();
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto evidence = columns[4].number<std::uint8_t>(row);
            if (!encounter::is_word(static_cast<encounter::Evidence>(evidence))) {
                asserted_->add(
                    key_of(
                        columns[1].text(row), columns[2].text(row), columns[3].text(row), evidence),
                    columns[0].number<std::uint32_t>(row));
            }
        }
    }
    return {};
}

}  // namespace kokemus::ledger
