#include "courier/courier_schema_store.h"

namespace kokemus::courier {

const records::Schema& courier_schema() {
    static const records::Schema schema{
        "courier",
        {{"CREATE TABLE courier_target (id TEXT PRIMARY KEY, name TEXT NOT NULL, "
          "url TEXT NOT NULL, events TEXT NOT NULL, secret TEXT NOT NULL, "
          "old_secret TEXT NOT NULL, old_until BIGINT NOT NULL, is_on BIGINT NOT NULL, "
          "reason TEXT NOT NULL, made BIGINT NOT NULL, failing_since BIGINT, "
          "failures BIGINT NOT NULL, paused_until BIGINT NOT NULL, busy_until BIGINT NOT NULL, "
          "tried BIGINT NOT NULL)",
          "CREATE TABLE courier_event (id TEXT PRIMARY KEY, type TEXT NOT NULL, "
          "made BIGINT NOT NULL, body TEXT NOT NULL, is_spread BIGINT NOT NULL)",
          "CREATE INDEX courier_event_spread ON courier_event (is_spread, id)",
          "CREATE TABLE courier_delivery (target_id TEXT NOT NULL REFERENCES courier_target (id), "
          "event_id TEXT NOT NULL REFERENCES courier_event (id), state TEXT NOT NULL, "
          "tries BIGINT NOT NULL, due BIGINT NOT NULL, tried BIGINT, status BIGINT NOT NULL, "
          "problem TEXT NOT NULL, answer TEXT NOT NULL, PRIMARY KEY (target_id, event_id))",
          "CREATE INDEX courier_delivery_state ON courier_delivery (target_id, state, event_id)",
          "CREATE INDEX courier_delivery_event ON courier_delivery (event_id)"},
         {"CREATE TABLE courier_mail (id TEXT PRIMARY KEY, occasion TEXT NOT NULL, "
          "person TEXT NOT NULL, made BIGINT NOT NULL, state TEXT NOT NULL, "
          "tries BIGINT NOT NULL, due BIGINT NOT NULL, busy_until BIGINT NOT NULL, tried BIGINT, "
          "code BIGINT NOT NULL, problem TEXT NOT NULL, letter TEXT NOT NULL)",
          "CREATE INDEX courier_mail_state ON courier_mail (state, due)"},
         {"UPDATE courier_target SET failures = 0, failing_since = NULL WHERE NOT EXISTS (SELECT 1 "
          "FROM courier_delivery d WHERE d.target_id = courier_target.id AND d.state = "
          "'waiting')"}}};
    return schema;
}

}  // namespace kokemus::courier
