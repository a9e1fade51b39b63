#include "courier/transfer.h"

#include <mutex>
#include <vector>

#include <fmt/format.h>

#include "base/check.h"
#include "base/text.h"
#include "courier/bounds.h"

namespace kokemus::courier {

namespace {

void start_libcurl() {
    static std::once_flag once;
    std::call_once(once, [] { CHECK(curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK); });
}

}  // namespace

Transfer::Transfer(const std::stop_token& stop) : stop_(stop), words_(CURL_ERROR_SIZE, '\0') {
    start_libcurl();
    easy_.reset(curl_easy_init());
    CHECK(easy_ != nullptr);
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_ERRORBUFFER, words_.data());
    set(CURLOPT_PROXY, "");  // none, whatever the environment says
    set(CURLOPT_FORBID_REUSE, 1L);
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, &Transfer::is_called_off);
    set(CURLOPT_XFERINFODATA, this);
    set(CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(bounds::connect_max.count()));
}

void Transfer::check(CURLcode code) {
    CHECK(code == CURLE_OK);
}

int Transfer::is_called_off(void* self, curl_off_t /*to_get*/, curl_off_t /*got*/,
                            curl_off_t /*to_put*/, curl_off_t /*put*/) {
    return static_cast<Transfer*>(self)->stop_.stop_requested() ? 1 : 0;
}

void Transfer::set_list(CURLoption option, const std::vector<std::string>& lines) {
    curl_slist* list = nullptr;
    for (const std::string& line : lines) {
        list = curl_slist_append(list, line.c_str());
        CHECK(list != nullptr);
    }
    lists_.emplace_back(list);
    set(option, list);
}

Status Transfer::run(const bool& ended) {
    const CURLcode code = curl_easy_perform(easy_.get());
    if (code == CURLE_OK || ended) {
        return {};
    }
    if (stop_.stop_requested()) {
        return Error{ErrorCode::Cancelled, "the server was stopped meanwhile"};
    }
    const std::string_view words = words_.c_str();
    return Error{code == CURLE_OPERATION_TIMEDOUT ? ErrorCode::TimedOut : ErrorCode::Unavailable,
                 readable(words.empty() ? curl_easy_strerror(code) : words)};
}

int Transfer::status() const {
    long status = 0;
    curl_easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
    return static_cast<int>(status);
}

std::string readable(std::string_view text) {
    std::string kept(text.substr(0, bounds::answer_bytes_kept));
    while (!kept.empty() && text.size() > kept.size() &&
           (static_cast<unsigned char>(text[kept.size()]) & 0xC0U) == 0x80U) {
        kept.pop_back();  // no half a character
    }
    const bool is_text = is_valid_utf8(kept);
    for (char& letter : kept) {
        const auto byte = static_cast<unsigned char>(letter);
        if (byte < 0x20 || byte == 0x7f || (!is_text && byte >= 0x80)) {
            letter = byte == '\n' || byte == '\t' ? ' ' : '?';
        }
    }
    return kept;
}

}  // namespace kokemus::courier
