#include "http/header_lines.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/test_line.h"

namespace kokemus::http {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

/// A server that says what it took for the body and the headers, asked by raw bytes.
class HeaderLines : public ::testing::Test {
protected:
    static Router router() {
        Router router;
        const Handler said = [](const Request& request) {
            return json(fmt::format(
                "[{}|{}|{}]", request.body, request.header("accept"), request.header("cookie")));
        };
        router.add(Method::Get, "/said", Access{}, said);
        router.add(Method::Post, "/said", Access{}, said);
        router.add(Method::Get, "/torn", Access{}, [](const Request&) {
            Response response = json("[torn]");
            response.headers["x-note"] = "a\r\nset-cookie: kokemus=x";
            response.headers["x-whole"] = "b";
            return response;
        });
        return router;
    }

    /// All that comes until the server closes.
    std::string heard(const std::string& said) const {
        Line line(server_->port());
        line.say(said);
        return line.hear_until("never said");
    }

    std::unique_ptr<Server> server_ = serve({}, router());
};

TEST_F(HeaderLines, WhoseEndNobodyKnowsIsNotReadOn) {
    const std::string smuggled = "GET /said HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    for (const char* coding : {"Transfer-Encoding: gzip",
                               "Transfer-Encoding: chunked, gzip",
                               "Transfer-Encoding: xchunked",
                               "Transfer-Encoding: gzip, chunked",
                               "Transfer-Encoding: identity",
                               "Transfer-Encoding:",
                               "Transfer-Encoding: chunked\r\nTransfer-Encoding: x",
                               "Transfer-Encoding: chunked\r\nContent-Length: 3",
                               "Content-Length: 3\r\nTransfer-Encoding: chunked",
                               "Content-Length: 3\r\nContent-Length: 4",
                               "Content-Length: +3",
                               "Content-Length: 3, 4",
                               "Transfer-Encoding : chunked"}) {
        const std::string answer = heard(std::string("POST /said HTTP/1.1\r\nHost: a\r\n") +
                                         coding + "\r\n\r\n" + smuggled);
        EXPECT_THAT(answer, StartsWith("HTTP/1.1 400")) << coding;
        EXPECT_THAT(answer, Not(HasSubstr("200 OK"))) << coding;
    }
    EXPECT_THAT(heard("POST /said HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(heard("POST /said HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n"
                      "Connection: close\r\n\r\n2\r\nhi\r\n0\r\n\r\n"),
                HasSubstr("[hi||]"));
}

TEST_F(HeaderLines, OneHostAndNoOther) {
    const std::string close = "Connection: close\r\n\r\n";
    EXPECT_THAT(heard("GET /said HTTP/1.1\r\n" + close), StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(heard("GET /said HTTP/1.1\r\nHost: a\r\nHost: b\r\n" + close),
                StartsWith("HTTP/1.1 400"));
    EXPECT_THAT(heard("GET /said HTTP/1.1\r\nHost: a\r\n" + close), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(heard("GET /said HTTP/1.0\r\n\r\n"), StartsWith("HTTP/1.1 200"));
}

TEST_F(HeaderLines, OfOneNameAreAListUnlessThatMakesNoSense) {
    const std::string begin = "GET /said HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
    EXPECT_THAT(heard(begin + "Accept: a\r\nACCEPT: b\r\nCookie: c=1\r\nCookie: d=2\r\n\r\n"),
                HasSubstr("[|a, b|c=1; d=2]"));
    EXPECT_THAT(heard(begin + "Authorization: Bearer a\r\nauthorization: Bearer b\r\n\r\n"),
                HasSubstr("authorization stands twice"));
    EXPECT_THAT(heard(begin + "Content-Type: a\r\nContent-Type: a\r\n\r\n"),
                StartsWith("HTTP/1.1 400"));
}

/// Past a proxy that sets X-Forwarded-For, and past every check of what stands before the body.
TEST_F(HeaderLines, WhatFollowsTheBodyIsNoHeader) {
    const std::string chunked =
        "POST /said HTTP/1.1\r\nHost: a\r\nAccept: a\r\nTransfer-Encoding: chunked\r\n"
        "Connection: close\r\nTrailer: Accept\r\n\r\n2\r\nhi\r\n0\r\n";
    EXPECT_THAT(heard(chunked + "Accept: b\r\nCookie: c=1\r\n\r\n"), HasSubstr("[hi|a|]"));
}

TEST_F(HeaderLines, AnAnswerIsNeverTorn) {
    const std::string answer = heard("GET /torn HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
    EXPECT_THAT(answer, HasSubstr("[torn]"));
    EXPECT_THAT(answer, HasSubstr("x-whole: b"));
    EXPECT_THAT(answer, Not(HasSubstr("set-cookie")));
}

TEST_F(HeaderLines, VeryManyAreTooMany) {
    const auto with = [&](int lines) {
        std::string said = "GET /said HTTP/1.1\r\nHost: a\r\nConnection: close\r\n";
        for (int i = 2; i < lines; ++i) {
            said += fmt::format("X{}: y\r\n", i);
        }
        return heard(said + "\r\n");
    };
    EXPECT_THAT(with(100), StartsWith("HTTP/1.1 200"));
    EXPECT_THAT(with(101), StartsWith("HTTP/1.1 431"));
}

TEST_F(HeaderLines, AnUnknownMethodIsSaidToBeOne) {
    for (const std::string method : {"TRACE", "PURGE", "FOO"}) {
        const std::string said =
            heard(method + " /said HTTP/1.1\r\nHost: a\r\n\r\n" +
                  "GET /said HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        EXPECT_THAT(said, StartsWith("HTTP/1.1 501"));
        EXPECT_THAT(said, HasSubstr(method));
    }
}

}  // namespace
}  // namespace kokemus::http
