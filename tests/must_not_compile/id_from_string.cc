// A text becomes an id only where the code says so.

#include "catalog/dashboards.h"

bool may_view(const model::Principal& principal, const store::OrganizationView& view,
              const std::string& text) {
#ifdef CONTROL
  return catalog::find_dashboard(principal, view, base::DashboardId(text)).ok();
#else
  return catalog::find_dashboard(principal, view, text).ok();
#endif
}
