#include "guard/sealed_query.h"

namespace guard {

sql::Statement SealedQuery::plan_statement() const {
  return {"EXPLAIN " + statement_.text, statement_.arguments};
}

sql::Statement SealedQuery::profile_statement() const {
  return {"EXPLAIN (ANALYZE, FORMAT json) " + statement_.text, statement_.arguments};
}

}  // namespace guard
