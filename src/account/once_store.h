#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/result.h"
#include "records/migration.h"
#include "seal/seal.h"

namespace kokemus::records {
class Records;
}

/// Writes that are sent again and carried out once (the Idempotency-Key of a request).
namespace kokemus::account {

inline constexpr std::chrono::hours once_kept_for{24};
inline constexpr std::size_t once_key_characters_max = 200;
inline constexpr std::size_t once_per_person_max = 1000;  ///< in that time
inline constexpr std::size_t once_answer_bytes_max = 256 * 1024;

/// One write by one person, as it was sent.
struct OnceAsked {
    std::string who;          ///< Person::written()
    std::string key;          ///< as the person chose it
    std::string fingerprint;  ///< of method, path and body
};

struct OnceAnswer {
    int status = 0;
    std::string content_type;
    std::string body;
    std::string etag = {};  ///< empty: it had none
};

/// What is to be done with a write that has a key.
struct OnceGo {
    std::string id;  ///< carry it out, then `settle` or `forget`
};
struct OnceBusy {};   ///< the same is being carried out, or nobody knows whether it was
struct OnceOther {};  ///< the key was used for something else
struct OnceGone {};   ///< it was carried out; its answer is not kept any more
using OnceOutcome = std::variant<OnceGo, OnceAnswer, OnceBusy, OnceOther, OnceGone>;

/// Keeps the first answer of each write for a day, by person and key, sealed, since it may hold
/// what is shown once (a new key, an invitation), and of the write itself a digest that nobody can
/// make without the key of the seal. On both stores alike: of equal writes at the same
/// time, on whatever server, one goes. Thread safe.
class Once {
public:
    /// The clock must outlive this.
    Once(std::shared_ptr<records::Records> records, const Clock& clock, seal::Seal seal);

    /// InvalidInput for a key that is none; TooLarge when the person has used too many.
    Result<OnceOutcome> begin(const OnceAsked& asked);

    /// Keeps the answer of what `begin` let go.
    Status settle(const OnceGo& go, const OnceAnswer& answer);

    /// It had no effect and may be tried again with the same key.
    Status forget(const OnceGo& go);

    /// None of the answers so far is given again, and nothing of them is left in the store's files;
    /// that their writes were carried out is still known. Says how many there were.
    Result<std::int64_t> forget_answers();

private:
    std::shared_ptr<records::Records> records_;
    const Clock& clock_;
    seal::Seal seal_;
};

/// Its table; app/ gives it to `Records::open`.
const records::Schema& once_schema();

}  // namespace kokemus::account
