#pragma once

// Lets go what has outlived its use: old audit events and counts of usage, ended revocations,
// uploads that nobody went on with. None can be had back, so nothing goes until the clock has been
// right for an hour: one that is days ahead is usually set right again. Works in small transactions
// and lets others at the store between them. Not thread-safe.

#include <functional>

#include "base/clock.h"
#include "base/result.h"
#include "store/store.h"

namespace app {

inline constexpr std::chrono::hours kSteadyBeforeCleaning{1};

class Cleaning {
 public:
  /// Zero `audit_kept` keeps audit events for ever. `rest` waits for a moment without holding
  /// anything; false when the work is to end.
  Cleaning(store::Store& store, const base::Clock& clock, const base::MonotonicClock& monotonic,
           std::chrono::days audit_kept, std::function<bool()> rest,
           std::function<base::Result<base::Done>(base::Seconds now)> expire_uploads)
      : store_(store),
        clock_(clock),
        span_(clock, monotonic),
        audit_kept_(audit_kept),
        rest_(std::move(rest)),
        expire_uploads_(std::move(expire_uploads)) {}

  /// To be called every few minutes or oftener. Deletes some of what may go, not all.
  [[nodiscard]] base::Result<base::Done> run();

 private:
  [[nodiscard]] base::Result<base::Done> delete_audit_events(base::Seconds now);
  [[nodiscard]] base::Result<base::Done> delete_usage(base::Seconds now);
  [[nodiscard]] base::Result<base::Done> delete_revocations(base::Seconds now);
  /// In transactions that delete at most a thousand each and tell how many.
  [[nodiscard]] base::Result<base::Done> delete_in_rounds(
      const std::function<base::Result<std::int64_t>(store::Connection&)>& delete_some);

  store::Store& store_;
  const base::Clock& clock_;
  base::SteadySpan span_;
  const std::chrono::days audit_kept_;
  const std::function<bool()> rest_;
  const std::function<base::Result<base::Done>(base::Seconds now)> expire_uploads_;
};

}  // namespace app
