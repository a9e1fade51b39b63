#pragma once

#include <span>
#include <string>
#include <string_view>

#include "app/command.h"
#include "base/result.h"

namespace kokemus::app {

/// Where no server holds the data folder: notes in its audit log, as the operator's doing, that
/// this ("customer.erase") is about to be done with each of these customers. On disk when it
/// returns; when it fails, nothing may be done.
Status note_here(const CommandSettings& settings, std::string_view action,
                 std::span<const std::string> customers);

/// The same of something that is done with no single customer: `note` says what, without names.
Status note_here(const CommandSettings& settings, std::string_view action, std::string_view note);

/// The same of what is only looked at: in a folder that has no audit log none is made for it.
/// `subject` is an id or `audited_customer`; empty: a list.
Status note_reading_here(const CommandSettings& settings, std::string_view action,
                         const std::string& subject);

/// Where no server holds the data folder: keeps an event (tell.h) for whoever wants it, which the
/// next server sends.
void tell_here(const CommandSettings& settings, std::string_view type, std::string_view fields);

}  // namespace kokemus::app
