#pragma once

// What a running server does by itself: learn of other processes' changes twice a second, and write
// last-used times every few seconds. One thread, ended by the destructor, which writes a last time.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "auth/api_keys.h"
#include "store/store.h"

namespace app {

class BackgroundWork {
 public:
  BackgroundWork(store::Store& store, auth::ApiKeys& api_keys);
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;
  ~BackgroundWork();

 private:
  void run();
  void flush_uses();

  store::Store& store_;
  auth::ApiKeys& api_keys_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace app
