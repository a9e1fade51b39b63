#include "app/refused_news.h"

#include <boost/json.hpp>

#include "base/test_setting.h"

namespace kokemus::app {

namespace json = boost::json;

std::chrono::milliseconds refused_news_apart() {
    constexpr std::uint64_t minute = 60'000;
    return std::chrono::milliseconds(test_setting("REFUSED_NEWS_MS", minute));
}

RefusedNews::RefusedNews(Tell tell, const Clock& clock, std::chrono::milliseconds apart)
    : tell_(std::move(tell)),
      clock_(clock),
      apart_(apart),
      thread_([this](const std::stop_token& stop) { run(stop); }) {}

RefusedNews::~RefusedNews() {
    thread_.request_stop();
    thread_.join();
    say();
}

void RefusedNews::count(std::span<const refused::Item> items) {
    if (items.empty()) {
        return;
    }
    const std::scoped_lock lock(mutex_);
    if (counts_.empty()) {
        since_ = clock_.now();
    }
    for (const refused::Item& item : items) {
        ++counts_[{item.arrival.door, item.code}];
    }
    news_.notify_one();
}

/// From the first that is refused on it gathers for that long, then says how many there were.
void RefusedNews::run(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        {
            std::unique_lock lock(mutex_);
            if (!news_.wait(lock, stop, [this] { return !counts_.empty(); })) {
                return;
            }
            news_.wait_for(lock, stop, apart_, [] { return false; });
        }
        if (!stop.stop_requested()) {
            say();
        }
    }
}

void RefusedNews::say() {
    std::map<Kind, std::uint64_t> counts;
    Instant since{};
    {
        const std::scoped_lock lock(mutex_);
        counts.swap(counts_);
        since = since_;
    }
    if (counts.empty()) {
        return;
    }
    std::uint64_t sum = 0;
    json::array kinds;
    for (const auto& [kind, count] : counts) {
        sum += count;
        kinds.push_back(json::object{
            {"door", refused::name_of(kind.first)}, {"code", kind.second}, {"count", count}});
    }
    tell_("encounters.refused",
          json::serialize(json::object{
              {"count", sum}, {"since", format_instant(since)}, {"kinds", std::move(kinds)}}));
}

}  // namespace kokemus::app
