#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "encounter/encounter.h"

namespace kokemus::encounter {

/// A JSON value as the fields of an encounter see it, whatever library has parsed it.
class FieldValue {
public:
    enum class Kind { Null, Boolean, Whole, Real, Text, List, Object };
    using TakeMember = std::function<Status(std::string_view, const FieldValue&)>;

    virtual ~FieldValue() = default;
    virtual Kind kind() const = 0;
    virtual std::string_view text() const = 0;  ///< of a Text
    virtual double number() const = 0;          ///< of a Whole or a Real
    virtual bool boolean() const = 0;           ///< of a Boolean
    virtual std::string spelling() const = 0;   ///< canonical, as in encounter/properties.h
    /// Of an Object, in its order; of members with the same name the last alone.
    virtual Status each_member(const TakeMember& take) const = 0;
};

/// Whether the wire form has a field of that name.
bool is_field(std::string_view name);

/// The wire form of encounter/encounter_json.h. Fails with the field's name and what to write
/// instead.
Result<Encounter> read_encounter(const FieldValue& value);

/// A text, or a whole number as its digits.
Result<std::string> read_text(std::string_view field, const FieldValue& value);

}  // namespace kokemus::encounter
