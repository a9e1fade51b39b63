// A file system in memory that loses what was not synced, as a disk does when the power goes: each
// file keeps beside what it holds what of it is durable, and each folder the names that are. fsync
// of a file makes its bytes durable and not its name; fsync of a folder makes the names in it
// durable.
//
// usage: lossy_fs MOUNTPOINT
// It says "mounted" and serves until it is unmounted. Then it reads a line: "crash SEED PERCENT"
// goes back to what is durable, each unsynced sector (and the unsynced names of each folder)
// surviving with that chance, and mounts again; "end" or nothing ends it.
#define FUSE_USE_VERSION 31
#include <sys/statvfs.h>

#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>
#include <string>

#include <fuse3/fuse.h>

#include "base/random.h"

namespace {

constexpr std::size_t sector_bytes = 512;
constexpr std::uint64_t blocks_free = 1U << 20U;  // of 4 KiB

struct Node;
using NodePtr = std::shared_ptr<Node>;
using Names = std::map<std::string, NodePtr>;

/// A file or a folder, as it is and as it would be after a loss of power.
struct Node {
    bool is_folder = false;
    mode_t mode = 0644;
    std::string bytes;
    std::string durable_bytes;
    std::set<std::size_t> dirty;  // sectors of `bytes` that are not durable
    Names names;
    Names durable_names;
};

NodePtr root;

void touch(Node& node, std::size_t from, std::size_t to) {
    for (std::size_t sector = from / sector_bytes; sector * sector_bytes < to; ++sector) {
        node.dirty.insert(sector);
    }
}

void copy_sector(const Node& node, std::size_t sector, std::string& into) {
    const std::size_t from = sector * sector_bytes;
    if (from >= node.bytes.size()) {
        return;
    }
    const std::size_t size = std::min(sector_bytes, node.bytes.size() - from);
    if (into.size() < from + size) {
        into.resize(from + size, '\0');
    }
    into.replace(from, size, node.bytes, from, size);
}

void sync(Node& node) {
    node.durable_bytes.resize(node.bytes.size(), '\0');
    for (const std::size_t sector : node.dirty) {
        copy_sector(node, sector, node.durable_bytes);
    }
    node.dirty.clear();
}

/// What of a file survives beyond what was synced: any of the sectors that were written over; of
/// what was appended a beginning, as with ext4 and XFS, where a file grows only over bytes that
/// were written, or any of its sectors too, the others zeros, to the last that survived or the
/// whole length.
void lose_bytes(Node& node, kokemus::Random& random, std::uint64_t percent) {
    const std::size_t synced = node.durable_bytes.size();
    const bool keeps_order = random.below(2) == 0;
    for (const std::size_t sector : node.dirty) {
        const bool may_survive = !keeps_order || (sector + 1) * sector_bytes <= synced;
        if (may_survive && random.below(100) < percent) {
            copy_sector(node, sector, node.durable_bytes);
        }
    }
    if (!keeps_order && node.bytes.size() > synced && random.below(2) == 0) {
        node.durable_bytes.resize(node.bytes.size(), '\0');
    }
    if (keeps_order && node.bytes.size() > synced && random.below(100) < percent) {
        const std::size_t grown = random.below(node.bytes.size() - synced + 1);
        node.durable_bytes.append(node.bytes, synced, grown);
    }
    node.bytes = node.durable_bytes;
    node.dirty.clear();
}

/// Back to what is durable, from this node downwards.
void lose(Node& node, kokemus::Random& random, std::uint64_t percent) {
    if (!node.is_folder) {
        lose_bytes(node, random, percent);
        return;
    }
    if (random.below(100) < percent) {
        node.durable_names = node.names;
    }
    node.names = node.durable_names;
    for (const auto& [name, below] : node.names) {
        lose(*below, random, percent);
    }
}

NodePtr find(const std::string& path) {
    NodePtr at = root;
    std::istringstream parts(path);
    for (std::string part; std::getline(parts, part, '/');) {
        if (part.empty()) {
            continue;
        }
        const auto next = at->names.find(part);
        if (next == at->names.end()) {
            return nullptr;
        }
        at = next->second;
    }
    return at;
}

NodePtr folder_of(const std::string& path) {
    return find(path.substr(0, path.rfind('/')));
}

std::string name_of(const std::string& path) {
    return path.substr(path.rfind('/') + 1);
}

/// What an open file stands for; it may have lost its name since.
Node* opened(fuse_file_info* file) {
    return reinterpret_cast<NodePtr*>(file->fh)->get();
}

void remember(fuse_file_info* file, NodePtr node) {
    file->fh = reinterpret_cast<std::uint64_t>(new NodePtr(std::move(node)));
}

int op_getattr(const char* path, struct stat* out, fuse_file_info* file) {
    NodePtr held = path != nullptr ? find(path) : nullptr;
    const Node* node = file != nullptr && file->fh != 0 ? opened(file) : held.get();
    if (node == nullptr) {
        return -ENOENT;
    }
    std::memset(out, 0, sizeof *out);
    out->st_mode = (node->is_folder ? S_IFDIR : S_IFREG) | node->mode;
    out->st_nlink = node->is_folder ? 2 : 1;
    out->st_size = static_cast<off_t>(node->bytes.size());
    out->st_blocks = static_cast<blkcnt_t>((node->bytes.size() + 511) / 512);
    out->st_ino = reinterpret_cast<ino_t>(node);
    return 0;
}

int op_readdir(const char*, void* buffer, fuse_fill_dir_t fill, off_t, fuse_file_info* file,
               fuse_readdir_flags) {
    fill(buffer, ".", nullptr, 0, fuse_fill_dir_flags{});
    fill(buffer, "..", nullptr, 0, fuse_fill_dir_flags{});
    for (const auto& [name, below] : opened(file)->names) {
        fill(buffer, name.c_str(), nullptr, 0, fuse_fill_dir_flags{});
    }
    return 0;
}

int add(const char* path, bool is_folder, mode_t mode, NodePtr& made) {
    const NodePtr folder = folder_of(path);
    if (!folder) {
        return -ENOENT;
    }
    made = std::make_shared<Node>();
    made->is_folder = is_folder;
    made->mode = mode & 07777;
    folder->names[name_of(path)] = made;
    return 0;
}

int op_mkdir(const char* path, mode_t mode) {
    NodePtr made;
    return find(path) ? -EEXIST : add(path, true, mode, made);
}

int op_create(const char* path, mode_t mode, fuse_file_info* file) {
    NodePtr made;
    const int outcome = add(path, false, mode, made);
    if (outcome == 0) {
        remember(file, made);
    }
    return outcome;
}

int op_open(const char* path, fuse_file_info* file) {
    NodePtr node = find(path);
    if (!node) {
        return -ENOENT;
    }
    remember(file, std::move(node));
    return 0;
}

int op_release(const char*, fuse_file_info* file) {
    delete reinterpret_cast<NodePtr*>(file->fh);
    return 0;
}

int op_read(const char*, char* into, std::size_t size, off_t at, fuse_file_info* file) {
    const Node& node = *opened(file);
    const auto from = static_cast<std::size_t>(at);
    if (from >= node.bytes.size()) {
        return 0;
    }
    const std::size_t count = std::min(size, node.bytes.size() - from);
    std::memcpy(into, node.bytes.data() + from, count);
    return static_cast<int>(count);
}

int op_write(const char*, const char* what, std::size_t size, off_t at, fuse_file_info* file) {
    Node& node = *opened(file);
    const auto from = static_cast<std::size_t>(at);
    if (node.bytes.size() < from + size) {
        touch(node, node.bytes.size(), from);
        node.bytes.resize(from + size, '\0');
    }
    node.bytes.replace(from, size, what, size);
    touch(node, from, from + size);
    return static_cast<int>(size);
}

int op_truncate(const char* path, off_t size, fuse_file_info* file) {
    const NodePtr held = path != nullptr ? find(path) : nullptr;
    Node* node = file != nullptr && file->fh != 0 ? opened(file) : held.get();
    if (node == nullptr) {
        return -ENOENT;
    }
    const std::size_t before = node->bytes.size();
    node->bytes.resize(static_cast<std::size_t>(size), '\0');
    touch(*node, std::min(before, node->bytes.size()), std::max(before, node->bytes.size()));
    return 0;
}

int op_fsync(const char*, int, fuse_file_info* file) {
    sync(*opened(file));
    return 0;
}

int op_fsyncdir(const char*, int, fuse_file_info* file) {
    Node& node = *opened(file);
    node.durable_names = node.names;
    return 0;
}

int op_unlink(const char* path) {
    const NodePtr folder = folder_of(path);
    return folder && folder->names.erase(name_of(path)) > 0 ? 0 : -ENOENT;
}

int op_rmdir(const char* path) {
    const NodePtr node = find(path);
    return node && !node->names.empty() ? -ENOTEMPTY : op_unlink(path);
}

int op_rename(const char* from, const char* to, unsigned) {
    const NodePtr node = find(from);
    const NodePtr target = folder_of(to);
    if (!node || !target) {
        return -ENOENT;
    }
    target->names[name_of(to)] = node;
    return op_unlink(from);
}

int op_statfs(const char*, struct statvfs* out) {
    std::memset(out, 0, sizeof *out);
    out->f_bsize = out->f_frsize = 4096;
    out->f_blocks = out->f_bfree = out->f_bavail = blocks_free;
    out->f_namemax = 255;
    return 0;
}

int op_chmod(const char* path, mode_t mode, fuse_file_info*) {
    const NodePtr node = find(path);
    if (!node) {
        return -ENOENT;
    }
    node->mode = mode & 07777;
    return 0;
}

int op_utimens(const char*, const timespec*, fuse_file_info*) {
    return 0;
}

void* op_init(fuse_conn_info*, fuse_config* configuration) {
    configuration->hard_remove = 1;  // a file may be open that has no name any more
    configuration->nullpath_ok = 1;
    configuration->entry_timeout = 0;
    configuration->attr_timeout = 0;
    return nullptr;
}

fuse_operations operations() {
    fuse_operations all{};
    all.init = op_init;
    all.getattr = op_getattr;
    all.opendir = op_open;
    all.releasedir = op_release;
    all.readdir = op_readdir;
    all.mkdir = op_mkdir;
    all.create = op_create;
    all.open = op_open;
    all.release = op_release;
    all.read = op_read;
    all.write = op_write;
    all.truncate = op_truncate;
    all.fsync = op_fsync;
    all.fsyncdir = op_fsyncdir;
    all.unlink = op_unlink;
    all.rmdir = op_rmdir;
    all.rename = op_rename;
    all.statfs = op_statfs;
    all.chmod = op_chmod;
    all.utimens = op_utimens;
    return all;
}

/// Mounts, serves until unmounted. False when it could not be mounted.
bool serve(const char* program, const char* folder) {
    static const fuse_operations all = operations();
    fuse_args arguments = FUSE_ARGS_INIT(0, nullptr);
    fuse_opt_add_arg(&arguments, program);
    fuse* session = fuse_new(&arguments, &all, sizeof all, nullptr);
    if (session == nullptr || fuse_mount(session, folder) != 0) {
        return false;
    }
    std::cout << "mounted"
              << "\n"
              << std::flush;
    fuse_loop(session);
    fuse_unmount(session);
    fuse_destroy(session);
    fuse_opt_free_args(&arguments);
    return true;
}

}  // namespace

int main(int count, char** words) {
    if (count != 2) {
        std::cerr << "usage: lossy_fs MOUNTPOINT\n";
        return 2;
    }
    root = std::make_shared<Node>();
    root->is_folder = true;
    root->mode = 0755;
    while (serve(words[0], words[1])) {
        std::string command;
        std::uint64_t seed = 0;
        std::uint64_t percent = 0;
        if (!(std::cin >> command >> seed >> percent) || command != "crash") {
            return 0;
        }
        kokemus::Random random(seed);
        lose(*root, random, percent);
    }
    return 1;
}
