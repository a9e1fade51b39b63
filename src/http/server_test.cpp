#include "http/server.h"

#include <atomic>
#include <chrono>
#include <deque>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "http/ask_once.h"
#include "http/broadcast.h"
#include "http/test_line.h"

namespace kokemus::http {
namespace {

class ServerOver : public OverBoth {};

INSTANTIATE_TEST_SUITE_P(Ways, ServerOver, ::testing::Values(Way::Plain, Way::Tls), way_name);

TEST(Message, AnswersAndProblemsAreKeptByNoCache) {
    for (const Response& response : {json("{}"),
                                     problem(not_found("nobody")),
                                     problem(Refusal{.code = "x", .title = "X", .detail = "x"})}) {
        EXPECT_EQ(response.headers.at("cache-control"), "no-store") << response.body;
        EXPECT_EQ(response.headers.at("x-content-type-options"), "nosniff") << response.body;
    }
}

TEST(Router, IsClosedWithoutAGuard) {
    const Router router = echo();
    Request request;
    ASSERT_TRUE(parse_target("/hello/you", request));
    EXPECT_EQ(router.answer(request).status, 500);
}

TEST(Router, AsksTheGuardBeforeTheHandlerAndHandsTheVisitorOn) {
    struct Named final : Visitor {
        std::string name = "anna";
    };
    Router router;
    router.add(Method::Get, "/door/{name}", Access{7}, [](const Request& request) {
        return json(static_cast<const Named&>(*request.visitor).name);
    });
    router.guard([](Request& request, Access access) -> std::optional<Response> {
        EXPECT_EQ(access, Access{7});
        if (request.captures.at(0) == "closed") {
            return problem(Refusal{
                .status = 401, .code = "sign_in_needed", .title = "Sign in", .detail = "not you"});
        }
        if (request.captures.at(0) == "broken") {
            throw std::runtime_error("secret");
        }
        request.visitor = std::make_shared<const Named>();
        return std::nullopt;
    });
    const auto ask = [&](std::string_view target) {
        Request request;
        EXPECT_TRUE(parse_target(target, request));
        return router.answer(request);
    };
    EXPECT_EQ(ask("/door/open").body, "anna");
    EXPECT_EQ(ask("/door/closed").status, 401);
    EXPECT_NE(ask("/door/closed").body.find("\"status\":401"), std::string::npos);
    EXPECT_EQ(ask("/door/broken").status, 500);
    EXPECT_EQ(ask("/door/broken").body.find("secret"), std::string::npos);
    EXPECT_EQ(ask("/elsewhere").status, 404);
    EXPECT_EQ(router.routes().front().name, "GET /door/{name}");
    EXPECT_EQ(router.routes().front().access, Access{7});
}

TEST_P(ServerOver, TellsTheAddressOfTheClient) {
    Router router;
    router.add(Method::Get, "/address", Access{}, [](const Request& request) {
        return json(request.address + "|end");
    });
    const auto server = serve({}, std::move(router));
    Line line(server->port());
    line.say("GET /address HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(line.hear_until("|end").find("127.0.0.1|end"), std::string::npos);
}

TEST_P(ServerOver, decodes_path_and_query_and_keeps_the_connection) {
    const auto server = serve({}, echo());
    Line line(server->port());
    line.say("GET /hello/a%2Fb%20%C3%A4?q=x%2By+z&q2 HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(line.hear_until("|end\"").find("\"a/b \xC3\xA4|x+y z|end\""), std::string::npos);
    line.say("GET /hello/again HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(line.hear_until("|end\"").find("again"), std::string::npos);
}

TEST_P(ServerOver, answers_faults_with_problem_documents) {
    const auto server = serve({}, echo());
    const auto ask = [&](const std::string& request) {
        Line line(server->port());
        line.say(request + "Host: t\r\nConnection: close\r\n\r\n");
        return line.hear_until("\x01never");
    };
    EXPECT_NE(ask("GET /nowhere HTTP/1.1\r\n").find("HTTP/1.1 404"), std::string::npos);
    const std::string wrong_method = ask("PUT /hello/x HTTP/1.1\r\n");
    EXPECT_NE(wrong_method.find("HTTP/1.1 405"), std::string::npos);
    EXPECT_NE(wrong_method.find("allow: GET"), std::string::npos);
    EXPECT_NE(ask("GET /hello/%zz HTTP/1.1\r\n").find("HTTP/1.1 400"), std::string::npos);
    EXPECT_NE(ask("GET /hello/%00 HTTP/1.1\r\n").find("HTTP/1.1 400"), std::string::npos);
    EXPECT_NE(ask("GET /hello/%ff HTTP/1.1\r\n").find("HTTP/1.1 400"), std::string::npos);
    const std::string thrown = ask("GET /throws HTTP/1.1\r\n");
    EXPECT_NE(thrown.find("HTTP/1.1 500"), std::string::npos);
    EXPECT_EQ(thrown.find("secret"), std::string::npos);
    EXPECT_NE(ask("nonsense\r\n").find("HTTP/1.1 400"), std::string::npos);
}

TEST_P(ServerOver, bounds_header_and_body) {
    ServerOptions options;
    options.body_bytes_max = 1000;
    const auto server = serve(options, echo());
    {
        Line line(server->port());
        line.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n" +
                 std::string(1000, 'x'));
        EXPECT_NE(line.hear_until("|end").find("1000|end"), std::string::npos);
    }
    {
        Line line(server->port());
        line.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 1001\r\n\r\n");
        EXPECT_NE(line.hear_until("}").find("HTTP/1.1 413"), std::string::npos);
    }
    {
        Line line(server->port());
        line.say("GET /hello/x HTTP/1.1\r\nHost: t\r\nLong: " + std::string(20'000, 'x') +
                 "\r\n\r\n");
        const std::string refused = line.hear_until("}");
        EXPECT_NE(refused.find("HTTP/1.1 431"), std::string::npos) << refused;
        EXPECT_NE(refused.find("\"status\":431"), std::string::npos) << refused;
    }
    {
        Line line(server->port());
        line.say("GET /hello/" + std::string(20'000, 'x'));
        const std::string refused = line.hear_until("}");
        EXPECT_NE(refused.find("HTTP/1.1 414"), std::string::npos) << refused;
        EXPECT_NE(refused.find("\"status\":414"), std::string::npos) << refused;
    }
}

TEST_P(ServerOver, refuses_what_would_wait_too_long) {
    std::atomic<bool> go{false};
    Router router;
    router.add(Method::Get, "/slow", Access{}, [&](const Request&) {
        while (!go) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return json("\"done|end\"");
    });
    ServerOptions options;
    options.workers = 1;
    options.waiting_max = 2;
    const auto server = serve(options, std::move(router));
    Line first(server->port());
    Line second(server->port());
    first.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
    second.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    Line third(server->port());
    third.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
    const std::string refused = third.hear_until("}");
    EXPECT_NE(refused.find("HTTP/1.1 503"), std::string::npos) << refused;
    EXPECT_NE(refused.find("retry-after: 1"), std::string::npos) << refused;
    go = true;
    EXPECT_NE(first.hear_until("|end").find("done"), std::string::npos);
    EXPECT_NE(second.hear_until("|end").find("done"), std::string::npos);
}

TEST_P(ServerOver, finishes_what_it_read_when_it_stops) {
    Router router;
    router.add(Method::Get, "/slow", Access{}, [](const Request&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        return json("\"done|end\"");
    });
    const auto server = serve({}, std::move(router));
    Line idle(server->port());
    Line busy(server->port());
    busy.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    const std::uint16_t port = server->port();
    server->stop();
    EXPECT_NE(busy.hear_until("|end").find("done"), std::string::npos);
    EXPECT_FALSE(Line(port).connected());
}

TEST_P(ServerOver, tells_the_handler_when_the_client_is_gone) {
    std::atomic<bool> begun{false};
    std::atomic<bool> told{false};
    Router router;
    router.add(Method::Get, "/slow", Access{}, [&](const Request& request) {
        begun = true;
        for (int i = 0; i < 5000 && !request.gone.stop_requested(); ++i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        told = request.gone.stop_requested();
        return json("\"done|end\"");
    });
    const auto server = serve({}, std::move(router));
    {
        Line leaving(server->port());
        leaving.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
        while (!begun) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
    }
    server->stop();  // waits for the handler
    EXPECT_TRUE(told);
}

TEST_P(ServerOver, a_second_request_sent_early_does_not_look_like_an_end) {
    std::atomic<int> gone{0};
    Router router;
    router.add(Method::Get, "/slow", Access{}, [&](const Request& request) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        gone += request.gone.stop_requested() ? 1 : 0;
        return json("\"done|end\"");
    });
    const auto server = serve({}, std::move(router));
    Line line(server->port());
    const std::string request = "GET /slow HTTP/1.1\r\nHost: t\r\n\r\n";
    line.say(request);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    line.say(request);
    EXPECT_NE(line.hear_until("|end").find("done"), std::string::npos);
    EXPECT_NE(line.hear_until("|end").find("done"), std::string::npos);
    EXPECT_EQ(gone, 0);
}

TEST_P(ServerOver, what_is_quick_does_not_wait_behind_what_takes_long) {
    std::atomic<bool> go{false};
    Router router;
    router.add(Method::Get, "/slow", Access{}, [&](const Request&) {
        while (!go) {
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        }
        return json("\"done|end\"");
    });
    router.add(
        Method::Get,
        "/quick",
        Access{},
        [](const Request&) { return json("\"quick|end\""); },
        Lane::Quick);
    router.otherwise([](const Request&) { return json("\"file|end\""); });
    ServerOptions options;
    options.workers = 1;
    const auto server = serve(options, std::move(router));
    Line slow(server->port());
    slow.say("GET /slow HTTP/1.1\r\nHost: t\r\n\r\n");
    Line other(server->port());
    other.say("GET /quick HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(other.hear_until("|end").find("quick"), std::string::npos);
    other.say("GET /index.html HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(other.hear_until("|end").find("file"), std::string::npos);
    go = true;
    EXPECT_NE(slow.hear_until("|end").find("done"), std::string::npos);
}

TEST_P(ServerOver, waits_for_later_answers_without_holding_a_thread) {
    std::mutex mutex;
    std::vector<Reply> waiting;
    Router router;
    router.add_later(Method::Post, "/later", Access{}, [&](Request&, const Reply& reply) {
        const std::scoped_lock lock(mutex);
        waiting.push_back(reply);
    });
    router.add(Method::Get, "/now", Access{}, [](const Request&) { return json("\"now|end\""); });
    ServerOptions options;
    options.workers = 1;
    options.quick_workers = 1;
    options.waiting_max = 2;
    const auto server = serve(options, std::move(router));
    std::deque<Line> lines;
    for (int i = 0; i < 20; ++i) {
        lines.emplace_back(server->port());
        lines.back().say("POST /later HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\n\r\nx");
        while (true) {
            const std::scoped_lock lock(mutex);
            if (waiting.size() == lines.size()) {
                break;
            }
        }
    }
    Line other(server->port());
    other.say("GET /now HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(other.hear_until("|end").find("now"), std::string::npos);
    waiting[1](json("\"first|end\""));
    waiting[1](json("\"second|end\""));
    EXPECT_NE(lines[1].hear_until("|end").find("first"), std::string::npos);
    waiting.clear();
    EXPECT_NE(lines[0].hear_until("}").find("HTTP/1.1 500"), std::string::npos);
}

TEST_P(ServerOver, bounds_what_all_bodies_take_together) {
    ServerOptions options;
    options.bodies_bytes_max = 100'000;
    const auto server = serve(options, echo());
    Line slow(server->port());
    slow.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 90000\r\n\r\n" +
             std::string(80'000, 'x'));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    Line refused(server->port());
    refused.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 30000\r\n\r\n" +
                std::string(30'000, 'x'));
    const std::string problem = refused.hear_until("}");
    EXPECT_NE(problem.find("HTTP/1.1 503"), std::string::npos) << problem;
    EXPECT_NE(problem.find("retry-after"), std::string::npos) << problem;
    slow.say(std::string(10'000, 'x'));
    EXPECT_NE(slow.hear_until("|end").find("90000|end"), std::string::npos);
    Line later(server->port());
    later.say("POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: 30000\r\n\r\n" +
              std::string(30'000, 'x'));
    EXPECT_NE(later.hear_until("|end").find("30000|end"), std::string::npos);
}

TEST_P(ServerOver, who_stalls_with_much_of_a_body_gives_way_to_those_who_send) {
    ServerOptions options;
    options.bodies_bytes_max = 100'000;
    options.body_patience = std::chrono::milliseconds(200);
    const auto server = serve(options, echo());
    const std::string head = "POST /size HTTP/1.1\r\nHost: t\r\nContent-Length: ";
    Line most(server->port());
    most.say(head + "90000\r\n\r\n" + std::string(70'000, 'x'));
    Line few(server->port());
    few.say(head + "90000\r\n\r\n" + std::string(20'000, 'x'));
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    Line other(server->port());
    other.say(head + "30000\r\n\r\n" + std::string(30'000, 'x'));
    EXPECT_NE(other.hear_until("|end").find("30000|end"), std::string::npos);
    const std::string told = most.hear_until("}");
    EXPECT_NE(told.find("HTTP/1.1 503"), std::string::npos) << told;
    EXPECT_NE(told.find("too slowly"), std::string::npos) << told;
    few.say(std::string(70'000, 'x'));
    EXPECT_NE(few.hear_until("|end").find("90000|end"), std::string::npos)
        << "who holds less stays";
}

TEST_P(ServerOver, asks_for_the_body_when_the_client_waits_to_be_asked) {
    const auto server = serve({}, echo());
    Line line(server->port());
    line.say("POST /size HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n");
    EXPECT_EQ(line.hear_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    line.say("abc");
    EXPECT_NE(line.hear_until("|end").find("3|end"), std::string::npos);
}

/// A server whose /news tells what `broadcast` knows.
std::unique_ptr<Server> serve_news(const std::shared_ptr<Broadcast>& broadcast,
                                   ServerOptions options = {}) {
    Router router;
    router.add(Method::Get, "/news", Access{}, [broadcast](const Request& request) {
        Response response;
        response.events = broadcast;
        response.heard = std::string(request.header("last-event-id"));
        return response;
    });
    return serve(std::move(options), std::move(router));
}

TEST_P(ServerOver, tells_news_to_all_who_listen) {
    const auto broadcast = std::make_shared<Broadcast>(2);
    broadcast->publish({"1", "one"});
    const auto server = serve_news(broadcast);
    Line first(server->port());
    first.say("GET /news HTTP/1.1\r\nHost: t\r\n\r\n");
    const std::string heard = first.hear_until("one\n\n");
    EXPECT_NE(heard.find("text/event-stream"), std::string::npos) << heard;
    EXPECT_NE(heard.find("id: 1\ndata: one\n\n"), std::string::npos) << heard;
    Line knows(server->port());
    knows.say("GET /news HTTP/1.1\r\nHost: t\r\nLast-Event-ID: 1\r\n\r\n");
    EXPECT_EQ(knows.hear_until("retry: 2000\n\n").find("one"), std::string::npos);
    Line third(server->port());
    third.say("GET /news HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(third.hear_until("}").find("HTTP/1.1 503"), std::string::npos);
    broadcast->publish({"2", "two"});
    EXPECT_EQ(first.hear_until("two\n\n"), "id: 2\ndata: two\n\n");
    EXPECT_EQ(knows.hear_until("two\n\n"), "id: 2\ndata: two\n\n");
    server->stop();
    EXPECT_EQ(first.hear_until("never"), "");
    EXPECT_EQ(broadcast->listeners(), 0);
}

TEST_P(ServerOver, notices_when_a_listener_has_gone) {
    const auto broadcast = std::make_shared<Broadcast>(10);
    ServerOptions options;
    options.heartbeat = std::chrono::milliseconds(20);
    const auto server = serve_news(broadcast, options);
    {
        Line line(server->port());
        line.say("GET /news HTTP/1.1\r\nHost: t\r\n\r\n");
        EXPECT_NE(line.hear_until(":\n\n:\n\n").find(":\n\n"), std::string::npos);
        EXPECT_EQ(broadcast->listeners(), 1);
    }
    for (int i = 0; i < 500 && broadcast->listeners() > 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(broadcast->listeners(), 0);
}

/// A guard that lets everybody in until it is told otherwise.
TEST_P(ServerOver, tells_no_news_to_whom_the_guard_would_not_let_in_any_more) {
    const auto broadcast = std::make_shared<Broadcast>(10);
    std::atomic<int> sent_away{0};
    Router router;
    router.guard([&](Request& /*request*/, Access /*access*/) -> std::optional<Response> {
        if (sent_away == 0) {
            return std::nullopt;
        }
        Response refused;
        refused.status = sent_away;
        return refused;
    });
    router.add_later(Method::Get, "/news", Access{}, [&](Request& request, const Reply& reply) {
        Response response;
        response.events = broadcast;
        response.listener = std::make_shared<Request>(std::move(request));
        reply(std::move(response));
    });
    ServerOptions options;
    options.heartbeat = std::chrono::milliseconds(20);
    options.port = 0;
    options.certificate = is_tls() ? shown_certificate() : nullptr;
    const auto guarded = Server::start(std::move(options), std::move(router));
    ASSERT_TRUE(guarded) << guarded.error().message;
    Line line((*guarded)->port());
    line.say("GET /news HTTP/1.1\r\nHost: t\r\n\r\n");
    EXPECT_NE(line.hear_until(":\n\n:\n\n").find(":\n\n"), std::string::npos);
    sent_away = 503;
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    EXPECT_EQ(broadcast->listeners(), 1) << "what cannot be asked ends nothing";
    sent_away = 401;
    for (int i = 0; i < 500 && broadcast->listeners() > 0; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    EXPECT_EQ(broadcast->listeners(), 0);
    (*guarded)->stop();
}

TEST(AskOnce, takes_an_answer_of_any_size) {
    const std::string long_text(std::size_t{9} << 20U, 'x');
    Router router;
    router.add(Method::Get, "/long", Access{}, [&](const Request&) { return json(long_text); });
    const auto server = serve({}, std::move(router));
    const auto heard = ask_once({"127.0.0.1", server->port()}, {.path = "/long"});
    ASSERT_TRUE(heard) << heard.error().message;
    EXPECT_EQ(heard->status, 200);
    EXPECT_EQ(heard->body.size(), long_text.size());
}

TEST_P(ServerOver, says_when_the_port_is_taken) {
    const auto server = serve({}, echo());
    ServerOptions options;
    options.port = server->port();
    const auto second = Server::start(options, echo());
    ASSERT_FALSE(second);
    EXPECT_EQ(second.error().code, ErrorCode::Conflict);
    EXPECT_NE(second.error().message.find("--port"), std::string::npos);
}

}  // namespace
}  // namespace kokemus::http
