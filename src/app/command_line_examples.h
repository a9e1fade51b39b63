#pragma once

/// What stands at the end of the help of each command of command_line.cpp: how it is used, and what
/// its exit code says. Of the other commands it stands beside them.
namespace kokemus::app {

constexpr const char* program_examples = R"(Examples:
  kokemus demo                                     make a sample organisation in ./kokemus-data
  kokemus serve --demo --open                      look at it: http://127.0.0.1:8080, moving as time goes on
  kokemus import --map m.toml contacts.csv         take the file in
  kokemus ask flow --per thread --json             the directly-follows graph of all orders and tickets
  kokemus check && echo "as designed"              hold reality against the blueprint
  kokemus backup /backups/monday                   a consistent copy, also while it serves

kokemus COMMAND --help has more of each. Exit codes: 0 done, 1 done and something needs attention (a target is missed),
2 a fault.)";

constexpr const char* ask_examples = R"(Examples:
  kokemus ask flow --per thread --json             the directly-follows graph of all orders and tickets
  kokemus ask "trend nps by month where plan = 'gold'"
  kokemus ask "episodes per 'getting connected' where lasts > 30d" --csv
  kokemus ask "breakdown nps by channel" --from 2026-07-01 -o nps.xlsx

Exit codes: 0 answered, 2 a fault. docs/questions.md, docs/answers.md)";

constexpr const char* import_examples = R"(Examples:
  kokemus import --suggest contacts.csv > m.toml   a first map, to be looked at
  kokemus import --map m.toml contacts.csv --dry-run
  kokemus import --map m.toml contacts.csv         the same file again adds nothing
  kokemus import log.xes                           XES and files that export wrote need no map

Exit codes: 0 taken in, 1 with --strict: rows were refused, 2 a fault. docs/intake/maps.md)";

constexpr const char* check_examples = R"(Examples:
  kokemus check                       the data against the data folder's blueprint
  kokemus check experience.toml       a file alone, as before a merge: every fault with its line

Exit codes: 0 as designed (a file: no faults), 1 a target is missed (a file, with --strict: warnings), 2 a fault
(a file: it cannot be applied).)";

constexpr const char* serve_examples = R"(Examples:
  kokemus serve                                    with accounts; the first start prints a link to make one
  kokemus serve --demo --open                      the sample organisation, for this computer alone
  kokemus --config /etc/kokemus.toml --data /var/lib/kokemus serve

What is not said here is taken from kokemus.toml (kokemus config prints one) and the environment.
SIGHUP reads the blueprint anew, SIGTERM ends it when what was accepted is done. docs/operations.md)";

constexpr const char* config_examples = R"(Examples:
  kokemus config > kokemus-data/kokemus.toml       every line may be changed, or left out
  KOKEMUS_SERVER_PORT=9000 kokemus serve           a variable counts before its line

docs/operations.md)";

constexpr const char* demo_examples = R"(Examples:
  kokemus demo                                     in ./kokemus-data, with its planted truth beside it
  kokemus --data big demo --customers 100000 --seed 7
  kokemus check                                    and hold it against its blueprint

docs/sample.md)";

constexpr const char* export_examples = R"(Examples:
  kokemus export all.parquet                       every encounter, to be taken in again by import
  kokemus export log.xes                           for process mining
  kokemus export customers.csv --customers         customers with their traits
  kokemus export look.csv --for-spreadsheet        to be opened in a spreadsheet: nothing in it calculates
  kokemus export research.parquet --pseudonyms --purpose research
                                                   nobody's name, no texts, and nobody who refused that

Exit codes: 0 written, 2 a fault. docs/privacy.md)";

constexpr const char* info_examples = R"(Examples:
  kokemus info                                     encounters, customers, times, disk, snapshot, blueprint
  kokemus info --json                              the same for programs)";

constexpr const char* doctor_examples = R"(Examples:
  sudo -u kokemus kokemus --config /etc/kokemus.toml doctor
  kokemus doctor --json

Looks at disk, clock, limits, ledger, records, snapshot, blueprint, port and mail server, and says in words what to do.
Run it as the user of the server. Exit codes: 0 all is well, 1 something needs attention, 2 something is at fault.)";

constexpr const char* joins_examples = R"(Examples:
  kokemus joins list --state suggested      who may be one customer, as only a person can say
  kokemus joins explain anna@example.com    why the names of a customer are one
  kokemus joins undo 17 --reason "a shared tablet"
  kokemus joins say crm-17 anna             they are one

While a server runs on the data, use its API: docs/identities.md)";

}  // namespace kokemus::app
