#pragma once

#include <functional>
#include <string>

#include "base/result.h"

namespace kokemus::records {
class Session;
}

namespace kokemus::courier {

/// Who does something, and from where; for the audit log.
struct Doing {
    std::string who;
    std::string address = {};
};

/// Something that was done here.
struct Done {
    Doing by;
    std::string action;   ///< "target.add"
    std::string subject;  ///< id of what it was done to
    std::string note = {};
};

/// Told of everything that is done, in its transaction, so that it stands in the audit log or did
/// not happen.
using NoteDone = std::function<Status(records::Session&, const Done&)>;

/// Who switches targets off when nobody does.
inline Doing by_the_courier() {
    return {"courier", {}};
}

}  // namespace kokemus::courier
