#include "intake/segment.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/limits.h"
#include "encounter/identify.h"
#include "intake/segment_item.h"
#include "intake/sent_json.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;

struct CallRow {
    std::string_view word;
    std::string_view letter;
    SegmentCall call;
};

constexpr auto call_rows = std::to_array<CallRow>({
    {"identify", "i", SegmentCall::Identify},
    {"track", "t", SegmentCall::Track},
    {"page", "p", SegmentCall::Page},
    {"screen", "s", SegmentCall::Screen},
    {"group", "g", SegmentCall::Group},
    {"alias", "a", SegmentCall::Alias},
    {"batch", "b", SegmentCall::Batch},
});

std::string_view word_of(SegmentCall call) {
    return std::ranges::find(call_rows, call, &CallRow::call)->word;
}

Status check_size(SegmentCall call, std::size_t bytes) {
    const std::size_t bytes_max =
        call == SegmentCall::Batch ? segment_batch_bytes_max : segment_event_bytes_max;
    if (bytes > bytes_max) {
        return Error{
            ErrorCode::TooLarge,
            fmt::format("the body has {} bytes; at most {} may be, in one {}",
                        bytes,
                        bytes_max,
                        call == SegmentCall::Batch ? "batch" : "event; send larger ones apart")};
    }
    return {};
}

/// What a batch may say once for all its items.
constexpr auto shared_members = std::to_array<std::string_view>({"context", "integrations"});

/// Each item gets a copy, so a small body could ask for much.
Status check_shared(const json::object& batch, std::size_t items) {
    std::size_t bytes = 0;
    for (const std::string_view name : shared_members) {
        const json::object* shared = object_member(batch, name);
        bytes += shared == nullptr ? 0 : json::serialize(*shared).size();
    }
    const std::size_t copies = std::min(items, segment_batch_events_max);
    if (bytes * copies > segment_shared_bytes_max) {
        return Error{ErrorCode::TooLarge,
                     fmt::format("`context` and `integrations` of the batch have {} bytes, for "
                                 "each of {} events; at most {} may be in all; send fewer events "
                                 "at once, or say it in those that need it",
                                 bytes,
                                 copies,
                                 segment_shared_bytes_max)};
    }
    return {};
}

/// What the batch says once for all its items; an item's own word goes first.
void merge_member(const json::object& batch, std::string_view name, json::object& item) {
    const json::object* shared = object_member(batch, name);
    if (shared == nullptr) {
        return;
    }
    json::value& own = item[name];
    if (own.is_null()) {
        own = *shared;
    } else if (json::object* members = own.if_object()) {
        for (const auto& member : *shared) {
            members->insert(member);
        }
    }
}

void refuse(SentBatch& batch, std::size_t index, SegmentFault fault, const json::value& item) {
    batch.refused.add(
        index, fault.code, std::move(fault.reason), [&] { return json::serialize(item); });
}

/// What a batch says for its items.
struct Shared {
    const json::object& body;
    std::optional<Instant> sent_at;
};

/// What the batch said for it goes with it: it is corrected and sent again alone.
void refuse_of(const Shared& shared, SentBatch& batch, std::size_t index, SegmentFault fault,
               json::value& item) {
    batch.refused.add(index, fault.code, std::move(fault.reason), [&] {
        if (json::object* object = item.if_object()) {
            for (const std::string_view name : shared_members) {
                merge_member(shared.body, name, *object);
            }
            if (shared.sent_at && !object->contains("sentAt")) {
                (*object)["sentAt"] = format_instant(*shared.sent_at);
            }
        }
        return json::serialize(item);
    });
}

/// Why an item is not even read.
std::optional<SegmentFault> fault_of_shape(const json::value& value, std::size_t index) {
    if (index >= segment_batch_events_max) {
        return SegmentFault{"too_many_events",
                            fmt::format("a batch holds at most {} events; send this one in another",
                                        segment_batch_events_max)};
    }
    if (const std::size_t bytes = json::serialize(value).size(); bytes > segment_event_bytes_max) {
        return SegmentFault{
            "event_too_large",
            fmt::format(
                "the event has {} bytes; at most {} may be", bytes, segment_event_bytes_max)};
    }
    const json::object* item = value.if_object();
    const std::string type = item == nullptr ? std::string() : text_member(*item, "type");
    const auto call = segment_call(type);
    if (!call || type.size() == 1 || *call == SegmentCall::Batch) {
        return SegmentFault{"invalid_type",
                            "needs a `type`: identify, track, page, screen, group or alias"};
    }
    return std::nullopt;
}

/// One item of a batch, of any shape.
void take_batched(const Shared& shared, json::value& value, const SegmentSetting& setting,
                  SentBatch& batch) {
    const std::size_t index = batch.items++;
    auto fault = fault_of_shape(value, index);
    if (!fault) {
        json::object& item = value.get_object();
        for (const std::string_view name : shared_members) {
            merge_member(shared.body, name, item);
        }
        const SegmentCall call = *segment_call(text_member(item, "type"));
        const std::size_t sequence = setting.first_sequence + index;
        fault = take_segment_item({call, item, shared.sent_at, index, sequence}, setting, batch);
    }
    if (fault) {
        refuse_of(shared, batch, index, std::move(*fault), value);
    }
    value = nullptr;  // so that its copies go
}

Status take_batch(json::object& body, const SegmentSetting& setting, SentBatch& batch) {
    json::value* list = body.if_contains("batch");
    if (list == nullptr || !list->is_array()) {
        return invalid_input("a batch needs its events as a list under `batch`");
    }
    TRY(check_shared(body, list->get_array().size()));
    // A clock that cannot be read is none: the items' own times are trusted then.
    const auto sent_at = instant_member(body, "sentAt");
    const Shared shared{body, sent_at ? *sent_at : std::nullopt};
    for (json::value& item : list->get_array()) {
        take_batched(shared, item, setting, batch);
    }
    return {};
}

}  // namespace

std::optional<SegmentCall> segment_call(std::string_view word) {
    const auto* found = std::ranges::find_if(
        call_rows, [&](const CallRow& row) { return row.word == word || row.letter == word; });
    return found == call_rows.end() ? std::nullopt : std::optional(found->call);
}

Instant corrected_time(Instant original, std::optional<Instant> sent, Instant received) {
    if (!sent) {
        return original;
    }
    const Instant corrected = received - (*sent - original);
    constexpr Instant first = std::chrono::sys_days(std::chrono::year(1) / 1 / 1);
    constexpr Instant end = std::chrono::sys_days(std::chrono::year(10'000) / 1 / 1);
    return corrected < first || corrected >= end ? original : corrected;
}

Result<SentBatch> read_segment(SegmentCall call, std::string_view body,
                               const SegmentSetting& setting) {
    TRY(check_size(call, body.size()));
    json::object object = TRY(read_sent_object(body));
    TRY(setting.admit(text_member(object, "writeKey")));
    SentBatch batch;
    if (call == SegmentCall::Batch) {
        TRY(take_batch(object, setting, batch));
    } else {
        batch.items = 1;
        if (auto fault = take_segment_item(
                {call, object, std::nullopt, 0, setting.first_sequence}, setting, batch)) {
            object.erase("writeKey");
            object["type"] = word_of(call);
            refuse(batch, 0, std::move(*fault), std::move(object));
        }
    }
    // The id must not depend on when it came, so it is given first.
    encounter::Identifier identifier;
    for (encounter::Encounter& each : batch.encounters) {
        identifier.identify(each);
        encounter::clamp_time(each, setting.received_at);
    }
    return batch;
}

}  // namespace kokemus::intake
