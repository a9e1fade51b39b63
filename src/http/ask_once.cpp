#include "http/ask_once.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <fmt/format.h>

#include "http/router.h"

namespace kokemus::http {

namespace asio = boost::asio;
namespace bhttp = boost::beast::http;

namespace {

Error broken(const Target& target, const boost::system::error_code& why) {
    return Error{
        ErrorCode::Unavailable,
        fmt::format(
            "no answer from {} at port {}: {}", target.address, target.port, why.message())};
}

bhttp::request<bhttp::string_body> request_of(const Target& target, const Asked& asked) {
    bhttp::request<bhttp::string_body> request;
    const std::string_view verb = method_name(asked.method);
    request.method_string({verb.data(), verb.size()});
    request.target(asked.path);
    request.set(bhttp::field::host, fmt::format("{}:{}", target.address, target.port));
    request.set(bhttp::field::content_type, asked.content_type);
    if (!asked.authorization.empty()) {
        request.set(bhttp::field::authorization, asked.authorization);
    }
    if (!asked.if_match.empty()) {
        request.set(bhttp::field::if_match, asked.if_match);
    }
    request.keep_alive(false);
    request.body() = asked.body;
    request.prepare_payload();
    return request;
}

/// Asks over whatever the stream speaks.
template <typename Spoken>
bhttp::response<bhttp::string_body> ask(Spoken& stream,
                                        const bhttp::request<bhttp::string_body>& request,
                                        boost::system::error_code& fault) {
    bhttp::response_parser<bhttp::string_body> heard;
    heard.body_limit(boost::none);  // of a server of ours
    boost::beast::flat_buffer buffer;
    bhttp::write(stream, request, fault);
    if (!fault) {
        bhttp::read(stream, buffer, heard, fault);
    }
    return heard.release();
}

}  // namespace

Result<Response> ask_once(const Target& target, const Asked& asked) {
    asio::io_context context;
    asio::ip::tcp::resolver resolver(context);
    asio::ssl::context trusting(asio::ssl::context::tls_client);
    asio::ssl::stream<asio::ip::tcp::socket> stream(context, trusting);
    boost::system::error_code fault;
    const auto found = resolver.resolve(target.address, std::to_string(target.port), fault);
    if (!fault) {
        asio::connect(stream.next_layer(), found, fault);
    }
    if (!fault && target.is_tls) {
        stream.handshake(asio::ssl::stream_base::client, fault);
    }
    if (fault) {
        return broken(target, fault);
    }
    const auto request = request_of(target, asked);
    auto heard =
        target.is_tls ? ask(stream, request, fault) : ask(stream.next_layer(), request, fault);
    if (fault) {
        return broken(target, fault);
    }
    Response response;
    response.status = static_cast<int>(heard.result_int());
    response.content_type = std::string(heard[bhttp::field::content_type]);
    response.body = std::move(heard.body());
    return response;
}

}  // namespace kokemus::http
