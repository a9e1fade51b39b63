#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace kokemus::http {

/// Fails on a query parameter that is not among `known`, with the name that may be meant and all
/// that there are: a misspelt one would otherwise be answered as if nothing had been asked for.
Status only_known(const Request& request, std::span<const std::string_view> known);
Status only_known(const Request& request, std::initializer_list<std::string_view> known);

}  // namespace kokemus::http
