#include "ledger/numbered_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <mutex>
#include <span>

#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"

namespace kokemus::ledger {

namespace {

constexpr std::uint64_t magic = 0x31'53'57'4f'52'4b'4f'4b;  // "KOKROWS1"

/// Before the bytes of each number.
constexpr std::size_t check_bytes = sizeof(std::uint32_t);

struct Head {
    std::uint64_t magic = 0;
    std::uint64_t owner = 0;
    std::uint64_t first = 0;
    std::uint64_t numbers = 0;
    std::uint64_t body_bytes = 0;
    std::uint64_t places_hash = 0;
    std::uint64_t hash = 0;  ///< of the fields before
};

std::uint64_t hash_of(const Head& head) {
    return hash64({reinterpret_cast<const char*>(&head), offsetof(Head, hash)});
}

std::string_view bytes_of(const std::vector<std::uint32_t>& places) {
    return {reinterpret_cast<const char*>(places.data()), places.size() * sizeof(std::uint32_t)};
}

std::uint32_t check_of(std::string_view bytes, std::uint64_t number) {
    return static_cast<std::uint32_t>(hash64(bytes, number));
}

bool read_at(int descriptor, std::uint64_t at, std::span<char> into) {
    std::size_t done = 0;
    while (done < into.size()) {
        const auto got = ::pread(
            descriptor, into.data() + done, into.size() - done, static_cast<off_t>(at + done));
        if (got <= 0 && !(got < 0 && errno == EINTR)) {
            return false;
        }
        done += got > 0 ? static_cast<std::size_t>(got) : 0;
    }
    return true;
}

int write_at(int descriptor, std::uint64_t at, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto put = ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(at));
        if (put < 0 && errno != EINTR) {
            return errno;
        }
        bytes.remove_prefix(put > 0 ? static_cast<std::size_t>(put) : 0);
        at += put > 0 ? static_cast<std::size_t>(put) : 0;
    }
    return 0;
}

/// What lies under a number, after its checksum was looked at; nothing when there is none.
Result<std::optional<std::string>> checked(std::string_view lying, std::uint64_t number,
                                           const std::filesystem::path& path) {
    if (lying.empty()) {
        return std::optional<std::string>();
    }
    std::uint32_t check = 0;
    if (lying.size() >= check_bytes) {
        std::memcpy(&check, lying.data(), check_bytes);
        lying.remove_prefix(check_bytes);
        if (check == check_of(lying, number)) {
            return std::optional(std::string(lying));
        }
    }
    return Error{ErrorCode::Corrupt,
                 fmt::format("{} is damaged at number {}", path.string(), number)};
}

}  // namespace

struct NumberedFile::Descriptor {
    explicit Descriptor(int opened) : number(opened) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() { ::close(number); }

    const int number;
};

struct NumberedFile::Section {
    Head head;
    std::uint64_t at = 0;
    mutable std::atomic<bool> is_checked = false;  ///< its places, with the first that are read

    std::uint64_t end_number() const { return head.first + head.numbers; }
    std::uint64_t places_at() const { return at + sizeof(Head); }
    std::uint64_t body_at() const {
        return places_at() + (head.numbers + 1) * sizeof(std::uint32_t);
    }
    std::uint64_t end() const { return body_at() + head.body_bytes; }
};

NumberedFile::NumberedFile(std::filesystem::path path, std::uint64_t owner, const Limits& limits)
    : path_(std::move(path)),
      owner_(owner),
      limits_(limits) {
    open_sections();
}

NumberedFile::~NumberedFile() = default;

std::shared_ptr<NumberedFile::Section> NumberedFile::read_head(std::uint64_t at,
                                                               std::uint64_t file_bytes) const {
    auto section = std::make_shared<Section>();
    section->at = at;
    std::array<char, sizeof(Head)> bytes{};
    if (at + sizeof(Head) > file_bytes || !read_at(file_->number, at, bytes)) {
        return nullptr;
    }
    std::memcpy(&section->head, bytes.data(), sizeof(Head));
    const Head& head = section->head;
    const bool is_one = head.magic == magic && head.owner == owner_ && head.hash == hash_of(head);
    return is_one && head.first >= tail_first_ && section->end() <= file_bytes ? section : nullptr;
}

/// What follows a section that is not whole is cut off.
void NumberedFile::open_sections() {
    const int opened = ::open(path_.c_str(), O_RDWR | O_CLOEXEC);
    if (opened < 0) {
        return;
    }
    file_ = std::make_shared<Descriptor>(opened);
    const auto length = ::lseek(opened, 0, SEEK_END);
    const auto bytes = static_cast<std::uint64_t>(std::max<off_t>(length, 0));
    while (auto section = read_head(end_, bytes)) {
        end_ = section->end();
        tail_first_ = section->end_number();
        sections_.push_back(std::move(section));
    }
    if (::ftruncate(opened, static_cast<off_t>(end_)) != 0) {
        file_.reset();
        sections_.clear();
        end_ = 0;
        tail_first_ = 1;
    }
}

std::uint64_t NumberedFile::covered() const {
    const std::shared_lock lock(mutex_);
    return tail_first_ + tail_places_.size() - 2;
}

std::uint64_t NumberedFile::bytes() const {
    const std::shared_lock lock(mutex_);
    return end_;
}

void NumberedFile::forget_tail(std::uint64_t next) {
    tail_.clear();
    tail_places_.assign(1, 0);
    tail_first_ = next;
}

Status NumberedFile::put(std::uint64_t number, std::string_view bytes) {
    const std::scoped_lock lock(mutex_);
    std::uint64_t next = tail_first_ + tail_places_.size() - 1;
    if (number < next) {
        return Error{ErrorCode::Corrupt, fmt::format("number {} comes again", number)};
    }
    const std::uint64_t after = number - tail_first_ + 1;
    if (tail_places_.size() > 1 &&
        (after > limits_.numbers_max || tail_.size() + bytes.size() > limits_.bytes_max)) {
        TRY(flush());
        next = tail_first_;
    }
    if (tail_places_.size() == 1) {
        tail_first_ = next = number;
    }
    for (; next < number; ++next) {
        tail_places_.push_back(static_cast<std::uint32_t>(tail_.size()));
    }
    const std::uint32_t check = check_of(bytes, number);
    tail_.append(reinterpret_cast<const char*>(&check), check_bytes);
    tail_.append(bytes);
    tail_places_.push_back(static_cast<std::uint32_t>(tail_.size()));
    return {};
}

Status NumberedFile::reach(std::uint64_t number) {
    const std::scoped_lock lock(mutex_);
    const std::uint64_t after = number + 1 - std::min(tail_first_, number + 1);
    if (tail_places_.size() > 1 && after > limits_.numbers_max) {
        TRY(flush());
    }
    if (tail_places_.size() == 1) {
        tail_first_ = std::max(tail_first_, number + 1);
    } else {
        tail_places_.resize(std::max<std::size_t>(tail_places_.size(), after + 1),
                            static_cast<std::uint32_t>(tail_.size()));
    }
    return {};
}

/// Makes a section of what is in memory.
Status NumberedFile::flush() {
    if (Status written = write_section(); !written) {
        forget_tail(sections_.empty() ? 1 : sections_.back()->end_number());
        if (file_ != nullptr) {
            (void)::ftruncate(file_->number, static_cast<off_t>(end_));
        }
        return written;
    }
    return {};
}

Status NumberedFile::write_section() {
    auto section = std::make_shared<Section>();
    section->at = end_;
    section->is_checked = true;
    section->head = {.magic = magic,
                     .owner = owner_,
                     .first = tail_first_,
                     .numbers = tail_places_.size() - 1,
                     .body_bytes = tail_.size(),
                     .places_hash = hash64(bytes_of(tail_places_)),
                     .hash = 0};
    section->head.hash = hash_of(section->head);
    std::error_code failure;
    const auto space = std::filesystem::space(path_.parent_path(), failure);
    if (!failure && space.available < limits_.free_bytes_min + (section->end() - end_)) {
        return Error{ErrorCode::DiskFull, "too little room is left on the disk"};
    }
    if (file_ == nullptr) {
        const int opened = ::open(path_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
        if (opened < 0) {
            return file_error("write", path_, errno);
        }
        file_ = std::make_shared<Descriptor>(opened);
    }
    const std::string_view head(reinterpret_cast<const char*>(&section->head), sizeof(Head));
    int failed = write_at(file_->number, section->at, head);
    failed = failed != 0 ? failed
                         : write_at(file_->number, section->places_at(), bytes_of(tail_places_));
    failed = failed != 0 ? failed : write_at(file_->number, section->body_at(), tail_);
    if (failed != 0) {
        return file_error("write", path_, failed);
    }
    end_ = section->end();
    const std::uint64_t next = section->end_number();
    sections_.push_back(std::move(section));
    forget_tail(next);
    return {};
}

Result<std::optional<std::string>> NumberedFile::read_from(const Section& section,
                                                           std::uint64_t number) const {
    const auto damaged = [&] { return checked("?", number, path_); };
    if (!section.is_checked) {
        std::vector<std::uint32_t> places(section.head.numbers + 1);
        const std::span<char> all(reinterpret_cast<char*>(places.data()), bytes_of(places).size());
        if (!read_at(file_->number, section.places_at(), all) ||
            hash64(bytes_of(places)) != section.head.places_hash) {
            return damaged();
        }
        section.is_checked = true;
    }
    std::array<std::uint32_t, 2> places{};
    const std::uint64_t place = number - section.head.first;
    const std::span<char> both(reinterpret_cast<char*>(places.data()), sizeof(places));
    if (!read_at(file_->number, section.places_at() + place * sizeof(std::uint32_t), both) ||
        places[1] < places[0] || places[1] > section.head.body_bytes) {
        return damaged();
    }
    std::string lying(places[1] - places[0], '\0');
    if (!read_at(file_->number, section.body_at() + places[0], lying)) {
        return damaged();
    }
    return checked(lying, number, path_);
}

Result<std::optional<std::string>> NumberedFile::read(std::uint64_t number) const {
    const std::shared_lock lock(mutex_);
    if (number >= tail_first_) {
        const std::uint64_t place = number - tail_first_;
        if (place + 1 >= tail_places_.size()) {
            return std::optional<std::string>();
        }
        const auto from = tail_places_[place];
        return checked(
            std::string_view(tail_).substr(from, tail_places_[place + 1] - from), number, path_);
    }
    const auto behind = std::ranges::upper_bound(
        sections_, number, {}, [](const auto& section) { return section->head.first; });
    if (behind == sections_.begin() || number >= (*std::prev(behind))->end_number()) {
        return std::optional<std::string>();
    }
    return read_from(**std::prev(behind), number);
}

Status NumberedFile::clear() {
    const std::scoped_lock lock(mutex_);
    forget_tail(1);
    tail_.shrink_to_fit();
    sections_.clear();
    end_ = 0;
    file_.reset();
    if (::unlink(path_.c_str()) != 0) {
        return errno == ENOENT ? Status() : Status(file_error("remove", path_, errno));
    }
    return sync_folder(path_.parent_path());
}

}  // namespace kokemus::ledger
