#include "app/service_signals.h"

#include <cerrno>
#include <ctime>

#include <pthread.h>

#include "app/service_notice.h"
#include "base/log.h"
#include "base/test_setting.h"

namespace kokemus::app {

namespace {

constexpr unsigned look_every_milliseconds = 30'000;

void reload_blueprint(ServedBlueprint& blueprint) {
    if (const Status reloaded = blueprint.reload(); !reloaded) {
        log_error("the blueprint stays as it is: {}", reloaded.error().message);
    } else {
        log_info("version {} of the blueprint is in force",
                 blueprint.organisation().in_force().version);
    }
}

void reload_certificate(http::Certificate& certificate) {
    if (const Status reloaded = certificate.reload(); !reloaded) {
        log_error("the certificate stays as it is, until {}: {}",
                  format_instant(certificate.facts().ends),
                  reloaded.error().message);
    } else {
        const auto facts = certificate.facts();
        log_info("the certificate of {} is shown, which holds until {}",
                 facts.subject,
                 format_instant(facts.ends));
    }
}

/// The next signal; 0 when none came for a while.
int next_signal(const sigset_t& signals) {
    const auto pause = test_setting("CERTIFICATE_MS", look_every_milliseconds);
    const timespec most{static_cast<time_t>(pause / 1000),
                        static_cast<long>(pause % 1000) * 1'000'000};
    const int signal = ::sigtimedwait(&signals, nullptr, &most);
    return signal > 0 ? signal : 0;
}

}  // namespace

sigset_t block_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    return signals;
}

void attend(const sigset_t& signals, ServedBlueprint& blueprint, http::Certificate* certificate) {
    while (true) {
        const int signal = next_signal(signals);
        if (signal == SIGHUP) {
            notify_reloading();
            reload_blueprint(blueprint);
            if (certificate != nullptr) {
                reload_certificate(*certificate);
            }
            notify_service("READY=1");
        } else if (signal != 0) {
            break;
        } else if (certificate != nullptr && certificate->is_other_on_disk()) {
            reload_certificate(*certificate);
        }
    }
    notify_service("STOPPING=1");
    log_info("stopping");
}

}  // namespace kokemus::app
