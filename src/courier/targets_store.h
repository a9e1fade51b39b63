#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/place_in_time.h"
#include "base/result.h"
#include "courier/done.h"
#include "courier/errand.h"
#include "courier/target.h"
#include "seal/seal.h"

namespace kokemus::records {
class Records;
}

namespace kokemus::courier {

/// A target and the secret that it signs with from now on, which is shown this once.
struct WithSecret {
    Target target;
    std::string secret;
};

/// Which deliveries of a target to list, newest first.
struct DeliveryPage {
    std::optional<DeliveryState> state;
    std::string before;  ///< an event's id; empty: from the newest
    std::size_t limit = 50;
};

/// Which deliveries to send again: one, or all that failed of events since a time.
struct Replay {
    std::string event;
    std::optional<Instant> failed_since;
};

/// The targets as people look after them, and their deliveries. Everything that changes something
/// tells `note` in the same transaction. Thread safe.
class Targets {
public:
    struct Settings {
        WebRules rules;
        NoteDone note;
    };

    /// `records` has `courier_schema()`. The clock must outlive this.
    Targets(std::shared_ptr<records::Records> records, seal::Seal seal, const Clock& clock,
            Settings settings);

    /// By when they were made, behind a place.
    Result<std::vector<Target>> list(const std::optional<PlaceInTime>& after = {}) const;
    Result<Target> find(std::string_view id) const;

    Result<WithSecret> add(Target target, const Doing& by);

    /// Name, address, patterns, on and off. One that is switched on is tried at once. With `seen`
    /// it is a Conflict when the target is of another version by then.
    Result<Target> change(Target target, const Doing& by, const std::optional<Target>& seen = {});

    /// With all its deliveries.
    Status remove(std::string_view id, const Doing& by);

    /// A new secret; the one before signs too for that long, at most `bounds::old_secret_max`.
    Result<WithSecret> renew_secret(std::string_view id, Milliseconds overlap, const Doing& by);

    Result<std::vector<Delivery>> deliveries(std::string_view id, const DeliveryPage& page) const;

    /// Has them sent again, with the same ids, as if never tried. Gives how many: at most
    /// `bounds::replay_max` at once. NotFound when the one named is not there.
    Result<std::int64_t> replay(std::string_view id, const Replay& which, const Doing& by);

    /// For a try beside the queue: a test event for that target, on or off.
    Result<Errand> test_errand(std::string_view id) const;

    /// Keeps what came of it, as a delivery that is over.
    Result<Delivery> keep_test(const Errand& errand, const Outcome& outcome, const Doing& by);

    /// The secrets that sign an errand, opened.
    Result<std::vector<std::string>> secrets_of(const Errand& errand) const;

    const WebRules& rules() const { return settings_.rules; }

private:
    std::shared_ptr<records::Records> records_;
    seal::Seal seal_;
    const Clock& clock_;
    Settings settings_;
};

}  // namespace kokemus::courier
