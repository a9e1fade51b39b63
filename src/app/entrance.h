#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "account/accounts_store.h"
#include "account/door_api.h"
#include "account/once_store.h"
#include "account/read_log.h"
#include "account/session.h"
#include "app/command.h"
#include "app/configuration.h"
#include "app/kept_records.h"
#include "app/looks.h"
#include "app/note_change.h"
#include "app/note_read.h"
#include "app/organisation.h"
#include "http/router.h"
#include "intake/write_key.h"

namespace kokemus::app {

/// How people come in to a server: with accounts, or, on a loopback address when told so
/// (`--open`), everybody as they are.
class Entrance {
public:
    /// Whether --open may be: to be said before anything is made.
    static Status may_stand_as_told(const Configuration& configuration,
                                    const ServeCommand& options);

    /// With the accounts in the records; without any for a server that stands open, which is
    /// refused on an address that others reach. Who is erased from the organisation goes from the
    /// answers too that are kept for those who send a write again.
    static Result<std::unique_ptr<Entrance>> open(const Configuration& configuration,
                                                  const ServeCommand& options,
                                                  const KeptRecords& records,
                                                  Organisation& organisation);

    /// Who hears of what is done to people and keys, where there are accounts; to be set before
    /// anybody comes. This must not outlive what the listener needs.
    void listen(account::AccountListener listener);

    /// Sets the router's guard and adds the routes of people and rights. Who knows `own_key` may
    /// make backups. What is answered from the timeline is refused until there is one. This and
    /// the organisation must outlive the router.
    void guard(http::Router& router, const Organisation& organisation, const std::string& own_key);

    /// Who may send by the collector protocols: whoever shows the configured write key, or
    /// an API key with the right to send encounters. A demo that stands open takes what anybody
    /// sends. This must outlive it.
    std::unique_ptr<const intake::WriteGate> write_gate(const Configuration& configuration,
                                                        const ServeCommand& options);

    /// Notes who sees personal data in the audit log, where there is one.
    NoteRead note_read();

    /// Who has looked at a person, by the same log; nobody where there is none. This must outlive
    /// it.
    Looks looks();

    /// Asks the records how many sessions there are, and so whether they can be reached; empty
    /// where there are none. This must outlive it.
    std::function<Result<std::int64_t>()> ask_records();

    /// Notes who changes something, in the same log.
    NoteChange note_change();

    /// How requests come in: within TLS, our own or a proxy's, or in the clear.
    account::Transport transport() const { return transport_; }

    /// What to tell whoever starts the server: how to make the first account, once; or that
    /// everything stands open. Empty: nothing. Each line ends with one.
    Result<std::string> first_words(const std::string& url);

private:
    Entrance() = default;

    account::Transport transport_ = account::Transport::Plain;
    account::ReachedBy reached_by_ = account::ReachedBy::Clients;
    std::unique_ptr<account::Accounts> accounts_;  ///< null: it stands open
    std::unique_ptr<account::ReadLog> reads_;
    std::shared_ptr<account::Once> once_;
};

}  // namespace kokemus::app
