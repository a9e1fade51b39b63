#include "app/sending.h"

#include <algorithm>
#include <array>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "account/audit_store.h"
#include "account/user_store.h"
#include "app/secrets.h"
#include "base/log.h"
#include "courier/event_store.h"
#include "courier/mails_api.h"
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

/// And those that the person they were done to gets a mail about.
struct Mailed {
    std::string_view action;
    courier::Occasion occasion;
};
constexpr std::array mailed_actions{Mailed{"user.add", courier::Occasion::Invitation},
                                    Mailed{"user.invite", courier::Occasion::Invitation},
                                    Mailed{"password.change", courier::Occasion::PasswordChanged},
                                    Mailed{"factor.confirm", courier::Occasion::FactorAdded},
                                    Mailed{"factor.remove", courier::Occasion::FactorRemoved}};

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

Result<std::optional<courier::MailServer>> mail_server(const Configuration& configuration,
                                                       const std::filesystem::path& folder) {
    const MailConfiguration& told = configuration.mail;
    if (told.host.empty()) {
        return std::optional<courier::MailServer>();
    }
    if (!configuration.url.starts_with("https://") && !configuration.url.starts_with("http://")) {
        return invalid_input(
            "[mail] needs url under [server], such as \"https://cx.example\": links in mails lead "
            "there");
    }
    using Security = courier::MailServer::Security;
    courier::MailServer server;
    server.host = told.host;
    server.port = static_cast<std::uint16_t>(told.port);
    server.security = told.tls == "tls"    ? Security::Tls
                      : told.tls == "none" ? Security::None
                                           : Security::StartTls;
    server.from = TRY(courier::read_sender(told.from));
    server.ca_file = told.ca_file.string();
    server.user = told.user;
    if (!told.user.empty()) {
        server.password = TRY(find_secrets(folder, told.secret)).front();
    }
    return std::optional(std::move(server));
}

Sending::Sending(const KeptRecords& kept, courier::WebRules rules, Posts posts)
    : posts_(std::move(posts)),
      targets_(kept.records, kept.seal, clock_, {std::move(rules), note_in_audit}),
      outbox_(kept.records, clock_, note_in_audit),
      mails_(kept.records, kept.seal, clock_, note_in_audit),
      courier_(outbox_, targets_, clock_) {
    if (posts_.server) {
        postman_ = std::make_unique<courier::Postman>(mails_, *posts_.server);
    }
}

Result<std::unique_ptr<Sending>> Sending::start(const Configuration& configuration,
                                                const KeptRecords& kept,
                                                const std::filesystem::path& folder,
                                                const std::string& organisation) {
    courier::WebRules rules = TRY(web_rules(configuration));
    Posts posts{TRY(mail_server(configuration, folder)),
                organisation,
                configuration.url,
                configuration.mail.language};
    while (posts.url.ends_with('/')) {
        posts.url.pop_back();
    }
    return std::unique_ptr<Sending>(new Sending(kept, std::move(rules), std::move(posts)));
}

account::AccountListener Sending::listener() {
    return [this](records::Session& session,
                  const account::AuditEntry& entry,
                  std::string_view code) -> Status {
        TRY(keep_news(session, entry));
        return keep_mail(session, entry, code);
    };
}

Tell Sending::tell() {
    return [this](std::string_view type, std::string_view fields) {
        const auto kept = outbox_.send({std::string(type), clock_.now(), std::string(fields)});
        if (!kept) {
            log_warning("nobody is told of {}: {}", type, kept.error().message);
            return;
        }
        courier_.wake();
    };
}

/// Nobody waits for a mail that cannot be sent: where no server is configured none is kept.
Status Sending::keep_mail(records::Session& session, const account::AuditEntry& entry,
                          std::string_view code) const {
    const auto* told = std::ranges::find(mailed_actions, entry.action, &Mailed::action);
    const bool is_invitation =
        told != mailed_actions.end() && told->occasion == courier::Occasion::Invitation;
    if (!posts_.server || told == mailed_actions.end() || (is_invitation && code.empty())) {
        return {};
    }
    const auto kept = TRY(account::user_by_id(session, entry.subject));
    if (!kept) {
        return {};
    }
    const account::User& user = kept->user;
    const std::string link =
        is_invitation ? fmt::format("{}/invitation#{}", posts_.url, code) : std::string();
    return mails_.keep(
        session,
        {told->occasion,
         user.id,
         courier::write_letter(
             told->occasion, posts_.language, user.email, {posts_.organisation, user.name, link})});
}

void Sending::add_routes(http::Router& router) {
    courier::add_target_routes(router, targets_, courier_);
    courier::add_mail_routes(router, mails_, postman_.get(), [this](const std::string& to) {
        return courier::write_letter(
            courier::Occasion::Test, posts_.language, to, {posts_.organisation, {}, {}});
    });
}

}  // namespace kokemus::app
