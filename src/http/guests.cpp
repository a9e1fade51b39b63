#include "http/guests.h"

#include <algorithm>

namespace kokemus::http {

namespace asio = boost::asio;

namespace {

constexpr std::ptrdiff_t network_bytes = 8;

/// IPv4 in its IPv6 form; of IPv6 the network.
asio::ip::address_v6::bytes_type name_of(const asio::ip::address& address) {
    if (address.is_v4()) {
        return asio::ip::make_address_v6(asio::ip::v4_mapped, address.to_v4()).to_bytes();
    }
    auto bytes = address.to_v6().to_bytes();
    if (!address.to_v6().is_v4_mapped()) {
        std::fill(bytes.begin() + network_bytes, bytes.end(), std::uint8_t{0});
    }
    return bytes;
}

}  // namespace

Guests::Seat Guests::come(const asio::ip::address& address) {
    static const int anybody = 0;
    if (each_max_ == 0) {
        return {std::shared_ptr<void>(), &anybody};
    }
    const Name name = name_of(address);
    {
        const std::scoped_lock lock(mutex_);
        std::size_t& open = open_[name];
        if (open >= each_max_) {
            return nullptr;
        }
        ++open;
    }
    return {&anybody, [this, name](const void*) { leave(name); }};
}

void Guests::leave(const Name& name) {
    const std::scoped_lock lock(mutex_);
    const auto found = open_.find(name);
    if (--found->second == 0) {
        open_.erase(found);
    }
}

}  // namespace kokemus::http
