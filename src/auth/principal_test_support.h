#pragma once

// Principals for tests, made without a credential.

#include <string>
#include <utility>
#include <vector>

#include "auth/principal_factory.h"
#include "model/principal.h"

namespace auth {

inline const base::OrgId kTestOrganization{"org_mine"};
inline const base::OrgId kForeignOrganization{"org_theirs"};

[[nodiscard]] inline model::AttributeValue scalar_attribute(model::Value value) {
  const model::ValueType type = model::type_of(value);
  return {type, false, {std::move(value)}};
}

[[nodiscard]] inline model::AttributeValue list_attribute(model::ValueType type,
                                                          std::vector<model::Value> values) {
  return {type, true, std::move(values)};
}

/// A sandbox token that may view dashboards and charts and carries these attributes.
[[nodiscard]] inline model::EmbedIdentity embed_identity(model::AttributeValues attributes) {
  return {"user-123",
          "jti",
          base::ApiKeyId("key_test"),
          model::Environment::kSandbox,
          base::Seconds(std::chrono::seconds(2'000'000'000)),
          std::move(attributes),
          {model::Access::kView, model::Access::kView, model::Access::kNone, false},
          {},
          {},
          {}};
}

[[nodiscard]] inline model::Principal embed_principal(const base::OrgId& organization,
                                                      model::Role role,
                                                      model::AttributeValues attributes) {
  return PrincipalFactory::for_embed(organization, role, embed_identity(std::move(attributes)));
}

/// An explorer of the test organization.
[[nodiscard]] inline model::Principal embed_principal(model::AttributeValues attributes) {
  return embed_principal(kTestOrganization, model::Role::kExplorer, std::move(attributes));
}

[[nodiscard]] inline model::Principal user_principal(const base::OrgId& organization,
                                                     model::Role role) {
  return PrincipalFactory::for_user(organization, base::UserId("usr_test"), role);
}

}  // namespace auth
