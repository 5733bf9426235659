// Only guard::seal makes a sealed query.

#include "guard/guard.h"

base::Result<guard::SealedQuery> make(const sql::Select& plan, const model::Principal& principal,
                                      const guard::Policies& policies) {
#ifdef CONTROL
  return guard::seal(plan, principal, policies);
#else
  (void)plan, (void)policies;
  return guard::SealedQuery(principal.organization(), base::DatabaseId("dbs"), guard::Connection{},
                            sql::Statement{}, guard::Decision{});
#endif
}
