#include "http/certificate.h"

#include <sys/stat.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <string_view>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace kokemus::http {

namespace {

/// TLS 1.2 with forward secrecy and authenticated encryption alone; 1.3 has nothing else.
constexpr const char* ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20:!aNULL";

/// Of what a client offers, HTTP/1.1; nothing else is spoken here.
int choose_protocol(SSL* /*connection*/, const unsigned char** chosen, unsigned char* size,
                    const unsigned char* offered, unsigned int offered_size, void* /*unused*/) {
    static constexpr std::string_view ours = "\x08http/1.1";
    unsigned char* found = nullptr;
    const int outcome = SSL_select_next_proto(&found,
                                              size,
                                              reinterpret_cast<const unsigned char*>(ours.data()),
                                              static_cast<unsigned int>(ours.size()),
                                              offered,
                                              offered_size);
    *chosen = found;
    return outcome == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

/// Clients that come again show a ticket that is sealed by a key of ours: they are known at once,
/// and nothing is kept of those who do not come.
std::shared_ptr<SSL_CTX> new_terms() {
    std::shared_ptr<SSL_CTX> terms(SSL_CTX_new(TLS_server_method()), SSL_CTX_free);
    if (terms == nullptr) {
        return terms;
    }
    static constexpr std::string_view name = "kokemus";
    SSL_CTX* raw = terms.get();
    SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
    SSL_CTX_set_cipher_list(raw, ciphers);
    SSL_CTX_set_options(
        raw, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
    SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
    SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_session_id_context(
        raw, reinterpret_cast<const unsigned char*>(name.data()), name.size());
    SSL_CTX_set_alpn_select_cb(raw, choose_protocol, nullptr);
    // A key that asks for a passphrase is none that a server can start with; nobody is asked.
    SSL_CTX_set_default_passwd_cb(raw, [](char*, int, int, void*) { return 0; });
    return terms;
}

Error unusable(std::string_view what, const std::filesystem::path& file) {
    const char* reason = ERR_reason_error_string(ERR_peek_error());
    const std::string words = reason == nullptr ? "it cannot be read" : reason;
    ERR_clear_error();
    return invalid_input(fmt::format(
        "the {} in {} cannot be used: {} (a PEM file, {}, is wanted)",
        what,
        file.string(),
        words,
        what == "certificate" ? "those that vouch for it behind it" : "without a passphrase"));
}

Instant instant_of(const ASN1_TIME* time) {
    std::tm moment{};
    if (time == nullptr || ASN1_TIME_to_tm(time, &moment) != 1) {
        return {};
    }
    return Instant(std::chrono::seconds(::timegm(&moment)));
}

std::string subject_of(X509* certificate) {
    std::array<char, 512> text{};
    BIO* out = BIO_new(BIO_s_mem());
    X509_NAME_print_ex(out, X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
    const int size = BIO_read(out, text.data(), static_cast<int>(text.size()));
    BIO_free(out);
    return {text.data(), static_cast<std::size_t>(std::max(size, 0))};
}

/// Another file, or another state of it, has another stamp: other rights too, since who may not
/// read it today may tomorrow.
std::string stamp_of(const std::filesystem::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) {
        return "absent";
    }
    return fmt::format("{}:{}:{}:{}.{}:{}.{}",
                       found.st_dev,
                       found.st_ino,
                       found.st_size,
                       found.st_mtim.tv_sec,
                       found.st_mtim.tv_nsec,
                       found.st_ctim.tv_sec,
                       found.st_ctim.tv_nsec);
}

}  // namespace

Certificate::Certificate(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)),
      key_(std::move(key)) {}

Result<std::shared_ptr<Certificate>> Certificate::read(std::filesystem::path certificate,
                                                       std::filesystem::path key) {
    std::shared_ptr<Certificate> made(new Certificate(std::move(certificate), std::move(key)));
    TRY(made->reload());
    return made;
}

/// The stamp first: what changes while it is read is read once more.
Status Certificate::reload() {
    looked_at_.with([now = stamp()](std::string& stamp) { stamp = now; });
    Read read = TRY(read_files());
    read_.with([&](Read& present) { present = std::move(read); });
    return {};
}

Result<Certificate::Read> Certificate::read_files() const {
    ERR_clear_error();
    Read read{.terms = new_terms(), .facts = {}};
    if (read.terms == nullptr) {
        return Error{ErrorCode::Unavailable, "there is no memory for TLS"};
    }
    SSL_CTX* terms = read.terms.get();
    if (SSL_CTX_use_certificate_chain_file(terms, certificate_.c_str()) != 1) {
        return unusable("certificate", certificate_);
    }
    const bool is_key = SSL_CTX_use_PrivateKey_file(terms, key_.c_str(), SSL_FILETYPE_PEM) == 1;
    const int reason = ERR_GET_REASON(ERR_peek_error());
    if (!is_key && reason != X509_R_KEY_VALUES_MISMATCH) {
        return unusable("private key", key_);
    }
    // A key of another kind stands beside the certificate, unless it is asked for.
    if (!is_key || SSL_CTX_check_private_key(terms) != 1) {
        ERR_clear_error();
        return invalid_input(fmt::format("the private key in {} is not that of the certificate {}",
                                         key_.string(),
                                         certificate_.string()));
    }
    X509* certificate = SSL_CTX_get0_certificate(terms);
    read.facts = {.begins = instant_of(X509_get0_notBefore(certificate)),
                  .ends = instant_of(X509_get0_notAfter(certificate)),
                  .subject = subject_of(certificate)};
    return read;
}

std::string Certificate::stamp() const {
    return stamp_of(certificate_) + " " + stamp_of(key_);
}

bool Certificate::is_other_on_disk() const {
    return looked_at_.with([now = stamp()](const std::string& stamp) { return stamp != now; });
}

Certificate::Facts Certificate::facts() const {
    return read_.with([](const Read& present) { return present.facts; });
}

std::unique_ptr<Tls> Certificate::begin() const {
    const auto terms = read_.with([](const Read& present) { return present.terms; });
    return std::make_unique<Tls>(SSL_new(terms.get()));
}

}  // namespace kokemus::http
