#pragma once

#include <map>
#include <string>
#include <string_view>

#include <boost/beast/http/message.hpp>

#include "base/result.h"

// For .cpp files of this folder only: brings in Boost.Beast.
namespace kokemus::http {

using Header = boost::beast::http::header<true, boost::beast::http::fields>;

/// The header lines by their names in small letters; to be called before the body is read, as Beast
/// puts what follows a chunked one among them, past every proxy that sets X-Forwarded-For.
///
/// Lines of one name are a list (RFC 9110, 5.3). InvalidInput where that makes no sense, as one
/// reader takes the first of them and another one the last: who is it that signs in? And where not
/// everybody on the way agrees where the request ends and to whom it goes, as then a part of one
/// client's request becomes the next one's ("request smuggling"): a Transfer-Encoding whose last
/// coding is not chunked, one in HTTP/1.0, more or less than one Host. What Beast refuses itself:
/// both a Content-Length and a Transfer-Encoding, lengths that differ, lines that end in a line
/// feed alone, blanks before a colon.
Result<std::map<std::string, std::string>> header_lines(const Header& header, bool is_chunked);

/// Whether a value may stand in an answer's header: with a line end in it, it would be several
/// lines, or the beginning of the body.
bool is_header_value(std::string_view value);

}  // namespace kokemus::http
