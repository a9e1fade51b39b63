#include <algorithm>

#include "base/text.h"
#include "courier/bounds.h"
#include "courier/letter.h"
#include "courier/transfer.h"
#include "hostile_input.h"

namespace {

using namespace kokemus;

/// One header: what goes on in a further line begins with a blank.
void must_be_one_header(const std::string& line) {
    for (std::size_t at = line.find_first_of("\r\n"); at != std::string::npos;
         at = line.find_first_of("\r\n", at + 2)) {
        fuzz::must(line.compare(at, 3, "\r\n ") == 0, "a header breaks into several");
    }
    fuzz::must(std::ranges::none_of(line,
                                    [](char letter) {
                                        const auto byte = static_cast<unsigned char>(letter);
                                        return (byte < 0x20 && letter != '\r' && letter != '\n') ||
                                               byte >= 0x7f;
                                    }),
               "a header holds what no mail server takes");
}

}  // namespace

/// Lines: from, to; then the subject, which is also what a server might answer.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    fuzz::HostileInput input(bytes, size);
    const std::string_view from = input.line();
    courier::Letter letter;
    letter.to = std::string(input.line());
    letter.subject = std::string(input.rest());
    const auto sender = courier::read_sender(from);
    if (!sender) {
        fuzz::must(is_valid_utf8(sender.error().message), "refused with words that are no text");
    } else {
        fuzz::must(courier::is_mail_address(sender->address), "a sender without an address");
    }
    const auto lines = courier::header_lines(
        letter, sender.value_or(courier::Sender{"Anna", "a@shop.example"}), "id", Instant());
    if (lines) {
        std::ranges::for_each(*lines, must_be_one_header);
    }
    const std::string said = courier::readable(letter.subject);
    fuzz::must(is_valid_utf8(said) && said.size() <= courier::bounds::answer_bytes_kept,
               "what a server answers is kept as no text");
    fuzz::must(std::ranges::none_of(
                   said, [](char letter_said) { return letter_said >= 0 && letter_said < ' '; }),
               "what a server answers breaks a line");
    return 0;
}
