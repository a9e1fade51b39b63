#include "app/server_note.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sys/random.h>

#include "base/file.h"
#include "base/text.h"

namespace kokemus::app {

namespace json = boost::json;

namespace {

constexpr std::string_view note_name = "server.json";
/// Readable by its owner from the first moment. It need not outlive a loss of power: the server
/// does not either.
Status write_privately(const std::filesystem::path& file, std::string_view bytes) {
    ::unlink(file.c_str());
    const int opened =
        ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (opened < 0) {
        return file_error("write", file, errno);
    }
    const ssize_t written = ::write(opened, bytes.data(), bytes.size());
    const int fault = written < 0 ? errno : ENOSPC;
    ::close(opened);
    if (written != static_cast<ssize_t>(bytes.size())) {
        ::unlink(file.c_str());
        return file_error("write", file, fault);
    }
    return {};
}

const json::string* text_in(const json::object& note, std::string_view name) {
    const json::value* value = note.if_contains(name);
    return value == nullptr ? nullptr : value->if_string();
}

const std::int64_t* number_in(const json::object& note, std::string_view name) {
    const json::value* value = note.if_contains(name);
    return value == nullptr ? nullptr : value->if_int64();
}

}  // namespace

Result<std::string> ServerNote::new_key() {
    std::array<unsigned char, 16> chance{};
    if (::getrandom(chance.data(), chance.size(), 0) != static_cast<ssize_t>(chance.size())) {
        return Error{ErrorCode::Unavailable, "the system gives no random numbers"};
    }
    std::string key;
    for (const unsigned char byte : chance) {
        key += fmt::format("{:02x}", byte);
    }
    return key;
}

Result<ServerNote> ServerNote::write(const std::filesystem::path& data, const Place& place) {
    std::filesystem::path file = data / note_name;
    TRY(write_privately(file,
                        json::serialize(json::object{{"pid", place.pid},
                                                     {"address", place.address},
                                                     {"port", place.port},
                                                     {"key", place.key},
                                                     {"tls", place.is_tls}}) +
                            "\n"));
    return ServerNote(std::move(file));
}

std::optional<ServerNote::Place> ServerNote::read(const std::filesystem::path& data) {
    constexpr std::size_t bytes_max = 4096;
    const auto text = read_file(data / note_name, bytes_max);
    const auto holder = read_file(data / "LOCK", bytes_max);
    if (!text || !holder) {
        return std::nullopt;
    }
    boost::system::error_code fault;
    const json::value note = json::parse(*text, fault);
    if (fault || !note.is_object()) {
        return std::nullopt;
    }
    const json::object& object = note.get_object();
    const std::int64_t* pid = number_in(object, "pid");
    const std::int64_t* port = number_in(object, "port");
    const json::string* address = text_in(object, "address");
    const json::string* key = text_in(object, "key");
    const json::value* tls = object.if_contains("tls");
    if (pid == nullptr || port == nullptr || address == nullptr || key == nullptr ||
        std::to_string(*pid) != trim(*holder)) {
        return std::nullopt;
    }
    return Place{static_cast<int>(*pid),
                 std::string(*address),
                 static_cast<std::uint16_t>(*port),
                 std::string(*key),
                 tls != nullptr && tls->is_bool() && tls->get_bool()};
}

ServerNote::ServerNote(ServerNote&& other) noexcept : file_(std::move(other.file_)) {
    other.file_.clear();
}

ServerNote::~ServerNote() {
    if (!file_.empty()) {
        std::error_code ignored;
        std::filesystem::remove(file_, ignored);
    }
}

}  // namespace kokemus::app
