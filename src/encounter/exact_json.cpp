#include "encounter/exact_json.h"

#include <charconv>
#include <cmath>
#include <system_error>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>

namespace kokemus::encounter {

namespace {

namespace json = boost::json;
using json::error_code;

/// Builds the value, and reads the digits of a fraction itself. The names are Boost.JSON's.
struct Builder {
    static constexpr std::size_t max_object_size = json::object::max_size();
    static constexpr std::size_t max_array_size = json::array::max_size();
    static constexpr std::size_t max_key_size = json::string::max_size();
    static constexpr std::size_t max_string_size = json::string::max_size();

    ExactReading* reading = nullptr;
    json::value_stack stack;
    std::size_t depth = 0;
    std::size_t items = 0;
    std::size_t values = 0;
    bool is_list = false;

    /// Counts a value that begins.
    bool count(error_code& failure) {
        items += depth == 1 && is_list ? 1 : 0;
        ++values;
        if (items > reading->items_max || values > reading->values_max) {
            reading->has_too_many = true;
            failure = json::error::array_too_large;
            return false;
        }
        return true;
    }
    bool open(error_code& failure) {
        const bool goes_on = count(failure);
        ++depth;
        return goes_on;
    }

    bool on_document_begin(error_code& /*failure*/) {
        stack.reset();
        return true;
    }
    bool on_document_end(error_code& /*failure*/) { return true; }
    bool on_object_begin(error_code& failure) { return open(failure); }
    bool on_object_end(std::size_t members, error_code& /*failure*/) {
        --depth;
        stack.push_object(members);
        return true;
    }
    bool on_array_begin(error_code& failure) {
        is_list = is_list || depth == 0;
        return open(failure);
    }
    bool on_array_end(std::size_t size, error_code& /*failure*/) {
        --depth;
        stack.push_array(size);
        return true;
    }
    bool on_key_part(json::string_view text, std::size_t /*size*/, error_code& /*failure*/) {
        stack.push_chars(text);
        return true;
    }
    bool on_key(json::string_view text, std::size_t /*size*/, error_code& /*failure*/) {
        stack.push_key(text);
        return true;
    }
    bool on_string_part(json::string_view text, std::size_t /*size*/, error_code& /*failure*/) {
        stack.push_chars(text);
        return true;
    }
    bool on_string(json::string_view text, std::size_t /*size*/, error_code& failure) {
        stack.push_string(text);
        return count(failure);
    }
    /// Never called: the parser has the whole text at once, so that no number comes in parts.
    bool on_number_part(json::string_view /*text*/, error_code& /*failure*/) { return true; }
    bool on_int64(std::int64_t number, json::string_view /*text*/, error_code& failure) {
        stack.push_int64(number);
        return count(failure);
    }
    bool on_uint64(std::uint64_t number, json::string_view /*text*/, error_code& failure) {
        stack.push_uint64(number);
        return count(failure);
    }
    bool on_double(double near, json::string_view text, error_code& failure) {
        double exact = near;
        const char* end = text.data() + text.size();
        const auto read = std::from_chars(text.data(), end, exact);
        exact = read.ec == std::errc() && read.ptr == end ? exact : near;
        if (!std::isfinite(exact)) {
            failure = json::error::exponent_overflow;
            return false;
        }
        stack.push_double(exact);
        return count(failure);
    }
    bool on_bool(bool truth, error_code& failure) {
        stack.push_bool(truth);
        return count(failure);
    }
    bool on_null(error_code& failure) {
        stack.push_null();
        return count(failure);
    }
    bool on_comment_part(json::string_view /*text*/, error_code& /*failure*/) { return true; }
    bool on_comment(json::string_view /*text*/, error_code& /*failure*/) { return true; }
};

}  // namespace

json::value parse_exactly(std::string_view text, error_code& failure, ExactReading& reading) {
    json::parse_options options;
    options.max_depth = reading.depth_max;
    json::basic_parser<Builder> parser{options};
    parser.handler().reading = &reading;
    reading.used = parser.write_some(false, text.data(), text.size(), failure);
    return failure ? json::value() : parser.handler().stack.release();
}

json::value parse_exactly(std::string_view text, error_code& failure) {
    ExactReading reading;
    json::value value = parse_exactly(text, failure, reading);
    if (!failure && reading.used < text.size()) {
        failure = json::error::extra_data;
    }
    return failure ? json::value() : value;
}

}  // namespace kokemus::encounter
