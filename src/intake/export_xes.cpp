#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <boost/json.hpp>
#include <fmt/format.h>

#include "base/file.h"
#include "intake/export_writer.h"

namespace kokemus::intake {

namespace {

constexpr std::string_view head = R"(<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
  <extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
  <extension name="Kokemus" prefix="kokemus" uri="urn:kokemus:encounter"/>
  <classifier name="Touchpoint" keys="concept:name"/>
)";

/// Where the next character stands that XML 1.0 cannot hold, even as a reference; npos: nowhere.
std::size_t find_unfit(std::string_view text, std::size_t from = 0) {
    for (std::size_t at = from; at < text.size(); ++at) {
        const auto c = static_cast<unsigned char>(text[at]);
        const bool control = c < 0x20 && c != '\t' && c != '\n' && c != '\r';
        const bool nonsense = c == 0xEF && at + 2 < text.size() &&
                              static_cast<unsigned char>(text[at + 1]) == 0xBF &&
                              static_cast<unsigned char>(text[at + 2]) >= 0xBE;  // U+FFFE, U+FFFF
        if (control || nonsense) {
            return at;
        }
    }
    return std::string_view::npos;
}

/// The text with U+FFFD in place of what XML cannot hold, so that other readers see something.
std::string fit(std::string_view text) {
    std::string out(text);
    for (std::size_t at = find_unfit(out); at != std::string::npos; at = find_unfit(out, at + 3)) {
        const bool control = static_cast<unsigned char>(out[at]) < 0x20;
        out.replace(at, control ? 1 : 3, "\xEF\xBF\xBD");
    }
    return out;
}

std::string escape(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            case '\n': out += "&#10;"; break;
            case '\r': out += "&#13;"; break;
            case '\t': out += "&#9;"; break;
            default: out += c;
        }
    }
    return out;
}

/// A JSON string in which characters that XML cannot hold are written as \u escapes.
std::string json_text(std::string_view text) {
    std::string out = boost::json::serialize(boost::json::string_view(text.data(), text.size()));
    for (const auto& [bytes, written] :
         {std::pair("\xEF\xBF\xBE", "\\ufffe"), std::pair("\xEF\xBF\xBF", "\\uffff")}) {
        for (std::size_t at = out.find(bytes); at != std::string::npos; at = out.find(bytes, at)) {
            out.replace(at, 3, written);
        }
    }
    return out;
}

/// The attributes of one trace or event. Texts that XML cannot hold go to `kokemus:escaped`.
class Attributes {
public:
    explicit Attributes(std::string_view indent) : indent_(indent) {}

    void text(std::string_view key, std::string_view field, std::string_view value) {
        if (value.empty()) {
            return;
        }
        element("string", key, fit(value));
        if (find_unfit(value) != std::string_view::npos) {
            escaped_ +=
                fmt::format("{}\"{}\":{}", escaped_.empty() ? "" : ",", field, json_text(value));
        }
    }

    void element(std::string_view type, std::string_view key, std::string_view value) {
        out_ += fmt::format("{}<{} key=\"{}\" value=\"{}\"/>\n", indent_, type, key, escape(value));
    }

    void number(std::string_view key, std::optional<double> value) {
        if (value) {
            element("float", key, fmt::format("{}", *value));
        }
    }

    std::string take() {
        if (!escaped_.empty()) {
            element("string", "kokemus:escaped", "{" + escaped_ + "}");
        }
        return std::move(out_);
    }

private:
    std::string_view indent_;
    std::string out_;
    std::string escaped_;
};

std::string event_xml(const encounter::Encounter& one) {
    Attributes attributes("      ");
    attributes.text("concept:name", "touchpoint", one.touchpoint);
    attributes.element("date", "time:timestamp", format_instant(one.time));
    attributes.text("org:resource", "employee", one.employee);
    attributes.text("org:group", "department", one.department);
    attributes.text("kokemus:id", "id", one.id.value());
    attributes.element("string", "kokemus:sequence", std::to_string(one.sequence));
    attributes.text("kokemus:channel", "channel", one.channel);
    attributes.number("kokemus:score", one.score);
    attributes.text("kokemus:scale", "scale", one.scale);
    attributes.text("kokemus:text", "text", one.text);
    attributes.text("kokemus:language", "language", one.language);
    attributes.number("kokemus:value", one.value);
    attributes.number("kokemus:duration", one.duration_seconds);
    attributes.text("kokemus:due", "due", dues_as_json(one));
    attributes.text("kokemus:properties", "properties", one.properties);
    if (one.time_clamped) {
        attributes.element("boolean", "kokemus:time_clamped", "true");
    }
    return "    <event>\n" + attributes.take() + "    </event>\n";
}

/// A trace per thread of a customer, and one for what belongs to no thread; in the order in which
/// they begin. Keeps the encounters of one customer until the next one comes.
class XesWriter final : public ExportWriter {
public:
    explicit XesWriter(FileWriter file) : file_(std::move(file)) {}

    Status begin() { return file_.write(head); }

    Status write(const encounter::Encounter& one) override {
        if (one.customer.value() != customer_) {
            TRY(flush());
            customer_ = one.customer.value();
        }
        const auto [place, fresh] = places_.try_emplace(one.thread.value(), traces_.size());
        if (fresh) {
            traces_.emplace_back(one.thread.value(), std::string());
        }
        traces_[place->second].second += event_xml(one);
        return {};
    }

    Status write(const encounter::Customer&) override {
        return invalid_input(
            "customers cannot be written as XES, which knows traces and events only; choose csv, "
            "jsonl or parquet");
    }

    Status commit() override {
        TRY(flush());
        TRY(file_.write("</log>\n"));
        return file_.commit();
    }

private:
    Status flush() {
        for (const auto& [thread, events] : traces_) {
            Attributes attributes("    ");
            const std::string& name = thread.empty() ? customer_ : thread;
            attributes.element("string", "concept:name", fit(name));
            attributes.text("kokemus:customer", "customer", customer_);
            attributes.text("kokemus:thread", "thread", thread);
            TRY(file_.write("  <trace>\n" + attributes.take() + events + "  </trace>\n"));
        }
        traces_.clear();
        places_.clear();
        return {};
    }

    FileWriter file_;
    std::string customer_;
    std::vector<std::pair<std::string, std::string>> traces_;  ///< thread, its events
    std::map<std::string, std::size_t> places_;
};

}  // namespace

Result<std::unique_ptr<ExportWriter>> make_xes_writer(const ExportOptions& options) {
    auto writer = std::make_unique<XesWriter>(TRY(FileWriter::create(options.file)));
    TRY(writer->begin());
    return std::unique_ptr<ExportWriter>(std::move(writer));
}

}  // namespace kokemus::intake
