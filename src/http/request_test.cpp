#include <atomic>
#include <chrono>
#include <set>
#include <thread>

#include <boost/json.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/log_form.h"
#include "http/request_id.h"
#include "http/test_line.h"

/// What is known of each request: its id, its line in the log, and who sends it before its body is
/// taken.
namespace kokemus::http {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;
using ::testing::Not;

class Requests : public OverBoth {};

INSTANTIATE_TEST_SUITE_P(Ways, Requests, ::testing::Values(Way::Plain, Way::Tls), way_name);

std::string header_of(const std::string& heard, const std::string& name) {
    const std::size_t at = heard.find("\r\n" + name + ": ");
    const std::size_t from = at + name.size() + 4;
    return at == std::string::npos ? "" : heard.substr(from, heard.find("\r\n", from) - from);
}

TEST(RequestId, IsTheSendersWhenItIsPlainAndElseOneOfOurs) {
    EXPECT_EQ(request_id_of("4bf92f35-77b3.4da6_A3ce"), "4bf92f35-77b3.4da6_A3ce");
    const std::string most(request_id_bytes_max, 'x');
    EXPECT_EQ(request_id_of(most), most);
    std::set<std::string> ours;
    for (const std::string& bad : {std::string(),
                                   most + "x",
                                   std::string("a b"),
                                   std::string("a\"b"),
                                   std::string("<script>"),
                                   std::string("anna@example.com"),
                                   std::string("x\r\ny: z"),
                                   std::string("\xC3\xA4")}) {
        const std::string id = request_id_of(bad);
        EXPECT_THAT(id, MatchesRegex("[0-9a-f]{16}-[0-9a-f]+"));
        EXPECT_TRUE(ours.insert(id).second) << id;
    }
}

TEST_P(Requests, HaveAnIdInTheAnswerAndInProblems) {
    const auto server = serve({}, echo());
    Line line(server->port());
    const auto ask = [&](const std::string& target, const std::string& id) {
        line.say("GET " + target + " HTTP/1.1\r\nHost: t\r\n" +
                 (id.empty() ? "" : "X-Request-Id: " + id + "\r\n") + "\r\n");
        return line.hear_until(target == "/nowhere" ? "}" : "|end\"");
    };
    EXPECT_EQ(header_of(ask("/hello/x", "mine-1"), "x-request-id"), "mine-1");
    const std::string made = header_of(ask("/hello/x", ""), "x-request-id");
    EXPECT_THAT(made, MatchesRegex("[0-9a-f]{16}-[0-9a-f]+"));
    EXPECT_NE(header_of(ask("/hello/x", ""), "x-request-id"), made) << "each has its own";
    const std::string problem = ask("/nowhere", "mine-2");
    EXPECT_EQ(header_of(problem, "x-request-id"), "mine-2");
    const auto document = boost::json::parse(problem.substr(problem.find("\r\n\r\n") + 4));
    EXPECT_EQ(document.at("request_id").as_string(), "mine-2");
    EXPECT_EQ(document.at("status").as_int64(), 404);
}

TEST_P(Requests, HaveAnIdEvenIfTheyCannotBeRead) {
    const auto server = serve({}, echo());
    Line line(server->port());
    line.say("GET\r\n\r\n");
    const std::string heard = line.hear_until("}");
    EXPECT_THAT(heard, HasSubstr("HTTP/1.1 400"));
    EXPECT_THAT(heard, HasSubstr("\"request_id\":\"" + header_of(heard, "x-request-id") + "\""));
}

/// What others sent is in no line, whatever it is; and each line is one object.
TEST_P(Requests, LeaveOneLineEachInTheLogAndNothingOfWhatWasSent) {
    ServerOptions options;
    options.logs_requests = true;
    ::testing::internal::CaptureStderr();
    set_log_form(LogForm::Json);
    {
        const auto server = serve(options, echo());
        for (const char* target : {"/hello/Anna%20Virtanen?q=anna@example.com",
                                   "/hello/%22,%22level%22:%22error%0a%1b[31mAnna?q=%22}",
                                   "/Anna/Virtanen",
                                   "/throws?q=Anna",
                                   "/hello/%ffAnna"}) {
            Line line(server->port());
            line.say(std::string("GET ") + target +
                     " HTTP/1.1\r\nHost: Anna\r\nX-Request-Id: Anna\"}\r\nUser-Agent: Anna\r\n"
                     "Referer: https://x/Anna\r\nCookie: a=Anna\r\nConnection: close\r\n\r\n");
            EXPECT_THAT(line.hear_until("never"), HasSubstr("HTTP/1.1 "));
        }
        Line nonsense(server->port());
        nonsense.say("Anna \"}\x1b\r\n\r\n");
        nonsense.hear_until("never");
    }
    set_log_form(LogForm::Text);
    const std::string written = ::testing::internal::GetCapturedStderr();
    EXPECT_THAT(written, Not(HasSubstr("Anna")));
    EXPECT_THAT(written, Not(HasSubstr("anna@")));
    std::map<std::string, int> answered;
    std::set<std::string> failed;
    std::set<std::string> ids;
    for (std::size_t at = 0; at < written.size(); at = written.find('\n', at) + 1) {
        const auto line = boost::json::parse(written.substr(at, written.find('\n', at) - at));
        const std::string id(line.at("request").as_string());
        if (line.at("level").as_string() == "error") {
            failed.insert(id);
            EXPECT_THAT(std::string(line.at("text").as_string()), HasSubstr("/throws"));
            continue;
        }
        EXPECT_EQ(line.at("text").as_string(), "answered");
        EXPECT_GE(line.at("seconds").to_number<double>(), 0);
        EXPECT_TRUE(ids.insert(id).second);
        ++answered[std::string(line.at("route").as_string()) + " " +
                   std::to_string(line.at("status").as_int64())];
    }
    const std::map<std::string, int> wanted = {
        {"/hello/{name} 200", 2}, {"/throws 500", 1}, {"none 404", 1}, {"none 400", 2}};
    EXPECT_EQ(answered, wanted);
    EXPECT_EQ(failed.size(), 1U);
    EXPECT_TRUE(ids.contains(*failed.begin())) << "the fault is told by the id of its request";
}

/// Lets in whoever says so, and counts how often it was asked.
class Doorkeeper : public Requests {
protected:
    std::unique_ptr<Server> start() {
        Router router = echo();
        router.guard([this](Request& request, Access) -> std::optional<Response> {
            ++asked_;
            if (request.header("authorization") == "yes") {
                return std::nullopt;
            }
            return problem(Refusal{
                .status = 401, .code = "sign_in_needed", .title = "Sign in", .detail = "no key"});
        });
        ServerOptions options;
        options.port = 0;
        options.certificate = is_tls() ? shown_certificate() : nullptr;
        auto server = Server::start(std::move(options), std::move(router));
        EXPECT_TRUE(server) << server.error().message;
        return std::move(*server);
    }

    std::atomic<int> asked_{0};
};

INSTANTIATE_TEST_SUITE_P(Ways, Doorkeeper, ::testing::Values(Way::Plain, Way::Tls), way_name);

const std::string large = "POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n";

TEST_P(Doorkeeper, StrangersAreRefusedBeforeTheySendMuch) {
    const auto server = start();
    for (const std::string& head :
         {large,
          std::string("POST /size HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n"),
          std::string("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 10\r\n"
                      "Expect: 100-continue\r\n")}) {
        Line line(server->port());
        line.say(head + "\r\n");
        const std::string heard = line.hear_until("}");
        EXPECT_THAT(heard, HasSubstr("HTTP/1.1 401")) << head;
        EXPECT_THAT(heard, Not(HasSubstr("100 Continue")));
        EXPECT_THAT(heard, HasSubstr("request_id"));
    }
    Line nowhere(server->port());
    nowhere.say("POST /nowhere HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n");
    EXPECT_THAT(nowhere.hear_until("}"), HasSubstr("HTTP/1.1 404"));
    Line wrong(server->port());
    wrong.say("PUT /size HTTP/1.1\r\nHost: t\r\nContent-Length: 1000000\r\n\r\n");
    EXPECT_THAT(wrong.hear_until("}"), HasSubstr("HTTP/1.1 405"));
    Line sends(server->port());
    sends.say(large + "\r\n");
    sends.say(std::string(1'000'000, 'x'));
    EXPECT_THAT(sends.hear_until("}"), HasSubstr("HTTP/1.1 401")) << "it need not stop";
}

TEST_P(Doorkeeper, WhoIsLetInMaySendOnAndIsLookedAtAgain) {
    const auto server = start();
    Line line(server->port());
    line.say(large + "Authorization: yes\r\nExpect: 100-continue\r\n\r\n");
    EXPECT_THAT(line.hear_until("\r\n\r\n"), HasSubstr("HTTP/1.1 100 Continue"));
    line.say(std::string(1'000'000, 'x'));
    EXPECT_THAT(line.hear_until("|end"), HasSubstr("1000000|end"));
    EXPECT_EQ(asked_, 2);
    line.say(large + "Authorization: yes\r\n\r\n" + std::string(1'000'000, 'x'));
    EXPECT_THAT(line.hear_until("|end"), HasSubstr("1000000|end"));
    EXPECT_EQ(asked_, 4);
    line.say(
        "POST /size HTTP/1.1\r\nHost: t\r\nAuthorization: yes\r\nContent-Length: 3\r\n\r\nabc");
    EXPECT_THAT(line.hear_until("|end"), HasSubstr("3|end"));
    EXPECT_EQ(asked_, 5) << "what is small is not worth asking twice";
}

/// Of strangers' bodies no room is taken, so that they cannot fill it.
TEST_P(Doorkeeper, ManyStrangersDoNotTakeTheRoomOfOthers) {
    const auto server = start();
    std::vector<std::unique_ptr<Line>> strangers;
    for (int i = 0; i < 40; ++i) {
        strangers.push_back(std::make_unique<Line>(server->port()));
        strangers.back()->say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 16000000\r\n\r\n");
        strangers.back()->try_to_say(std::string(100'000, 'x'));
    }
    Line line(server->port());
    line.say(large + "Authorization: yes\r\n\r\n" + std::string(1'000'000, 'x'));
    EXPECT_THAT(line.hear_until("|end"), HasSubstr("1000000|end"));
    for (const auto& stranger : strangers) {
        EXPECT_THAT(stranger->hear_until("}"), HasSubstr("HTTP/1.1 401"));
    }
}

}  // namespace
}  // namespace kokemus::http
