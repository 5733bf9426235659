// A source runs sealed queries and nothing else: no plan that the guard did not see.

#include "guard/guard.h"
#include "source/source.h"

bool run(source::Source& source, const guard::SealedQuery& sealed, const sql::Select& plan) {
  const source::Limits limits{1, std::chrono::seconds(1)};
  (void)sealed, (void)plan;
#ifdef CONTROL
  return source.run(sealed, limits, source::Cancellation()).ok();
#else
  return source.run(plan, limits, source::Cancellation()).ok();
#endif
}
