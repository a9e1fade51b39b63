#pragma once

#include <map>
#include <string>
#include <vector>

namespace kokemus::blueprint {

/// In which form an event is sent: a call of the tracking API, or a CloudEvent by its type.
enum class EventKind { Track, Page, Screen, CloudEvent };

/// How what is sent under one name becomes an encounter. Pages and screens may be named by the
/// beginning of their path, too: "/checkout/*".
struct EventRule {
    std::string name;
    EventKind kind = EventKind::Track;
    bool skip = false;                          ///< it is no encounter
    std::map<std::string, std::string> fields;  ///< of the encounter -> field expression

    friend bool operator==(const EventRule&, const EventRule&) = default;
};

/// By which rules a webhook's sender signs.
enum class WebhookKind { Standard, Chatwoot, Zammad };

/// A webhook that others call: POST /api/webhooks/NAME.
struct Webhook {
    std::string name;
    WebhookKind kind = WebhookKind::Standard;
    std::string secret;  ///< the name of the secret, never the secret
    std::map<std::string, std::string> fields;

    friend bool operator==(const Webhook&, const Webhook&) = default;
};

/// Whose events are no customer's experience: machines, and people of the organisation.
struct Exclusion {
    std::string name;
    std::vector<std::string> user_agents;  ///< parts of a user agent, of any case
    std::vector<std::string> addresses;    ///< IP addresses, or networks as 10.0.0.0/8
    std::vector<std::string> domains;      ///< of e-mail addresses, with those below them

    friend bool operator==(const Exclusion&, const Exclusion&) = default;
};

/// By what else a trait names its customer.
enum class IdentityKind { Key, Email, Phone, Account };

/// A trait by which a customer is known elsewhere, too: a key of another system, an address, a
/// number, or the account that the customer is a person of.
struct IdentityTrait {
    std::string name;  ///< of the trait
    IdentityKind kind = IdentityKind::Key;
    std::string country;  ///< "+358", of telephone numbers without one

    friend bool operator==(const IdentityTrait&, const IdentityTrait&) = default;
};

}  // namespace kokemus::blueprint
