#include "timeline/group_field.h"

#include <algorithm>

namespace kokemus::timeline {

Result<GroupField> GroupField::make(const Timeline& timeline, const question::Field& field) {
    GroupField groups;
    for (const Part& part : timeline.parts) {
        groups.fields_.push_back(TRY(TextField::find(part, field)));
    }
    groups.texts_ = &groups.fields_.front().texts();
    if (timeline.parts.size() > 1 && groups.fields_.front().codes_are_of_part()) {
        groups.merge_texts();
    }
    return groups;
}

void GroupField::merge_texts() {
    for (const TextField& field : fields_) {
        for (Code code = 0; code < field.texts().size(); ++code) {
            merged_.push_back(field.texts().text(code));
        }
    }
    std::ranges::sort(merged_);
    const auto repeated = std::ranges::unique(merged_);
    merged_.erase(repeated.begin(), repeated.end());
    for (const TextField& field : fields_) {
        auto& groups = group_of_.emplace_back();
        // A part's own texts are sorted too, so each is found behind the one before.
        auto place = merged_.begin();
        for (Code code = 0; code < field.texts().size(); ++code) {
            place = std::lower_bound(place, merged_.end(), field.texts().text(code));
            groups.push_back(static_cast<Code>(place - merged_.begin()));
        }
    }
}

void GroupField::gather(std::size_t part, const Block& block, std::vector<Code>& groups) const {
    fields_[part].gather(block, groups);
    if (!group_of_.empty()) {
        for (auto& group : groups) {
            group = group_of_[part][group];
        }
    }
}

}  // namespace kokemus::timeline
