#include "http/files.h"

#include <array>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "http/pack.h"

namespace kokemus::http {

namespace {

struct Type {
    std::string_view extension;
    std::string_view content_type;
    bool text;
};

constexpr std::array<Type, 11> types = {{
    {".html", "text/html; charset=utf-8", true},
    {".js", "text/javascript; charset=utf-8", true},
    {".css", "text/css; charset=utf-8", true},
    {".json", "application/json", true},
    {".svg", "image/svg+xml", true},
    {".txt", "text/plain; charset=utf-8", true},
    {".woff2", "font/woff2", false},
    {".png", "image/png", false},
    {".webp", "image/webp", false},
    {".ico", "image/x-icon", false},
    {".webmanifest", "application/manifest+json", true},
}};

const Type& type_of(const std::filesystem::path& path) {
    static constexpr Type unknown{"", "application/octet-stream", false};
    const std::string extension = path.extension().string();
    for (const Type& type : types) {
        if (type.extension == extension) {
            return type;
        }
    }
    return unknown;
}

/// What a page of ours may do: its own scripts and styles, and nothing from elsewhere.
constexpr std::string_view content_security_policy =
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; worker-src 'self' "
    "blob:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'";

/// Ids of customers and names of journeys may hold a dot and are no files for that.
bool is_application_route(std::string_view path) {
    const std::size_t slash = path.rfind('/');
    return path.find('.', slash) == std::string_view::npos || path.starts_with("/customers/") ||
           path.starts_with("/journeys/");
}

/// Whether it is a browser that goes to a page: programs that send or ask take other things, and a
/// page would tell them that all is well.
bool is_navigation(const Request& request) {
    return (request.method == Method::Get || request.method == Method::Head) &&
           lower(request.header("accept")).find("text/html") != std::string::npos;
}

Response only_to_read() {
    Response refused = problem(Refusal{.status = 405,
                                       .code = "invalid_input",
                                       .title = "Wrong method",
                                       .detail = "a file can only be read; use GET, HEAD"});
    refused.headers["allow"] = "GET, HEAD";
    return refused;
}

}  // namespace

Result<Files> Files::read(const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::recursive_directory_iterator entries(folder, error);
    if (error) {
        return not_found(fmt::format("there is no folder {}", folder.string()));
    }
    Files files;
    std::uintmax_t bytes = 0;
    for (const auto& entry : entries) {
        if (!entry.is_regular_file()) {
            continue;
        }
        bytes += entry.file_size();
        if (bytes > files_bytes_max) {
            return Error{ErrorCode::TooLarge,
                         fmt::format("{} holds more than 64 MiB", folder.string())};
        }
        std::ifstream stream(entry.path(), std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        const Type& type = type_of(entry.path());
        File file{std::string(type.content_type), {}, std::move(content).str(), {}};
        file.etag = fmt::format("\"{:016x}\"", hash64(file.plain));
        if (type.text && file.plain.size() > 512) {
            file.gzip = gzip(file.plain);
        }
        files.files_["/" + std::filesystem::relative(entry.path(), folder).generic_string()] =
            std::move(file);
    }
    return files;
}

Response Files::answer(const Request& request) const {
    auto found = files_.find(request.path == "/" ? "/index.html" : request.path);
    if (found == files_.end() && is_navigation(request) && is_application_route(request.path)) {
        found = files_.find("/index.html");
    }
    if (found == files_.end()) {
        return problem(not_found(fmt::format("nothing is at {}", request.path)));
    }
    if (request.method != Method::Get && request.method != Method::Head) {
        return only_to_read();
    }
    const File& file = found->second;
    Response response;
    response.content_type = file.content_type;
    response.headers["etag"] = file.etag;
    response.headers["vary"] = "accept-encoding";
    response.headers["x-content-type-options"] = "nosniff";
    response.headers["referrer-policy"] = "same-origin";
    response.headers["content-security-policy"] = content_security_policy;
    response.headers["cache-control"] =
        found->first.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    if (request.header("if-none-match") == file.etag) {
        response.status = 304;
        return response;
    }
    if (!file.gzip.empty() &&
        request.header("accept-encoding").find("gzip") != std::string_view::npos) {
        response.headers["content-encoding"] = "gzip";
        response.body = file.gzip;
    } else {
        response.body = file.plain;
    }
    return response;
}

}  // namespace kokemus::http
