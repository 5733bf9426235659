#include "catalog/explaining.h"

#include "guard/guard.h"

namespace catalog {

base::Result<base::Done> authorize_explain(const model::Principal& principal) {
  if (guard::may_explain(principal)) return base::Done{};
  return base::Error{base::Code::kForbidden,
                     "Only sandbox tokens and makers may have this explained."};
}

base::Result<base::Done> authorize_plan(const model::Principal& principal) {
  if (guard::may_see_plan(principal)) return base::Done{};
  return base::Error{base::Code::kForbidden, "Only makers may see the plan."};
}

}  // namespace catalog
