#pragma once

// Who may be told why a query sees the rows it sees.

#include "base/result.h"
#include "model/principal.h"

namespace catalog {

/// kForbidden but for makers and admins who signed in, and sandbox tokens.
[[nodiscard]] base::Result<base::Done> authorize_explain(const model::Principal& principal);

/// kForbidden. The engine's plan is for makers only (guard::may_see_plan).
[[nodiscard]] base::Result<base::Done> authorize_plan(const model::Principal& principal);

}  // namespace catalog
