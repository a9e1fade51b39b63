#include "ledger/log_damage.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "base/file.h"
#include "base/file_copy.h"
#include "base/log.h"

namespace kokemus::ledger {

namespace {

namespace fs = std::filesystem;
using namespace std::string_view_literals;

constexpr std::uint64_t sector_bytes = 512;

/// Each piece: its size and its checksum, 8 bytes each, then its bytes.
constexpr std::uint64_t frame_bytes = 16;

/// The log begins with its version, which has no frame.
constexpr std::string_view version_begin = "\x64\x00\x62\x65\x00\x02"sv;
constexpr std::uint64_t version_bytes_max = 96;

/// The piece that ends a transaction.
constexpr std::string_view end_piece = "\x64\x00\x64\xff\xff"sv;

std::uint64_t number_at(std::string_view bytes, std::uint64_t at) {
    std::uint64_t number = 0;
    std::memcpy(&number, bytes.data() + at, sizeof number);
    return number;
}

/// DuckDB's own: words of 8 bytes, multiplied and folded; what is left over by MurmurHash64A (A.
/// Appleby).
std::uint64_t checksum_of(std::string_view bytes) {
    constexpr std::uint64_t word_factor = 0xbf58476d1ce4e5b9ULL;
    constexpr std::uint64_t rest_factor = 0xc6a4a7935bd1e995ULL;
    constexpr std::uint64_t rest_seed = 0xe17a1465ULL;
    constexpr unsigned rest_shift = 47;
    std::uint64_t sum = 5381;
    std::uint64_t at = 0;
    for (; at + 8 <= bytes.size(); at += 8) {
        sum ^= number_at(bytes, at) * word_factor;
    }
    const std::uint64_t left = bytes.size() - at;
    if (left > 0) {
        std::uint64_t rest = 0;
        std::memcpy(&rest, bytes.data() + at, left);
        std::uint64_t hash = (rest_seed ^ (left * rest_factor) ^ rest) * rest_factor;
        hash = (hash ^ (hash >> rest_shift)) * rest_factor;
        sum ^= hash ^ (hash >> rest_shift);
    }
    return sum;
}

/// The bytes of the piece at `at`; nothing when it does not check out.
std::optional<std::string_view> piece_at(std::string_view log, std::uint64_t at) {
    if (log.size() - at < frame_bytes) {
        return std::nullopt;
    }
    const std::uint64_t size = number_at(log, at);
    if (size == 0 || size > log.size() - at - frame_bytes) {
        return std::nullopt;
    }
    const std::string_view piece = log.substr(at + frame_bytes, size);
    return checksum_of(piece) == number_at(log, at + 8) ? std::optional(piece) : std::nullopt;
}

/// Where the first piece begins; 0 when the version is not as it was written. Behind the version
/// itself, of which we know 2, there may be further fields: a first number of 102, and what
/// follows.
std::uint64_t end_of_version(std::string_view log) {
    constexpr std::string_view end = "\xff\xff"sv;
    constexpr std::string_view further = "\x66\x00"sv;
    if (!log.starts_with(version_begin)) {
        return 0;
    }
    const std::string_view next = log.substr(version_begin.size(), 2);
    if (next == end) {
        return version_begin.size() + 2;
    }
    const std::uint64_t last = std::min<std::uint64_t>(log.size(), version_bytes_max);
    for (std::uint64_t at = version_begin.size() + 4; next == further && at <= last; ++at) {
        if (log.substr(at - 2, 2) == end && piece_at(log, at)) {
            return at;
        }
    }
    return 0;
}

/// Where the first transaction ends that ends after `at`; none: the size of the log.
std::uint64_t next_end(std::string_view log, std::uint64_t at) {
    for (auto found = log.find(end_piece, at); found != std::string_view::npos;
         found = log.find(end_piece, found + 1)) {
        if (found >= frame_bytes && piece_at(log, found - frame_bytes) == end_piece) {
            return found + end_piece.size();
        }
    }
    return log.size();
}

/// Whether a sector that the bytes [from, to) touch holds nothing but zeros, as far as it is of the
/// transaction that begins at `begin` and goes to the end of the log. Neither of its ends is a
/// zero.
bool misses_a_sector(std::string_view log, std::uint64_t begin, std::uint64_t from,
                     std::uint64_t to) {
    for (std::uint64_t sector = from / sector_bytes; sector * sector_bytes < to; ++sector) {
        const std::uint64_t first = std::max(begin, sector * sector_bytes);
        const std::uint64_t end = std::min<std::uint64_t>(log.size(), (sector + 1) * sector_bytes);
        if (log.substr(first, end - first).find_first_not_of('\0') == std::string_view::npos) {
            return true;
        }
    }
    return false;
}

/// The end of the piece at `at` as far as its size can be believed.
std::uint64_t end_of_piece(std::string_view log, std::uint64_t at) {
    if (log.size() - at < frame_bytes) {
        return log.size();
    }
    const std::uint64_t size = number_at(log, at);
    const bool believable = size > 0 && size <= log.size() - at - frame_bytes;
    return believable ? at + frame_bytes + size : log.size();
}

LogState::Kind kind_of(std::string_view log, const LogState& state) {
    if (next_end(log, state.damage_at) < log.size()) {
        return LogState::Kind::Damaged;  // there was another transaction after the damaged one
    }
    if (misses_a_sector(
            log, state.complete_end, state.damage_at, end_of_piece(log, state.damage_at))) {
        return LogState::Kind::LostSectors;
    }
    const bool is_cut = end_of_piece(log, state.damage_at) == log.size() &&
                        !log.substr(state.damage_at).ends_with(end_piece);
    const bool says_more =
        log.size() - state.damage_at < frame_bytes ||
        number_at(log, state.damage_at) > log.size() - state.damage_at - frame_bytes;
    return is_cut && says_more ? LogState::Kind::Torn : LogState::Kind::Damaged;
}

fs::path log_of(const fs::path& database) {
    return database.string() + ".wal";
}

Result<std::optional<std::string>> read_log(const fs::path& log) {
    auto bytes = read_file(log, std::numeric_limits<std::size_t>::max());
    if (!bytes && bytes.error().code == ErrorCode::NotFound) {
        return std::optional<std::string>();
    }
    return std::optional(TRY(std::move(bytes)));
}

Error damaged(const fs::path& log, const LogState& state) {
    return Error{ErrorCode::Corrupt,
                 fmt::format("{} is damaged at byte {} of {}, where it had been put on disk; "
                             "restore the ledger from a backup. Nothing was changed",
                             log.string(),
                             state.damage_at,
                             state.size)};
}

Status cut(const fs::path& log, std::uint64_t size) {
    const int file = ::open(log.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) {
        return file_error("cut", log, errno);
    }
    const bool done = ::ftruncate(file, static_cast<off_t>(size)) == 0 && ::fsync(file) == 0;
    const int fault = errno;
    ::close(file);
    return done ? Status() : file_error("cut", log, fault);
}

Status remove_log(const fs::path& log) {
    if (::unlink(log.c_str()) != 0) {
        return file_error("remove", log, errno);
    }
    return sync_folder(log.parent_path());
}

}  // namespace

LogState examine_log(std::string_view bytes) {
    LogState state;
    state.size = bytes.size();
    if (bytes.empty()) {
        return state;
    }
    std::uint64_t at = end_of_version(bytes);
    state.complete_end = at;
    while (at > 0 && at < bytes.size()) {
        const auto piece = piece_at(bytes, at);
        if (!piece) {
            break;
        }
        at += frame_bytes + piece->size();
        if (*piece == end_piece) {
            state.complete_end = at;
        }
    }
    state.damage_at = at;
    if (at < bytes.size()) {
        state.kind = kind_of(bytes, state);
    }
    return state;
}

Status mend_log(const fs::path& database) {
    const fs::path log = log_of(database);
    const auto bytes = TRY(read_log(log));
    if (!bytes) {
        return {};
    }
    const LogState state = examine_log(*bytes);
    if (state.kind == LogState::Kind::Damaged) {
        return damaged(log, state);
    }
    if (state.kind != LogState::Kind::LostSectors) {
        return {};
    }
    const fs::path aside = fmt::format("{}.damaged-at-{}", log.string(), state.damage_at);
    TRY(copy_durably(log, aside));
    log_error(
        "the log of the ledger lost sectors at byte {} of {}, as when the power goes while it is "
        "written. What was acknowledged before is whole and kept; the transaction that was being "
        "written, which nobody was told was kept, is left out. The log as it was found lies in {}",
        state.damage_at,
        state.size,
        aside.string());
    return state.complete_end == 0 ? remove_log(log) : cut(log, state.complete_end);
}

Status check_log(const fs::path& database) {
    const fs::path log = log_of(database);
    const auto bytes = TRY(read_log(log));
    const LogState state = bytes ? examine_log(*bytes) : LogState{};
    if (state.kind == LogState::Kind::Damaged) {
        return damaged(log, state);
    }
    if (state.kind == LogState::Kind::LostSectors) {
        return Error{
            ErrorCode::Corrupt,
            fmt::format("{} lost sectors at byte {} of {}, as when the power goes while it "
                        "is written; the next start leaves out the transaction that was "
                        "being written",
                        log.string(),
                        state.damage_at,
                        state.size)};
    }
    return {};
}

}  // namespace kokemus::ledger
