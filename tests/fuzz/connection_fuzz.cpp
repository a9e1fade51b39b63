#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <chrono>
#include <thread>

#include <arpa/inet.h>
#include <boost/json.hpp>
#include <netinet/in.h>

#include "base/text.h"
#include "hostile_input.h"
#include "http/server.h"

namespace {

using namespace kokemus;

/// A server that says what it understood; it lives until the program ends.
http::Server& server() {
    static const std::unique_ptr<http::Server> only = [] {
        http::Router router;
        router.guard(http::let_everybody_in);
        const auto said = [](const http::Request& request) {
            boost::json::object headers;
            for (const auto& [name, value] : request.headers) {
                headers[name] = value.size();
            }
            return http::json(boost::json::serialize(
                boost::json::object{{"body", request.body.size()}, {"headers", headers}}));
        };
        for (const auto method : {http::Method::Get, http::Method::Post, http::Method::Put}) {
            router.add(method, "/a", http::Access{}, said);
            router.add(method, "/a/{b}", http::Access{}, said);
        }
        http::ServerOptions options;
        options.port = 0;
        options.body_bytes_max = 4096;
        options.workers = 1;
        options.io_threads = 1;
        auto started = http::Server::start(std::move(options), std::move(router));
        fuzz::must(started.has_value(), "the server does not start");
        return std::move(*started);
    }();
    return *only;
}

/// A connection to it. Hundreds a second may wait for a free port or be interrupted by the fuzzer's
/// alarm: only a server that is silent for seconds is gone.
int connection() {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(server().port());
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int tries = 0; tries < 120; ++tries) {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        fuzz::must(socket >= 0, "there is no socket");
        const linger at_once{1, 0};  // no port is left waiting
        ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
        const timeval patience{4, 0};
        ::setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
        if (::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0) {
            return socket;
        }
        ::close(socket);
        std::this_thread::sleep_for(std::chrono::milliseconds(500));
    }
    fuzz::must(false, "the server is gone");
    return -1;
}

/// A connection that says all it has to say at once and hears until the server closes.
std::string heard(std::string_view said) {
    const int socket = connection();
    (void)::send(socket, said.data(), said.size(), MSG_NOSIGNAL);
    ::shutdown(socket, SHUT_WR);
    std::string all;
    std::array<char, 16 * 1024> part{};
    ssize_t got = ::recv(socket, part.data(), part.size(), 0);
    for (; got > 0; got = ::recv(socket, part.data(), part.size(), 0)) {
        all.append(part.data(), static_cast<std::size_t>(got));
    }
    const bool is_stuck = got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK);
    ::close(socket);
    fuzz::must(!is_stuck, "the server neither answers nor closes");
    return all;
}

/// The header of the next answer; its lines end as they must.
std::string_view take_header(std::string_view& answers) {
    const std::size_t end = answers.find("\r\n\r\n");
    fuzz::must(answers.starts_with("HTTP/1.1 ") && end != std::string_view::npos,
               "an answer does not begin as one");
    const std::string_view header = answers.substr(0, end + 2);
    answers.remove_prefix(end + 4);
    for (const char letter : header) {
        const auto byte = static_cast<unsigned char>(letter);
        fuzz::must(byte >= 0x20 || letter == '\r' || letter == '\n', "a header is torn");
    }
    return header;
}

std::size_t length_in(std::string_view header) {
    constexpr std::string_view name = "\r\ncontent-length: ";
    const std::string small = lower(header);
    const std::size_t at = small.find(name);
    fuzz::must(at != std::string::npos, "an answer does not say how long it is");
    std::size_t length = 0;
    std::from_chars(small.data() + at + name.size(), small.data() + small.size(), length);
    return length;
}

std::size_t requests_in(std::string_view said) {
    std::size_t count = 0;
    for (std::size_t at = said.find("HTTP/1."); at != std::string_view::npos;
         at = said.find("HTTP/1.", at + 1)) {
        ++count;
    }
    return count;
}

}  // namespace

/// The bytes of one connection; in them a line feed stands for a whole line end.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    std::string said;
    // Some hundred requests: each takes a way to the worker and back.
    for (const char letter : fuzz::HostileInput(bytes, size).rest().substr(0, 16 * 1024)) {
        said += letter == '\n' ? "\r\n" : letter == '\v' ? "\n" : std::string(1, letter);
    }
    const std::string all = heard(said);
    std::string_view answers = all;
    std::size_t understood = 0;
    const bool asks_for_headers = lower(said).find("head ") != std::string::npos;
    while (!answers.empty() && !asks_for_headers) {
        const std::string_view header = take_header(answers);
        if (header.starts_with("HTTP/1.1 100")) {
            continue;
        }
        understood += header.starts_with("HTTP/1.1 200") ? 1 : 0;
        const std::size_t length = length_in(header);
        fuzz::must(length <= answers.size(), "an answer is cut off");
        boost::json::error_code fault;
        boost::json::parse(boost::json::string_view(answers.data(), length), fault);
        fuzz::must(!fault, "an answer is no JSON");
        answers.remove_prefix(length);
    }
    fuzz::must(understood <= requests_in(said), "more was answered than asked");
    return 0;
}
