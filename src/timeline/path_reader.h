#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "timeline/block_columns.h"
#include "timeline/part.h"

namespace kokemus::timeline {

/// The sequences of touchpoints of the units of a block as bytes: equal paths, equal bytes.
class PathReader {
public:
    PathReader(const Part& part, bool collapse)
        : touchpoint_(&part.touchpoint),
          width_(width_of(part.touchpoints.size())),
          collapse_(collapse) {}

    /// Bytes of a path for each encounter.
    static unsigned width_of(std::size_t touchpoints) {
        return touchpoints <= 0x100 ? 1 : touchpoints <= 0x1'0000 ? 2 : 4;
    }

    /// Lets go of what only `read` needs.
    void rest() {
        touchpoint_ = nullptr;
        narrow_codes_ = {};
        wide_codes_ = {};
        bytes_ = {};
        paths_ = {};
    }

    /// The path of every unit; holds until the next call. While touchpoints have a byte each and
    /// repeats are not collapsed they are looked at in the column itself.
    std::span<const std::string_view> read(const Block& block) {
        paths_.clear();
        if (width_ == 1 && !collapse_) {
            const auto* codes =
                reinterpret_cast<const char*>(narrow_codes_.read(*touchpoint_, block));
            for (std::size_t unit = 0; unit < block.units(); ++unit) {
                paths_.emplace_back(codes + block.offsets[unit],
                                    block.offsets[unit + 1] - block.offsets[unit]);
            }
        } else {
            write(block);
        }
        return paths_;
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
    void write(const Block& block) {
        const Code* codes = wide_codes_.read(*touchpoint_, block);
        bytes_.resize(block.size() * width_);
        char* end = bytes_.data();
        for (std::size_t unit = 0; unit < block.units(); ++unit) {
            const char* const begin = end;
            Code before = none;
            for (std::size_t place = block.offsets[unit]; place < block.offsets[unit + 1];
                 ++place) {
                if (collapse_ && codes[place] == before) {
                    continue;
                }
                before = codes[place];
                for (unsigned shift = width_ * 8; shift > 0; shift -= 8) {
                    *end++ = static_cast<char>(codes[place] >> (shift - 8));
                }
            }
            paths_.emplace_back(begin, static_cast<std::size_t>(end - begin));
        }
    }

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
    PlaceCodes<std::uint8_t> narrow_codes_;
    PlaceCodes<Code> wide_codes_;
    std::string bytes_;
    std::vector<std::string_view> paths_;
};

}  // namespace kokemus::timeline
