#pragma once

#include <functional>
#include <memory>

#include "http/message.h"

namespace kokemus::http {

/// Where the answer of one request goes: kept, handed on, and called when the answer is known, from
/// any thread. The first answer counts; when the last copy goes away without one, the sender gets a
/// 500 problem, so that nobody waits for ever.
class Reply {
public:
    using Send = std::function<void(Response)>;

    explicit Reply(Send send);

    /// Sends the answer; does nothing when one was sent before.
    void operator()(Response response) const;

private:
    struct Once;
    std::shared_ptr<Once> once_;
};

}  // namespace kokemus::http
