#include "privacy/pseudonym.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include <boost/json.hpp>
#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "base/file.h"
#include "base/text.h"
#include "encounter/exact_json.h"

namespace kokemus::privacy {

namespace {

namespace json = boost::json;

constexpr std::size_t key_digits = 64;
constexpr std::size_t digest_bytes = 16;

std::string new_key() {
    static const int begun = sodium_init();
    CHECK(begun >= 0);
    std::array<unsigned char, key_digits / 2> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, key_digits + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return {text.data(), key_digits};
}

/// Nobody else may read it from its first byte on.
Status make_key_file(const std::filesystem::path& file) {
    const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return file_error("write", file, errno);
    }
    const std::string text = new_key() + "\n";
    const bool written =
        ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
        ::fsync(descriptor) == 0;
    const int failure = errno;
    ::close(descriptor);
    return written ? sync_folder(file.parent_path()) : Status(file_error("write", file, failure));
}

/// Whole members, as they stand; a member that is not kept goes with all that is in it.
Result<std::string> kept_properties(const std::string& properties,
                                    const std::set<std::string>& kept) {
    boost::system::error_code fault;
    const json::value value = encounter::parse_exactly(properties, fault);
    if (fault || !value.is_object()) {
        return Error{ErrorCode::Corrupt, "an encounter's properties are no JSON object"};
    }
    json::object left;
    for (const auto& [name, member] : value.as_object()) {
        if (kept.contains(std::string(name))) {
            left[name] = member;
        }
    }
    return left.empty() ? std::string() : json::serialize(left);
}

}  // namespace

Result<Pseudonyms> Pseudonyms::open(const std::filesystem::path& key_file, KeptFields kept) {
    if (!std::filesystem::exists(key_file)) {
        TRY(make_key_file(key_file));
    }
    const std::string text = TRY(read_file(key_file, 1024));
    std::string key(trim(text));
    if (key.size() != key_digits ||
        key.find_first_not_of("0123456789abcdef") != std::string::npos) {
        return invalid_input(
            fmt::format("{} must hold {} hexadecimal digits and nothing else; with another key all "
                        "pseudonyms are others",
                        key_file.string(),
                        key_digits));
    }
    return Pseudonyms(std::move(key), std::move(kept));
}

std::string Pseudonyms::of(std::string_view kind, std::string_view name) const {
    if (name.empty()) {
        return {};
    }
    const std::string whole = std::string(kind) + "\n" + std::string(name);
    std::array<unsigned char, digest_bytes> bytes{};
    crypto_generichash(bytes.data(),
                       bytes.size(),
                       reinterpret_cast<const unsigned char*>(whole.data()),
                       whole.size(),
                       reinterpret_cast<const unsigned char*>(key_.data()),
                       key_.size());
    std::array<char, digest_bytes * 2 + 1> text{};
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return fmt::format("{}-{}", kind, text.data());
}

Status Pseudonyms::disguise(encounter::Encounter& encounter) const {
    // One customer's id says nothing of another's, and numbers of orders may be public.
    encounter.id =
        encounter::EncounterId(of("id", encounter.customer.value() + "\n" + encounter.id.value()));
    encounter.customer = encounter::CustomerName(of("customer", encounter.customer.value()));
    encounter.employee = of("employee", encounter.employee);
    encounter.thread = encounter::ThreadName(of("thread", encounter.thread.value()));
    if (!kept_.texts) {
        encounter.text.clear();
        if (!encounter.properties.empty()) {
            encounter.properties = TRY(kept_properties(encounter.properties, kept_.properties));
        }
    }
    return {};
}

void Pseudonyms::disguise(encounter::Customer& customer) const {
    customer.name = encounter::CustomerName(of("customer", customer.name.value()));
    if (!kept_.texts) {
        std::erase_if(customer.traits,
                      [&](const auto& trait) { return !kept_.traits.contains(trait.first); });
    }
}

}  // namespace kokemus::privacy
