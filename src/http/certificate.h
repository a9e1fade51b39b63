#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "base/guarded.h"
#include "base/instant.h"
#include "base/result.h"
#include "http/tls.h"

struct ssl_ctx_st;

namespace kokemus::http {

/// A server's certificate, with those that vouch for it, and its private key, as two PEM files say.
/// What they say can change while the server runs: connections that are there keep what they began
/// with.
///
/// Thread safe.
class Certificate {
public:
    /// Fails with words that name the file: absent, no certificate in it, a key with a passphrase,
    /// a key of another certificate.
    static Result<std::shared_ptr<Certificate>> read(std::filesystem::path certificate,
                                                     std::filesystem::path key);

    /// Reads both files again. On failure what was read before stays.
    Status reload();

    /// Whether the files are others than those that were looked at last, usable or not.
    bool is_other_on_disk() const;

    struct Facts {
        Instant begins{};     ///< before this nobody trusts it
        Instant ends{};       ///< and after this
        std::string subject;  ///< "CN=kokemus.example"
    };
    Facts facts() const;

    /// TLS for a connection that begins: 1.2 or 1.3 with forward secrecy, and HTTP/1.1 within it.
    std::unique_ptr<Tls> begin() const;

private:
    struct Read {
        std::shared_ptr<ssl_ctx_st> terms;  ///< what connections begin with
        Facts facts;
    };

    Certificate(std::filesystem::path certificate, std::filesystem::path key);
    Result<Read> read_files() const;
    std::string stamp() const;

    const std::filesystem::path certificate_;
    const std::filesystem::path key_;
    Guarded<Read> read_;
    Guarded<std::string> looked_at_;  ///< the stamp of both files
};

}  // namespace kokemus::http
