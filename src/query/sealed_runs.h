#pragma once

// From a sealed query to its answer: cache, then source. The one road to rows. Thread-safe.

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "guard/guard.h"
#include "model/principal.h"
#include "query/result_cache.h"
#include "query/sources.h"
#include "source/source.h"
#include "store/organization_view.h"

namespace query {

using source::Cancellation;

/// Where the time of one query went; queue and engine are zero for an answer that was kept.
struct RunTimes {
  std::chrono::microseconds guard{};
  std::chrono::microseconds queue{};
  std::chrono::microseconds engine{};
};

struct SealedRun {
  Answer answer;
  CacheUse how;
  std::chrono::seconds age;
  RunTimes times;
};

/// The policies of `view` at `now`. Keeps a reference: the view must outlive them.
[[nodiscard]] guard::Policies policies_of(const store::OrganizationView& view, base::Seconds now);

/// The query as it ran and why, for those who may have it explained.
struct ExplainedQuery {
  sql::Statement statement;
  guard::Decision decision;
};

class SealedRuns {
 public:
  SealedRuns(Sources& sources, ResultCache& cache, const base::Clock& clock, source::Limits limits)
      : sources_(sources), cache_(cache), clock_(clock), limits_(limits) {}

  /// `principal` is whom the query was sealed for. Errors: those of Source::run, and
  /// kSourceUnavailable where the database is gone.
  [[nodiscard]] base::Result<SealedRun> run(const guard::SealedQuery& sealed,
                                            const model::Principal& principal,
                                            const store::OrganizationView& view,
                                            const Cancellation& cancellation);

  /// The rows as they come, past the cache: nothing of them is kept. As Source::stream, and
  /// kSourceUnavailable where the database is gone.
  [[nodiscard]] base::Result<base::Done> stream(const guard::SealedQuery& sealed,
                                                const store::OrganizationView& view,
                                                const source::Limits& limits,
                                                const Cancellation& cancellation,
                                                const source::BatchSink& take);

  /// How the engine reads the tables of `sealed`, beside the cache. As Source::measure_scans.
  [[nodiscard]] base::Result<std::vector<source::TableScan>> measure_scans(
      const guard::SealedQuery& sealed, const store::OrganizationView& view,
      const Cancellation& cancellation);
  /// As Source::explain_plan.
  [[nodiscard]] base::Result<std::string> explain_plan(const guard::SealedQuery& sealed,
                                                       const store::OrganizationView& view,
                                                       const Cancellation& cancellation);

  [[nodiscard]] base::Seconds now() const { return clock_.now(); }

 private:
  [[nodiscard]] base::Result<std::shared_ptr<source::Source>> source_of(
      const guard::SealedQuery& sealed, const store::OrganizationView& view);

  Sources& sources_;
  ResultCache& cache_;
  const base::Clock& clock_;
  source::Limits limits_;
};

/// How long `work` takes, added to `spent`.
template <typename Work>
auto timed(std::chrono::microseconds& spent, Work work) {
  const auto began = std::chrono::steady_clock::now();
  auto outcome = work();
  spent += std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                                 began);
  return outcome;
}

}  // namespace query
