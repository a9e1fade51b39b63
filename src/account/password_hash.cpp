#include <array>
#include <semaphore>

#include <sodium.h>

#include "account/bounds.h"
#include "account/password.h"
#include "base/check.h"

namespace kokemus::account {

namespace {

/// Each takes 64 MiB, so that many at once would be an attack on the memory; and whoever waits
/// holds a thread of the server, so that many would be one on all other requests.
class Place {
public:
    static Result<Place> find() {
        if (!free_.try_acquire() && !wait()) {
            return Error{ErrorCode::Unavailable,
                         "Too many people are signing in at once; try again in a few seconds."};
        }
        return Place();
    }

    Place(Place&& other) noexcept : held_(std::exchange(other.held_, false)) {}
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;
    Place& operator=(Place&&) = delete;
    ~Place() {
        if (held_) {
            free_.release();
        }
    }

private:
    Place() = default;

    static bool wait() {
        if (!seats_.try_acquire()) {
            return false;
        }
        const bool found = free_.try_acquire_for(std::chrono::seconds(5));
        seats_.release();
        return found;
    }

    static inline std::counting_semaphore<bounds::argon2_waiting_max> seats_{
        bounds::argon2_waiting_max};
    static inline std::counting_semaphore<bounds::argon2_at_once_max> free_{
        bounds::argon2_at_once_max};
    bool held_ = true;
};

Result<std::string> hashed(std::string_view password) {
    std::array<char, crypto_pwhash_STRBYTES> text{};
    CHECK(sodium_init() >= 0);
    if (crypto_pwhash_str_alg(text.data(),
                              password.data(),
                              password.size(),
                              bounds::argon2_passes,
                              bounds::argon2_memory_bytes,
                              crypto_pwhash_ALG_ARGON2ID13) != 0) {
        return Error{ErrorCode::Unavailable, "There is not enough memory now; try again later."};
    }
    return std::string(text.data());
}

/// Of a password that nobody has; compared where there is no account, so that both take as long.
const std::string& nobodys() {
    static const std::string kept = [] {
        const auto made = hashed("nobody has this password");
        return made ? *made : std::string();
    }();
    return kept;
}

}  // namespace

Result<std::string> hash_password(std::string_view password) {
    const Place place = TRY(Place::find());
    return hashed(password);
}

Result<PasswordMatch> match_password(std::string_view password, const std::string& kept) {
    const Place place = TRY(Place::find());
    const std::string& compared = kept.empty() ? nobodys() : kept;
    const bool right =
        crypto_pwhash_str_verify(compared.c_str(), password.data(), password.size()) == 0;
    if (!right || kept.empty()) {
        return PasswordMatch::No;
    }
    const bool weak = crypto_pwhash_str_needs_rehash(
                          kept.c_str(), bounds::argon2_passes, bounds::argon2_memory_bytes) != 0;
    return weak ? PasswordMatch::YesButWeak : PasswordMatch::Yes;
}

}  // namespace kokemus::account
