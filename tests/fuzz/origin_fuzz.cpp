#include "account/bounds.h"
#include "account/client_address.h"
#include "account/forgery.h"
#include "account/page_origin.h"
#include "account/throttle.h"
#include "base/text.h"
#include "blueprint/network.h"
#include "hostile_input.h"

namespace {

using namespace kokemus;

void try_origins(std::string_view text) {
    const auto origin = account::read_origin(text);
    if (!origin) {
        fuzz::must(is_valid_utf8(origin.error().message), "refused with words that are no text");
        return;
    }
    fuzz::must(account::read_origin(*origin).value_or("") == *origin,
               "an origin is another when read again");
    fuzz::must(origin->find_first_of(" \t\r\n,") == std::string::npos, "an origin has blanks");
    const std::vector<std::string> both{"https://shop.example", *origin};
    fuzz::must(account::split_origins(account::origins_text(both)) == both, "origins got lost");
    fuzz::must(account::is_among(both, *origin), "an origin is not among itself");
}

void try_address(std::string_view text) {
    const std::string address = account::client_address(text);
    if (!address.empty()) {
        fuzz::must(account::client_address(address) == address, "an address is another");
        fuzz::must(!account::counted_address(address).empty(), "an address counts as none");
    }
    const auto network = blueprint::parse_network(text);
    if (network) {
        fuzz::must(network->bytes.size() == 16 && network->prefix_bits <= 128, "no network");
        fuzz::must(network->contains(text.substr(0, text.find('/'))), "not in its own network");
    }
}

}  // namespace

/// Lines: Origin, Host, Sec-Fetch-Site, Content-Type; each of them also as an origin and an
/// address.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::HostileInput input(bytes, size);
    account::SentBy sent;
    sent.origin = input.line();
    sent.host = input.line();
    sent.site = input.line();
    sent.content_type = input.line();
    sent.has_body = !sent.content_type.empty();
    const Status ours = account::check_origin(sent, account::Transport::Tls);
    if (ours && !sent.origin.empty()) {
        fuzz::must(lower(sent.origin) == "https://" + lower(sent.host), "another page was let in");
    }
    if (ours) {
        fuzz::must(sent.site.empty() || sent.site == "same-origin" || sent.site == "none",
                   "another site was let in");
    }
    for (const std::string_view line : {sent.origin, sent.host, input.rest()}) {
        try_origins(line);
        try_address(line);
    }
    return 0;
}
