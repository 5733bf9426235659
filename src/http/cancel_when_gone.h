#pragma once

// A query that nobody waits for any more is stopped.

#include "http/message.h"
#include "query/chart_query.h"

namespace http {

/// As long as it lives, `cancellation` is cancelled when `client` goes; a null client never does.
class CancelWhenGone {
 public:
  CancelWhenGone(Client* client, const query::Cancellation& cancellation) : client_(client) {
    if (client_ != nullptr) client_->on_gone([cancellation] { cancellation.cancel(); });
  }
  ~CancelWhenGone() {
    if (client_ != nullptr) client_->on_gone(nullptr);
  }
  CancelWhenGone(const CancelWhenGone&) = delete;
  CancelWhenGone& operator=(const CancelWhenGone&) = delete;

 private:
  Client* const client_;
};

}  // namespace http
