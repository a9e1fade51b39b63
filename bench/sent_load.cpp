#include "sent_load.h"

#include <algorithm>

#include <fmt/format.h>

namespace kokemus::bench {

std::string customer_sent(std::uint64_t number) {
    return fmt::format("customer-{}@example.com", number);
}

std::string batch_sent(std::uint64_t batch, std::size_t size) {
    std::string body = "[";
    for (std::size_t i = 0; i < size; ++i) {
        const std::uint64_t number = batch * size + i;
        body += fmt::format(R"({}{{"id":"e{}","customer":"{}","time":{},"touchpoint":"{}",)"
                            R"("channel":"web","thread":"order {}","value":{}.5,"duration":{},)"
                            R"("properties":{{"plan":"gold","region":"north"}}}})",
                            i == 0 ? "" : ",",
                            number,
                            customer_sent(number * 2654435761U % customers_sent),
                            1'700'000'000'000 + number,
                            number % 3 == 0 ? "order placed" : "order shipped",
                            number / 4,
                            number % 300,
                            number % 900);
    }
    return body + "]";
}

double quantile(std::vector<double>& values, double share) {
    if (values.empty()) {
        return 0;
    }
    const auto at = static_cast<std::size_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(
        values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
    return values[at];
}

}  // namespace kokemus::bench
