#include "http/routes.h"

#include "auth/mint.h"
#include "http/handlers.h"

namespace http {
namespace {

using enum Method;
using enum Audience;

constexpr auto kNetwork = Dispatch::Thread::kNetwork;  // answers in microseconds from memory
constexpr auto kEither = Dispatch::Thread::kEither;    // the first where all is in memory
constexpr auto kWorker = Dispatch::Thread::kWorker;    // may wait for disk, database, password hash

constexpr std::size_t kNoBody = 0;
constexpr std::size_t kSmall = 16 * 1024;
constexpr std::size_t kMintBody = auth::kMaxMintBodyBytes;
constexpr std::size_t kLarge = 256 * 1024;

}  // namespace

std::vector<Route> all_routes() {
  return {
      {kGet, "/healthz", kPublic, kNetwork, kNoBody, get_health},
      {kGet, "/.well-known/jwks.json", kPublic, kEither, kNoBody, get_jwks, is_jwks_at_hand},
      {kGet, "/embed/frame/dashboards/{id}", kPublic, kWorker, kNoBody, get_dashboard_frame},

      {kPost, "/embed/generate-token", kServer, kEither, kMintBody, post_generate_token,
       is_mint_at_hand},
      {kPost, "/oauth2/introspect", kServer, kEither, kLarge, post_oauth_introspect,
       is_introspection_at_hand},
      {kPost, "/oauth2/revoke", kServer, kWorker, kLarge, post_oauth_revoke},

      {kGet, "/api/v1/dashboards", kEmbed, kWorker, kNoBody, get_dashboards},
      {kGet, "/api/v1/dashboards/{id}", kEmbed, kWorker, kNoBody, get_dashboard},
      {kPost, "/api/v1/dashboards/{id}/data", kEmbed, kWorker, kLarge, post_dashboard_data},

      {kPost, "/api/v1/setup", kApp, kWorker, kSmall, post_setup},
      {kGet, "/api/v1/session", kApp, kWorker, kNoBody, get_session},
      {kPost, "/api/v1/session", kApp, kWorker, kSmall, post_session},
      {kDelete, "/api/v1/session", kApp, kWorker, kSmall, delete_session},
      {kGet, "/api/v1/sessions", kApp, kWorker, kNoBody, get_sessions},
      {kDelete, "/api/v1/sessions/{id}", kApp, kWorker, kSmall, delete_session_by_id},
      {kPost, "/api/v1/sessions/sign-out-others", kApp, kWorker, kSmall, post_sign_out_others},
      {kPost, "/api/v1/password", kApp, kWorker, kSmall, post_password},
      {kGet, "/api/v1/audit", kApp, kWorker, kNoBody, get_audit},
      {kGet, "/api/v1/audit/export", kApp, kWorker, kNoBody, get_audit_export},
      {kGet, "/api/v1/api-keys", kApp, kWorker, kNoBody, get_api_keys},
      {kPost, "/api/v1/api-keys", kApp, kWorker, kSmall, post_api_keys},
      {kPost, "/api/v1/api-keys/{id}/roll", kApp, kWorker, kSmall, post_api_key_roll},
      {kPost, "/api/v1/api-keys/{id}/revoke", kApp, kWorker, kSmall, post_api_key_revoke},
      {kGet, "/api/v1/child-keys", kServer, kWorker, kNoBody, get_child_keys},
      {kPost, "/api/v1/child-keys", kServer, kWorker, kSmall, post_child_keys},
      {kPost, "/api/v1/child-keys/{id}/roll", kServer, kWorker, kSmall, post_child_key_roll},
      {kPost, "/api/v1/child-keys/{id}/revoke", kServer, kWorker, kSmall, post_child_key_revoke},
      {kGet, "/api/v1/revocations", kApp, kWorker, kNoBody, get_revocations},
      {kPost, "/api/v1/revocations", kAppOrServer, kWorker, kLarge, post_revocations},
      {kGet, "/api/v1/signing-keys", kApp, kWorker, kNoBody, get_signing_keys},
      {kPost, "/api/v1/signing-keys/rotate", kApp, kWorker, kSmall, post_signing_keys_rotate},
      {kGet, "/api/v1/authorized-origins", kApp, kWorker, kNoBody, get_authorized_origins},
      {kPost, "/api/v1/authorized-origins", kApp, kWorker, kSmall, post_authorized_origins},
      {kDelete, "/api/v1/authorized-origins/{id}", kApp, kWorker, kSmall, delete_authorized_origin},
      {kPost, "/api/v1/authorized-origins/check", kApp, kWorker, kSmall, post_origin_check},
      {kGet, "/api/v1/token-attributes", kApp, kWorker, kNoBody, get_token_attributes},
      {kPost, "/api/v1/token-attributes", kApp, kWorker, kSmall, post_token_attributes},
      {kDelete, "/api/v1/token-attributes/{id}", kApp, kWorker, kSmall, delete_token_attribute},
      {kPost, "/api/v1/tokens/introspect", kAppOrServer, kWorker, kLarge, post_token_introspect},
  };
}

}  // namespace http
