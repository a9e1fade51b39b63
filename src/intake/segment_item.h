#pragma once

#include <boost/json.hpp>

#include "consent/consent.h"
#include "intake/segment.h"

// For the segment*.cpp files only: brings in Boost.JSON.
namespace kokemus::intake {

/// Why an item is refused.
struct SegmentFault {
    std::string_view code;
    std::string reason;
};

/// One item with what the body around it adds: merged context, sentAt.
struct SegmentItem {
    SegmentCall call = SegmentCall::Track;
    const boost::json::object& item;
    std::optional<Instant> sent_at;
    std::size_t index = 0;     ///< among the items of the body
    std::size_t sequence = 0;  ///< orders those of one time
};

/// Adds the item to the batch: its encounter, traits, identities, or that a rule leaves it out. On
/// a fault nothing is added.
std::optional<SegmentFault> take_segment_item(const SegmentItem& item,
                                              const SegmentSetting& setting, SentBatch& batch);

/// What `context.consent.categoryPreferences` says, as traits: each category that is true or false
/// is a purpose that is granted or refused.
consent::Traits segment_consents(const boost::json::object& preferences);

/// The traits as the ledger keeps them: texts; of objects (address, company) their members as
/// "address.city"; times in one spelling; `name` from first and last name where it is missing. Null
/// and "" remove a trait.
std::map<std::string, std::string> segment_traits(const boost::json::object& traits);

/// A text, or a whole number as its digits; empty when it is neither, or absent.
std::string text_member(const boost::json::object& object, std::string_view name);

/// An instant as text or Unix number; nothing when absent or null, an error when unreadable.
Result<std::optional<Instant>> instant_member(const boost::json::object& object,
                                              std::string_view name);

/// The object there, or null.
const boost::json::object* object_member(const boost::json::object& object, std::string_view name);

}  // namespace kokemus::intake
