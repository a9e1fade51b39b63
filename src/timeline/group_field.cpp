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
    merged_.erase(std::unique(merged_.begin(), merged_.end()), merged_.end());
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

void GroupField::read(std::size_t part, const MarkedBlock& marked, std::span<Code> groups) const {
    read_codes(fields_[part], marked, groups);
    if (!group_of_.empty()) {
        for (std::size_t word = 0; word < marked.rows.size(); ++word) {
            for_each_bit(marked.rows[word], [&](std::size_t bit) {
                auto& group = groups[word * 64 + bit];
                group = group_of_[part][group];
            });
        }
    }
}

void GroupField::read_codes(const TextField& field, const MarkedBlock& marked,
                            std::span<Code> groups) const {
    const Row base = marked.stretch.base();
    switch (field.source()) {
        case TextField::Source::Rows:
            field.codes().visit([&](const auto* codes) {
                const std::size_t count = std::min(groups.size(), field.codes().size() - base);
                if (!field.is_derived()) {
                    std::copy_n(codes + base, count, groups.begin());
                    return;
                }
                for (std::size_t i = 0; i < count; ++i) {
                    groups[i] = field.through(codes[base + i]);
                }
            });
            return;
        case TextField::Source::Scale:
            std::ranges::fill(groups, 0);
            for_each_member(
                field.answers().rows(),
                marked.stretch,
                marked.rows,
                [&](Row row, std::size_t place) { groups[row - base] = field.scale_of(place); });
            return;
        case TextField::Source::Customers:
        case TextField::Source::CustomerName: break;
    }
    const Block& block = marked.block;
    for (std::size_t unit = 0; unit < block.units(); ++unit) {
        const Code group = field.of_customer(block.customers[unit]);
        if (!block.starts().empty()) {
            std::fill(groups.begin() + (block.first(unit) - base),
                      groups.begin() + (block.last(unit) + 1 - base),
                      group);
            continue;
        }
        for (const Row row : block.unit(unit)) {
            groups[row - base] = group;
        }
    }
}

}  // namespace kokemus::timeline
