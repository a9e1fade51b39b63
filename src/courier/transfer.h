#pragma once

#include <memory>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include <curl/curl.h>

#include "base/result.h"

// For web_post.cpp and mail_send.cpp only: brings in libcurl.
namespace kokemus::courier {

/// One transfer of libcurl, which may be called off.
class Transfer {
public:
    explicit Transfer(const std::stop_token& stop);

    template <typename Value>
    void set(CURLoption option, Value value) {
        // Fails only for options that this libcurl does not have, which is a bug of ours.
        check(curl_easy_setopt(easy_.get(), option, value));
    }

    /// A list that lives as long as this.
    void set_list(CURLoption option, const std::vector<std::string>& lines);

    /// Carries it out. Cancelled, TimedOut, or Unavailable with libcurl's words; success too when
    /// the transfer was ended by a callback that `ended` says was meant.
    Status run(const bool& ended);

    /// Its status (HTTP or SMTP); 0 before there was one.
    int status() const;

    CURL* easy() const { return easy_.get(); }

private:
    static void check(CURLcode code);
    static int is_called_off(void* self, curl_off_t, curl_off_t, curl_off_t, curl_off_t);

    struct FreeEasy {
        void operator()(CURL* easy) const { curl_easy_cleanup(easy); }
    };
    struct FreeList {
        void operator()(curl_slist* list) const { curl_slist_free_all(list); }
    };
    std::vector<std::unique_ptr<curl_slist, FreeList>> lists_;
    std::unique_ptr<CURL, FreeEasy> easy_;
    std::stop_token stop_;
    std::string words_;
};

/// What others answered, as text that may be kept and shown: valid UTF-8 without control
/// characters, cut at `bounds::answer_bytes_kept` bytes.
std::string readable(std::string_view text);

}  // namespace kokemus::courier
