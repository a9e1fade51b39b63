#include "timeline/rare_times.h"

namespace kokemus::timeline {

void RareTimes::settle() {
    if (is_settled()) {
        return;
    }
    const auto by_key = [](const Times& a, const Times& b) { return a.key < b.key; };
    if (!is_settled_) {
        std::ranges::sort(settled_, by_key);
    }
    std::ranges::sort(fresh_);
    std::vector<Times> all;
    all.reserve(settled_.size() + fresh_.size());
    const auto put = [&](std::uint64_t key, std::uint64_t times) {
        if (!all.empty() && all.back().key == key) {
            all.back().times += times;
            return;
        }
        if (!all.empty() && all.back().times == 0) {
            all.pop_back();  // all of it was taken away
        }
        all.push_back(Times{key, times});
    };
    auto fresh = fresh_.begin();
    for (const Times& each : settled_) {
        for (; fresh != fresh_.end() && *fresh < each.key; ++fresh) {
            put(*fresh, 1);
        }
        put(each.key, each.times);
    }
    for (; fresh != fresh_.end(); ++fresh) {
        put(*fresh, 1);
    }
    if (!all.empty() && all.back().times == 0) {
        all.pop_back();
    }
    all.shrink_to_fit();
    settled_ = std::move(all);
    fresh_ = {};
    is_settled_ = true;
}

}  // namespace kokemus::timeline
