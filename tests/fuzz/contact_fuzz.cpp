#include "encounter/contact.h"

#include "base/text.h"
#include "encounter/faults.h"
#include "hostile_input.h"

/// First line: an e-mail address, or what is taken for one; then a telephone number.
int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    using namespace kokemus;
    fuzz::HostileInput input(bytes, size);
    const std::string_view typed = input.line();
    const std::string email = encounter::normal_email(typed);
    fuzz::must(encounter::normal_email(email) == email, "an address has two forms");
    fuzz::must(email.find_first_of(" \t\r\n") == std::string::npos, "an address has blanks");
    fuzz::must(email.empty() || (email.find('@') == email.rfind('@') && email.front() != '@'),
               "an address of nobody");
    fuzz::must(
        email.empty() || !is_valid_utf8(typed) ||
            encounter::check(encounter::Customer{encounter::CustomerName(email), {}}).empty(),
        "an address is no name of a customer");
    fuzz::must(email.empty() || encounter::is_contact(email), "an address is no contact");
    for (const std::string_view text : {typed, input.rest()}) {
        const std::string phone = encounter::normal_phone(text);
        fuzz::must(encounter::normal_phone(phone) == phone, "a number has two forms");
        fuzz::must(phone.empty() || (phone.size() >= 8 && phone.size() <= 16 && phone[0] == '+' &&
                                     phone.find_first_not_of("0123456789", 1) == std::string::npos),
                   "no telephone number");
        const std::string at_home = encounter::normal_phone(text, "+358");
        fuzz::must(phone.empty() || phone == at_home, "a country changes a whole number");
        fuzz::must(encounter::normal_phone(at_home) == at_home, "a number has two forms");
    }
    return 0;
}
