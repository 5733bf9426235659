#include "app/background_work.h"

#include "base/log.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kNotice{400};
constexpr std::chrono::seconds kWrite{4};
constexpr int kWritesPerMinute = 15;
/// Between two transactions of the cleaning: the store's mutex knows no order of those who wait.
constexpr std::chrono::milliseconds kRest{20};

void log_failure(std::string_view event, const base::Result<base::Done>& outcome) {
  if (!outcome) base::log_error(event, outcome.error());
}

}  // namespace

BackgroundWork::BackgroundWork(const BackgroundParts& parts)
    : parts_(parts),
      cleaning_(
          parts.store, parts.clock, parts.monotonic_clock, parts.audit_kept,
          [this] { return wait(kRest); },
          [this](base::Seconds now) { return parts_.uploads.expire(now); }),
      watcher_([this] { watch(); }),
      worker_([this] { work(); }) {}

BackgroundWork::~BackgroundWork() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_all();
  watcher_.join();
  worker_.join();
  write_gathered();
}

bool BackgroundWork::wait(std::chrono::milliseconds span) {
  std::unique_lock lock(mutex_);
  return !stopping_changed_.wait_for(lock, span, [this] { return stopping_; });
}

void BackgroundWork::watch() {
  while (wait(kNotice)) {
    parts_.store.notice_foreign_changes();
    parts_.open_streams.check_all();
  }
}

void BackgroundWork::work() {
  rotate_signing_keys();
  for (int writes = 1; wait(kWrite); ++writes) {
    write_gathered();
    if (writes % kWritesPerMinute != 0) continue;
    clean();
    rotate_signing_keys();
  }
}

void BackgroundWork::write_gathered() {
  log_failure("last-used times not written", parts_.api_keys.flush_uses());
  log_failure("times of last use of sessions not written", parts_.sessions.flush_seen());
  log_failure("usage not written", parts_.usage.flush(parts_.clock.now()));
  log_failure("audit events not written", parts_.audit_queue.flush(parts_.clock.now()));
}

void BackgroundWork::clean() {
  log_failure("audit events, revocations and uploads that are over not deleted", cleaning_.run());
  log_failure("files without a database not removed", parts_.uploads.remove_unnamed_files());
}

void BackgroundWork::rotate_signing_keys() {
  log_failure("rotation schedule not followed", parts_.signing_key_rotation.run_schedule());
}

}  // namespace app
