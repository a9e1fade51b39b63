#include "records/postgres_server.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <utility>

#include <fmt/format.h>

#include "base/file.h"
#include "base/limits.h"

namespace kokemus::records {
namespace {

namespace fs = std::filesystem;

/// Debian keeps the server's programs out of the path, one folder a version; the newest is taken.
fs::path programs() {
    fs::path newest;
    std::error_code ignored;
    for (const auto& version : fs::directory_iterator("/usr/lib/postgresql", ignored)) {
        if (fs::exists(version.path() / "bin" / "initdb") && version.path() > newest) {
            newest = version.path();
        }
    }
    return newest / "bin";
}

/// Of a program run in `folder` with what it says in `log`; its environment is ours.
int exit_code(const std::vector<std::string>& command, const fs::path& folder,
              const fs::path& log) {
    std::vector<char*> words;
    for (const std::string& word : command) {
        words.push_back(const_cast<char*>(word.c_str()));
    }
    words.push_back(nullptr);
    const pid_t child = ::fork();
    if (child == 0) {
        const int file = ::open(log.c_str(), O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC, 0666);
        ::dup2(file, STDOUT_FILENO);
        ::dup2(file, STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) {
            ::execvp(words.front(), words.data());
        }
        ::_exit(127);
    }
    int status = -1;
    return child > 0 && ::waitpid(child, &status, 0) == child && WIFEXITED(status)
               ? WEXITSTATUS(status)
               : -1;
}

}  // namespace

PostgresServer::PostgresServer(fs::path folder) : folder_(std::move(folder)) {}

PostgresServer::PostgresServer(PostgresServer&& other) noexcept
    : folder_(std::exchange(other.folder_, {})) {}

PostgresServer::~PostgresServer() {
    if (!folder_.empty()) {
        (void)stop();
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
}

/// Carries out one of PostgreSQL's programs; as the user `postgres` where this is root.
Status PostgresServer::run(const std::string& program, std::vector<std::string> arguments) const {
    arguments.insert(arguments.begin(), (programs() / program).string());
    if (::geteuid() == 0) {
        arguments.insert(arguments.begin(), {"runuser", "-u", "postgres", "--"});
    }
    const fs::path log = folder_ / "command.log";
    if (exit_code(arguments, folder_, log) == 0) {
        return {};
    }
    const auto said = read_file(log, limits::blueprint_bytes_max);
    return internal_error(program + ": " + (said ? *said : said.error().message));
}

Status PostgresServer::start_server() const {
    return run("pg_ctl",
               {"-D",
                data(),
                "-l",
                (folder_ / "server.log").string(),
                "-w",
                "-o",
                "-c listen_addresses='' -c unix_socket_directories=" + folder_.string(),
                "start"});
}

Status PostgresServer::stop() const {
    return run("pg_ctl", {"-D", data(), "-m", "immediate", "-w", "stop"});
}

Result<PostgresServer> PostgresServer::start() {
    if (programs() == "bin") {
        return internal_error("PostgreSQL is not installed; run tools/setup test.");
    }
    std::string name = (fs::temp_directory_path() / "kokemus-postgres-XXXXXX").string();
    if (::mkdtemp(name.data()) == nullptr) {
        return internal_error("no folder for PostgreSQL could be made");
    }
    PostgresServer server{fs::path(name)};
    fs::permissions(server.folder_, fs::perms::all);
    TRY(server.run("initdb",
                   {"-D",
                    server.data(),
                    "-U",
                    "kokemus",
                    "-A",
                    "trust",
                    "-E",
                    "UTF8",
                    "--no-sync",
                    "--locale=C.UTF-8"}));
    TRY(server.start_server());
    return server;
}

Result<std::string> PostgresServer::database(const std::string& name) const {
    TRY(run("createdb", {"-h", folder_.string(), "-U", "kokemus", name}));
    // As docs/operations.md writes it; the host is a folder, in the spelling of a URL.
    std::string host = folder_.string();
    for (std::size_t at = 0; (at = host.find('/', at)) != std::string::npos; ++at) {
        host.replace(at, 1, "%2F");
    }
    return fmt::format("postgresql://kokemus:password@{}/{}", host, name);
}

Status PostgresServer::crash_and_start() {
    TRY(stop());
    return start_server();
}

}  // namespace kokemus::records
