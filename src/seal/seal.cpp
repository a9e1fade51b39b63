#include "seal/seal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <optional>
#include <sstream>

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"

namespace kokemus::seal {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view mark = "sealed:";
constexpr std::size_t key_file_bytes_max = 64 * 1024;
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t proof_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr int base64_form = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);

constexpr std::string_view heading =
    "# The key that seals the secrets in Kokemus' records: of authenticator apps, of webhooks.\n"
    "# Without it they cannot be read again. It is in no backup: keep a copy elsewhere.\n"
    "# One key a line; the first seals, all of them open.\n";

void begin() {
    static const int begun = sodium_init();
    CHECK(begun >= 0);
}

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
}

std::string base64(std::string_view bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), base64_form), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes_of(bytes), bytes.size(), base64_form);
    text.pop_back();  // the zero at its end
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    std::string bytes(text.size(), '\0');
    std::size_t size = 0;
    const int outcome = sodium_base642bin(bytes_of(bytes),
                                          bytes.size(),
                                          text.data(),
                                          text.size(),
                                          nullptr,
                                          &size,
                                          nullptr,
                                          base64_form);
    bytes.resize(size);
    return outcome == 0 ? std::optional(std::move(bytes)) : std::nullopt;
}

/// Gives the file its name; 0, or why not. A link, unlike a renaming, never replaces a key that
/// another program has made meanwhile; where the disk knows no links, a look has to do.
int place(const fs::path& partial, const fs::path& file) {
    if (::link(partial.c_str(), file.c_str()) == 0) {
        return 0;
    }
    const int fault = errno;
    const bool has_links = fault != EPERM && fault != EOPNOTSUPP && fault != ENOSYS;
    if (has_links || ::access(file.c_str(), F_OK) == 0) {
        return has_links ? fault : EEXIST;
    }
    return ::rename(partial.c_str(), file.c_str()) == 0 ? 0 : errno;
}

/// Whole and readable by its owner alone from the first moment; in its place once it is on disk.
Status write_new(const fs::path& file, std::string_view bytes) {
    const fs::path partial = file.string() + ".new";
    ::unlink(partial.c_str());
    const int opened =
        ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (opened < 0) {
        return file_error("write", partial, errno);
    }
    const ssize_t written = ::write(opened, bytes.data(), bytes.size());
    const bool is_whole = written == static_cast<ssize_t>(bytes.size());
    const int fault = is_whole && ::fsync(opened) == 0 ? 0 : (is_whole ? errno : ENOSPC);
    ::close(opened);
    const int placing = fault == 0 ? place(partial, file) : fault;
    ::unlink(partial.c_str());
    if (placing != 0 && placing != EEXIST) {
        return file_error("write", file, placing);
    }
    return sync_folder(file.parent_path());
}

Status make_key_file(const fs::path& file) {
    std::string key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES, '\0');
    randombytes_buf(key.data(), key.size());
    std::string digits(key.size() * 2 + 1, '\0');
    sodium_bin2hex(digits.data(), digits.size(), bytes_of(std::string_view(key)), key.size());
    digits.back() = '\n';
    TRY(make_folders(fs::absolute(file).parent_path()));
    return write_new(fs::absolute(file), std::string(heading) + digits);
}

Status check_rights(const fs::path& file) {
    struct stat found {};
    if (::stat(file.c_str(), &found) != 0) {
        return file_error("read", file, errno);
    }
    if ((found.st_mode & 0077U) != 0) {
        return Error{ErrorCode::Forbidden,
                     fmt::format("others than its owner may read the key in {0}; write: "
                                 "chmod 600 {0}",
                                 file.string())};
    }
    return {};
}

Error no_key(const fs::path& file, std::size_t line) {
    return invalid_input(
        fmt::format("{}: line {} is no key; a key is 64 hexadecimal digits", file.string(), line));
}

}  // namespace

Result<Seal> Seal::open(const fs::path& key_file) {
    begin();
    std::error_code failure;
    if (!fs::exists(key_file, failure)) {
        TRY(make_key_file(key_file));
    }
    TRY(check_rights(key_file));
    const std::string text = TRY(read_file(key_file, key_file_bytes_max));
    std::vector<Key> keys;
    std::size_t number = 0;
    std::istringstream lines(text);
    for (std::string raw; std::getline(lines, raw);) {
        ++number;
        const std::string_view line = trim(raw);
        if (line.empty() || line.front() == '#') {
            continue;
        }
        Key key{};
        std::size_t size = 0;
        const char* end = nullptr;
        const int outcome =
            sodium_hex2bin(key.data(), key.size(), line.data(), line.size(), nullptr, &size, &end);
        if (outcome != 0 || size != key.size() || end != line.data() + line.size()) {
            return no_key(key_file, number);
        }
        keys.push_back(key);
    }
    if (keys.empty()) {
        return invalid_input(fmt::format(
            "{} holds no key; put the right file back, or remove it to have a new key made "
            "(what was sealed before can then not be read again)",
            key_file.string()));
    }
    return Seal(std::move(keys));
}

std::string Seal::sealed(std::string_view secret, std::string_view place) const {
    std::string bytes(nonce_bytes + secret.size() + proof_bytes, '\0');
    randombytes_buf(bytes.data(), nonce_bytes);
    unsigned long long size = 0;
    CHECK(crypto_aead_xchacha20poly1305_ietf_encrypt(bytes_of(bytes) + nonce_bytes,
                                                     &size,
                                                     bytes_of(secret),
                                                     secret.size(),
                                                     bytes_of(place),
                                                     place.size(),
                                                     nullptr,
                                                     bytes_of(std::string_view(bytes)),
                                                     keys_.front().data()) == 0);
    return std::string(mark) + base64(bytes);
}

Result<std::string> Seal::opened(std::string_view kept, std::string_view place) const {
    const auto bytes = is_sealed(kept) ? from_base64(kept.substr(mark.size())) : std::nullopt;
    if (bytes && bytes->size() >= nonce_bytes + proof_bytes) {
        const std::string_view closed = std::string_view(*bytes).substr(nonce_bytes);
        for (const Key& key : keys_) {
            std::string secret(closed.size() - proof_bytes, '\0');
            unsigned long long size = 0;
            if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(secret),
                                                           &size,
                                                           nullptr,
                                                           bytes_of(closed),
                                                           closed.size(),
                                                           bytes_of(place),
                                                           place.size(),
                                                           bytes_of(std::string_view(*bytes)),
                                                           key.data()) == 0) {
                return secret;
            }
        }
    }
    return Error{ErrorCode::Corrupt,
                 fmt::format("the secret of {} does not open: it was sealed with another key, or "
                             "changed; put the key file that was in use back",
                             place)};
}

std::vector<std::string> Seal::digests(std::string_view text, std::string_view place) const {
    static_assert(crypto_auth_hmacsha256_KEYBYTES == sizeof(Key));
    // Of the length too, so that no other place and text are written alike.
    const std::string whole = fmt::format("digest {} {}{}", place.size(), place, text);
    std::vector<std::string> made;
    for (const Key& key : keys_) {
        std::array<unsigned char, crypto_auth_hmacsha256_BYTES> digest{};
        crypto_auth_hmacsha256(
            digest.data(), bytes_of(std::string_view(whole)), whole.size(), key.data());
        std::string digits(digest.size() * 2 + 1, '\0');
        sodium_bin2hex(digits.data(), digits.size(), digest.data(), digest.size());
        digits.pop_back();  // the zero at its end
        made.push_back(std::move(digits));
    }
    return made;
}

bool Seal::is_sealed(std::string_view kept) {
    return kept.starts_with(mark);
}

}  // namespace kokemus::seal
