#pragma once

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/object.hpp>

#include "base/result.h"

// For *_api.cpp files only: brings in Boost.JSON.
namespace kokemus::account {

/// A JSON object that was sent, read member by member. Each error names the member and what to
/// write instead; never what was sent, since that may be a password.
class SentJson {
public:
    /// Fails on what is no object, and on a member that is not among `known`: a name spelled wrong
    /// is said, and nothing can be set that a route does not mean to be set.
    static Result<SentJson> read(std::string_view body,
                                 std::initializer_list<std::string_view> known);

    bool has(std::string_view name) const { return object_.contains(name); }

    /// Fails when it is absent or no text.
    Result<std::string> text(std::string_view name) const;

    /// `otherwise` when it is absent or null.
    Result<std::string> text_or(std::string_view name, std::string otherwise) const;
    Result<bool> flag_or(std::string_view name, bool otherwise) const;
    Result<std::vector<std::string>> texts_or(std::string_view name,
                                              std::vector<std::string> otherwise) const;

private:
    explicit SentJson(boost::json::object object) : object_(std::move(object)) {}

    /// Null for what is absent or null.
    const boost::json::value* find(std::string_view name) const;

    boost::json::object object_;
};

}  // namespace kokemus::account
