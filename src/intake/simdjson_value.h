#pragma once

#include <simdjson.h>

#include "encounter/field_value.h"

namespace kokemus::intake {

/// A value that simdjson has parsed; valid as long as its parser holds the document.
class SimdjsonValue final : public encounter::FieldValue {
public:
    explicit SimdjsonValue(simdjson::dom::element element) : element_(element) {}

    Kind kind() const override;
    std::string_view text() const override;
    double number() const override;
    bool boolean() const override;
    std::string spelling() const override;
    Status each_member(const TakeMember& take) const override;

private:
    simdjson::dom::element element_;
};

}  // namespace kokemus::intake
