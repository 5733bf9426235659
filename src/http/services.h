#pragma once

// What the handlers work with. Made by `app` before the server listens and outliving it; every
// member is thread-safe.

#include <string>

#include "auth/accounts.h"
#include "auth/api_keys.h"
#include "auth/attempt_throttle.h"
#include "auth/audit_queue.h"
#include "auth/mint.h"
#include "auth/rate_limiter.h"
#include "auth/sessions.h"
#include "auth/sign_in.h"
#include "auth/signing_key_rotation.h"
#include "auth/signing_keys.h"
#include "auth/token_verifier.h"
#include "base/clock.h"
#include "catalog/databases.h"
#include "catalog/uploads.h"
#include "catalog/usage.h"
#include "docs/library.h"
#include "docs/search.h"
#include "http/exports.h"
#include "http/open_streams.h"
#include "query/chart_query.h"
#include "query/table_query.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace http {

struct Services {
  store::Store& store;
  store::OrganizationViews& views;
  auth::Accounts& accounts;
  auth::Sessions& sessions;
  auth::SignIn& sign_in;
  auth::AttemptThrottle& throttle;
  auth::AuditQueue& audit_queue;
  auth::SetupSecret& setup_secret;
  auth::ApiKeys& api_keys;
  auth::SigningKeys& signing_keys;
  auth::SigningKeyRotation& signing_key_rotation;
  auth::RateLimiter& rate_limiter;
  auth::TokenMint& mint;
  auth::TokenVerifier& verifier;
  catalog::Databases& databases;
  catalog::Uploads& uploads;
  catalog::UsageCounter& usage;
  const base::Clock& clock;
  OpenStreams& open_streams;
  const docs::Library& docs;
  docs::Search& docs_search;
  std::string public_url;  ///< Decides how the session cookie is named and whether it is Secure.
  std::chrono::seconds token_lifetime_max;
  std::int64_t sandbox_requests_per_minute;  ///< Of all sandbox tokens of one API key.
};

/// What handlers on customer data have besides. Only they do (Data::kThroughGuard), and both of
/// these send everything through the guard.
struct DataServices : Services {
  query::ChartQueries& charts;
  query::TableQueries& tables;
  Exports& exports;
};

}  // namespace http
