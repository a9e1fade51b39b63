#include "app/sending.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>

#include "account/audit_store.h"
#include "courier/event_store.h"
#include "courier/targets_api.h"

namespace kokemus::app {

namespace {

namespace json = boost::json;

/// Of the actions of the audit log those that others hear of, and as what.
struct Told {
    std::string_view action;
    std::string_view type;
};
constexpr std::array told_actions{Told{"setup", "user.added"},
                                  Told{"user.add", "user.added"},
                                  Told{"user.change", "user.changed"},
                                  Told{"user.invite", "user.invited"},
                                  Told{"key.make", "key.made"},
                                  Told{"key.revoke", "key.revoked"}};

Status note_in_audit(records::Session& session, const courier::Done& done) {
    account::AuditEntry entry;
    entry.at = SystemClock().now();
    entry.actor = done.by.who;
    entry.address = done.by.address;
    entry.action = done.action;
    entry.subject = done.subject;
    entry.note = done.note;
    return account::add_audit(session, std::move(entry));
}

Status keep_news(records::Session& session, const account::AuditEntry& entry) {
    const auto* told = std::ranges::find(told_actions, entry.action, &Told::action);
    if (told == told_actions.end()) {
        return {};
    }
    const json::object fields{{"id", entry.subject}, {"by", entry.actor}, {"change", entry.note}};
    TRY(courier::keep_event(session, {std::string(told->type), entry.at, json::serialize(fields)}));
    return {};
}

}  // namespace

Result<courier::WebRules> web_rules(const Configuration& configuration) {
    courier::WebRules rules;
    rules.allows_http = configuration.webhooks.allows_http;
    rules.ca_file = configuration.webhooks.ca_file.string();
    for (const std::string& network : configuration.webhooks.networks) {
        rules.networks.push_back(TRY(blueprint::parse_network(network)));
    }
    return rules;
}

Sending::Sending(const KeptRecords& kept, courier::WebRules rules)
    : targets_(kept.records, kept.seal, clock_, {std::move(rules), note_in_audit}),
      outbox_(kept.records, clock_, note_in_audit),
      courier_(outbox_, targets_, clock_) {}

Result<std::unique_ptr<Sending>> Sending::start(const Configuration& configuration,
                                                const KeptRecords& kept) {
    return std::unique_ptr<Sending>(new Sending(kept, TRY(web_rules(configuration))));
}

account::AccountListener Sending::listener() {
    return
        [](records::Session& session, const account::AuditEntry& entry, std::string_view /*code*/) {
            return keep_news(session, entry);
        };
}

void Sending::add_routes(http::Router& router) {
    courier::add_target_routes(router, targets_, courier_);
}

}  // namespace kokemus::app
