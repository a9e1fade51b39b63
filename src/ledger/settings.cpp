#include "ledger/settings.h"

#include <mutex>
#include <string_view>

#include "base/hash.h"
#include "duck/appender.h"
#include "duck/duck.h"
#include "ledger/names.h"
#include "ledger/start_seed.h"

namespace kokemus::ledger {

namespace {

std::size_t mix(std::size_t hash, std::string_view text) {
    return hash64(text, hash);
}

std::size_t hash_of(const std::string& touchpoint, const std::string& channel,
                    const std::string& department, const std::string& scale,
                    const std::string& language) {
    return mix(mix(mix(mix(mix(start_seed(), touchpoint), channel), department), scale), language);
}

std::size_t hash_of(const Setting& setting) {
    return hash_of(*setting.touchpoint,
                   *setting.channel,
                   *setting.department,
                   *setting.scale,
                   *setting.language);
}

bool is_of(const Setting& setting, const encounter::Encounter& encounter) {
    return *setting.touchpoint == encounter.touchpoint && *setting.channel == encounter.channel &&
           *setting.department == encounter.department && *setting.scale == encounter.scale &&
           *setting.language == encounter.language && setting.clamped == encounter.time_clamped;
}

}  // namespace

Status Settings::load(duck::Connection& connection) {
    auto rows = TRY(
        connection.query("SELECT code, touchpoint, channel, department, scale, language, clamped "
                         "FROM setting ORDER BY code"));
    while (const auto chunk = TRY(rows.next())) {
        for (std::size_t row = 0; row < chunk->size(); ++row) {
            const auto text = [&](std::size_t column) {
                return &names_.text(chunk->column(column).number<std::uint32_t>(row));
            };
            if (chunk->column(0).number<std::uint32_t>(row) != next_) {
                return Error{ErrorCode::Corrupt,
                             "the ledger's table of settings has a gap; restore it from a backup"};
            }
            add({text(1), text(2), text(3), text(4), text(5), chunk->column(6).number<bool>(row)});
        }
    }
    saved_ = next_;
    return {};
}

const Setting& Settings::add(const Setting& setting) {
    codes_.emplace(hash_of(setting), next_++);
    const std::unique_lock lock(mutex_);
    return settings_.emplace_back(setting);
}

std::uint32_t Settings::code(const encounter::Encounter& encounter) {
    const std::size_t hash = hash_of(encounter.touchpoint,
                                     encounter.channel,
                                     encounter.department,
                                     encounter.scale,
                                     encounter.language);
    const auto [from, to] = codes_.equal_range(hash);
    for (auto found = from; found != to; ++found) {
        if (is_of(settings_[found->second], encounter)) {
            return found->second;
        }
    }
    const auto text = [&](const std::string& of) { return &names_.text(names_.code(of)); };
    add({text(encounter.touchpoint),
         text(encounter.channel),
         text(encounter.department),
         text(encounter.scale),
         text(encounter.language),
         encounter.time_clamped});
    return next_ - 1;
}

const Setting* Settings::setting(std::uint32_t code) const {
    const std::shared_lock lock(mutex_);
    return code < settings_.size() ? &settings_[code] : nullptr;
}

Status Settings::save(duck::Connection& connection, std::uint32_t end) {
    if (saved_ >= end) {
        return {};
    }
    auto appender = TRY(duck::Appender::open(connection, "setting"));
    for (std::uint32_t code = saved_; code < end; ++code) {
        const Setting& one = *setting(code);
        appender.number(0, code);
        std::size_t column = 1;
        for (const std::string* text :
             {one.touchpoint, one.channel, one.department, one.scale, one.language}) {
            appender.number(column++, names_.code(*text));
        }
        appender.number(column, one.clamped);
        TRY(appender.end_row());
    }
    return appender.finish();
}

}  // namespace kokemus::ledger
