#include "http/finish.h"

#include <gmock/gmock.h>

#include "http/broadcast.h"
#include "http/test_line.h"
#include "http/unpack.h"

namespace kokemus::http {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string long_text = "\"" + std::string(5000, 'x') + "\"";

Response finished(const Wish& wish, Response response) {
    finish(wish, response);
    return response;
}

Wish get(std::string accept_encoding = {}, std::string if_none_match = {}) {
    return Wish{.accept_encoding = std::move(accept_encoding),
                .if_none_match = std::move(if_none_match)};
}

TEST(Finish, PacksTextAsTheClientLikes) {
    const Response as_zstd = finished(get("gzip, deflate, br, zstd"), json(long_text));
    EXPECT_EQ(as_zstd.headers.at("content-encoding"), "zstd");
    EXPECT_EQ(as_zstd.headers.at("vary"), "accept-encoding");
    EXPECT_LT(as_zstd.body.size(), 200U);
    EXPECT_EQ(unpack_zstd(as_zstd.body, 1'000'000).value(), long_text);
    const Response as_gzip = finished(get("gzip, zstd;q=0"), json(long_text));
    EXPECT_EQ(as_gzip.headers.at("content-encoding"), "gzip");
    EXPECT_EQ(unpack_gzip(as_gzip.body, 1'000'000).value(), long_text);
    EXPECT_NE(as_gzip.headers.at("etag"), as_zstd.headers.at("etag")) << "strong ones differ";
    const Response plain = finished(get("br"), json(long_text));
    EXPECT_EQ(plain.body, long_text);
    EXPECT_EQ(plain.headers.at("vary"), "accept-encoding") << "others would have got it packed";
    Response wide = json(long_text);
    wide.headers["vary"] = "accept";
    EXPECT_EQ(finished(get("gzip"), wide).headers.at("vary"), "accept, accept-encoding");
}

TEST(Finish, LeavesWhatPackingWouldHarmOrNotHelp) {
    const auto stays = [](Response response, Wish wish = get("gzip, zstd")) {
        const std::string before = response.body;
        const Response after = finished(wish, std::move(response));
        return after.body == before && !after.headers.contains("content-encoding");
    };
    EXPECT_FALSE(stays(json(long_text)));
    EXPECT_TRUE(stays(json("\"short\"")));
    Response picture = json(long_text);
    picture.content_type = "image/png";
    EXPECT_TRUE(stays(picture));
    Response secret = json(long_text);
    secret.is_secret = true;
    EXPECT_TRUE(stays(secret));
    EXPECT_FALSE(finished(get(), secret).headers.contains("etag"));
    Response packed = json(long_text);
    packed.headers["content-encoding"] = "gzip";
    EXPECT_EQ(finished(get("zstd"), packed).body, long_text);
    Response news = json(long_text);
    news.events = std::make_shared<Broadcast>(1);
    EXPECT_TRUE(stays(news));
    for (const char* site : {"cross-site", "same-site"}) {
        Request request;
        request.headers = {{"accept-encoding", "gzip"}, {"sec-fetch-site", site}};
        EXPECT_TRUE(stays(json(long_text), wish_of(request))) << site;
        request.headers["sec-fetch-site"] = "same-origin";
        EXPECT_FALSE(stays(json(long_text), wish_of(request)));
    }
}

TEST(Finish, SaysThatNothingHasChanged) {
    const Response first = finished(get("zstd"), json(long_text));
    const std::string etag = first.headers.at("etag");
    EXPECT_THAT(etag, testing::MatchesRegex("\"[0-9a-f]{32}-zstd\""));
    for (const std::string& known : {etag, "W/" + etag, "\"x\", " + etag, std::string("*")}) {
        const Response again = finished(get("gzip", known), json(long_text));
        EXPECT_EQ(again.status, 304) << known;
        EXPECT_EQ(again.body, "");
    }
    EXPECT_EQ(finished(get("zstd", etag), json(long_text + " ")).status, 200);
    EXPECT_EQ(finished(get("zstd", "\"x\", y,,"), json(long_text)).status, 200);
    EXPECT_EQ(finished(get("zstd", "*"), problem(not_found("x"))).status, 404);
    Wish post = get("zstd", "*");
    post.method = Method::Post;
    EXPECT_EQ(finished(post, json(long_text)).status, 200);
    EXPECT_FALSE(finished(post, json(long_text)).headers.contains("etag"));
}

TEST(Finish, HoldsOverTheWire) {
    Router router = echo();
    router.add(Method::Get, "/long", Access{}, [](const Request&) { return json(long_text); });
    const auto server = serve({}, std::move(router));
    Line line(server->port());
    line.say("GET /long HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n");
    const std::string head = line.hear_until("\r\n\r\n");
    EXPECT_THAT(head, HasSubstr("content-encoding: gzip"));
    const std::size_t at = head.find("etag: ");
    const std::string etag = head.substr(at + 6, head.find("\r\n", at) - at - 6);
    Line again(server->port());
    again.say("GET /long HTTP/1.1\r\nHost: x\r\nConnection: close\r\nIf-None-Match: " + etag +
              "\r\n\r\n");
    const std::string unchanged = again.hear_until("nothing more");
    EXPECT_THAT(unchanged, HasSubstr("HTTP/1.1 304"));
    EXPECT_THAT(unchanged, Not(HasSubstr("xxx")));
    EXPECT_EQ(unchanged.substr(unchanged.size() - 4), "\r\n\r\n");
}

}  // namespace
}  // namespace kokemus::http
