#include "account/accounts_store.h"
#include "account/one_time_code.h"
#include "account/secret.h"
#include "base/log.h"
#include "records/records.h"

namespace kokemus::account {

namespace {

/// Where a secret stands, so that it opens for no other user.
std::string place_of(std::string_view user) {
    return "account factor " + std::string(user);
}

}  // namespace

std::optional<std::string> Accounts::factor_of(const KeptUser& kept) const {
    if (kept.factor.empty()) {
        return std::nullopt;
    }
    auto secret = seal_.opened(kept.factor, place_of(kept.user.id));
    if (!secret) {
        log_error("second factor: {}", secret.error().message);
        return std::nullopt;
    }
    return std::move(*secret);
}

std::string Accounts::sealed_factor(std::string_view secret, std::string_view user) const {
    return seal_.sealed(secret, place_of(user));
}

Result<bool> Accounts::use_code(records::Session& session, const KeptUser& kept,
                                std::string_view typed) const {
    const auto secret = factor_of(kept);
    const auto step =
        secret ? step_of_code(typed, *secret, clock_.now(), kept.factor_step) : std::nullopt;
    return step ? use_factor_step(session, kept.user.id, *step)
                : use_recovery_code(session, kept.user.id, typed);
}

/// Before secrets were sealed they were kept as hexadecimal digits.
Status Accounts::seal_factors() {
    std::size_t closed = 0;
    const auto seal_all = [&](records::Session& session) -> Status {
        closed = 0;
        for (const KeptFactor& kept : TRY(factors(session))) {
            if (seal::Seal::is_sealed(kept.sealed)) {
                closed += seal_.opened(kept.sealed, place_of(kept.user)) ? 0 : 1;
                continue;
            }
            const auto secret = from_hexadecimal(kept.sealed);
            if (!secret) {
                return Error{ErrorCode::Corrupt,
                             "the second factor of the user " + kept.user + " is damaged"};
            }
            TRY(reseal_factor(session, {kept.user, sealed_factor(*secret, kept.user)}));
        }
        return {};
    };
    TRY(records_->change(seal_all));
    if (closed > 0) {
        log_error(
            "the secrets of {} second factors do not open with the key there is; put the former "
            "seal.key back (its line may be added to the present one). Until then their owners "
            "sign in with a code on paper, or need a new invitation",
            closed);
    }
    return {};
}

}  // namespace kokemus::account
