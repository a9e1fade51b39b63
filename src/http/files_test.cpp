#include "http/files.h"

#include <filesystem>
#include <fstream>
#include <memory>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/router.h"

namespace kokemus::http {
namespace {

using ::testing::HasSubstr;

/// A small application with routes of an API beside it.
class FilesTest : public ::testing::Test {
protected:
    FilesTest() {
        const auto folder = std::filesystem::path(::testing::TempDir()) / "kokemus_files_test";
        std::filesystem::create_directories(folder / "assets");
        std::ofstream(folder / "index.html") << "<html>the page</html>";
        std::ofstream(folder / "assets" / "a.js") << "code";
        auto files = Files::read(folder);
        EXPECT_TRUE(files) << files.error().message;
        std::filesystem::remove_all(folder);
        router_.otherwise([files = std::make_shared<const Files>(std::move(*files))](
                              const Request& request) { return files->answer(request); });
        router_.guard(let_everybody_in);
        const auto taken = [](const Request&) { return json("\"taken\""); };
        router_.add(Method::Post, "/v1/{call}", Access{}, taken);
        router_.add(Method::Post, "/api/encounters", Access{}, taken);
        router_.add(Method::Get, "/api/customers/{id}", Access{}, taken);
    }

    Response ask(Method method, std::string_view target, const std::string& accept) {
        Request request;
        request.method = method;
        EXPECT_TRUE(parse_target(target, request));
        if (!accept.empty()) {
            request.headers["accept"] = accept;
        }
        return router_.answer(request);
    }

    Router router_;
};

const std::string browser = "text/html,application/xhtml+xml,*/*;q=0.8";

TEST_F(FilesTest, APageIsForWhoeverGoesToAPage) {
    for (const Method method : {Method::Get, Method::Head}) {
        for (const std::string_view path : {"/", "/overview", "/customers/anna@example.org"}) {
            const Response page = ask(method, path, browser);
            EXPECT_EQ(page.status, 200) << path;
            EXPECT_EQ(page.body, "<html>the page</html>") << path;
        }
        EXPECT_EQ(ask(method, "/", "*/*").status, 200);
        EXPECT_EQ(ask(method, "/index.html", "").status, 200);
        EXPECT_EQ(ask(method, "/assets/a.js", "*/*").body, "code");
        EXPECT_EQ(ask(method, "/overview", "*/*").status, 404);
        EXPECT_EQ(ask(method, "/overview", "application/json").status, 404);
        EXPECT_EQ(ask(method, "/assets/b.js", browser).status, 404);
    }
}

TEST_F(FilesTest, WhoWritesIsNeverAnsweredWithAPage) {
    for (const Method method :
         {Method::Post, Method::Put, Method::Patch, Method::Delete, Method::Options}) {
        for (const std::string_view path : {"/overview",
                                            "/customers/anna",
                                            "/v1/batch/",
                                            "//v1/batch",
                                            "/v1/v1/batch",
                                            "/V1/batch",
                                            "/encounters",
                                            "/webhooks/desk",
                                            "/v1",
                                            "/api",
                                            "/rudder/v1/batch"}) {
            const Response refused = ask(method, path, browser);
            EXPECT_EQ(refused.status, 404) << path;
            EXPECT_EQ(refused.content_type, "application/problem+json") << path;
        }
        for (const std::string_view path : {"/", "/index.html", "/assets/a.js"}) {
            const Response refused = ask(method, path, browser);
            EXPECT_EQ(refused.status, 405) << path;
            EXPECT_EQ(refused.headers.at("allow"), "GET, HEAD") << path;
        }
    }
}

TEST_F(FilesTest, AnAddressThatIsAlmostRightIsToldTheRightOne) {
    for (const std::string_view path : {"/v1/batch/",
                                        "//v1/batch",
                                        "/v1//batch",
                                        "/v1/v1/batch",
                                        "/V1/batch",
                                        "/rudder/v1/batch"}) {
        EXPECT_THAT(ask(Method::Post, path, "").body, HasSubstr("did you mean /v1/batch?")) << path;
    }
    EXPECT_THAT(ask(Method::Post, "/API/Encounters/", "").body,
                HasSubstr("did you mean /api/encounters?"));
    EXPECT_THAT(ask(Method::Get, "/api/customers/Anna/", "").body,
                HasSubstr("did you mean /api/customers/Anna?"));
    for (const std::string_view path : {"/", "/overview", "/v1", "/nowhere/at/all"}) {
        EXPECT_THAT(ask(Method::Put, path, "").body, ::testing::Not(HasSubstr("did you mean")));
    }
}

}  // namespace
}  // namespace kokemus::http
