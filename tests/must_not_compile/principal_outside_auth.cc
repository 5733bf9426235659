// Only auth::PrincipalFactory makes a principal.

#include "auth/principal_factory.h"

model::Principal make() {
#ifdef CONTROL
  return auth::PrincipalFactory::for_user(base::OrgId("org"), base::UserId("usr"),
                                          model::Role::kAdmin);
#else
  return model::Principal(base::OrgId("org"), model::Role::kAdmin, base::UserId("usr"),
                          std::nullopt);
#endif
}
