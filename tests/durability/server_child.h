#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace kokemus::durability {

/// The built program, serving a data folder in a process of its own that can be stopped and killed.
/// Its log is kept as long as this lives.
class ServerChild {
public:
    using Variables = std::vector<std::pair<std::string, std::string>>;

    /// Starts it; `variables` are added to its environment.
    ServerChild(const std::filesystem::path& folder, const Variables& variables);

    /// Kills it when it still runs.
    ~ServerChild();
    ServerChild(const ServerChild&) = delete;
    ServerChild& operator=(const ServerChild&) = delete;

    /// The port once it listens; absent when it ended or did not listen in time.
    std::optional<std::uint16_t> port(std::chrono::milliseconds patience);

    /// As it stands: nothing runs on in it (SIGSTOP). Returns when it has stopped.
    void freeze();

    /// SIGKILL, waited for.
    void kill();

    /// SIGTERM, waited for; gives the exit code, -1 for another end.
    int end();

    /// What it has used of the cores so far; 0 when it does not run.
    double cpu_seconds() const;

    /// The memory that is its own and in use; 0 when it does not run.
    std::size_t memory_bytes() const;

    /// The end of its log, for the words of a failed test.
    std::string last_words() const;

private:
    pid_t pid_ = -1;
    int output_ = -1;
    std::string said_;
    std::filesystem::path aside_;  ///< a folder of its own: its log, and no studio
};

/// Runs the program with these words to its end; its exit code, -1 for another end.
int run_program(const std::vector<std::string>& words);

/// The key in the note that the server of this folder left there: who shows it may erase. Empty
/// when there is none.
std::string own_key_of(const std::filesystem::path& folder);

/// Small thresholds, so that what happens seldom in production happens all the time.
ServerChild::Variables frequent_work();

}  // namespace kokemus::durability
