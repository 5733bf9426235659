#include "guard/sealed_query.h"

namespace guard {

sql::Statement SealedQuery::plan_statement() const {
  sql::Statement plan = statement_;
  plan.text.insert(0, "EXPLAIN ");
  return plan;
}

sql::Statement SealedQuery::profile_statement() const {
  sql::Statement profile = statement_;
  profile.text.insert(0, "EXPLAIN (ANALYZE, FORMAT json) ");
  return profile;
}

}  // namespace guard
