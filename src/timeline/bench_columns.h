#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/parallel.h"
#include "base/random.h"
#include "timeline/timeline.h"

/// A made-up organisation straight as columns, at a tenth of the time and memory of building it
/// from encounters: for benchmarks of 100 million.
namespace kokemus::timeline::bench {

inline constexpr std::size_t touchpoint_count = 40;
inline constexpr std::size_t channel_count = 8;

/// `count` texts behind the empty one, in order.
inline Dictionary numbered(std::string_view word, std::size_t count) {
    std::string bytes;
    std::vector<std::size_t> ends{0};
    for (std::size_t i = 0; i < count; ++i) {
        fmt::format_to(std::back_inserter(bytes), "{}{:08}", word, i);
        ends.push_back(bytes.size());
    }
    std::vector<std::string_view> texts{""};
    for (std::size_t i = 0; i < count; ++i) {
        texts.push_back(std::string_view(bytes).substr(ends[i], ends[i + 1] - ends[i]));
    }
    return Dictionary(texts);
}

/// Code of each of the names, which a blueprint declares as "name 0", "name 1"...
inline std::vector<Code> sorted_codes(std::string_view name, std::size_t count,
                                      Dictionary& dictionary) {
    std::vector<std::string> texts{""};
    for (std::size_t i = 0; i < count; ++i) {
        texts.push_back(fmt::format("{} {}", name, i));
    }
    const auto declared = texts;
    std::ranges::sort(texts);
    dictionary = Dictionary(std::vector<std::string_view>(texts.begin(), texts.end()));
    std::vector<Code> codes;
    for (std::size_t i = 1; i < declared.size(); ++i) {
        codes.push_back(*dictionary.find(declared[i]));
    }
    return codes;
}

/// The columns while they are filled, customer by customer.
struct Draft {
    std::vector<Row> offsets{0, 0};
    std::vector<std::int64_t> times;
    std::vector<std::uint8_t> touchpoints;
    std::vector<Code> threads;
    std::vector<std::pair<Row, Code>> answers;
    std::vector<DueGiven> dues;
    std::size_t thread_count = 0;

    void add_customer(Random& random, const std::vector<Code>& touchpoint_codes) {
        const std::size_t length = 8 + random.below(25);  // 20 on average
        const std::size_t own_threads = length / 6 + 1;
        auto time =
            static_cast<std::int64_t>(random.below(365ULL * 24 * 3600 * 1000)) + 1'700'000'000'000;
        std::uint64_t touchpoint = random.below(touchpoint_count);
        for (std::size_t i = 0; i < length; ++i) {
            const auto row = static_cast<Row>(times.size());
            const double share = (static_cast<double>(random.below(1U << 30U)) + 1) / (1U << 30U);
            time += static_cast<std::int64_t>(-std::log(share) * 9 * 24 * 3600 * 1000);
            touchpoint = random.chance(0.7) ? (touchpoint + 1) % touchpoint_count
                                            : random.below(touchpoint_count);
            times.push_back(time);
            touchpoints.push_back(static_cast<std::uint8_t>(touchpoint_codes[touchpoint]));
            threads.push_back(static_cast<Code>(1 + thread_count + random.below(own_threads)));
            if (random.chance(0.1)) {
                answers.emplace_back(row, static_cast<Code>(random.below(11)));
            }
            if (random.chance(1.0 / 6)) {
                dues.push_back({row, 0, time + std::int64_t{3} * 24 * 3600 * 1000});
            }
        }
        thread_count += own_threads;
        offsets.push_back(static_cast<Row>(times.size()));
    }
};

inline void fill_part(Part& part, Draft draft, const std::vector<Code>& channel_of) {
    const std::size_t rows = draft.times.size();
    part.customer_offsets = Array(std::move(draft.offsets));
    part.customers = numbered("customer ", part.customer_offsets.size() - 2);
    part.threads = numbered("", draft.thread_count);
    const auto [first, latest] = std::ranges::minmax(draft.times);
    part.first_time = first;
    part.latest_time = latest;
    part.time = TimeColumn::make(draft.times);
    draft.times = {};
    const auto by_touchpoint = [&](std::size_t codes, const auto& code_of) {
        return CodeColumn::make(rows, codes, [&](auto* out) {
            for (std::size_t row = 0; row < rows; ++row) {
                out[row] = static_cast<WidthOf<decltype(out)>>(code_of(row));
            }
        });
    };
    part.touchpoint = by_touchpoint(part.touchpoints.size(),
                                    [&](std::size_t row) { return draft.touchpoints[row]; });
    part.channel = by_touchpoint(
        part.channels.size(), [&](std::size_t row) { return channel_of[draft.touchpoints[row]]; });
    part.department = by_touchpoint(1, [](std::size_t) { return 0; });
    part.employee = part.department;
    part.thread =
        by_touchpoint(part.threads.size(), [&](std::size_t row) { return draft.threads[row]; });
    std::vector<Answer> answers;
    for (int score = 0; score <= 10; ++score) {
        answers.push_back(Answer{1, static_cast<double>(score)});
        place_on_experience(answers.back(), part.blueprint->scale("nps"));
    }
    part.answers = Array(std::move(answers));
    part.answer = AnswerColumn(rows, draft.answers, part.answers);
    std::vector<std::uint64_t> numbers(rows);
    for (std::size_t row = 0; row < rows; ++row) {
        numbers[row] = row + 1;
    }
    part.ledger_number = NumberPerRow(std::move(numbers));
    part.thread_index = make_thread_index(part.customer_offsets.span(), part.thread);
    part.promises = make_promise_index(PromiseSource{*part.blueprint,
                                                     part.touchpoints,
                                                     part.customer_offsets.span(),
                                                     part.touchpoint,
                                                     part.thread,
                                                     part.thread_index,
                                                     part.time},
                                       std::move(draft.dues));
}

/// About so many encounters, 20 a customer, of a blueprint with the touchpoints "touchpoint 0"...
/// and the channels "channel 0"..., the scale "nps" and a dimension of customers with two values.
inline std::shared_ptr<const Timeline> make_columns(
    std::shared_ptr<const blueprint::Blueprint> blueprint, std::size_t encounters) {
    Part part;
    part.blueprint = std::move(blueprint);
    const auto touchpoints = sorted_codes("touchpoint", touchpoint_count, part.touchpoints);
    const auto channels = sorted_codes("channel", channel_count, part.channels);
    part.scales = Dictionary({"", "nps"});
    std::vector<Code> channel_of(touchpoint_count + 1);
    for (std::size_t i = 0; i < touchpoint_count; ++i) {
        channel_of[touchpoints[i]] = channels[i % channel_count];
    }
    Random random(1);
    Draft draft;
    while (draft.times.size() < encounters) {
        draft.add_customer(random, touchpoints);
    }
    fill_part(part, std::move(draft), channel_of);
    part.facts = make_facts(*part.blueprint, part.touchpoints, part.channels);
    for (const auto& dimension : part.blueprint->dimensions) {
        part.dimensions.push_back(
            {dimension.name, dimension.source, Dictionary({"", "gold", "silver"})});
        part.dimension.push_back(CodeColumn::make(part.customers.size(), 3, [&](auto* codes) {
            for (std::size_t customer = 1; customer < part.customers.size(); ++customer) {
                codes[customer] = static_cast<WidthOf<decltype(codes)>>(1 + customer % 2);
            }
        }));
    }
    const TimeBounds bounds{part.first_time, part.latest_time};
    const Shared shared(static_cast<const Shared&>(part));
    std::vector<Part> parts;
    parts.push_back(std::move(part));
    return make_timeline(shared, bounds, std::move(parts));
}

}  // namespace kokemus::timeline::bench
