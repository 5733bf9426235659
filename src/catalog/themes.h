#pragma once

// How dashboards look that say nothing of it themselves.

#include "base/clock.h"
#include "base/json.h"
#include "base/result.h"
#include "catalog/caller.h"
#include "store/store.h"

namespace catalog {

/// As model::parse_theme lets it pass; empty where nobody chose anything. kForbidden.
[[nodiscard]] base::Result<base::json::object> find_theme(store::Store& store,
                                                          const model::Principal& principal);
/// Answers what it is then. kForbidden; kInvalidBody as model::parse_theme.
[[nodiscard]] base::Result<base::json::object> change_theme(store::Store& store,
                                                            const Caller& caller,
                                                            const base::json::value& theme,
                                                            base::Seconds now);

}  // namespace catalog
