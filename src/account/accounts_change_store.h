#pragma once

#include "account/accounts_store.h"
#include "records/records.h"

// For the .cpp files of `Accounts` only.
namespace kokemus::account {

template <typename Work>
auto Accounts::change_records(const Work& work) {
    auto done = records_->change(work);
    known_by_session_.forget();
    known_by_key_.forget();
    return done;
}

}  // namespace kokemus::account
