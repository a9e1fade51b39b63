#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace kokemus {

/// What kind of failure it was; the edges map it to an exit code or an HTTP status in one table.
enum class ErrorCode {
    InvalidInput,  ///< what was sent is wrong; the message says where and what to write instead
    NotFound,
    Conflict,  ///< the same id with another body, or a folder that another process holds
    Forbidden,
    TooLarge,     ///< beyond a named limit of base/limits.h
    Unavailable,  ///< may work later: store unreachable, queue full
    DiskFull,
    Corrupt,  ///< a file of ours does not hold what it must
    Cancelled,
    TimedOut,  ///< took longer than it may
    Internal,  ///< our fault
};

/// A failure with words for the reader: what, where, what to do. `detail` is for the log only.
struct Error {
    ErrorCode code = ErrorCode::Internal;
    std::string message;
    std::string detail = {};
    int column = 0;  ///< of a one-line text that could not be read: 1-based, in characters; 0: none

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value or the reason why there is none. A class, not an alias: ignoring one does not compile.
template <typename T>
class [[nodiscard]] Result : public tl::expected<T, Error> {
public:
    using tl::expected<T, Error>::expected;
    // NOLINTNEXTLINE(google-explicit-constructor): an Error is returned where a Result is promised.
    Result(Error error) : tl::expected<T, Error>(tl::unexpected<Error>(std::move(error))) {}
};

using Status = Result<void>;

inline Error invalid_input(std::string message) {
    return Error{ErrorCode::InvalidInput, std::move(message)};
}
// clang-format off
inline Error not_found(std::string message) { return Error{ErrorCode::NotFound, std::move(message)}; }
// clang-format on
inline Error internal_error(std::string message) {
    return Error{ErrorCode::Internal, std::move(message)};
}

/// For TRY: moves the value out, also when there is none (`void`).
template <typename T>
T take(Result<T>&& result) {
    if constexpr (!std::is_void_v<T>) {
        return std::move(*result);
    }
}

}  // namespace kokemus

/// Gives the value of a Result, or returns its error from the function around it. No coroutines.
#define TRY(expression)                                              \
    ({                                                               \
        auto try_result_ = (expression);                             \
        if (!try_result_) {                                          \
            return ::kokemus::Error(std::move(try_result_).error()); \
        }                                                            \
        ::kokemus::take(std::move(try_result_));                     \
    })
