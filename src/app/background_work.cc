#include "app/background_work.h"

#include "base/log.h"
#include "catalog/audit.h"
#include "store/revocations.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kNotice{400};
constexpr int kNoticesPerWrite = 10;
constexpr int kNoticesPerCleaning = 150;
constexpr std::int64_t kDeletedAtOnce = 1000;  // others wait for a transaction only briefly
constexpr int kDeletingRounds = 100;

void log_failure(std::string_view event, const base::Result<base::Done>& outcome) {
  if (!outcome) base::log_error(event, outcome.error());
}

}  // namespace

BackgroundWork::BackgroundWork(const BackgroundParts& parts)
    : parts_(parts), thread_([this] { run(); }) {}

BackgroundWork::~BackgroundWork() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_one();
  thread_.join();
  write_gathered();
}

void BackgroundWork::write_gathered() {
  log_failure("last-used times not written", parts_.api_keys.flush_uses());
  log_failure("times of last use of sessions not written", parts_.sessions.flush_seen());
  log_failure("audit events not written", parts_.audit_queue.flush(parts_.clock.now()));
}

void BackgroundWork::expire_audit() {
  if (parts_.audit_kept.count() == 0) return;
  log_failure("old audit events not deleted",
              catalog::expire_audit_events(parts_.store, parts_.clock.now() - parts_.audit_kept));
}

void BackgroundWork::delete_ended_revocations() {
  for (int round = 0; round < kDeletingRounds; ++round) {
    const auto deleted = parts_.store.write([&](store::Connection& connection) {
      return store::delete_ended_revocations(connection, parts_.clock.now(), kDeletedAtOnce);
    });
    if (!deleted) base::log_error("ended revocations not deleted", deleted.error());
    if (!deleted || *deleted < kDeletedAtOnce) return;
  }
}

void BackgroundWork::rotate_signing_keys() {
  log_failure("rotation schedule not followed", parts_.signing_key_rotation.run_schedule());
}

void BackgroundWork::run() {
  rotate_signing_keys();
  std::unique_lock lock(mutex_);
  for (int notices = 1; !stopping_changed_.wait_for(lock, kNotice, [this] { return stopping_; });
       ++notices) {
    lock.unlock();
    parts_.store.notice_foreign_changes();
    parts_.open_streams.check_all();
    if (notices % kNoticesPerWrite == 0) {
      write_gathered();
      expire_audit();
    }
    if (notices % kNoticesPerCleaning == 0) {
      delete_ended_revocations();
      rotate_signing_keys();
    }
    lock.lock();
  }
}

}  // namespace app
