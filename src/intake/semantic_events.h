#pragma once

#include <string_view>

#include "intake/field_map.h"

namespace kokemus::intake {

/// What a name that the tracking API's senders agree upon (e-commerce v2, e-mail, live chat) means
/// to us: fields of the encounter and their expressions. Null for a name that is none of them.
const FieldMap* semantic_fields(std::string_view event);

/// Whether the `value` of this event goes back to the customer, and so is negative.
bool gives_money_back(std::string_view event);

}  // namespace kokemus::intake
