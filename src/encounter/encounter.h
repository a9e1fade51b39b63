#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/instant.h"
#include "base/strong.h"

namespace kokemus::encounter {

/// A customer as the sender names them: a cookie, an e-mail, a number of the CRM.
using CustomerName = Strong<std::string, struct CustomerNameTag>;

/// The sender's id of one encounter; unique together with the customer as sent.
using EncounterId = Strong<std::string, struct EncounterIdTag>;

/// What binds the encounters of one order, ticket or claim of one customer. Empty: none.
using ThreadName = Strong<std::string, struct ThreadNameTag>;

/// One thing a customer lived through at a touchpoint at a time: the atom of the system.
/// Empty text means absent. Order among encounters: (time, sequence, id).
struct Encounter {
    EncounterId id;
    CustomerName customer;
    Instant time{};
    std::uint64_t sequence =
        0;  ///< place in the source: block of the map, then row; breaks equal times
    std::string touchpoint;
    std::string channel;     ///< empty: the touchpoint's channel of the blueprint
    std::string department;  ///< empty: the touchpoint's owner of the blueprint
    std::string employee;
    ThreadName thread;
    std::optional<double> score;
    std::string scale;  ///< name of the scale the score is on; required with a score
    std::string text;   ///< what the customer said
    std::string language;
    std::optional<double> value;             ///< money
    std::optional<double> duration_seconds;  ///< time it took the customer
    std::map<std::string, Instant> due;      ///< promise made here -> when it is due
    std::string properties;     ///< a JSON object as compact text, keys sorted; empty: none
    bool time_clamped = false;  ///< it came with none, or with one in the future: this is when it came

    friend bool operator==(const Encounter&, const Encounter&) = default;
};

/// What is known of one customer. Traits are text; numbers and booleans keep their JSON spelling.
struct Customer {
    CustomerName name;
    std::map<std::string, std::string> traits;

    friend bool operator==(const Customer&, const Customer&) = default;
};

}  // namespace kokemus::encounter
