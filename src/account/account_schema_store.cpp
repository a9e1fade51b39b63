#include "account/account_schema_store.h"

namespace kokemus::account {

const records::Schema& account_schema() {
    static const records::Schema schema{
        "account",
        {{"CREATE TABLE account_user (id TEXT PRIMARY KEY, email TEXT NOT NULL UNIQUE, "
          "name TEXT NOT NULL, role TEXT NOT NULL, departments TEXT NOT NULL, employee TEXT NOT "
          "NULL, "
          "disabled BIGINT NOT NULL, made BIGINT NOT NULL, password TEXT NOT NULL, "
          "factor TEXT NOT NULL, factor_confirmed BIGINT NOT NULL, factor_step BIGINT NOT NULL, "
          "invitation TEXT UNIQUE, invited_until BIGINT NOT NULL)",
          "CREATE TABLE account_recovery (digest TEXT PRIMARY KEY, "
          "user_id TEXT NOT NULL REFERENCES account_user (id))",
          "CREATE TABLE account_session (digest TEXT PRIMARY KEY, "
          "user_id TEXT NOT NULL REFERENCES account_user (id), begun BIGINT NOT NULL, "
          "seen BIGINT NOT NULL)",
          "CREATE INDEX account_session_user ON account_session (user_id)",
          "CREATE TABLE account_key (id TEXT PRIMARY KEY, "
          "user_id TEXT NOT NULL REFERENCES account_user (id), name TEXT NOT NULL, "
          "digest TEXT NOT NULL, rights TEXT NOT NULL, made BIGINT NOT NULL, "
          "expires BIGINT NOT NULL, revoked BIGINT)",
          "CREATE TABLE account_audit (number BIGINT PRIMARY KEY, at BIGINT NOT NULL, "
          "actor TEXT NOT NULL, address TEXT NOT NULL, action TEXT NOT NULL, "
          "subject TEXT NOT NULL, note TEXT NOT NULL, digest TEXT NOT NULL)"},
         {"ALTER TABLE account_key ADD COLUMN used BIGINT"},
         {"ALTER TABLE account_key ADD COLUMN origins TEXT NOT NULL DEFAULT ''"},
         {"ALTER TABLE account_user ADD COLUMN factor_proposed BIGINT NOT NULL DEFAULT 0"}}};
    return schema;
}

}  // namespace kokemus::account
