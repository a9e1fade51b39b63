#include "app/health.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

#include "account/access.h"
#include "base/log.h"

namespace kokemus::app {

namespace {

constexpr auto look_every = std::chrono::seconds(1);

constexpr std::string_view building_words =
    "The timeline is being built from the ledger; questions are answered when it is there. "
    "Encounters are taken meanwhile.";

/// Rights to what is made of the timeline.
bool needs_timeline(account::Right right) {
    using enum account::Right;
    switch (right) {
        case AskQuestions:
        case ReadBlueprint:
        case SeeCustomers:
        case SeePersonalData:
        case JoinCustomers:
        case EraseCustomers: return true;
        default: return false;
    }
}

}  // namespace

Health::Health(Organisation& organisation, AskRecords ask)
    : organisation_(organisation),
      ask_(std::move(ask)),
      sessions_(Result<std::int64_t>(0)),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

void Health::run(const std::stop_token& stop) {
    std::mutex mutex;
    std::condition_variable_any woken;
    while (ask_ && !stop.stop_requested()) {
        auto sessions = ask_();
        const bool failed = !sessions;
        const bool failed_before = sessions_.with([](const auto& last) { return !last; });
        if (failed && !failed_before) {
            log_error("the records cannot be reached: {}", sessions.error().message);
        } else if (!failed && failed_before) {
            log_info("the records can be reached again");
        }
        sessions_.with([&](auto& last) { last = std::move(sessions); });
        std::unique_lock lock(mutex);
        woken.wait_for(lock, stop, look_every, [] { return false; });
    }
}

std::vector<Health::Fault> Health::faults() const {
    std::vector<Fault> faults;
    if (organisation_.ledger().stopped()) {
        faults.push_back({"ledger",
                          "Writing has stopped after an error, which stands in the log; questions "
                          "are answered. Look at the disk, then start the server again."});
    }
    if (organisation_.present() == nullptr) {
        faults.push_back({"timeline", std::string(building_words)});
    }
    if (ask_ && !sessions_.with([](const auto& last) { return last.has_value(); })) {
        faults.push_back({"records",
                          "The records (people, keys, sessions) cannot be reached; nobody can sign "
                          "in. Look at their disk or database; the server goes on by itself when "
                          "they are back."});
    }
    return faults;
}

std::optional<std::int64_t> Health::open_sessions() const {
    return sessions_.with([&](const auto& last) {
        return ask_ && last ? std::optional(*last) : std::optional<std::int64_t>();
    });
}

http::Guard until_built(const Organisation& organisation, http::Guard behind) {
    return [&organisation, behind = std::move(behind)](
               http::Request& request, http::Access mark) -> std::optional<http::Response> {
        if (auto refused = behind(request, mark)) {
            return refused;
        }
        const auto access = account::Access::from_mark(static_cast<std::uint32_t>(mark));
        const auto right = access ? access->right() : std::nullopt;
        if (right && needs_timeline(*right) && organisation.present() == nullptr) {
            return http::problem(Error{ErrorCode::Unavailable, std::string(building_words)});
        }
        return std::nullopt;
    };
}

}  // namespace kokemus::app
