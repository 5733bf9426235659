#pragma once

// What a running server does by itself. One thread watches: it learns of other processes' changes
// twice a second and ends the streams whose tokens those ended. Another, which may wait for the
// disk, writes every few seconds what was gathered (last-used times, audit events, usage), cleans,
// and follows the rotation schedule at the start and each minute. Both are ended by the destructor,
// which writes a last time.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "app/cleaning.h"
#include "auth/api_keys.h"
#include "auth/audit_queue.h"
#include "auth/sessions.h"
#include "auth/signing_key_rotation.h"
#include "base/clock.h"
#include "catalog/uploads.h"
#include "catalog/usage.h"
#include "http/open_streams.h"
#include "store/store.h"

namespace app {

/// Outlives the work.
struct BackgroundParts {
  store::Store& store;
  auth::ApiKeys& api_keys;
  auth::Sessions& sessions;
  auth::AuditQueue& audit_queue;
  auth::SigningKeyRotation& signing_key_rotation;
  http::OpenStreams& open_streams;
  catalog::Uploads& uploads;
  catalog::UsageCounter& usage;
  const base::Clock& clock;
  const base::MonotonicClock& monotonic_clock;
  std::chrono::days audit_kept;  ///< 0: for ever.
};

class BackgroundWork {
 public:
  explicit BackgroundWork(const BackgroundParts& parts);
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;
  ~BackgroundWork();

 private:
  void watch();
  void work();
  void write_gathered();
  void clean();
  void rotate_signing_keys();
  /// False when the work is to end.
  [[nodiscard]] bool wait(std::chrono::milliseconds span);

  const BackgroundParts parts_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  Cleaning cleaning_;
  std::thread watcher_;
  std::thread worker_;
};

}  // namespace app
