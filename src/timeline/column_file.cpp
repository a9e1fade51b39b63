#include "timeline/column_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include <fmt/format.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"

namespace kokemus::timeline {

namespace {

constexpr std::size_t alignment = 64;
constexpr std::size_t block_bytes = std::size_t{1} << 20U;
constexpr std::uint64_t sync_bytes = std::uint64_t{64} << 20U;
constexpr std::uint32_t byte_order = 0x01020304;
constexpr std::array<char, 8> magic = {'k', 'o', 'k', 'e', 'm', 'u', 's', '\x1a'};

/// The first three members never change their place: every version finds the others' version.
struct Header {
    std::array<char, 8> magic_bytes;
    std::uint32_t order;
    std::uint32_t version;
    std::uint32_t kind;
    std::uint32_t columns;
    std::uint64_t id;
    std::uint64_t bytes;          ///< of the file
    std::uint64_t checked_bytes;  ///< those before the checksums
    std::uint64_t directory_hash;
    std::array<std::uint64_t, 4> reserved;
    std::uint64_t hash;  ///< of all before it
};
static_assert(sizeof(Header) == 96);

struct Extent {
    std::uint64_t from;
    std::uint64_t bytes;
};

std::uint64_t up(std::uint64_t offset) {
    return (offset + alignment - 1) / alignment * alignment;
}

std::uint64_t blocks_of(std::uint64_t bytes) {
    return (bytes + block_bytes - 1) / block_bytes;
}

std::string_view text_of(const void* bytes, std::size_t size) {
    return {static_cast<const char*>(bytes), size};
}

std::uint64_t hash_of(const Header& header) {
    return hash64(text_of(&header, offsetof(Header, hash)));
}

/// Where each column comes to stand, and behind them the end of what is checked.
std::vector<Extent> lay_out(std::span<const std::span<const std::byte>> columns,
                            std::uint64_t& end) {
    std::vector<Extent> directory;
    directory.reserve(columns.size());
    end = up(sizeof(Header) + columns.size() * sizeof(Extent));
    for (const auto& column : columns) {
        directory.push_back(Extent{end, column.size()});
        end = up(end + column.size());
    }
    return directory;
}

std::uint64_t whole_bytes(std::uint64_t checked) {
    return checked + (blocks_of(checked) + 1) * sizeof(std::uint64_t);
}

/// Cuts what is written into blocks and remembers the checksum of each.
class BlockStream {
public:
    BlockStream(FileWriter& file, std::uint64_t id) : file_(file), id_(id) {
        block_.reserve(block_bytes);
    }

    Status write(std::string_view bytes) {
        while (!bytes.empty()) {
            const auto taken = bytes.substr(0, block_bytes - block_.size());
            block_ += taken;
            bytes.remove_prefix(taken.size());
            written_ += taken.size();
            if (block_.size() == block_bytes) {
                TRY(end_block());
            }
        }
        return {};
    }

    Status fill_up_to(std::uint64_t offset) {
        return write(std::string(static_cast<std::size_t>(offset - written_), '\0'));
    }

    Status end_block() {
        if (block_.empty()) {
            return {};
        }
        sums_.push_back(hash64(block_, id_ + sums_.size()));
        TRY(file_.write(block_));
        block_.clear();
        return written_ % sync_bytes == 0 ? file_.sync() : Status();
    }

    /// Ends the last block and writes the checksums.
    Status finish() {
        TRY(end_block());
        const auto sums = text_of(sums_.data(), sums_.size() * sizeof(std::uint64_t));
        const std::uint64_t last = hash64(sums, id_);
        TRY(file_.write(sums));
        return file_.write(text_of(&last, sizeof(last)));
    }

private:
    FileWriter& file_;
    std::uint64_t id_;
    std::uint64_t written_ = 0;
    std::string block_;
    std::vector<std::uint64_t> sums_;
};

std::uint64_t new_id() {
    std::uint64_t id = 0;
    // Without entropy the id is 0: misplaced blocks of other files would not be told apart.
    return ::getentropy(&id, sizeof(id)) == 0 ? id : 0;
}

Error damaged(const std::filesystem::path& path, std::string_view what) {
    return Error{ErrorCode::Corrupt, fmt::format("{} is damaged: {}", path.string(), what)};
}

/// Everything that can be said of a file without looking at its columns.
Status check_header(const Header& header, ColumnFileKind kind, std::uint64_t bytes,
                    const std::filesystem::path& path) {
    if (header.magic_bytes != magic) {
        return damaged(path, "it does not begin as a file of columns does");
    }
    if (header.order != byte_order) {
        return Error{
            ErrorCode::Conflict,
            fmt::format("{} was written on a machine with another order of bytes", path.string())};
    }
    if (header.version != column_file_version) {
        return Error{ErrorCode::Conflict,
                     fmt::format("{} was written by {} kokemus (format {}, this program knows {})",
                                 path.string(),
                                 header.version < column_file_version ? "an older" : "a newer",
                                 header.version,
                                 column_file_version)};
    }
    if (header.hash != hash_of(header)) {
        return damaged(path, "the checksum of its header does not fit");
    }
    if (header.kind != static_cast<std::uint32_t>(kind)) {
        return damaged(path, "it is a file of another kind");
    }
    if (header.bytes != bytes) {
        return damaged(path, fmt::format("it has {} bytes and not {}", bytes, header.bytes));
    }
    if (header.checked_bytes > bytes || whole_bytes(header.checked_bytes) != bytes ||
        header.columns > (header.checked_bytes - sizeof(Header)) / sizeof(Extent)) {
        return damaged(path, "its header contradicts itself");
    }
    return {};
}

}  // namespace

std::uint64_t ColumnFileWriter::bytes() const {
    std::uint64_t end = 0;
    (void)lay_out(columns_, end);
    return whole_bytes(end);
}

Result<ColumnFileMark> ColumnFileWriter::write(const std::filesystem::path& path) const {
    std::uint64_t end = 0;
    const std::vector<Extent> directory = lay_out(columns_, end);
    const auto directory_text = text_of(directory.data(), directory.size() * sizeof(Extent));
    Header header{};
    header.magic_bytes = magic;
    header.order = byte_order;
    header.version = column_file_version;
    header.kind = static_cast<std::uint32_t>(kind_);
    header.columns = static_cast<std::uint32_t>(columns_.size());
    header.id = new_id();
    header.checked_bytes = end;
    header.bytes = whole_bytes(end);
    header.directory_hash = hash64(directory_text, header.id);
    header.hash = hash_of(header);

    FileWriter file = TRY(FileWriter::create(path, FileWriter::Access::ReadOnly));
    BlockStream blocks(file, header.id);
    TRY(blocks.write(text_of(&header, sizeof(header))));
    TRY(blocks.write(directory_text));
    for (std::size_t place = 0; place < columns_.size(); ++place) {
        TRY(blocks.fill_up_to(directory[place].from));
        TRY(blocks.write(text_of(columns_[place].data(), columns_[place].size())));
    }
    TRY(blocks.fill_up_to(end));
    TRY(blocks.finish());
    TRY(file.commit());
    return ColumnFileMark{header.id, header.bytes};
}

Result<ColumnFile> ColumnFile::open(const std::filesystem::path& path, ColumnFileKind kind) {
    ColumnFile file;
    file.path_ = path;
    file.mapping_ = TRY(MappedFile::open(path));
    const auto bytes = file.mapping_->bytes();
    if (bytes.size() < sizeof(Header)) {
        return damaged(path, fmt::format("it has only {} bytes", bytes.size()));
    }
    Header header{};
    std::memcpy(&header, bytes.data(), sizeof(header));
    TRY(check_header(header, kind, bytes.size(), path));
    std::vector<Extent> directory(header.columns);
    const auto stored = bytes.subspan(sizeof(Header), header.columns * sizeof(Extent));
    if (hash64(text_of(stored.data(), stored.size()), header.id) != header.directory_hash) {
        return damaged(path, "the checksum of its directory does not fit");
    }
    std::memcpy(directory.data(), stored.data(), stored.size());
    for (const auto& [from, size] : directory) {
        if (from % alignment != 0 || from > header.checked_bytes ||
            size > header.checked_bytes - from) {
            return damaged(path, "a column lies outside it");
        }
        file.columns_.push_back(bytes.subspan(from, size));
    }
    file.mark_ = ColumnFileMark{header.id, header.bytes};
    file.checked_bytes_ = header.checked_bytes;
    return file;
}

Status ColumnFile::verify() const {
    const auto bytes = mapping_->bytes();
    const auto checked = bytes.first(checked_bytes_);
    const auto stored = bytes.subspan(checked_bytes_);
    std::vector<std::uint64_t> sums(blocks_of(checked_bytes_) + 1);
    std::memcpy(sums.data(), stored.data(), stored.size());
    if (hash64(text_of(sums.data(), (sums.size() - 1) * sizeof(std::uint64_t)), mark_.id) !=
        sums.back()) {
        return damaged(path_, "the checksum of its checksums does not fit");
    }
    return for_each_chunk(sums.size() - 1, 16, [&](const Chunk& chunk) -> Status {
        for (std::size_t block = chunk.from; block < chunk.to; ++block) {
            const std::size_t from = block * block_bytes;
            const std::size_t size = std::min(block_bytes, checked.size() - from);
            if (hash64(text_of(checked.data() + from, size), mark_.id + block) != sums[block]) {
                return damaged(
                    path_,
                    fmt::format(
                        "the checksum of the bytes from {} to {} does not fit", from, from + size));
            }
        }
        return {};
    });
}

}  // namespace kokemus::timeline
