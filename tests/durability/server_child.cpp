#include "server_child.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <charconv>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include <boost/json.hpp>
#include <poll.h>
#include <sys/prctl.h>

namespace kokemus::durability {

namespace {

[[noreturn]] void become_server(const std::filesystem::path& folder,
                                const std::filesystem::path& web,
                                const ServerChild::Variables& variables) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    // A library put before it (LD_PRELOAD) stands before a sanitizer's too.
    ::setenv("ASAN_OPTIONS", "verify_asan_link_order=0", 0);
    for (const auto& [name, value] : variables) {
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    ::execl(KOKEMUS_PROGRAM,
            KOKEMUS_PROGRAM,
            "--data",
            folder.c_str(),
            "serve",
            "--open",
            "--port",
            "0",
            "--web",
            web.c_str(),
            static_cast<char*>(nullptr));
    ::_exit(127);
}

}  // namespace

ServerChild::ServerChild(const std::filesystem::path& folder, const Variables& variables) {
    static std::atomic<unsigned> serial{0};
    aside_ = std::filesystem::temp_directory_path() /
             ("kokemus-durability-" + std::to_string(::getpid()) + "-" + std::to_string(serial++));
    // Without the studio, which the server would read and pack at each start.
    const std::filesystem::path web = aside_ / "web";
    std::filesystem::create_directories(web);
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
        return;
    }
    pid_ = ::fork();
    if (pid_ == 0) {
        const int log =
            ::open((aside_ / "log").c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
        ::dup2(ends[1], STDOUT_FILENO);
        ::dup2(log, STDERR_FILENO);
        become_server(folder, web, variables);
    }
    ::close(ends[1]);
    output_ = ends[0];
}

ServerChild::~ServerChild() {
    kill();
    if (output_ >= 0) {
        ::close(output_);
    }
    std::error_code ignored;
    std::filesystem::remove_all(aside_, ignored);
}

std::string ServerChild::last_words() const {
    constexpr std::size_t bytes_max = 2000;
    std::ifstream file(aside_ / "log");
    std::string words((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    return words.size() > bytes_max ? words.substr(words.size() - bytes_max) : words;
}

std::optional<std::uint16_t> ServerChild::port(std::chrono::milliseconds patience) {
    constexpr std::string_view mark = "://127.0.0.1:";
    const auto until = std::chrono::steady_clock::now() + patience;
    while (true) {
        const std::size_t at = said_.find(mark);
        if (at != std::string::npos && said_.find('\n', at) != std::string::npos) {
            std::uint16_t number = 0;
            std::from_chars(said_.data() + at + mark.size(), said_.data() + said_.size(), number);
            return number;
        }
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
            until - std::chrono::steady_clock::now());
        pollfd wait{output_, POLLIN, 0};
        std::array<char, 512> part{};
        if (left.count() <= 0 || ::poll(&wait, 1, static_cast<int>(left.count())) <= 0) {
            return std::nullopt;
        }
        const ssize_t got = ::read(output_, part.data(), part.size());
        if (got <= 0) {
            return std::nullopt;
        }
        said_.append(part.data(), static_cast<std::size_t>(got));
    }
}

double ServerChild::cpu_seconds() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/stat");
    std::string word;
    double ticks = 0;
    // The 14th and 15th word: time in the program, time in the kernel for it.
    for (int i = 1; i <= 15 && file >> word; ++i) {
        double number = 0;
        std::from_chars(word.data(), word.data() + word.size(), number);
        ticks += i >= 14 ? number : 0;
    }
    return ticks / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::size_t ServerChild::memory_bytes() const {
    std::ifstream file("/proc/" + std::to_string(pid_) + "/status");
    std::string word;
    std::size_t kibibytes = 0;
    while (file >> word && word != "RssAnon:") {
    }
    file >> kibibytes;
    return kibibytes * 1024;
}

void ServerChild::freeze() {
    if (pid_ > 0 && ::kill(pid_, SIGSTOP) == 0) {
        ::waitpid(pid_, nullptr, WUNTRACED);
    }
}

void ServerChild::kill() {
    if (pid_ > 0) {
        ::kill(pid_, SIGKILL);
        ::waitpid(pid_, nullptr, 0);
        pid_ = -1;
    }
}

int ServerChild::end() {
    int status = 0;
    ::kill(pid_, SIGTERM);
    ::waitpid(pid_, &status, 0);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int run_program(const std::vector<std::string>& words) {
    std::vector<char*> arguments;
    std::string program = KOKEMUS_PROGRAM;
    std::vector<std::string> copies = words;
    arguments.push_back(program.data());
    for (std::string& word : copies) {
        arguments.push_back(word.data());
    }
    arguments.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        ::execv(KOKEMUS_PROGRAM, arguments.data());
        ::_exit(127);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string own_key_of(const std::filesystem::path& folder) {
    std::ifstream file(folder / "server.json");
    const std::string note((std::istreambuf_iterator<char>(file)),
                           std::istreambuf_iterator<char>());
    boost::system::error_code fault;
    const boost::json::value read = boost::json::parse(note, fault);
    return fault ? std::string() : std::string(read.at("key").as_string());
}

ServerChild::Variables frequent_work() {
    return {{"KOKEMUS_TEST_CHECKPOINT_BYTES", "200000"},
            {"KOKEMUS_TEST_PARTS_PER_MERGE", "2"},
            {"KOKEMUS_TEST_SNAPSHOT_ENCOUNTERS", "300"},
            {"KOKEMUS_TEST_SNAPSHOT_PAUSE_MS", "0"},
            {"KOKEMUS_TEST_SNAPSHOT_SPARE_BYTES", "0"}};
}

}  // namespace kokemus::durability
