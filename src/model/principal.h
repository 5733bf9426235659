#pragma once

// Who is asking. A principal is proof that a credential was verified: only `auth` can make one
// (auth::PrincipalFactory), and every function that reaches an organization's content takes one.

#include <optional>
#include <string>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "model/attribute.h"
#include "model/environment.h"
#include "model/permission.h"
#include "model/role.h"

namespace auth {
class PrincipalFactory;
}

namespace model {

/// The part of a principal that only embed tokens have.
struct EmbedIdentity {
  std::string distinct_id;
  std::string token_id;
  base::ApiKeyId api_key;
  Environment environment;
  base::Seconds expires_at;
  AttributeValues attributes;
  Permissions permissions;
  Resources resources;
  std::set<base::DashboardId> revoked_dashboards;  ///< Out of reach, whatever `resources` says.
  std::set<base::ChartId> revoked_charts;
};

class Principal {
 public:
  [[nodiscard]] const base::OrgId& organization() const { return organization_; }
  [[nodiscard]] Role role() const { return role_; }
  /// The signed-in user; nothing for an embed token.
  [[nodiscard]] const std::optional<base::UserId>& user() const { return user_; }
  /// The verified token; nothing for a signed-in user.
  [[nodiscard]] const std::optional<EmbedIdentity>& embed() const { return embed_; }

 private:
  friend class auth::PrincipalFactory;
  Principal(base::OrgId organization, Role role, std::optional<base::UserId> user,
            std::optional<EmbedIdentity> embed)
      : organization_(std::move(organization)),
        role_(role),
        user_(std::move(user)),
        embed_(std::move(embed)) {}

  base::OrgId organization_;
  Role role_;
  std::optional<base::UserId> user_;
  std::optional<EmbedIdentity> embed_;
};

}  // namespace model
