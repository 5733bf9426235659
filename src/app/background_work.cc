#include "app/background_work.h"

#include <chrono>

#include "base/log.h"
#include "store/revocations.h"

namespace app {
namespace {

constexpr std::chrono::milliseconds kNotice{400};
constexpr int kNoticesPerFlush = 10;
constexpr int kNoticesPerCleaning = 150;
constexpr std::int64_t kDeletedAtOnce = 1000;  // others wait for a transaction only briefly
constexpr int kDeletingRounds = 100;

}  // namespace

BackgroundWork::BackgroundWork(store::Store& store, auth::ApiKeys& api_keys,
                               http::OpenStreams& open_streams, const base::Clock& clock)
    : store_(store),
      api_keys_(api_keys),
      open_streams_(open_streams),
      clock_(clock),
      thread_([this] { run(); }) {}

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

void BackgroundWork::delete_ended_revocations() {
  for (int round = 0; round < kDeletingRounds; ++round) {
    const auto deleted = store_.write([&](store::Connection& connection) {
      return store::delete_ended_revocations(connection, clock_.now(), kDeletedAtOnce);
    });
    if (!deleted) base::log_error("ended revocations not deleted", deleted.error());
    if (!deleted || *deleted < kDeletedAtOnce) return;
  }
}

void BackgroundWork::run() {
  std::unique_lock lock(mutex_);
  for (int notices = 1; !stopping_changed_.wait_for(lock, kNotice, [this] { return stopping_; });
       ++notices) {
    lock.unlock();
    store_.notice_foreign_changes();
    open_streams_.check_all();
    if (notices % kNoticesPerFlush == 0) flush_uses();
    if (notices % kNoticesPerCleaning == 0) delete_ended_revocations();
    lock.lock();
  }
}

}  // namespace app
