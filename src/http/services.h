#pragma once

// What the handlers work with. Made by `app` before the server listens and outliving it; every
// member is thread-safe.

#include <string>

#include "auth/accounts.h"
#include "auth/api_keys.h"
#include "auth/mint.h"
#include "auth/signing_key_rotation.h"
#include "auth/signing_keys.h"
#include "auth/token_verifier.h"
#include "base/clock.h"
#include "query/chart_query.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace http {

struct Services {
  store::Store& store;
  store::OrganizationViews& views;
  auth::Accounts& accounts;
  auth::SetupSecret& setup_secret;
  auth::ApiKeys& api_keys;
  auth::SigningKeys& signing_keys;
  auth::SigningKeyRotation& signing_key_rotation;
  auth::TokenMint& mint;
  auth::TokenVerifier& verifier;
  query::ChartQueries& charts;
  const base::Clock& clock;
  std::string public_url;  ///< Decides whether cookies are Secure.
};

}  // namespace http
