#include "duck_rows.h"

#include <fmt/format.h>

#include "base/parallel.h"
#include "duck/appender.h"

namespace kokemus::bench {
namespace {

using timeline::Code;
using timeline::Part;
using timeline::Row;
using timeline::Timeline;

constexpr std::size_t enum_texts_max = 255;  // that DuckDB keeps in one byte

Status create_enum(duck::Connection& connection, const std::string& name,
                   const std::vector<std::string>& texts) {
    if (texts.size() > enum_texts_max) {
        return Error{
            ErrorCode::TooLarge,
            fmt::format("{} values of {}: the benchmark holds them in a byte", texts.size(), name)};
    }
    std::string list;
    for (const auto& text : texts) {
        list += (list.empty() ? "" : ", ") + duck::literal(text);
    }
    return connection.execute(fmt::format("CREATE TYPE {} AS ENUM ({})", name, list));
}

std::vector<std::string> texts_of(const timeline::Dictionary& dictionary) {
    std::vector<std::string> texts;
    for (Code code = 0; code < dictionary.size(); ++code) {
        texts.push_back(dictionary.string(code));
    }
    return texts;
}

/// The place of a declared dimension; its column holds a code per customer.
std::size_t place_of_plan(const Timeline& timeline) {
    for (std::size_t i = 0; i < timeline.dimensions.size(); ++i) {
        if (timeline.dimensions[i].name == "plan") {
            return i;
        }
    }
    return timeline.dimensions.size();
}

Status create_tables(duck::Connection& connection, const Timeline& timeline) {
    auto touchpoints = texts_of(timeline.touchpoints);
    touchpoints.insert(touchpoints.end(), {"START", "END"});
    TRY(create_enum(connection, "touchpoint", touchpoints));
    TRY(create_enum(connection, "channel", texts_of(timeline.channels)));
    TRY(create_enum(connection, "scale", texts_of(timeline.scales)));
    TRY(create_enum(connection, "kind", texts_of(timeline.facts.kinds)));
    TRY(create_enum(connection, "topic", texts_of(timeline.facts.topics)));
    TRY(create_enum(
        connection, "plan", texts_of(timeline.dimensions[place_of_plan(timeline)].texts)));
    std::vector<std::string> promises;
    for (const auto& promise : timeline.blueprint->promises) {
        promises.push_back(promise.name);
    }
    TRY(create_enum(connection, "promise", promises));
    TRY(connection.execute(
        "CREATE TABLE encounters (customer UINTEGER, time BIGINT, place UINTEGER, thread UINTEGER, "
        "touchpoint touchpoint, channel channel, plan plan, kind kind, topic topic, "
        "contact BOOLEAN, score FLOAT, scale scale);"
        "CREATE TABLE promised (customer UINTEGER, thread UINTEGER, place UINTEGER, "
        "promise promise, due BIGINT, channel channel, plan plan);"
        "CREATE TABLE keeps (touchpoint touchpoint, promise promise)"));
    return {};
}

/// Which touchpoints keep which promises, as far as they occur.
Status fill_keeps(duck::Connection& connection, const Timeline& timeline) {
    for (const auto& promise : timeline.blueprint->promises) {
        for (const auto& touchpoint : promise.kept) {
            if (!timeline.touchpoints.find(touchpoint)) {
                continue;
            }
            TRY(connection.execute(fmt::format("INSERT INTO keeps VALUES ({}, {})",
                                               duck::literal(touchpoint),
                                               duck::literal(promise.name))));
        }
    }
    return {};
}

/// Appends parts one after the other; customers and threads of later parts get later numbers.
class Filler {
public:
    Filler(duck::Appender encounters, duck::Appender promised, std::size_t plan)
        : encounters_(std::move(encounters)),
          promised_(std::move(promised)),
          plan_(plan) {}

    Status add(const Part& part) {
        for (Code customer = 0; customer < part.customer_count(); ++customer) {
            if (part.is_gone(customer)) {
                continue;
            }
            for (Row row = part.customer_offsets[customer];
                 row < part.customer_offsets[customer + 1];
                 ++row) {
                TRY(add_row(part, customer, row));
            }
        }
        customers_ += static_cast<Code>(part.customer_count());
        threads_ += static_cast<Code>(part.threads.size());
        return {};
    }

    Status finish() {
        TRY(encounters_.finish());
        return promised_.finish();
    }

private:
    static std::uint8_t byte(Code code) { return static_cast<std::uint8_t>(code); }

    Status add_row(const Part& part, Code customer, Row row) {
        const Code touchpoint = part.touchpoint[row];
        const Code channel = part.channel[row];
        const Code thread = part.thread[row] == 0 ? 0 : part.thread[row] + threads_;
        const Code plan = part.dimension[plan_][customer];
        encounters_.number(0, customers_ + customer);
        encounters_.number(1, part.time[row]);
        encounters_.number(2, place_);
        encounters_.number(3, thread);
        encounters_.number(4, byte(touchpoint));
        encounters_.number(5, byte(channel));
        encounters_.number(6, byte(plan));
        encounters_.number(7, byte(part.facts.kind_of[channel]));
        encounters_.number(8, byte(part.facts.topic_of[touchpoint]));
        encounters_.number(9, part.facts.is_contact(touchpoint, channel));
        if (const auto* answer = part.answer.at(row)) {
            encounters_.number(10, static_cast<float>(answer->score));
            encounters_.number(11, byte(answer->scale));
        } else {
            encounters_.null(10);
            encounters_.number(11, std::uint8_t{0});
        }
        TRY(encounters_.end_row());
        for (const auto made : part.promises.made_at(row)) {
            promised_.number(0, customers_ + customer);
            promised_.number(1, thread);
            promised_.number(2, place_);
            promised_.number(3, byte(made.promise));
            promised_.number(4, made.due);
            promised_.number(5, byte(channel));
            promised_.number(6, byte(plan));
            TRY(promised_.end_row());
        }
        ++place_;
        return {};
    }

    duck::Appender encounters_, promised_;
    std::size_t plan_;
    Code customers_ = 0, threads_ = 0;
    std::uint32_t place_ = 0;
};

}  // namespace

Result<duck::Database> open_duck(const std::filesystem::path& folder, std::uint64_t memory_bytes) {
    return duck::Database::open({},
                                {.memory_bytes = memory_bytes,
                                 .threads = static_cast<int>(worker_count()),
                                 .temporary_folder = folder});
}

Status fill_duck(duck::Connection& connection, const Timeline& timeline) {
    TRY(create_tables(connection, timeline));
    TRY(fill_keeps(connection, timeline));
    TRY(connection.execute("BEGIN"));
    auto encounters = TRY(duck::Appender::open(connection, "encounters"));
    auto promised = TRY(duck::Appender::open(connection, "promised"));
    Filler filler(std::move(encounters), std::move(promised), place_of_plan(timeline));
    for (const auto& part : timeline.parts) {
        TRY(filler.add(part));
    }
    TRY(filler.finish());
    return connection.execute("COMMIT");
}

Status filter_duck(duck::Connection& connection, const std::string& filter) {
    return connection.execute(fmt::format(
        "CREATE OR REPLACE VIEW lived AS SELECT customer AS unit, * FROM encounters WHERE {}",
        filter.empty() ? "true" : filter));
}

}  // namespace kokemus::bench
