#include "catalog/explaining.h"

#include "guard/guard.h"

namespace catalog {

base::Result<base::Done> authorize_explain(const model::Principal& principal) {
  if (guard::may_explain(principal)) return base::Done{};
  return base::Error{base::Code::kForbidden,
                     "Only sandbox tokens and makers may have this explained."};
}

}  // namespace catalog
