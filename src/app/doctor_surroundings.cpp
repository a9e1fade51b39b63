#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netdb.h>
#include <poll.h>

#include "app/doctor.h"

namespace kokemus::app {

namespace {

using Grade = Symptom::Grade;

constexpr int wait_milliseconds = 5000;

/// A socket, closed when this goes.
class Line {
public:
    explicit Line(int descriptor) : descriptor_(descriptor) {}
    ~Line() {
        if (descriptor_ >= 0) {
            ::close(descriptor_);
        }
    }
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    int descriptor() const { return descriptor_; }

private:
    const int descriptor_;
};

struct Addresses {
    addrinfo* first = nullptr;
    Addresses() = default;
    Addresses(const Addresses&) = delete;
    Addresses& operator=(const Addresses&) = delete;
    ~Addresses() {
        if (first != nullptr) {
            ::freeaddrinfo(first);
        }
    }
};

/// Empty, or what is wrong.
std::string find(const std::string& host, std::int64_t port, int flags, Addresses& found) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    const int fault =
        ::getaddrinfo(host.c_str(), std::to_string(port).c_str(), &hints, &found.first);
    return fault == 0 ? std::string() : ::gai_strerror(fault);
}

Symptom examine_port(const Configuration& configuration) {
    Addresses found;
    std::string fault = find(configuration.address,
                             configuration.port,
                             AI_NUMERICHOST | AI_PASSIVE | AI_NUMERICSERV,
                             found);
    if (fault.empty()) {
        const Line line(::socket(found.first->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0));
        const int yes = 1;
        ::setsockopt(line.descriptor(), SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
        if (::bind(line.descriptor(), found.first->ai_addr, found.first->ai_addrlen) != 0) {
            fault = std::strerror(errno);  // NOLINT(concurrency-mt-unsafe): one thread
        }
    }
    const std::string where = fmt::format("{}:{}", configuration.address, configuration.port);
    if (!fault.empty()) {
        return {Grade::Fault,
                "port",
                fmt::format("a server could not listen on {}: {}", where, fault),
                "free it, or name another address or port in kokemus.toml"};
    }
    return {Grade::Well, "port", fmt::format("{} is free", where)};
}

/// The server's first line; empty: it did not come in time.
std::string greeting(const addrinfo& address) {
    const Line line(::socket(address.ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    pollfd asked{line.descriptor(), POLLOUT, 0};
    if (::connect(line.descriptor(), address.ai_addr, address.ai_addrlen) != 0 &&
        (errno != EINPROGRESS || ::poll(&asked, 1, wait_milliseconds) != 1)) {
        return {};
    }
    asked.events = POLLIN;
    std::array<char, 512> bytes{};
    if (::poll(&asked, 1, wait_milliseconds) != 1) {
        return {};
    }
    const ssize_t size = ::recv(line.descriptor(), bytes.data(), bytes.size(), 0);
    return size > 0 ? std::string(bytes.data(), static_cast<std::size_t>(size)) : std::string();
}

Symptom examine_mail(const MailConfiguration& mail) {
    const std::string where = fmt::format("{}:{}", mail.host, mail.port);
    Addresses found;
    if (const std::string fault = find(mail.host, mail.port, AI_NUMERICSERV, found);
        !fault.empty()) {
        return {Grade::Attention,
                "mail",
                fmt::format("{} cannot be found: {}", where, fault),
                "look at host under [mail]; mails wait meanwhile"};
    }
    if (mail.tls == "tls") {  // greets only within TLS
        return {Grade::Well, "mail", fmt::format("{} has an address", where)};
    }
    const std::string heard = greeting(*found.first);
    if (!heard.starts_with("220")) {
        return {Grade::Attention,
                "mail",
                fmt::format("{} does not greet as a mail server does", where),
                "look at host and port under [mail]; mails wait meanwhile"};
    }
    return {Grade::Well, "mail", fmt::format("{} greets", where)};
}

}  // namespace

Symptoms examine_surroundings(const Configuration& configuration) {
    Symptoms symptoms{examine_port(configuration)};
    if (!configuration.mail.host.empty()) {
        symptoms.push_back(examine_mail(configuration.mail));
    }
    return symptoms;
}

}  // namespace kokemus::app
