#include "intake/segment_item.h"

#include <array>

#include <fmt/format.h>

#include "encounter/encounter_json.h"
#include "encounter/faults.h"
#include "encounter/properties.h"
#include "intake/door_rules.h"

namespace kokemus::intake {

namespace {

namespace json = boost::json;
using blueprint::EventKind;
using encounter::CustomerName;
using encounter::Evidence;
using Fault = std::optional<SegmentFault>;

/// Of the context, what tells how the customer was reached. Not kept: `ip`, `userAgent` and
/// `traits`, which say who it was.
constexpr auto context_kept = std::to_array<std::string_view>({"active",
                                                               "app",
                                                               "campaign",
                                                               "channel",
                                                               "device",
                                                               "library",
                                                               "locale",
                                                               "network",
                                                               "os",
                                                               "page",
                                                               "referrer",
                                                               "screen",
                                                               "timezone"});

constexpr auto device_left_out = std::to_array<std::string_view>({"id", "advertisingId", "token"});

/// One item on its way into the batch.
class ItemReader {
public:
    ItemReader(const SegmentItem& item, const SegmentSetting& setting, SentBatch& batch)
        : sent_(item),
          item_(item.item),
          setting_(setting),
          batch_(batch),
          user_(text_member(item_, "userId")),
          anonymous_(text_member(item_, "anonymousId")) {
        const json::object* context = object_member(item_, "context");
        context_ = context == nullptr ? &nothing_ : context;
    }

    Fault take() {
        if (Fault fault = check_ids()) {
            return fault;
        }
        if (const std::string_view rule = excluded_by(); !rule.empty()) {
            batch_.excluded.push_back({sent_.index, std::string(rule)});
            return {};
        }
        batch_.whose.push_back({sent_.index, customer()});
        Fault fault = take_call();
        return fault ? fault : take_consents();
    }

private:
    Fault take_call() {
        switch (sent_.call) {
            case SegmentCall::Identify: return take_identify();
            case SegmentCall::Group: return take_group();
            case SegmentCall::Alias: return take_alias();
            case SegmentCall::Track: return take_track();
            case SegmentCall::Page: return take_view(EventKind::Page);
            case SegmentCall::Screen: return take_view(EventKind::Screen);
            case SegmentCall::Batch: break;
        }
        return SegmentFault{"invalid_type", "a batch may not hold a batch"};
    }

    Fault check_ids() const {
        const std::string id = text_member(item_, "messageId");
        if (id.size() > segment_message_id_bytes_max) {
            return SegmentFault{"message_id_too_long",
                                fmt::format("`messageId` is {} bytes long; at most {} may be",
                                            id.size(),
                                            segment_message_id_bytes_max)};
        }
        for (const char* name : {"userId", "anonymousId", "groupId", "previousId"}) {
            const encounter::Customer named{CustomerName(text_member(item_, name)), {}};
            const auto faults = encounter::check(named);
            if (named.name.value().size() > segment_name_bytes_max) {
                return SegmentFault{"invalid_id",
                                    fmt::format("`{}` is {} bytes long; at most {} may be",
                                                name,
                                                named.name.value().size(),
                                                segment_name_bytes_max)};
            }
            if (!named.name.value().empty() && !faults.empty()) {
                return SegmentFault{"invalid_id",
                                    fmt::format("`{}` {}", name, faults.front().reason)};
            }
        }
        if (sent_.call == SegmentCall::Alias) {
            return {};
        }
        if (user_.empty() && anonymous_.empty()) {
            return SegmentFault{"no_user_anon_id", "needs a `userId` or an `anonymousId`"};
        }
        return {};
    }

    std::string_view excluded_by() const {
        std::string user_agent = text_member(*context_, "userAgent");
        if (user_agent.empty()) {
            user_agent = setting_.user_agent;
        }
        std::string address = text_member(*context_, "ip");
        const json::value* direct = context_->if_contains("direct");
        const bool is_direct = direct != nullptr && direct->is_bool() && direct->get_bool();
        if (address.empty() || is_direct) {
            address = setting_.address;
        }
        return setting_.exclusions.excluded_by({user_agent, address, email()});
    }

    /// The e-mail address by which the message names the customer; empty when it does not.
    std::string email() const {
        for (const json::object* place : {object_member(item_, "traits"),
                                          object_member(*context_, "traits"),
                                          object_member(item_, "properties")}) {
            std::string found = place == nullptr ? std::string() : text_member(*place, "email");
            if (!found.empty()) {
                return found;
            }
        }
        return user_.find('@') == std::string::npos ? std::string() : user_;
    }

    CustomerName customer() const { return CustomerName(user_.empty() ? anonymous_ : user_); }

    Fault put_customer(encounter::Customer customer) {
        if (const auto faults = encounter::check(customer); !faults.empty()) {
            return SegmentFault{"invalid_traits", encounter::to_error(faults).message};
        }
        if (!customer.traits.empty()) {
            batch_.customers.push_back(std::move(customer));
        }
        return {};
    }

    void assert_identity(const std::string& name, const std::string& other, Evidence evidence,
                         std::string text = {}) {
        if (!name.empty() && !other.empty() && name != other) {
            batch_.identities.push_back({CustomerName(name),
                                         CustomerName(other),
                                         evidence,
                                         "segment",
                                         {},
                                         std::move(text)});
        }
    }

    /// The cookie is the user's; a user alone is one who had signed in.
    void assert_same_message() {
        assert_identity(anonymous_, user_, Evidence::SameMessage);
        if (!user_.empty() && (anonymous_.empty() || anonymous_ == user_)) {
            assert_of_one(user_, Evidence::Verified);
        }
    }

    void assert_of_one(const std::string& name, Evidence evidence) {
        batch_.identities.push_back(
            {CustomerName(name), CustomerName(name), evidence, "segment", {}, {}});
    }

    /// What the banner of a page was answered, with whatever is sent.
    Fault take_consents() {
        const json::object* consent = object_member(*context_, "consent");
        const json::object* preferences =
            consent == nullptr ? nullptr : object_member(*consent, "categoryPreferences");
        return preferences == nullptr ? Fault()
                                      : put_customer({customer(), segment_consents(*preferences)});
    }

    Fault take_identify() {
        const json::object* traits = object_member(item_, "traits");
        if (traits != nullptr) {
            if (Fault fault = put_customer({customer(), segment_traits(*traits)})) {
                return fault;
            }
        }
        if (user_.empty()) {
            // Traits may tie it to somebody: then it counts that it is nobody's own id.
            assert_of_one(anonymous_, Evidence::Anonymous);
        }
        assert_same_message();
        return {};
    }

    /// What the ledger does not keep must not get there: it would refuse all that others sent with
    /// it.
    static Fault check_role(const std::string& role) {
        const auto faults = encounter::check(encounter::Assertion{
            CustomerName("a"), CustomerName("b"), Evidence::Member, "segment", {}, role});
        if (faults.empty()) {
            return {};
        }
        return SegmentFault{"invalid_traits",
                            fmt::format("`traits.role` {}", faults.front().reason)};
    }

    Fault take_group() {
        const std::string group = text_member(item_, "groupId");
        if (group.empty()) {
            return SegmentFault{"missing_group_id", "needs a `groupId`"};
        }
        const json::object* traits = object_member(item_, "traits");
        const std::string role = traits == nullptr ? std::string() : text_member(*traits, "role");
        if (Fault fault = check_role(role)) {
            return fault;
        }
        if (traits != nullptr) {
            if (Fault fault = put_customer({CustomerName(group), segment_traits(*traits)})) {
                return fault;
            }
        }
        // So that questions may ask by account, as by any trait: of several the last.
        if (Fault fault = put_customer({customer(), {{"account", group}}})) {
            return fault;
        }
        assert_identity(customer().value(), group, Evidence::Member, role);
        assert_same_message();
        return {};
    }

    Fault take_alias() {
        const std::string previous = text_member(item_, "previousId");
        if (previous.empty() || user_.empty()) {
            return SegmentFault{previous.empty() ? "missing_previous_id" : "missing_user_id",
                                "an alias needs `previousId` and `userId`"};
        }
        assert_identity(previous, user_, Evidence::Alias);
        return {};
    }

    Fault take_track() {
        const std::string event = text_member(item_, "event");
        if (event.empty()) {
            return SegmentFault{"missing_event", "a track call needs an `event`"};
        }
        return take_encounter({EventKind::Track, event, {}});
    }

    Fault take_view(EventKind kind) {
        std::string name = text_member(item_, "name");
        std::string path;
        const json::object* properties = object_member(item_, "properties");
        if (properties != nullptr) {
            path = text_member(*properties, "path");
            name = name.empty() ? text_member(*properties, "name") : name;
        }
        const json::object* page = object_member(*context_, "page");
        if (path.empty() && page != nullptr) {
            path = text_member(*page, "path");
        }
        return take_encounter({kind, name, path});
    }

    Fault take_encounter(const SentEvent& event) {
        if (setting_.events.skips(event)) {
            batch_.excluded.push_back({sent_.index, "skipped by its event's rule"});
            return {};
        }
        json::object wire{{"customer", customer().value()}, {"sequence", sent_.sequence}};
        if (const std::string id = text_member(item_, "messageId"); !id.empty()) {
            wire["id"] = id;
        }
        const auto time = time_of_item();
        if (!time) {
            return SegmentFault{"invalid_timestamp", time.error().message};
        }
        wire["time"] = format_instant(*time);
        wire["properties"] = properties();
        setting_.events.fill(event, item_, channel(event.kind), wire);
        auto read = encounter::encounter_from_json(json::value(std::move(wire)));
        if (read) {
            if (const auto faults = sent_faults(*read, setting_.events.blueprint());
                !faults.empty()) {
                read = encounter::to_error(faults);
            }
        }
        if (!read) {
            return SegmentFault{"invalid_event", std::move(read.error().message)};
        }
        assert_same_message();
        batch_.encounters.push_back(std::move(*read));
        batch_.places.push_back(sent_.index);
        return {};
    }

    Result<Instant> time_of_item() const {
        std::optional<Instant> original = TRY(instant_member(item_, "timestamp"));
        if (!original) {
            original = TRY(instant_member(item_, "originalTimestamp"));
        }
        if (!original) {
            return setting_.received_at;
        }
        // A clock that cannot be read is none.
        const auto own = instant_member(item_, "sentAt");
        const std::optional<Instant> sent = own && *own ? *own : sent_.sent_at;
        return corrected_time(*original, sent, setting_.received_at);
    }

    /// What was said of the event, and under `context` how it was reached.
    json::object properties() const {
        const json::object* sent = object_member(item_, "properties");
        json::object all = sent == nullptr ? json::object() : *sent;
        json::object context;
        for (const std::string_view name : context_kept) {
            if (const json::value* value = context_->if_contains(name)) {
                context[name] = *value;
            }
        }
        if (json::value* device = context.if_contains("device"); device && device->is_object()) {
            for (const std::string_view name : device_left_out) {
                device->get_object().erase(name);
            }
        }
        if (!context.empty() && !all.contains("context")) {
            all["context"] = std::move(context);
        }
        return all;
    }

    /// Where it seems to have happened; empty when nothing tells.
    std::string_view channel(EventKind kind) const {
        const std::string said = text_member(*context_, "channel");
        if (kind == EventKind::Screen || said == "mobile") {
            return "app";
        }
        const bool is_page = kind == EventKind::Page || object_member(*context_, "page") != nullptr;
        return said == "browser" || (is_page && said != "server") ? "web" : "";
    }

    static inline const json::object nothing_;

    const SegmentItem& sent_;
    const json::object& item_;
    const SegmentSetting& setting_;
    SentBatch& batch_;
    const std::string user_;
    const std::string anonymous_;
    const json::object* context_ = nullptr;
};

}  // namespace

Fault take_segment_item(const SegmentItem& item, const SegmentSetting& setting, SentBatch& batch) {
    return ItemReader(item, setting, batch).take();
}

}  // namespace kokemus::intake
