#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// Writes the sequence of touchpoints of a unit as bytes: equal paths, equal bytes.
class PathWriter {
public:
    PathWriter(const Part& part, bool collapse)
        : touchpoint_(&part.touchpoint),
          width_(part.touchpoints.size() <= 0x100      ? 1
                 : part.touchpoints.size() <= 0x1'0000 ? 2
                                                       : 4),
          collapse_(collapse) {}

    /// The view holds until the next call.
    std::string_view write(std::span<const Row> unit) {
        path_.clear();
        Code before = none;
        for (const Row row : unit) {
            const Code code = (*touchpoint_)[row];
            if (collapse_ && code == before) {
                continue;
            }
            before = code;
            for (unsigned shift = width_ * 8; shift > 0; shift -= 8) {
                path_.push_back(static_cast<char>(code >> (shift - 8)));
            }
        }
        return path_;
    }

    std::vector<std::string> names(std::string_view path, const Dictionary& touchpoints) const {
        std::vector<std::string> names;
        for (std::size_t at = 0; at < path.size(); at += width_) {
            names.push_back(touchpoints.string(code_at(path, at)));
        }
        return names;
    }

    /// Whether path `a` stands before `b`: touchpoint by touchpoint by their `ranks`, a path before
    /// those that go on from it.
    bool before(std::string_view a, std::string_view b, const std::vector<Code>& ranks) const {
        for (std::size_t at = 0; at < std::min(a.size(), b.size()); at += width_) {
            const Code left = ranks[code_at(a, at)];
            const Code right = ranks[code_at(b, at)];
            if (left != right) {
                return left < right;
            }
        }
        return a.size() < b.size();
    }

private:
    Code code_at(std::string_view path, std::size_t at) const {
        Code code = 0;
        for (unsigned byte = 0; byte < width_; ++byte) {
            code = code << 8U | static_cast<unsigned char>(path[at + byte]);
        }
        return code;
    }

    const CodeColumn* touchpoint_;
    unsigned width_;
    bool collapse_;
    std::string path_;
};

/// Numbers distinct paths in order of first sight. Compares the paths themselves, so that no two
/// ever meet by a hash.
class PathTable {
public:
    PathTable() : slots_(1024, none) {}

    std::uint32_t number(std::string_view path) {
        const std::uint64_t hash = hash64(path);
        const std::size_t slot = find(path, hash);
        if (slots_[slot] != none) {
            return slots_[slot];
        }
        const auto number = static_cast<std::uint32_t>(hashes_.size());
        slots_[slot] = number;
        hashes_.push_back(hash);
        bytes_.append(path);
        ends_.push_back(bytes_.size());
        if (hashes_.size() * 2 > slots_.size()) {
            grow();
        }
        return number;
    }

    /// `none` when there is no such path.
    std::uint32_t look_up(std::string_view path) const { return slots_[find(path, hash64(path))]; }

    std::size_t size() const { return hashes_.size(); }

    std::string_view path(std::uint32_t number) const {
        const std::size_t start = number == 0 ? 0 : ends_[number - 1];
        return std::string_view(bytes_).substr(start, ends_[number] - start);
    }

private:
    std::size_t find(std::string_view wanted, std::uint64_t hash) const {
        std::size_t slot = hash & (slots_.size() - 1);
        while (slots_[slot] != none &&
               (hashes_[slots_[slot]] != hash || path(slots_[slot]) != wanted)) {
            slot = (slot + 1) & (slots_.size() - 1);
        }
        return slot;
    }

    void grow() {
        slots_.assign(slots_.size() * 2, none);
        for (std::uint32_t number = 0; number < hashes_.size(); ++number) {
            std::size_t slot = hashes_[number] & (slots_.size() - 1);
            while (slots_[slot] != none) {
                slot = (slot + 1) & (slots_.size() - 1);
            }
            slots_[slot] = number;
        }
    }

    std::vector<std::uint32_t> slots_;
    std::vector<std::uint64_t> hashes_;
    std::vector<std::size_t> ends_;
    std::string bytes_;
};

}  // namespace kokemus::timeline
