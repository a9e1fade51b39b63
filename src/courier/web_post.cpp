#include "courier/web_post.h"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <netdb.h>

#include "courier/bounds.h"
#include "courier/transfer.h"

namespace kokemus::courier {

namespace {

/// What libcurl's callbacks see of one post.
struct Going {
    const std::vector<std::string>& addresses;
    std::string answer = {};
    std::size_t header_bytes = 0;
    bool is_enough = false;  ///< of the answer
};

std::string spelled(const curl_sockaddr& address) {
    std::array<char, NI_MAXHOST> text{};
    const int failure = ::getnameinfo(
        &address.addr, address.addrlen, text.data(), text.size(), nullptr, 0, NI_NUMERICHOST);
    return failure == 0 ? std::string(text.data()) : std::string();
}

/// The second wall: no socket for an address that was not among those checked.
curl_socket_t open_socket(void* going, curlsocktype purpose, curl_sockaddr* address) {
    const auto& checked = static_cast<const Going*>(going)->addresses;
    if (purpose != CURLSOCKTYPE_IPCXN ||
        std::ranges::find(checked, spelled(*address)) == checked.end()) {
        return CURL_SOCKET_BAD;
    }
    return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

std::size_t take_answer(char* bytes, std::size_t /*one*/, std::size_t count, void* place) {
    Going& going = *static_cast<Going*>(place);
    const std::size_t room = bounds::answer_bytes_read_max - going.answer.size();
    going.answer.append(bytes, std::min(count, room));
    going.is_enough = count > room;
    return going.is_enough ? CURL_WRITEFUNC_ERROR : count;
}

/// Counts headers, which come without end from whoever means harm.
std::size_t take_header(char* /*bytes*/, std::size_t /*one*/, std::size_t count, void* place) {
    Going& going = *static_cast<Going*>(place);
    going.header_bytes += count;
    return going.header_bytes > bounds::answer_bytes_read_max ? 0 : count;
}

/// "host:port:address,address": the name means this and nothing else for the transfer. None for a
/// host that is an address itself, which nobody looks up.
std::vector<std::string> pinned(const WebAddress& address,
                                const std::vector<std::string>& addresses) {
    if (address.host.find(':') != std::string::npos) {
        return {};
    }
    std::string list;
    for (const std::string& one : addresses) {
        const bool is_v6 = one.find(':') != std::string::npos;
        list += fmt::format(
            "{}{}{}{}", list.empty() ? "" : ",", is_v6 ? "[" : "", one, is_v6 ? "]" : "");
    }
    return {fmt::format("{}:{}:{}", address.host, address.port, list)};
}

}  // namespace

Result<Posted> post_once(const Post& post, const WebRules& rules, const std::stop_token& stop) {
    const WebAddress address = TRY(check_url(post.url, rules));
    const std::vector<std::string> addresses = TRY(allowed_addresses(address.host, rules));
    Going going{addresses};
    Transfer transfer(stop);
    transfer.set(CURLOPT_URL, post.url.c_str());
    transfer.set(CURLOPT_PROTOCOLS_STR, rules.allows_http ? "https,http" : "https");
    transfer.set(CURLOPT_FOLLOWLOCATION, 0L);
    transfer.set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
    transfer.set(CURLOPT_TIMEOUT_MS, static_cast<long>(bounds::post_max.count()));
    transfer.set(CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    transfer.set(CURLOPT_OPENSOCKETDATA, &going);
    transfer.set(CURLOPT_WRITEFUNCTION, &take_answer);
    transfer.set(CURLOPT_WRITEDATA, &going);
    transfer.set(CURLOPT_HEADERFUNCTION, &take_header);
    transfer.set(CURLOPT_HEADERDATA, &going);
    transfer.set(CURLOPT_POST, 1L);
    transfer.set(CURLOPT_POSTFIELDS, post.body.data());
    transfer.set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(post.body.size()));
    transfer.set_list(CURLOPT_RESOLVE, pinned(address, addresses));
    std::vector<std::string> headers = post.headers;
    headers.emplace_back("expect:");  // no second round before the body
    transfer.set_list(CURLOPT_HTTPHEADER, headers);
    if (!rules.ca_file.empty()) {
        transfer.set(CURLOPT_CAINFO, rules.ca_file.c_str());
        transfer.set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
    }
    TRY(transfer.run(going.is_enough));
    Posted posted{transfer.status(), readable(going.answer), std::nullopt};
    curl_off_t seconds = 0;
    curl_easy_getinfo(transfer.easy(), CURLINFO_RETRY_AFTER, &seconds);
    if (seconds > 0) {
        const auto most = std::chrono::seconds(bounds::retry_after_max).count();
        posted.retry_after = std::chrono::seconds(std::min<std::int64_t>(seconds, most));
    }
    return posted;
}

}  // namespace kokemus::courier
