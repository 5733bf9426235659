#pragma once

// What a running server does by itself: learn of other processes' changes twice a second and end
// the streams whose tokens those ended; every few seconds write what was gathered (last-used times,
// audit events); let old audit events and ended revocations go; follow the rotation schedule at the
// start and each minute. One thread, ended by the destructor, which writes a last time.

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "auth/api_keys.h"
#include "auth/audit_queue.h"
#include "auth/sessions.h"
#include "auth/signing_key_rotation.h"
#include "base/clock.h"
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
  const base::Clock& clock;
  std::chrono::days audit_kept;  ///< 0: for ever.
};

class BackgroundWork {
 public:
  explicit BackgroundWork(const BackgroundParts& parts);
  BackgroundWork(const BackgroundWork&) = delete;
  BackgroundWork& operator=(const BackgroundWork&) = delete;
  ~BackgroundWork();

 private:
  void run();
  void write_gathered();
  void expire_audit();
  void delete_ended_revocations();
  void rotate_signing_keys();

  const BackgroundParts parts_;
  std::mutex mutex_;
  std::condition_variable stopping_changed_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace app
