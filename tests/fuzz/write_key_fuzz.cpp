#include "intake/write_key.h"

#include "hostile_input.h"
#include "intake/signing.h"

/// First line: Authorization; then the key of the body.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    fuzz::HostileInput input(bytes, size);
    const std::string_view header = input.line();
    const std::string_view body_key = input.rest();
    const intake::ShownKey shown = intake::shown_key(header, body_key);
    fuzz::must((shown.place == intake::KeyPlace::None) == shown.key.empty(), "a key from nowhere");
    fuzz::must(shown.key.empty() || body_key.empty() || shown.key == body_key,
               "a sender that contradicts itself was believed");
    const intake::OneWriteKey gate(
        "k", {"https://shop.example"}, intake::OneWriteKey::WithoutKey::Closed);
    fuzz::must(gate.sender(shown.key).has_value() == (shown.key == "k"), "another key may write");
    const auto decoded = intake::from_base64(header);
    fuzz::must(!decoded || decoded->size() <= header.size() / 4 * 3, "more than base64 holds");
    return 0;
}
