#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "account/accounts_store.h"
#include "app/configuration.h"
#include "app/kept_records.h"
#include "app/tell.h"
#include "courier/courier.h"
#include "courier/postman.h"
#include "http/router.h"

namespace kokemus::app {

/// What a server sends out by itself: webhooks, and mails where a mail server is configured. It
/// begins with what earlier runs left.
class Sending {
public:
    /// `folder` has the secrets, among them the mail server's password; `organisation` stands in
    /// mails.
    static Result<std::unique_ptr<Sending>> start(const Configuration& configuration,
                                                  const KeptRecords& kept,
                                                  const std::filesystem::path& folder,
                                                  const std::string& organisation);

    /// To be told of what is done to people and keys, so that it becomes events and mails. This
    /// must outlive it.
    account::AccountListener listener();

    /// To be told of what has been done. This must outlive it.
    Tell tell();

    /// This must outlive the router.
    void add_routes(http::Router& router);

private:
    struct Posts {
        std::optional<courier::MailServer> server;
        std::string organisation;
        std::string url;  ///< without a slash at its end
        std::string language;
    };

    Sending(const KeptRecords& kept, courier::WebRules rules, Posts posts);
    Status keep_mail(records::Session& session, const account::AuditEntry& entry,
                     std::string_view code) const;

    SystemClock clock_;
    const Posts posts_;
    courier::Targets targets_;
    courier::Outbox outbox_;
    courier::Mails mails_;
    courier::Courier courier_;
    std::unique_ptr<courier::Postman> postman_;  ///< null: no mail server is configured
};

/// Where webhooks may go, as the configuration says.
Result<courier::WebRules> web_rules(const Configuration& configuration);

/// The mail server of the configuration; none when it names none. InvalidInput when something it
/// needs is missing.
Result<std::optional<courier::MailServer>> mail_server(const Configuration& configuration,
                                                       const std::filesystem::path& folder);

}  // namespace kokemus::app
