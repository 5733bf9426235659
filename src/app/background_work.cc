#include "app/background_work.h"

#include <chrono>

#include "base/log.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kNotice{400};
constexpr int kNoticesPerFlush = 10;
constexpr int kNoticesPerSchedule = 150;

}  // namespace

BackgroundWork::BackgroundWork(store::Store& store, auth::ApiKeys& api_keys,
                               auth::SigningKeyRotation& rotation)
    : store_(store), api_keys_(api_keys), rotation_(rotation), thread_([this] { run(); }) {}

BackgroundWork::~BackgroundWork() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  stopping_changed_.notify_one();
  thread_.join();
  flush_uses();
}

void BackgroundWork::flush_uses() {
  if (const auto flushed = api_keys_.flush_uses(); !flushed) {
    base::log_error("last-used times not written", flushed.error());
  }
}

void BackgroundWork::rotate_signing_keys() {
  if (const auto rotated = rotation_.run_schedule(); !rotated) {
    base::log_error("rotation schedule not followed", rotated.error());
  }
}

void BackgroundWork::run() {
  rotate_signing_keys();
  std::unique_lock lock(mutex_);
  for (int notices = 1; !stopping_changed_.wait_for(lock, kNotice, [this] { return stopping_; });
       ++notices) {
    lock.unlock();
    store_.notice_foreign_changes();
    if (notices % kNoticesPerFlush == 0) flush_uses();
    if (notices % kNoticesPerSchedule == 0) rotate_signing_keys();
    lock.lock();
  }
}

}  // namespace app
