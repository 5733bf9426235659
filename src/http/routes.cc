#include "http/routes.h"

#include "auth/mint.h"
#include "catalog/uploads.h"
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
constexpr std::size_t kPiece = catalog::kChunkBytes;
/// A table with rules that hold long lists of constants.
constexpr std::size_t kDefinition = 2 * 1024 * 1024;

constexpr auto kNoData = Data::kNone;
constexpr auto kGuarded = Data::kThroughGuard;
constexpr auto kUploaded = Data::kUploaded;

}  // namespace

std::vector<Route> all_routes() {
  return {
      {kGet, "/healthz", kPublic, kNetwork, kNoBody, kNoData, get_health},
      {kGet, "/docs", kPublic, kWorker, kNoBody, kNoData, get_docs},
      {kGet, "/docs/{page}", kPublic, kWorker, kNoBody, kNoData, get_docs_page},
      {kGet, "/llms.txt", kPublic, kNetwork, kNoBody, kNoData, get_llms_txt},
      {kGet, "/.well-known/jwks.json", kPublic, kEither, kNoBody, kNoData, get_jwks,
       is_jwks_at_hand},
      {kGet, "/embed/frame/dashboards/{id}", kPublic, kWorker, kNoBody, kNoData,
       get_dashboard_frame},

      {kPost, "/embed/generate-token", kServer, kEither, kMintBody, kNoData, post_generate_token,
       is_mint_at_hand},
      {kPost, "/oauth2/introspect", kServer, kEither, kLarge, kNoData, post_oauth_introspect,
       is_introspection_at_hand},
      {kPost, "/oauth2/revoke", kServer, kWorker, kLarge, kNoData, post_oauth_revoke},

      {kGet, "/api/v1/dashboards", kEmbed, kWorker, kNoBody, kNoData, get_dashboards},
      {kGet, "/api/v1/dashboards/{id}", kEmbed, kWorker, kNoBody, kNoData, get_dashboard},
      {kPost, "/api/v1/dashboards/{id}/data", kEmbed, kWorker, kLarge, kGuarded, post_data},
      {kPost, "/api/v1/dashboards/{id}/filters/{filter}/values", kEmbed, kWorker, kLarge, kGuarded,
       post_filter_values},
      {kPost, "/api/v1/dashboards/{id}/charts/{chart}/rows", kEmbed, kWorker, kLarge, kGuarded,
       post_chart_rows},
      {kPost, "/api/v1/dashboards/{id}/charts/{chart}/export", kEmbed, kWorker, kLarge, kGuarded,
       post_chart_export},
      {kPost, "/api/v1/dashboards/{id}/explain", kEmbed, kWorker, kLarge, kGuarded,
       post_dashboard_explain},
      {kGet, "/api/v1/charts/{chart}", kEmbed, kWorker, kNoBody, kNoData, get_chart},
      {kPost, "/api/v1/charts/{chart}/data", kEmbed, kWorker, kLarge, kGuarded, post_data},
      {kPost, "/api/v1/charts/{chart}/rows", kEmbed, kWorker, kLarge, kGuarded, post_chart_rows},
      {kPost, "/api/v1/charts/{chart}/export", kEmbed, kWorker, kLarge, kGuarded,
       post_chart_export},

      {kPost, "/api/v1/setup", kApp, kWorker, kSmall, kNoData, post_setup},
      {kGet, "/api/v1/session", kApp, kWorker, kNoBody, kNoData, get_session},
      {kPost, "/api/v1/session", kApp, kWorker, kSmall, kNoData, post_session},
      {kDelete, "/api/v1/session", kApp, kWorker, kSmall, kNoData, delete_session},
      {kGet, "/api/v1/sessions", kApp, kWorker, kNoBody, kNoData, get_sessions},
      {kDelete, "/api/v1/sessions/{id}", kApp, kWorker, kSmall, kNoData, delete_session_by_id},
      {kPost, "/api/v1/sessions/sign-out-others", kApp, kWorker, kSmall, kNoData,
       post_sign_out_others},
      {kPost, "/api/v1/password", kApp, kWorker, kSmall, kNoData, post_password},
      {kGet, "/api/v1/audit", kApp, kWorker, kNoBody, kNoData, get_audit},
      {kGet, "/api/v1/audit/export", kApp, kWorker, kNoBody, kNoData, get_audit_export},
      {kGet, "/api/v1/api-keys", kApp, kWorker, kNoBody, kNoData, get_api_keys},
      {kPost, "/api/v1/api-keys", kApp, kWorker, kSmall, kNoData, post_api_keys},
      {kPost, "/api/v1/api-keys/{id}/roll", kApp, kWorker, kSmall, kNoData, post_api_key_roll},
      {kPost, "/api/v1/api-keys/{id}/revoke", kApp, kWorker, kSmall, kNoData, post_api_key_revoke},
      {kGet, "/api/v1/child-keys", kServer, kWorker, kNoBody, kNoData, get_child_keys},
      {kPost, "/api/v1/child-keys", kServer, kWorker, kSmall, kNoData, post_child_keys},
      {kPost, "/api/v1/child-keys/{id}/roll", kServer, kWorker, kSmall, kNoData,
       post_child_key_roll},
      {kPost, "/api/v1/child-keys/{id}/revoke", kServer, kWorker, kSmall, kNoData,
       post_child_key_revoke},
      {kGet, "/api/v1/revocations", kApp, kWorker, kNoBody, kNoData, get_revocations},
      {kPost, "/api/v1/revocations", kAppOrServer, kWorker, kLarge, kNoData, post_revocations},
      {kGet, "/api/v1/signing-keys", kApp, kWorker, kNoBody, kNoData, get_signing_keys},
      {kPost, "/api/v1/signing-keys/rotate", kApp, kWorker, kSmall, kNoData,
       post_signing_keys_rotate},
      {kGet, "/api/v1/authorized-origins", kApp, kWorker, kNoBody, kNoData, get_authorized_origins},
      {kPost, "/api/v1/authorized-origins", kApp, kWorker, kSmall, kNoData,
       post_authorized_origins},
      {kDelete, "/api/v1/authorized-origins/{id}", kApp, kWorker, kSmall, kNoData,
       delete_authorized_origin},
      {kPost, "/api/v1/authorized-origins/check", kApp, kWorker, kSmall, kNoData,
       post_origin_check},
      {kGet, "/api/v1/token-attributes", kApp, kWorker, kNoBody, kNoData, get_token_attributes},
      {kPost, "/api/v1/token-attributes", kApp, kWorker, kSmall, kNoData, post_token_attributes},
      {kDelete, "/api/v1/token-attributes/{id}", kApp, kWorker, kSmall, kNoData,
       delete_token_attribute},
      {kGet, "/api/v1/dashboards/{id}/coverage", kApp, kWorker, kNoBody, kNoData,
       get_dashboard_coverage},
      {kPost, "/api/v1/dashboards/{id}/publish", kApp, kWorker, kSmall, kNoData,
       post_dashboard_publish},
      {kPost, "/api/v1/dashboards/{id}/unpublish", kApp, kWorker, kSmall, kNoData,
       post_dashboard_unpublish},
      {kGet, "/api/v1/usage", kApp, kWorker, kNoBody, kNoData, get_usage},
      {kGet, "/api/v1/usage/export", kApp, kWorker, kNoBody, kNoData, get_usage_export},

      {kGet, "/api/v1/content/theme", kApp, kWorker, kNoBody, kNoData, get_content_theme},
      {kPut, "/api/v1/content/theme", kApp, kWorker, kSmall, kNoData, put_content_theme},
      {kGet, "/api/v1/content/export", kApp, kWorker, kNoBody, kNoData, get_content_export},
      {kPost, "/api/v1/content/apply", kApp, kWorker, kDefinition, kNoData, post_content_apply},
      {kGet, "/api/v1/content/charts", kApp, kWorker, kNoBody, kNoData, get_content_charts},
      {kPost, "/api/v1/content/charts", kApp, kWorker, kLarge, kNoData, post_content_charts},
      {kPost, "/api/v1/content/charts/preview", kApp, kWorker, kLarge, kGuarded,
       post_chart_preview},
      {kGet, "/api/v1/content/charts/{id}", kApp, kWorker, kNoBody, kNoData, get_content_chart},
      {kPut, "/api/v1/content/charts/{id}", kApp, kWorker, kLarge, kNoData, put_content_chart},
      {kDelete, "/api/v1/content/charts/{id}", kApp, kWorker, kSmall, kNoData,
       delete_content_chart},
      {kPost, "/api/v1/content/dashboards", kApp, kWorker, kSmall, kNoData,
       post_content_dashboards},
      {kGet, "/api/v1/content/dashboards/{id}", kApp, kWorker, kNoBody, kNoData,
       get_content_dashboard},
      {kPut, "/api/v1/content/dashboards/{id}", kApp, kWorker, kDefinition, kNoData,
       put_content_dashboard},
      {kDelete, "/api/v1/content/dashboards/{id}", kApp, kWorker, kSmall, kNoData,
       delete_content_dashboard},
      {kPost, "/api/v1/content/dashboards/{id}/publish", kApp, kWorker, kSmall, kNoData,
       post_dashboard_publish},
      {kPost, "/api/v1/content/dashboards/{id}/discard", kApp, kWorker, kSmall, kNoData,
       post_dashboard_discard},
      {kPost, "/api/v1/content/dashboards/{id}/duplicate", kApp, kWorker, kSmall, kNoData,
       post_dashboard_duplicate},
      {kGet, "/api/v1/content/dashboards/{id}/versions", kApp, kWorker, kNoBody, kNoData,
       get_dashboard_versions},
      {kPost, "/api/v1/content/dashboards/{id}/versions/{version}/restore", kApp, kWorker, kSmall,
       kNoData, post_dashboard_restore},
      {kGet, "/api/v1/databases", kApp, kWorker, kNoBody, kNoData, get_databases},
      {kPost, "/api/v1/databases", kApp, kWorker, kLarge, kNoData, post_databases},
      {kPost, "/api/v1/databases/test", kApp, kWorker, kLarge, kNoData, post_databases_test},
      {kGet, "/api/v1/database-files", kApp, kWorker, kNoBody, kNoData, get_database_files},
      {kPut, "/api/v1/databases/{id}", kApp, kWorker, kLarge, kNoData, put_database},
      {kDelete, "/api/v1/databases/{id}", kApp, kWorker, kSmall, kNoData, delete_database},
      {kPost, "/api/v1/databases/{id}/test", kApp, kWorker, kSmall, kNoData, post_database_test},
      {kPost, "/api/v1/databases/{id}/refresh", kApp, kWorker, kSmall, kNoData,
       post_database_refresh},
      {kPost, "/api/v1/databases/{id}/purge", kApp, kWorker, kSmall, kNoData, post_database_purge},
      {kGet, "/api/v1/databases/{id}/tables", kApp, kWorker, kNoBody, kNoData, get_tables},
      {kPost, "/api/v1/databases/{id}/tables", kApp, kWorker, kLarge, kNoData, post_tables},
      {kPost, "/api/v1/tables/bulk", kApp, kWorker, kLarge, kNoData, post_tables_bulk},
      {kGet, "/api/v1/tables/{id}", kApp, kWorker, kNoBody, kNoData, get_table},
      {kPut, "/api/v1/tables/{id}", kApp, kWorker, kDefinition, kNoData, put_table},
      {kDelete, "/api/v1/tables/{id}", kApp, kWorker, kSmall, kNoData, delete_table},
      {kPost, "/api/v1/tables/{id}/preview", kApp, kWorker, kSmall, kGuarded, post_table_preview},
      {kGet, "/api/v1/tables/{id}/versions", kApp, kWorker, kNoBody, kNoData, get_table_versions},
      {kGet, "/api/v1/tables/{id}/versions/{version}", kApp, kWorker, kNoBody, kNoData,
       get_table_version},
      {kPost, "/api/v1/tables/{id}/versions/{version}/restore", kApp, kWorker, kSmall, kNoData,
       post_table_restore},
      {kGet, "/api/v1/uploads", kApp, kWorker, kNoBody, kNoData, get_uploads},
      {kPost, "/api/v1/uploads", kApp, kWorker, kSmall, kNoData, post_uploads},
      {kGet, "/api/v1/uploads/{id}", kApp, kWorker, kNoBody, kNoData, get_upload},
      {kPatch, "/api/v1/uploads/{id}", kApp, kWorker, kPiece, kNoData, patch_upload},
      {kDelete, "/api/v1/uploads/{id}", kApp, kWorker, kSmall, kNoData, delete_upload},
      {kPost, "/api/v1/uploads/{id}/inspect", kApp, kWorker, kSmall, kUploaded,
       post_upload_inspect},
      {kPost, "/api/v1/uploads/{id}/import", kApp, kWorker, kLarge, kNoData, post_upload_import},
      {kPost, "/api/v1/tokens/introspect", kAppOrServer, kWorker, kLarge, kNoData,
       post_token_introspect},
  };
}

}  // namespace http
