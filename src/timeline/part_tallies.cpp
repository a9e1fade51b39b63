#include "timeline/part_tallies.h"

#include <algorithm>
#include <utility>

#include "question/format.h"

namespace kokemus::timeline {
namespace {

/// What an entry costs besides its tallies.
constexpr std::size_t overhead_bytes = 200;

bool is_no_more(const std::shared_ptr<const KeptTally>& tally) {
    return std::ranges::any_of(tally->parts,
                               [](const TalliedPart& part) { return part.identity.is_no_more(); });
}

std::size_t bytes_of(const std::string& question, const PartTallies::Tallies& tallies) {
    std::size_t bytes = question.size() + overhead_bytes;
    for (const auto& tally : tallies) {
        bytes += tally->bytes;
    }
    return bytes;
}

}  // namespace

PartTallies::Tallies PartTallies::of(const std::string& question) {
    const std::scoped_lock lock(mutex_);
    const auto found = kept_.find(question);
    if (found == kept_.end()) {
        return {};
    }
    found->second.asked = ++asked_;
    return found->second.tallies;
}

void PartTallies::keep(const std::string& question, Tallies tallies) {
    const std::scoped_lock lock(mutex_);
    Kept& kept = kept_[question];
    bytes_ -= kept.bytes;
    kept.bytes = bytes_of(question, tallies);
    kept.tallies = std::move(tallies);
    kept.asked = ++asked_;
    bytes_ += kept.bytes;
    forget_what_is_no_more();
    make_room();
}

void PartTallies::forget(std::span<const std::string_view> customers) {
    const std::scoped_lock lock(mutex_);
    for (const auto customer : customers) {
        const std::string name = question::quoted(customer);
        std::erase_if(kept_, [&](const auto& entry) {
            const bool names = entry.first.find(name) != std::string::npos;
            bytes_ -= names ? entry.second.bytes : 0;
            return names;
        });
    }
}

void PartTallies::forget_what_is_no_more() {
    for (auto entry = kept_.begin(); entry != kept_.end();) {
        auto& [question, kept] = *entry;
        if (std::erase_if(kept.tallies, is_no_more) > 0) {
            bytes_ -= kept.bytes;
            kept.bytes = bytes_of(question, kept.tallies);
            bytes_ += kept.bytes;
        }
        if (kept.tallies.empty()) {
            bytes_ -= kept.bytes;
            entry = kept_.erase(entry);
        } else {
            ++entry;
        }
    }
}

void PartTallies::make_room() {
    while (bytes_ > rules_.bytes_max && !kept_.empty()) {
        const auto oldest = std::ranges::min_element(
            kept_, {}, [](const auto& entry) { return entry.second.asked; });
        bytes_ -= oldest->second.bytes;
        kept_.erase(oldest);
    }
}

PartTallies::Use PartTallies::use() const {
    const std::scoped_lock lock(mutex_);
    Use use{.questions = kept_.size(), .tallies = 0, .bytes = bytes_};
    for (const auto& [question, kept] : kept_) {
        use.tallies += kept.tallies.size();
    }
    return use;
}

}  // namespace kokemus::timeline
