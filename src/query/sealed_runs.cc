#include "query/sealed_runs.h"

namespace query {
namespace {

using base::Code;
using base::Error;
using base::Result;

std::string_view environment_of(const model::Principal& principal) {
  return principal.embed() ? model::environment_name(principal.embed()->environment) : "app";
}

/// How old an answer of `database` may be. A DuckDB file changes only with its version.
std::chrono::seconds max_age_of(const model::Database& database) {
  return database.kind == model::DatabaseKind::kDuckDb ? ResultCache::kAnyAge : database.freshness;
}

/// kSourceUnavailable where it was removed meanwhile.
Result<const model::Database*> database_of(const guard::SealedQuery& sealed,
                                           const store::OrganizationView& view) {
  const auto found = view.databases.find(sealed.database());
  if (found != view.databases.end()) return &found->second;
  return Error{Code::kSourceUnavailable, "The database could not answer."};
}

}  // namespace

guard::Policies policies_of(const store::OrganizationView& view, base::Seconds now) {
  return {view.organization.id, view.tables, view.databases,
          std::chrono::floor<std::chrono::days>(now)};
}

Result<SealedRun> SealedRuns::run(const guard::SealedQuery& sealed,
                                  const model::Principal& principal,
                                  const store::OrganizationView& view,
                                  const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const model::Database* database, database_of(sealed, view));
  ASSIGN_OR_RETURN(const std::shared_ptr<source::Source> source,
                   sources_.get(*database, sealed.connection()));
  const CacheKey key = cache_key(sealed, source->version(), environment_of(principal));
  ASSIGN_OR_RETURN(CachedAnswer cached, cache_.get(key, max_age_of(*database), [&] {
    return source->run(sealed, limits_, cancellation);
  }));
  RunTimes times;
  if (cached.how == CacheUse::kMiss) {
    times.queue = cached.answer->queued;
    times.engine = cached.answer->ran;
  }
  return SealedRun{std::move(cached.answer), cached.how, cached.age, times};
}

Result<std::shared_ptr<source::Source>> SealedRuns::source_of(const guard::SealedQuery& sealed,
                                                              const store::OrganizationView& view) {
  ASSIGN_OR_RETURN(const model::Database* database, database_of(sealed, view));
  return sources_.get(*database, sealed.connection());
}

Result<base::Done> SealedRuns::stream(const guard::SealedQuery& sealed,
                                      const store::OrganizationView& view,
                                      const source::Limits& limits,
                                      const Cancellation& cancellation,
                                      const source::BatchSink& take) {
  ASSIGN_OR_RETURN(const std::shared_ptr<source::Source> source, source_of(sealed, view));
  return source->stream(sealed, limits, cancellation, take);
}

Result<std::vector<source::TableScan>> SealedRuns::measure_scans(
    const guard::SealedQuery& sealed, const store::OrganizationView& view,
    const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const std::shared_ptr<source::Source> source, source_of(sealed, view));
  return source->measure_scans(sealed, limits_, cancellation);
}

Result<std::string> SealedRuns::explain_plan(const guard::SealedQuery& sealed,
                                             const store::OrganizationView& view,
                                             const Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const std::shared_ptr<source::Source> source, source_of(sealed, view));
  return source->explain_plan(sealed, limits_, cancellation);
}

}  // namespace query
