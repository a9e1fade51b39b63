#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <mutex>

#include <boost/asio/ip/address.hpp>

namespace kokemus::http {

/// Who has how many connections open, so that one address does not take the room of all. Addresses
/// of one IPv6 network of 64 bits count as one: nobody is given less. Thread safe.
class Guests {
public:
    /// One connection of an address, until it goes.
    using Seat = std::shared_ptr<const void>;

    /// At most so many each; 0: as many as they like.
    explicit Guests(std::size_t each_max) : each_max_(each_max) {}

    /// A seat; null when the address has as many as it may. This must outlive it.
    Seat come(const boost::asio::ip::address& address);

    std::size_t each_max() const { return each_max_; }

private:
    using Name = boost::asio::ip::address_v6::bytes_type;

    void leave(const Name& name);

    const std::size_t each_max_;
    std::mutex mutex_;
    std::map<Name, std::size_t> open_;  ///< of those who have any
};

}  // namespace kokemus::http
