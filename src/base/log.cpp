#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <memory>
#include <string>

#include <spdlog/logger.h>
#include <spdlog/pattern_formatter.h>
#include <spdlog/sinks/ansicolor_sink.h>

#include "base/log_fields.h"
#include "base/log_form.h"
#include "base/text.h"

namespace kokemus {

namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
    switch (level) {
        case LogLevel::Debug: return spdlog::level::debug;
        case LogLevel::Info: return spdlog::level::info;
        case LogLevel::Warning: return spdlog::level::warn;
        case LogLevel::Error: break;
    }
    return spdlog::level::err;
}

std::unique_ptr<spdlog::logger> make_logger() {
    const bool terminal = ::isatty(STDERR_FILENO) == 1;
    auto sink = std::make_shared<spdlog::sinks::ansicolor_stderr_sink_mt>(
        terminal ? spdlog::color_mode::always : spdlog::color_mode::never);
    auto logger = std::make_unique<spdlog::logger>("kokemus", std::move(sink));
    logger->set_formatter(std::make_unique<spdlog::pattern_formatter>(
        "%Y-%m-%dT%H:%M:%S.%eZ %^%-7l%$ %v", spdlog::pattern_time_type::utc));
    logger->set_level(spdlog::level::info);
    logger->flush_on(spdlog::level::debug);
    return logger;
}

/// Never destroyed, so that threads may still log while the program ends.
spdlog::logger& logger() {
    static spdlog::logger& only = *make_logger().release();
    return only;
}

std::atomic<bool> is_json = false;

/// As the inside of a JSON text. Bytes that are no UTF-8 become question marks.
std::string json_line(std::string_view text) {
    const bool is_text = is_valid_utf8(text);
    std::string line;
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '"' || letter == '\\') {
            line += '\\';
            line += letter;
        } else if (byte < 0x20 || byte == 0x7F) {
            line += fmt::format("\\u{:04x}", byte);
        } else {
            line += byte >= 0x80 && !is_text ? '?' : letter;
        }
    }
    return line;
}

std::string one_line(std::string_view text) {
    std::string line;
    line.reserve(text.size());
    for (const char letter : text) {
        const auto byte = static_cast<unsigned char>(letter);
        if (letter == '\n') {
            line += "\\n";
        } else if (byte < 0x20 || byte == 0x7F) {
            line += fmt::format("\\x{:02x}", byte);
        } else {
            line += letter;
        }
    }
    return line;
}

/// Of the request that this thread works on.
thread_local std::string_view present_request;

std::string as_member(const LogField& field) {
    const auto* text = std::get_if<std::string_view>(&field.value);
    return fmt::format(
        R"("{}":{})",
        field.name,
        text != nullptr
            ? "\"" + json_line(*text) + "\""
            : std::visit([](auto value) { return fmt::format("{}", value); }, field.value));
}

std::string as_word(const LogField& field) {
    return fmt::format(
        " {}={}",
        field.name,
        std::visit([](auto value) { return one_line(fmt::format("{}", value)); }, field.value));
}

}  // namespace

void set_log_form(LogForm form) {
    constexpr const char* text = "%Y-%m-%dT%H:%M:%S.%eZ %^%-7l%$ %v";
    constexpr const char* json = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})";
    is_json = form == LogForm::Json;
    logger().set_formatter(std::make_unique<spdlog::pattern_formatter>(
        form == LogForm::Json ? json : text, spdlog::pattern_time_type::utc));
}

Result<LogLevel> read_log_level(std::string_view name) {
    if (name == "debug") {
        return LogLevel::Debug;
    }
    if (name == "info") {
        return LogLevel::Info;
    }
    if (name == "warning") {
        return LogLevel::Warning;
    }
    if (name == "error") {
        return LogLevel::Error;
    }
    return invalid_input("write debug, info, warning or error");
}

void set_log_level(LogLevel level) {
    logger().set_level(spdlog_level(level));
}

bool log_wanted(LogLevel level) {
    return logger().should_log(spdlog_level(level));
}

void log_line(LogLevel level, std::string_view text) {
    log_fields(level, text, {});
}

void log_fields(LogLevel level, std::string_view text, std::span<const LogField> fields) {
    if (!log_wanted(level)) {
        return;
    }
    std::string line = is_json ? "\"text\":\"" + json_line(text) + "\"" : one_line(text);
    const auto add = [&line](const LogField& field) {
        line += is_json ? "," + as_member(field) : as_word(field);
    };
    for (const LogField& field : fields) {
        add(field);
    }
    if (!present_request.empty()) {
        add({"request", present_request});
    }
    logger().log(spdlog_level(level), line);
}

LogOfRequest::LogOfRequest(std::string_view id) : before_(present_request) {
    present_request = id;
}

LogOfRequest::~LogOfRequest() {
    present_request = before_;
}

}  // namespace kokemus
