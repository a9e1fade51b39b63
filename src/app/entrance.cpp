#include "app/entrance.h"

#include <fmt/format.h>

#include "account/account_api.h"
#include "account/door_api.h"
#include "account/once_api.h"
#include "account/page_origin.h"
#include "app/first_answers.h"
#include "app/health.h"
#include "base/log.h"

namespace kokemus::app {

namespace {

bool is_loopback(const std::string& address) {
    return address.starts_with("127.") || address == "::1";
}

/// The write key of the command line, and API keys where there are accounts.
class KeyGate final : public intake::WriteGate {
public:
    KeyGate(intake::OneWriteKey one, account::Accounts* accounts)
        : one_(std::move(one)),
          accounts_(accounts) {}

    std::optional<std::string> sender(std::string_view key) const override {
        if (auto by_one = one_.sender(key)) {
            return by_one;
        }
        const auto person = person_of(key);
        return person && person->rights.has(account::Right::SendEncounters)
                   ? std::optional(person->written())
                   : std::nullopt;
    }

    /// An API key is for the pages that it names; none named, none may.
    bool allows_origin(std::string_view key, std::string_view origin) const override {
        if (one_.allows_origin(key, origin) || accounts_ == nullptr) {
            return one_.allows_origin(key, origin);
        }
        if (!key.empty()) {
            const auto person = person_of(key);
            return person && account::is_among(person->origins, origin);
        }
        const auto some = accounts_->some_key_allows(origin);
        if (!some) {
            log_warning("from which pages may be sent is not known: {}", some.error().message);
        }
        return some && *some;
    }

private:
    std::optional<account::Person> person_of(std::string_view key) const {
        if (accounts_ == nullptr) {
            return std::nullopt;
        }
        auto person = accounts_->person_by_key(key);
        if (!person) {
            log_warning("whether a key may write is not known: {}", person.error().message);
            return std::nullopt;
        }
        return std::move(*person);
    }

    const intake::OneWriteKey one_;
    account::Accounts* const accounts_;
};

const Clock& system_clock() {
    static const SystemClock clock;
    return clock;
}

}  // namespace

Status Entrance::may_stand_as_told(const Configuration& configuration,
                                   const ServeCommand& options) {
    if (options.open && (!is_loopback(configuration.address) || configuration.is_behind_tls)) {
        return invalid_input(fmt::format(
            "--open lets everybody in who reaches the server, so it is for this computer alone: "
            "leave out --open, or listen on 127.0.0.1 (not {}) and behind no proxy",
            configuration.address));
    }
    return {};
}

Result<std::unique_ptr<Entrance>> Entrance::open(const Configuration& configuration,
                                                 const ServeCommand& options,
                                                 const KeptRecords& records,
                                                 Organisation& organisation) {
    TRY(may_stand_as_told(configuration, options));
    auto entrance = std::unique_ptr<Entrance>(new Entrance());
    entrance->once_ =
        std::make_shared<account::Once>(records.records, system_clock(), records.seal);
    forget_first_answers(organisation, entrance->once_);
    if (configuration.is_behind_tls || configuration.has_tls()) {
        entrance->transport_ = account::Transport::Tls;
    }
    if (options.open) {
        return entrance;
    }
    if (configuration.is_behind_tls) {
        entrance->reached_by_ = account::ReachedBy::Proxy;
    } else if (!configuration.has_tls() && !is_loopback(configuration.address)) {
        log_warning(
            "passwords and customers' data travel in the clear to {}: name a certificate under "
            "[server] in kokemus.toml, or put a proxy that speaks TLS before it and write "
            "behind_tls = true there",
            configuration.address);
    }
    entrance->accounts_ = std::make_unique<account::Accounts>(
        records.records, system_clock(), organisation.blueprint()->name, records.seal);
    TRY(entrance->accounts_->seal_factors());
    entrance->reads_ = std::make_unique<account::ReadLog>(*entrance->accounts_, system_clock());
    return entrance;
}

void Entrance::listen(account::AccountListener listener) {
    if (accounts_ != nullptr) {
        accounts_->listen(std::move(listener));
    }
}

void Entrance::guard(http::Router& router, const Organisation& organisation,
                     const std::string& own_key) {
    router.around(account::carried_out_once(*once_));
    if (accounts_ == nullptr) {
        router.guard(until_built(organisation, account::open_guard(own_key)));
        account::add_open_account_routes(router);
        return;
    }
    router.guard(
        until_built(organisation, account::guard_of(*accounts_, transport_, reached_by_, own_key)));
    account::add_account_routes(router, *accounts_, transport_);
}

std::unique_ptr<const intake::WriteGate> Entrance::write_gate(const Configuration& configuration,
                                                              const ServeCommand& options) {
    using Without = intake::OneWriteKey::WithoutKey;
    const Without without = options.demo && options.open ? Without::Open : Without::Closed;
    return std::make_unique<const KeyGate>(
        intake::OneWriteKey(configuration.write_key, configuration.origins, without),
        accounts_.get());
}

NoteRead Entrance::note_read() {
    if (reads_ == nullptr) {
        return note_nothing;
    }
    return [reads = reads_.get()](
               const http::Request& request, std::string_view action, std::string_view subject) {
        return reads->note(account::doer_of(request), action, subject);
    };
}

std::function<Result<std::int64_t>()> Entrance::ask_records() {
    if (accounts_ == nullptr) {
        return nullptr;
    }
    return [accounts = accounts_.get()] { return accounts->open_sessions(); };
}

NoteChange Entrance::note_change() {
    return accounts_ == nullptr ? NoteChange(change_nothing_noted)
                                : note_in_audit_log(*accounts_, system_clock());
}

Looks Entrance::looks() {
    return accounts_ == nullptr ? Looks(no_looks) : looks_in_audit_log(*accounts_);
}

Result<std::string> Entrance::first_words(const std::string& url) {
    if (accounts_ == nullptr) {
        return std::string(
            "It stands OPEN: whoever uses this computer sees every customer in it, and may send "
            "encounters.\n");
    }
    if (TRY(accounts_->has_users())) {
        return std::string();
    }
    return fmt::format(
        "Nobody has an account yet. Make the first one here, while the server runs:\n"
        "  {}/set-up#{}\n"
        "(Or start it with --open, to look around on this computer without one.)\n",
        url,
        accounts_->new_setup_code());
}

}  // namespace kokemus::app
