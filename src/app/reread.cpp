#include "app/reread.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "intake/cloud_event.h"
#include "intake/json_batch.h"
#include "intake/segment.h"
#include "intake/webhook.h"

namespace kokemus::app {

namespace {

using intake::SentBatch;

Result<SentBatch> read_call(const CollectingRules& rules, const refused::Arrival& came,
                            std::string_view text) {
    const auto admitted = [](std::string_view /*key*/) { return Status(); };
    return intake::read_segment(intake::SegmentCall::Batch,
                                fmt::format(R"({{"batch":[{}]}})", text),
                                {rules.events,
                                 rules.exclusions,
                                 came.at,
                                 came.user_agent,
                                 came.address,
                                 admitted,
                                 static_cast<std::size_t>(came.place)});
}

Result<SentBatch> read_delivery(const CollectingRules& rules, const refused::Arrival& came,
                                std::string_view text) {
    const auto& webhooks = rules.blueprint->webhooks;
    const auto webhook = std::ranges::find(webhooks, came.source, &blueprint::Webhook::name);
    if (webhook == webhooks.end()) {
        return not_found(
            fmt::format("the blueprint has no webhook {} any more; put it back, or "
                        "drop the item",
                        quote(came.source)));
    }
    const auto no_header = [](std::string_view /*name*/) { return std::string_view(); };
    return intake::read_webhook(
        *webhook,
        {came.delivery, came.delivered},
        {no_header, text, came.at},
        {*rules.blueprint, rules.exclusions, came.user_agent, came.address});
}

}  // namespace

Result<SentBatch> read_again(Collecting& collecting, const refused::Arrival& came,
                             std::string_view text) {
    const auto rules = TRY(collecting.rules());
    switch (came.door) {
        case refused::Door::Encounters:
            return intake::read_json_batch(
                text,
                came.at,
                {*rules->blueprint, rules->exclusions, came.user_agent, came.address});
        case refused::Door::CloudEvents:
            return intake::read_cloud_events(
                text, {rules->events, rules->exclusions, came.at, came.user_agent, came.address});
        case refused::Door::Segment: return read_call(*rules, came, text);
        case refused::Door::Webhook: return read_delivery(*rules, came, text);
    }
    return internal_error("a door that there is not");
}

}  // namespace kokemus::app
