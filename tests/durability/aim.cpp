#include "aim.h"

#include <thread>

#include "backup/verify.h"

namespace kokemus::durability {

void aim(const TestMoments& moments, const Target& target, Random& random) {
    const auto until = std::chrono::steady_clock::now() + aim_at_most;
    while (!moments.is_active(target.moment) && std::chrono::steady_clock::now() < until) {
        std::this_thread::sleep_for(std::chrono::microseconds(20));
    }
    std::this_thread::sleep_for(std::chrono::microseconds(random.below(target.microseconds)));
}

std::vector<std::string> damage_in(const std::filesystem::path& folder) {
    auto found = backup::verify(folder);
    // A server that another thread has just begun holds our lock until it has become the program.
    for (int again = 0; !found && found.error().code == ErrorCode::Conflict && again < 100;
         ++again) {
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        found = backup::verify(folder);
    }
    std::vector<std::string> words;
    if (!found && found.error().code != ErrorCode::NotFound) {
        words.push_back("verify: " + found.error().message);
    }
    if (found) {
        for (const std::string& damage : found->damage) {
            words.push_back("verify: " + damage);
        }
    }
    return words;
}

}  // namespace kokemus::durability
