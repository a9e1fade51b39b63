#pragma once

#include <filesystem>
#include <vector>

#include "account/session.h"
#include "app/copied_customer.h"
#include "app/looks.h"
#include "app/note_change.h"
#include "app/note_read.h"
#include "app/organisation.h"
#include "app/retention.h"
#include "app/tell.h"
#include "http/certificate.h"
#include "http/router.h"
#include "http/traffic.h"

namespace kokemus::app {

class Asker;
class Collecting;
class Health;
class LiveNews;
struct Measured;
class ServedBlueprint;
struct RefusedDesk;

/// What the API says of the program itself.
struct About {
    bool demo = false;
};

/// Each adds the routes of one noun; docs/openapi.yaml describes them. The
/// organisation and the asker must outlive the router.
void add_ask_routes(http::Router& router, Asker& asker);
void add_blueprint_routes(http::Router& router, ServedBlueprint& served);
void add_customer_routes(http::Router& router, Organisation& organisation, NoteRead note_read);

/// /api/erasures: ordering, listing, proving (but not in the files of `secrets`); see
/// docs/privacy.md. `tell` hears of each erasure.
void add_erasure_routes(http::Router& router, Organisation& organisation, Collecting& collecting,
                        NoteChange note_change, Tell tell,
                        std::vector<std::filesystem::path> secrets);
void add_copy_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                     CopyGround ground);

/// /api/customers/{id}/consents: what the customer allows, shown and set.
void add_consent_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                        NoteChange note_change);

/// GET /api/retention: the rules, and how much is too old now.
void add_retention_routes(http::Router& router, Organisation& organisation,
                          const RetentionDays& days);

/// /api/joins: listed, said and undone; `tell` hears of what people say.
void add_join_routes(http::Router& router, Organisation& organisation, NoteRead note_read,
                     NoteChange note_change, Tell tell);
void add_customer_traits_routes(http::Router& router, Organisation& organisation,
                                NoteRead note_read);
void add_customer_account_routes(http::Router& router, Organisation& organisation,
                                 NoteRead note_read);
void add_freshness_routes(http::Router& router, Organisation& organisation);
void add_overview_routes(http::Router& router, Asker& asker);
void add_suggest_routes(http::Router& router, Asker& asker);
/// GET /api/about and /api/openapi.yaml: what answers here, and how to ask it.
void add_about_routes(http::Router& router, Organisation& organisation, About about);

/// POST /api/encounters: JSON and CloudEvents into the ledger.
void add_encounter_routes(http::Router& router, Collecting& collecting);

/// The list of what was refused at the doors, its correction and replay.
void add_refused_routes(http::Router& router, const RefusedDesk& desk);

/// POST /api/backups: a backup while serving, for who knows the key of server_note.h.
void add_backup_routes(http::Router& router, Organisation& organisation);

/// GET /api/live: server-sent events.
void add_live_routes(http::Router& router, const LiveNews& news);

/// GET /health/live and /health/ready, for whoever keeps the server running.
void add_health_routes(http::Router& router, const Health& health);

/// GET /metrics: the server's own measures.
void add_measure_routes(http::Router& router, const Measured& measured);

/// What the routes of a server need; all of it must outlive the router.
struct Served {
    Asker& asker;
    ServedBlueprint& blueprint;
    Collecting& collecting;
    const LiveNews& news;
    const Health& health;
    const http::Traffic& traffic;
    const RefusedDesk& refused;
    std::filesystem::path folder;  ///< of the data, with the secrets of webhooks
    About about = {};
    const http::Certificate* certificate = nullptr;  ///< null: TLS is not spoken
    NoteRead note_read = note_nothing;
    RetentionDays retention = {};
    NoteChange note_change = change_nothing_noted;
    Tell tell = tell_nobody;
    Looks looks = no_looks;
    std::vector<std::filesystem::path> secrets = {};           ///< files that nobody may search
    account::Transport transport = account::Transport::Plain;  ///< how all that comes in comes
};

/// All of the above: every route of the server but those of people and rights (entrance.h).
void add_all_routes(http::Router& router, const Served& served);

/// How much is known, and how old the newest of it is, as JSON.
Result<std::string> freshness(Organisation& organisation);

/// The response of a Result: the JSON, or its problem document.
http::Response respond(Result<std::string> json);

/// The question of a request: `q` (empty: `otherwise`), and the parameters `per`, `from`, `to`,
/// `where` as further clauses.
std::string question_of(const http::Request& request, std::string_view otherwise);

}  // namespace kokemus::app
