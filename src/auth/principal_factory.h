#pragma once

// The one maker of principals. Only `auth` may include this, after it has verified a credential,
// and tests; tools/check-arrows enforces it.

#include <utility>

#include "model/principal.h"

namespace auth {

class PrincipalFactory {
 public:
  [[nodiscard]] static model::Principal for_user(base::OrgId organization, base::UserId user,
                                                 model::Role role) {
    return {std::move(organization), role, std::move(user), std::nullopt};
  }
  [[nodiscard]] static model::Principal for_embed(base::OrgId organization, model::Role role,
                                                  model::EmbedIdentity identity) {
    return {std::move(organization), role, std::nullopt, std::move(identity)};
  }
};

}  // namespace auth
