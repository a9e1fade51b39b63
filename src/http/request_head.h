#pragma once

#include <map>
#include <string>

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/string_body.hpp>
#include <tl/expected.hpp>

#include "base/result.h"
#include "http/router.h"

/// From what Beast has read of a request to ours, and what is answered when that is none.
namespace kokemus::http {

/// All but the body; or the answer to what is no request of ours.
tl::expected<Request, Response> head_of(
    const boost::beast::http::request<boost::beast::http::string_body>& message,
    std::map<std::string, std::string> headers);

/// What is answered to a header that header_lines refuses.
Response refused_header(const Error& error);

/// What is answered when as many wait as may.
Response too_many_waiting();

}  // namespace kokemus::http
