// Nor a statement, however it was rendered.

#include "source/source.h"
#include "sql/render.h"

bool run(source::Source& source, const guard::SealedQuery& sealed,
         const sql::Statement& statement) {
  const source::Limits limits{1, std::chrono::seconds(1)};
  (void)sealed, (void)statement;
#ifdef CONTROL
  return source.run(sealed, limits, source::Cancellation()).ok();
#else
  return source.run(statement, limits, source::Cancellation()).ok();
#endif
}
