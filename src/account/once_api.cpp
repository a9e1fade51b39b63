#include "account/once_api.h"

#include <algorithm>
#include <array>

#include "account/door_api.h"
#include "account/secret.h"
#include "base/log.h"

namespace kokemus::account {

namespace {

bool is_write(http::Method method) {
    return method == http::Method::Post || method == http::Method::Put ||
           method == http::Method::Patch || method == http::Method::Delete;
}

/// Rights to what is kept in the records.
bool is_kept(std::optional<Right> right) {
    using enum Right;
    return right && *right != AskQuestions && *right != SendEncounters && *right != UseOwnAccount &&
           *right != MakeBackups;
}

std::string fingerprint_of(const http::Request& request) {
    std::string all = std::string(http::method_name(request.method)) + "\n" + request.path + "\n";
    for (const auto& [name, value] : request.query) {
        all += name + "\n" + value + "\n";
    }
    // The same write upon another version is another write.
    all += "\n" + std::string(request.header("if-match"));
    return digest_of(all + "\n" + request.body);
}

http::Response busy() {
    return http::problem(http::Refusal{
        .status = 409,
        .code = "conflict",
        .title = "It is being carried out",
        .detail = "The same write is under way under this Idempotency-Key; ask again in a moment. "
                  "If that goes on for more than a minute, the server was stopped meanwhile: look "
                  "whether it was carried out, and send it with a new key if it was not."});
}

http::Response used_otherwise() {
    return http::problem(http::Refusal{
        .status = 422,
        .code = "key_used_otherwise",
        .title = "The key was used for something else",
        .detail = "This Idempotency-Key came with another write before; send each write with a key "
                  "of its own."});
}

http::Response gone() {
    return http::problem(http::Refusal{
        .status = 410,
        .code = "answer_gone",
        .title = "It was carried out",
        .detail = "This write was carried out before. Its answer is not kept any more, since a "
                  "customer was erased meanwhile; look at what it was about."});
}

http::Response given_again(const OnceAnswer& answer) {
    http::Response response = http::json(answer.body);
    response.status = answer.status;
    response.content_type = answer.content_type;
    response.headers["idempotency-replayed"] = "true";
    if (!answer.etag.empty()) {
        response.headers["etag"] = answer.etag;
    }
    response.is_secret = true;
    return response;
}

/// Whether sending it again could end otherwise: what it met may be gone by then, or its version
/// may be named. Nothing was changed.
bool may_be_tried_again(const http::Response& response) {
    constexpr auto passing = std::to_array<int>({409, 412, 428, 429});
    return response.status >= 500 || std::ranges::find(passing, response.status) != passing.end();
}

void warn_unless(const Status& kept) {
    if (!kept) {
        log_warning("the answer to a write is not kept for its key: {}", kept.error().message);
    }
}

/// Frees the key of a write whose handler has thrown.
struct Freed {
    Once& once;
    const OnceGo& go;
    bool is_answered = false;

    ~Freed() {
        if (!is_answered) {
            warn_unless(once.forget(go));
        }
    }
};

http::Response carry_out(Once& once, const OnceGo& go, const http::Request& request,
                         const http::Handler& handler) {
    Freed freed{once, go};
    http::Response response = handler(request);
    freed.is_answered = !may_be_tried_again(response);
    if (freed.is_answered) {
        const auto tag = response.headers.find("etag");
        warn_unless(once.settle(go,
                                {response.status,
                                 response.content_type,
                                 response.body,
                                 tag == response.headers.end() ? std::string() : tag->second}));
    }
    return response;
}

}  // namespace

http::Around carried_out_once(Once& once) {
    return [&once](const http::Request& request, http::Access mark, const http::Handler& handler) {
        const std::string_view key = request.header("idempotency-key");
        const auto access = Access::from_mark(static_cast<std::uint32_t>(mark));
        if (key.empty() || !is_write(request.method) || !access || !is_kept(access->right())) {
            return handler(request);
        }
        const auto outcome =
            once.begin({person_of(request).written(), std::string(key), fingerprint_of(request)});
        if (!outcome) {
            return http::problem(outcome.error());
        }
        if (const auto* go = std::get_if<OnceGo>(&*outcome)) {
            return carry_out(once, *go, request, handler);
        }
        if (const auto* answer = std::get_if<OnceAnswer>(&*outcome)) {
            return given_again(*answer);
        }
        if (std::holds_alternative<OnceGone>(*outcome)) {
            return gone();
        }
        return std::holds_alternative<OnceBusy>(*outcome) ? busy() : used_otherwise();
    };
}

}  // namespace kokemus::account
