#pragma once

// What a running server does by itself: learn of other processes' changes twice a second and end
// the streams whose tokens those ended, write last-used times every few seconds, and forget
// revocations whose time has come. One thread, ended by the destructor, which writes a last time.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "auth/api_keys.h"
#include "http/open_streams.h"
#include "store/store.h"

namespace app {

class BackgroundWork {
 public:
  BackgroundWork(store::Store& store, auth::ApiKeys& api_keys, http::OpenStreams& open_streams,
                 const base::Clock& clock);
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;
  ~BackgroundWork();

 private:
  void run();
  void flush_uses();
  void delete_ended_revocations();

  store::Store& store_;
  auth::ApiKeys& api_keys_;
  http::OpenStreams& open_streams_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace app
