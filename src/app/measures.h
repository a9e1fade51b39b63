#pragma once

#include <filesystem>
#include <string>

#include "app/health.h"
#include "app/organisation.h"
#include "http/broadcast.h"
#include "http/certificate.h"
#include "http/traffic.h"

namespace kokemus::app {

class Asker;
class Collecting;

/// What the server's measures are read from; all of it must outlive whoever reads them.
struct Measured {
    Asker& asker;
    const http::Traffic& traffic;
    const Collecting& collecting;
    const Health& health;
    std::shared_ptr<const http::Broadcast> news;
    std::filesystem::path folder;                    ///< of the data
    const http::Certificate* certificate = nullptr;  ///< null: TLS is not spoken
};

/// All measures as Prometheus reads them; docs/operations.md says what they tell. Counts of how
/// the server does and nothing of any customer or person: labels are routes by their patterns,
/// statuses, lanes and outcomes. Waits for no commit and no question.
std::string measures(const Measured& measured);

}  // namespace kokemus::app
