#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <queue>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "timeline/dictionary.h"

namespace kokemus::timeline {

/// Which texts of several sources are in use, merged into one dictionary. Costs in proportion to
/// those in use, whatever else the sources hold.
class MergedTexts {
public:
    /// `used`: per source its codes, ascending; 0 is always in. `texts`: per source.
    MergedTexts(std::vector<const Dictionary*> texts, std::vector<std::vector<Code>> used)
        : texts_(std::move(texts)),
          used_(std::move(used)),
          merged_(used_.size()) {}

    /// Calls `meet(source, code, merged code)` for every used text, by text.
    template <typename Meet>
    void merge(const Meet& meet) {
        struct Next {
            std::string_view text;
            std::uint32_t source;
            bool operator>(const Next& other) const {
                return std::tie(text, source) > std::tie(other.text, other.source);
            }
        };
        std::priority_queue<Next, std::vector<Next>, std::greater<>> queue;
        std::vector<std::size_t> places(used_.size());
        const auto push = [&](std::uint32_t source) {
            if (places[source] < used_[source].size()) {
                queue.push(Next{texts_[source]->text(used_[source][places[source]]), source});
            }
        };
        for (std::uint32_t source = 0; source < used_.size(); ++source) {
            push(source);
        }
        std::vector<std::string_view> distinct{""};
        while (!queue.empty()) {
            const Next next = queue.top();
            queue.pop();
            if (next.text != distinct.back()) {
                distinct.push_back(next.text);
            }
            const auto merged = static_cast<Code>(distinct.size() - 1);
            merged_[next.source].push_back(merged);
            meet(next.source, used_[next.source][places[next.source]], merged);
            ++places[next.source];
            push(next.source);
        }
        dictionary_ = Dictionary(distinct);
        for (std::size_t source = 0; source < used_.size(); ++source) {
            spread(source);
        }
    }

    const Dictionary& dictionary() const { return dictionary_; }

    /// The merged code of a used code.
    Code code_of(std::size_t source, Code code) const {
        if (code == 0 || !tables_[source].empty()) {
            return code == 0 ? 0 : tables_[source][code];
        }
        const auto place = std::ranges::lower_bound(used_[source], code);
        return merged_[source][static_cast<std::size_t>(place - used_[source].begin())];
    }

private:
    /// A table by code, where that is not much larger than what is in use.
    void spread(std::size_t source) {
        auto& table = tables_.emplace_back();
        if (used_[source].size() * 16 < texts_[source]->size()) {
            return;
        }
        table.resize(texts_[source]->size());
        for (std::size_t place = 0; place < used_[source].size(); ++place) {
            table[used_[source][place]] = merged_[source][place];
        }
    }

    std::vector<const Dictionary*> texts_;
    std::vector<std::vector<Code>> used_;
    std::vector<std::vector<Code>> merged_;  ///< as `used_`
    std::vector<std::vector<Code>> tables_;  ///< per source, code -> merged code; or empty
    Dictionary dictionary_;
};

}  // namespace kokemus::timeline
