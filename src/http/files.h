#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::http {

/// A folder of static files, read into memory once; the built web application.
///
/// Files under /assets/ carry a hash in their name and may be kept for a year; everything else is
/// asked for again by ETag. Text is kept compressed beside the plain bytes. Immutable after `read`,
/// so thread safe.
class Files {
public:
    /// Reads all regular files below `folder` (bounded by `files_bytes_max`). NotFound when there
    /// is no such folder.
    static Result<Files> read(const std::filesystem::path& folder);

    /// The file at the request's path; for one of the application's own routes, /index.html, when a
    /// page is asked for (GET or HEAD, and Accept names text/html); a 404 problem otherwise. Answers
    /// 304 when the ETag matches, and 405 to whoever wants to write to a file.
    Response answer(const Request& request) const;

    static constexpr std::uintmax_t files_bytes_max = 64ULL * 1024 * 1024;

private:
    struct File {
        std::string content_type;
        std::string etag;
        std::string plain;
        std::string gzip;  ///< empty when it saves nothing
    };

    std::map<std::string, File> files_;  ///< by path, "/index.html"
};

}  // namespace kokemus::http
