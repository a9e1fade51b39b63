#pragma once

#include <sys/socket.h>
#include <unistd.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <arpa/inet.h>
#include <boost/json.hpp>
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <netinet/in.h>

#include "account/account_api.h"
#include "account/door_api.h"
#include "account/forgery.h"
#include "account/once_api.h"
#include "account/read_log.h"
#include "app/api.h"
#include "app/asker.h"
#include "app/collecting.h"
#include "app/entrance.h"
#include "app/first_answers.h"
#include "app/health.h"
#include "app/improvement_desk.h"
#include "app/kept_records.h"
#include "app/live_news.h"
#include "app/refused_desk.h"
#include "app/refused_list.h"
#include "app/sending.h"
#include "app/served_blueprint.h"
#include "app/watch_routes.h"
#include "http/server.h"
#include "intake/commit_queue.h"
#include "ledger/ledger_test_folder.h"
#include "records/records.h"

/// For tests of who may do what: a real server with every route, and somebody of each role.
namespace kokemus::app {
using account::Right;
using account::Role;
using encounter::Encounter;

inline constexpr const char* password = "correct horse battery staple";
inline constexpr const char* own_key = "0123456789abcdef0123456789abcdef";
inline const std::string home = "127.0.0.1";

/// What somebody proves themselves with, as headers of a request.
using Proof = std::string;

inline Proof with_cookie(const account::SignedIn& begun) {
    return "Cookie: kokemus=" + begun.secret +
           "\r\nX-Kokemus-Token: " + account::forgery_token(begun.secret) + "\r\n";
}

inline Proof with_key(std::string_view key) {
    return fmt::format("Authorization: Bearer {}\r\n", key);
}

struct Heard {
    int status = 0;
    std::string body;
};

/// One request over a socket; of an answer that never ends (server-sent events) only its head.
inline Heard asked(std::uint16_t port, const std::string& route, const Proof& proof,
                   const std::string& body = {}) {
    const int line = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    EXPECT_EQ(::connect(line, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    const std::string head = fmt::format(
        "{} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nConnection: close\r\nContent-Type: "
        "application/json\r\nContent-Length: {}\r\n{}\r\n",
        route,
        port,
        body.size(),
        proof);
    const std::string whole = head + body;
    EXPECT_EQ(::send(line, whole.data(), whole.size(), MSG_NOSIGNAL),
              static_cast<ssize_t>(whole.size()));
    std::string heard;
    char part[4096];
    while (heard.find("text/event-stream") == std::string::npos) {
        const ssize_t got = ::recv(line, part, sizeof part, 0);
        if (got <= 0) {
            break;
        }
        heard.append(part, static_cast<std::size_t>(got));
    }
    ::close(line);
    const std::size_t end = heard.find("\r\n\r\n");
    return {heard.size() > 12 ? std::atoi(heard.c_str() + 9) : 0,
            end == std::string::npos ? std::string() : heard.substr(end + 4)};
}

inline Encounter at(std::string customer, int hour, std::string department, std::string employee) {
    Encounter one;
    one.customer = encounter::CustomerName(std::move(customer));
    one.id = encounter::EncounterId(std::to_string(hour));
    one.time = Instant(std::chrono::hours(24 * 20'000 + hour));
    one.touchpoint = "call";
    one.thread = encounter::ThreadName("t" + std::to_string(hour));
    one.department = std::move(department);
    one.employee = std::move(employee);
    return one;
}

/// A real server with every route, and somebody of each role.
class Rights : public ::testing::Test {
protected:
    void SetUp() override {
        organisation_ =
            std::move(*Organisation::open(data(), std::nullopt, Organisation::Open::OrNew));
        ASSERT_TRUE(organisation_->keep_blueprint_text("name = \"Shop\"", "shop"));
        ASSERT_TRUE(organisation_->ledger().append(std::vector{at("anna@x.fi", 0, "Sales", "Eve"),
                                                               at("anna@x.fi", 1, "Billing", ""),
                                                               at("bert@x.fi", 2, "Billing", "")}));
        ASSERT_TRUE(organisation_->snapshot());
        const KeptRecords kept = open_records({}, data()).value();
        records_ = kept.records;
        sending_ = Sending::start(configured(), kept, data(), "Shop").value();
        refused_ = std::make_unique<RefusedList>(
            records_, *organisation_, sending_->tell(), Milliseconds(50));
        accounts_ = std::make_unique<account::Accounts>(records_, clock_, "Shop", kept.seal);
        reads_ = std::make_unique<account::ReadLog>(*accounts_, clock_);
        once_ = std::make_shared<account::Once>(records_, clock_, kept.seal);
        forget_first_answers(*organisation_, once_);
        asker_ = std::make_unique<Asker>(*organisation_);
        asker_->show_no_groups_below(0);  // three customers are a small organisation
        queue_ = std::make_unique<intake::CommitQueue>(
            [this](std::span<const std::span<const Encounter>> batches) {
                return organisation_->ledger().append_each(batches, ledger::Checked::Yes);
            });
        news_ = std::make_unique<LiveNews>(*organisation_);
        customers_ = std::make_unique<intake::CustomerQueue>(tells(organisation_->ledger()));
        collecting_ = std::make_unique<Collecting>([this] { return organisation_->blueprint(); },
                                                   *queue_,
                                                   *customers_,
                                                   gate_,
                                                   refused_->keeper());
        replaying_ = std::make_unique<Replaying>(*collecting_, refused_->store);
        desk_ = std::make_unique<RefusedDesk>(RefusedDesk{refused_->store,
                                                          refused_->log,
                                                          *replaying_,
                                                          note_nothing,
                                                          note_in_audit_log(*accounts_, clock_)});
        health_ =
            std::make_unique<Health>(*organisation_, [this] { return accounts_->open_sessions(); });
        const NoteRead note = [this](const auto& request, auto action, auto subject) {
            return reads_->note(account::doer_of(request), action, subject);
        };
        asker_->note_reads(note);
        blueprint_ =
            std::make_unique<ServedBlueprint>(*organisation_, std::nullopt, records_, clock_);
        ASSERT_TRUE(blueprint_->reload());
        http::Router router;
        router.around(account::carried_out_once(*once_));
        add_all_routes(router,
                       {.asker = *asker_,
                        .blueprint = *blueprint_,
                        .collecting = *collecting_,
                        .news = *news_,
                        .health = *health_,
                        .traffic = *traffic_,
                        .refused = *desk_,
                        .folder = data(),
                        .note_read = note,
                        .note_change = note_in_audit_log(*accounts_, clock_),
                        .tell = sending_->tell(),
                        .looks = looks_in_audit_log(*accounts_),
                        .secrets = {data() / "kokemus.toml"}});
        router.guard(account::guard_of(
            *accounts_, account::Transport::Plain, account::ReachedBy::Clients, own_key));
        account::add_account_routes(router, *accounts_, account::Transport::Plain);
        accounts_->listen(sending_->listener());
        sending_->add_routes(router);
        add_improvement_routes(router,
                               *asker_,
                               improvements_.emplace(records_),
                               note_in_audit_log(*accounts_, clock_));
        add_watch_routes(router, *asker_);
        routes_ = router.routes();
        http::ServerOptions options;
        options.port = 0;
        options.traffic = traffic_;
        server_ = std::move(*http::Server::start(options, std::move(router)));
        set_up_people();
    }

    void TearDown() override { server_->stop(); }

    virtual Configuration configured() const { return {}; }

    std::filesystem::path data() const { return area_.path() / "data"; }

    static account::SignedIn begun(const Result<account::SignInOutcome>& outcome) {
        EXPECT_TRUE(outcome) << outcome.error().message;
        return std::get<account::SignedIn>(*outcome);
    }

    void set_up_people() {
        account::User user;
        user.email = "admin@x.fi";
        user.name = "Admin";
        admin_ = begun(accounts_->set_up(accounts_->new_setup_code(), user, password, home));
        proof_["admin"] = with_cookie(admin_);
        for (const Role role : account::all_roles()) {
            if (role != Role::Admin) {
                add(role);
            }
        }
    }

    void add(Role role) {
        account::User user;
        user.email = std::string(account::role_name(role)) + "@x.fi";
        user.name = "Somebody";
        user.role = role;
        if (role == Role::Manager) {
            user.departments = {"Sales"};
        }
        user.employee = role == Role::Agent ? "Eve" : "";
        const auto invitation = accounts_->add(user, {"admin", home}).value();
        proof_[std::string(account::role_name(role))] =
            role == Role::Integration
                ? with_key(key(invitation.user.id, {Right::ReadBlueprint, Right::SendEncounters}))
                : with_cookie(begun(accounts_->accept(invitation.code, password, home)));
    }

    std::string key(const std::string& user, account::Rights rights) {
        account::ApiKey wanted;
        wanted.user = user;
        wanted.name = "a program";
        wanted.rights = rights;
        wanted.expires = clock_.now() + std::chrono::hours(1);
        return accounts_->make_key(wanted, {"admin", home}).value().text;
    }

    Heard ask(const std::string& who, const std::string& route, const std::string& body = {}) {
        return asked(server_->port(), route, proof_.at(who), body);
    }

    /// The answer to what is to succeed, as JSON.
    boost::json::value said(const std::string& who, const std::string& route,
                            const std::string& body = {}) {
        const Heard heard = ask(who, route, body);
        EXPECT_EQ(heard.status, 200) << route << ": " << heard.body;
        boost::system::error_code fault;
        return boost::json::parse(heard.body, fault);
    }

    ledger::TestFolder area_;
    SystemClock clock_;
    std::unique_ptr<Organisation> organisation_;
    std::shared_ptr<records::Records> records_;
    std::unique_ptr<account::Accounts> accounts_;
    std::unique_ptr<account::ReadLog> reads_;
    std::shared_ptr<account::Once> once_;
    std::unique_ptr<Asker> asker_;
    std::unique_ptr<intake::CommitQueue> queue_;
    const intake::OneWriteKey gate_{"wk", {}, intake::OneWriteKey::WithoutKey::Closed};
    std::unique_ptr<intake::CustomerQueue> customers_;
    std::unique_ptr<Sending> sending_;
    std::unique_ptr<RefusedList> refused_;
    std::unique_ptr<Collecting> collecting_;
    std::unique_ptr<ServedBlueprint> blueprint_;
    std::unique_ptr<Replaying> replaying_;
    std::unique_ptr<RefusedDesk> desk_;
    std::unique_ptr<LiveNews> news_;
    std::optional<ImprovementDesk> improvements_;
    std::unique_ptr<Health> health_;
    const std::shared_ptr<http::Traffic> traffic_ = std::make_shared<http::Traffic>();
    std::vector<http::Router::Listed> routes_;
    std::unique_ptr<http::Server> server_;
    account::SignedIn admin_;
    std::map<std::string, Proof> proof_{{"nobody", ""}};
};

}  // namespace kokemus::app
