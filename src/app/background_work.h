#pragma once

// What a running server does by itself: learn of other processes' changes twice a second, write
// last-used times every few seconds, and follow the rotation schedule at the start and each minute.
// One thread, ended by the destructor, which writes a last time.

#include <condition_variable>
#include <mutex>
#include <thread>

#include "auth/api_keys.h"
#include "auth/signing_key_rotation.h"
#include "store/store.h"

namespace app {

class BackgroundWork {
 public:
  BackgroundWork(store::Store& store, auth::ApiKeys& api_keys, auth::SigningKeyRotation& rotation);
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;
  ~BackgroundWork();

 private:
  void run();
  void flush_uses();
  void rotate_signing_keys();

  store::Store& store_;
  auth::ApiKeys& api_keys_;
  auth::SigningKeyRotation& rotation_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace app
