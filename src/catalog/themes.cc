#include "catalog/themes.h"

#include "catalog/authorize.h"
#include "model/theme.h"
#include "store/audit.h"
#include "store/content.h"

namespace catalog {

using base::Done;
using base::Result;
using store::Connection;

Result<base::json::object> find_theme(store::Store& store, const model::Principal& principal) {
  RETURN_IF_ERROR(authorize(principal, Verb::kEditContent));
  return store.read([&](Connection& connection) {
    return store::find_theme(connection, principal.organization());
  });
}

Result<base::json::object> change_theme(store::Store& store, const Caller& caller,
                                        const base::json::value& theme, base::Seconds now) {
  RETURN_IF_ERROR(authorize(caller.principal, Verb::kEditContent));
  ASSIGN_OR_RETURN(base::json::object wanted, model::parse_theme(theme));
  const base::OrgId& organization = caller.principal.organization();
  RETURN_IF_ERROR(store.write([&](Connection& connection) -> Result<Done> {
    RETURN_IF_ERROR(store::update_theme(connection, organization, wanted));
    return store::insert_audit_event(connection, organization,
                                     {now,
                                      model::AuditAction::kOrganizationThemeChanged,
                                      caller.actor,
                                      {"organization", organization.text(), "Theme"}});
  }));
  return wanted;
}

}  // namespace catalog
