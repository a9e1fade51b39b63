#include "intake/xes_reader.h"

#include <array>
#include <memory>
#include <utility>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <expat.h>
#include <fmt/format.h>

#include "base/limits.h"
#include "base/text.h"

namespace kokemus::intake {

namespace {

constexpr std::size_t piece_bytes = 256 * 1024;

/// What an open element is, for the handler of its end and of its children.
enum class Element { Log, Trace, Event, Attribute, List, Values, Ignored };

struct Open {
    Element element = Element::Ignored;
    std::size_t key_bytes = 0;  ///< length of the key path before this element
};

class XesParser {
public:
    XesParser(std::string_view file_name, const XesTaker& taker)
        : file_name_(file_name),
          taker_(taker) {}

    Status read(ByteReader& bytes);

private:
    static void on_start(void* self, const XML_Char* name, const XML_Char** attributes);
    static void on_end(void* self, const XML_Char* name);
    static void on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int);

    void start(std::string_view name, const XML_Char** attributes);
    void start_attribute(std::string_view name, const XML_Char** attributes);
    bool hold(std::size_t bytes);
    void end();
    void end_event();
    void end_trace();
    void flush_trace();
    void fail(Error error);
    void fail_here(const std::string& message);
    std::uint64_t line() const { return XML_GetCurrentLineNumber(parser_); }
    bool within(Element element) const;
    Error syntax_error(bool at_end) const;

    std::string file_name_;
    const XesTaker& taker_;
    XML_Parser parser_ = nullptr;
    std::vector<Open> open_;
    std::string key_path_;
    bool seen_log_ = false;
    bool in_trace_ = false;
    bool in_event_ = false;
    std::size_t list_depth_ = 0;
    boost::json::array list_;
    std::string list_key_;
    XesTrace trace_;
    std::size_t trace_bytes_ = 0;
    std::size_t event_bytes_ = 0;  ///< of the event being read, or of the trace around it
    std::uint64_t traces_ = 0;
    std::uint64_t last_handled_byte_ = 0;
    Status failure_;
};

std::string_view local_name(std::string_view name) {
    const std::size_t colon = name.rfind(':');
    return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string_view attribute_of(const XML_Char** attributes, std::string_view wanted) {
    for (std::size_t at = 0; attributes[at] != nullptr; at += 2) {
        if (attributes[at] == wanted) {
            return attributes[at + 1];
        }
    }
    return {};
}

/// The type of an attribute element; nothing for other elements.
const XesType* type_named(std::string_view name) {
    static constexpr std::array<std::pair<std::string_view, XesType>, 8> types = {
        {{"string", XesType::Text},
         {"date", XesType::Time},
         {"int", XesType::Whole},
         {"float", XesType::Number},
         {"boolean", XesType::Truth},
         {"id", XesType::Text},
         {"list", XesType::List},
         {"container", XesType::List}}};
    for (const auto& [word, type] : types) {
        if (word == name) {
            return &type;
        }
    }
    return nullptr;
}

std::vector<std::string> split_keys(std::string_view keys) {
    std::vector<std::string> found;
    std::size_t at = 0;
    while (at < keys.size()) {
        const bool quoted = keys[at] == '\'';
        const std::size_t from = quoted ? at + 1 : at;
        const std::size_t end = std::min(keys.find(quoted ? '\'' : ' ', from), keys.size());
        if (end > from) {
            found.emplace_back(keys.substr(from, end - from));
        }
        at = end + 1;
    }
    return found;
}

void XesParser::fail(Error error) {
    if (failure_) {
        failure_ = std::move(error);
        XML_StopParser(parser_, XML_FALSE);
    }
}

void XesParser::fail_here(const std::string& message) {
    fail(invalid_input(fmt::format("{} line {}: {}", file_name_, line(), message)));
}

bool XesParser::within(Element element) const {
    return !open_.empty() && open_.back().element == element;
}

void XesParser::on_start(void* self, const XML_Char* name, const XML_Char** attributes) {
    static_cast<XesParser*>(self)->start(local_name(name), attributes);
}

void XesParser::on_end(void* self, const XML_Char*) {
    static_cast<XesParser*>(self)->end();
}

void XesParser::on_doctype(void* self, const XML_Char*, const XML_Char*, const XML_Char*, int) {
    static_cast<XesParser*>(self)->fail_here(
        "a document type declaration (<!DOCTYPE ...>) is refused, because entities can be used to "
        "attack the reader; "
        "XES needs none, remove it");
}

void XesParser::start(std::string_view name, const XML_Char** attributes) {
    last_handled_byte_ = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_));
    if (open_.size() >= xes_limits::depth_max) {
        fail_here(fmt::format("elements are nested more than {} deep", xes_limits::depth_max));
        return;
    }
    Open opened{Element::Ignored, key_path_.size()};
    if (open_.empty()) {
        if (name != "log") {
            fail_here(fmt::format(
                "the outermost element is <{}> and not <log>, so this is not an XES file", name));
            return;
        }
        seen_log_ = true;
        opened.element = Element::Log;
    } else if (within(Element::Log) && name == "trace") {
        in_trace_ = true;
        event_bytes_ = 0;
        trace_ = XesTrace{.number = ++traces_, .line = line(), .attributes = {}, .events = {}};
        opened.element = Element::Trace;
    } else if (name == "event" && (within(Element::Trace) || within(Element::Log))) {
        in_event_ = true;
        event_bytes_ = 0;
        trace_.events.push_back(XesEvent{line(), {}});
        opened.element = Element::Event;
    } else if (within(Element::Log) && name == "classifier" && taker_.classifier) {
        taker_.classifier(XesClassifier{std::string(attribute_of(attributes, "name")),
                                        split_keys(attribute_of(attributes, "keys"))});
    } else if (within(Element::Log) && name == "extension" && taker_.extension) {
        taker_.extension(attribute_of(attributes, "prefix"));
    } else if ((within(Element::List) || within(Element::Attribute)) && name == "values") {
        opened.element = Element::Values;
    } else if (!within(Element::Ignored) && !within(Element::Log) && type_named(name) != nullptr) {
        open_.push_back(opened);
        start_attribute(name, attributes);
        return;
    }
    open_.push_back(opened);
}

/// An attribute of a trace or event, or (deeper) of another attribute. `open_` ends with this
/// element.
void XesParser::start_attribute(std::string_view name, const XML_Char** attributes) {
    const XesType type = *type_named(name);
    const std::string_view value = attribute_of(attributes, "value");
    open_.back().element = type == XesType::List ? Element::List : Element::Attribute;
    if (list_depth_ > 0) {  // inside a list only the values count
        list_depth_ += type == XesType::List ? 1 : 0;
        if (type != XesType::List) {
            list_.emplace_back(value);
            hold(value.size() + sizeof(boost::json::value));
        }
        return;
    }
    if (!key_path_.empty()) {
        key_path_ += '.';
    }
    key_path_ += attribute_of(attributes, "key");
    if (!hold(key_path_.size() + value.size() + sizeof(XesAttribute))) {
        return;
    }
    if (type == XesType::List) {
        list_depth_ = 1;
        list_.clear();
        list_key_ = key_path_;
        return;
    }
    std::vector<XesAttribute>& target =
        in_event_ ? trace_.events.back().attributes : trace_.attributes;
    if (target.size() >= xes_limits::attributes_per_event_max) {
        fail_here(fmt::format("one event or trace has more than {} attributes",
                              xes_limits::attributes_per_event_max));
        return;
    }
    target.push_back(XesAttribute{key_path_, type, std::string(value)});
}

/// Counts what the next event takes; a trace is handed on in parts, an event as a whole, and each
/// of its attributes repeats the key of the one around it.
bool XesParser::hold(std::size_t bytes) {
    trace_bytes_ += bytes;
    event_bytes_ += bytes;
    if (event_bytes_ > xes_limits::event_bytes_max) {
        fail_here(fmt::format("one event or trace takes more than {} bytes",
                              xes_limits::event_bytes_max));
        return false;
    }
    return true;
}

void XesParser::end() {
    if (!failure_) {
        return;  // expat still ends an empty element after it was told to stop
    }
    last_handled_byte_ = static_cast<std::uint64_t>(XML_GetCurrentByteIndex(parser_));
    const Open closed = open_.back();
    open_.pop_back();
    switch (closed.element) {
        case Element::Trace: end_trace(); break;
        case Element::Event: end_event(); break;
        case Element::List:
            if (list_depth_ > 0 && --list_depth_ == 0) {
                std::vector<XesAttribute>& target =
                    in_event_ ? trace_.events.back().attributes : trace_.attributes;
                target.push_back(
                    XesAttribute{list_key_, XesType::List, boost::json::serialize(list_)});
            }
            break;
        default: break;
    }
    key_path_.resize(closed.key_bytes);
}

void XesParser::end_event() {
    in_event_ = false;
    if (!in_trace_) {
        trace_.number = 0;
        flush_trace();
    } else if (trace_bytes_ > xes_limits::trace_bytes_max) {
        flush_trace();
    }
}

void XesParser::end_trace() {
    flush_trace();
    in_trace_ = false;
    trace_ = XesTrace{};
}

void XesParser::flush_trace() {
    if (auto taken = taker_.trace(trace_); !taken) {
        fail(std::move(taken).error());
    }
    trace_.events.clear();
    trace_bytes_ = 0;
}

Error XesParser::syntax_error(bool at_end) const {
    const XML_Error code = XML_GetErrorCode(parser_);
    if (at_end && (code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN ||
                   code == XML_ERROR_PARTIAL_CHAR)) {
        return invalid_input(
            fmt::format("{} line {}: the file ends in the middle; it was cut off, fetch it again",
                        file_name_,
                        line()));
    }
    return invalid_input(fmt::format(
        "{} line {}: this is not well-formed XML ({}); nothing of the file was imported",
        file_name_,
        line(),
        XML_ErrorString(code)));
}

Status XesParser::read(ByteReader& bytes) {
    const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> owner(
        XML_ParserCreate(nullptr), &XML_ParserFree);
    if (owner == nullptr) {
        return internal_error("cannot set up the XML parser: not enough memory");
    }
    parser_ = owner.get();
    XML_SetUserData(parser_, this);
    XML_SetElementHandler(parser_, &on_start, &on_end);
    XML_SetStartDoctypeDeclHandler(parser_, &on_doctype);
    std::uint64_t fed = 0;
    while (true) {
        void* piece = XML_GetBuffer(parser_, piece_bytes);
        if (piece == nullptr) {
            return internal_error("cannot read XML: not enough memory");
        }
        const std::size_t count =
            TRY(bytes.read(std::span<char>(static_cast<char*>(piece), piece_bytes)));
        const XML_Status status =
            XML_ParseBuffer(parser_, static_cast<int>(count), count == 0 ? XML_TRUE : XML_FALSE);
        TRY(failure_);
        if (status != XML_STATUS_OK) {
            return syntax_error(count == 0);
        }
        if (count == 0) {
            return {};
        }
        fed += count;
        if (fed > last_handled_byte_ + limits::line_bytes_max) {
            return Error{
                ErrorCode::TooLarge,
                fmt::format("{} line {}: a single value or comment is longer than {} bytes",
                            file_name_,
                            line(),
                            limits::line_bytes_max)};
        }
    }
}

}  // namespace

Status read_xes(ByteReader& bytes, std::string_view file_name, const XesTaker& taker) {
    return XesParser(file_name, taker).read(bytes);
}

}  // namespace kokemus::intake
