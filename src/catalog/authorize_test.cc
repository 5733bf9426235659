#include "catalog/authorize.h"

#include <array>

#include <gtest/gtest.h>

#include "auth/principal_test_support.h"

namespace catalog {
namespace {

using model::Role;

constexpr std::array kVerbs = {Verb::kViewContent,         Verb::kViewEmbedSettings,
                               Verb::kChangeEmbedSettings, Verb::kManageApiKeys,
                               Verb::kIntrospectTokens,    Verb::kManageSigningKeys};

/// One letter a verb, in the order of kVerbs: y where it is allowed.
std::string allowed(const model::Principal& principal) {
  std::string letters;
  for (const Verb verb : kVerbs) {
    const auto answer = authorize(principal, verb);
    letters += answer ? 'y' : 'n';
    if (!answer) {
      EXPECT_EQ(answer.error().code, base::Code::kForbidden);
    }
  }
  return letters;
}

TEST(Authorize, EveryRoleMayDoItsVerbs) {
  EXPECT_EQ(allowed(auth::user_principal(auth::kTestOrganization, Role::kExplorer)), "ynnnnn");
  EXPECT_EQ(allowed(auth::user_principal(auth::kTestOrganization, Role::kMaker)), "yynyyn");
  EXPECT_EQ(allowed(auth::user_principal(auth::kTestOrganization, Role::kAdmin)), "yyyyyy");
}

TEST(Authorize, ATokenMayOnlyViewContentWhateverItsRole) {
  for (const Role role : {Role::kExplorer, Role::kMaker, Role::kAdmin}) {
    EXPECT_EQ(allowed(auth::PrincipalFactory::for_embed(auth::kTestOrganization, role,
                                                        auth::embed_identity({}))),
              "ynnnnn");
  }
}

}  // namespace
}  // namespace catalog
