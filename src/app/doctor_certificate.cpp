#include <sys/stat.h>

#include <chrono>

#include <fmt/format.h>

#include "app/doctor.h"
#include "http/certificate.h"

namespace kokemus::app {

namespace {

using Grade = Symptom::Grade;

constexpr auto renewal_due = std::chrono::days(14);

Symptom examine_dates(const http::Certificate::Facts& facts, Instant now) {
    const std::string words =
        fmt::format("that of {} holds until {}", facts.subject, format_instant(facts.ends));
    if (now < facts.begins) {
        return {
            Grade::Fault,
            "certificate",
            fmt::format(
                "that of {} does not hold before {}", facts.subject, format_instant(facts.begins)),
            "look at the clock, or put the former certificate back"};
    }
    if (facts.ends <= now) {
        return {Grade::Fault, "certificate", words, "renew it: no client trusts it any more"};
    }
    if (facts.ends - now < renewal_due) {
        return {Grade::Attention,
                "certificate",
                words,
                "renew it, and see why it was not renewed by itself"};
    }
    return {Grade::Well, "certificate", words};
}

/// The key alone: the certificate is shown to everybody.
Symptom examine_rights(const std::filesystem::path& key) {
    struct stat found {};
    if (::stat(key.c_str(), &found) != 0 || (found.st_mode & S_IRWXO) == 0) {
        return {Grade::Well, "certificate key", "others may not read it"};
    }
    return {Grade::Fault,
            "certificate key",
            fmt::format("every user of this computer may read {} (mode {:04o})",
                        key.string(),
                        found.st_mode & 07777),
            fmt::format("chmod o= {}; and renew key and certificate if others work here",
                        key.string())};
}

}  // namespace

Symptoms examine_certificate(const Configuration& configuration, Instant now) {
    if (!configuration.has_tls()) {
        return {};
    }
    const auto read =
        http::Certificate::read(configuration.certificate, configuration.certificate_key);
    if (!read) {
        return {{Grade::Fault,
                 "certificate",
                 read.error().message,
                 "the server does not start with it, and one that runs goes on with the former; "
                 "look at certificate and certificate_key under [server]"}};
    }
    return {examine_dates((*read)->facts(), now), examine_rights(configuration.certificate_key)};
}

}  // namespace kokemus::app
