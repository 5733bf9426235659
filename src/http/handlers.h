#pragma once

// The handlers, each decode → call → encode. routes.cc says which address each one has.

#include "base/json.h"
#include "base/result.h"
#include "http/message.h"
#include "http/problem.h"
#include "http/services.h"

namespace http {

// handlers_session.cc
[[nodiscard]] Response get_session(Services& services, const Request& request);
[[nodiscard]] Response post_session(Services& services, const Request& request);
[[nodiscard]] Response delete_session(Services& services, const Request& request);
[[nodiscard]] Response post_setup(Services& services, const Request& request);
[[nodiscard]] Response get_sessions(Services& services, const Request& request);
[[nodiscard]] Response delete_session_by_id(Services& services, const Request& request);
[[nodiscard]] Response post_sign_out_others(Services& services, const Request& request);
[[nodiscard]] Response post_password(Services& services, const Request& request);

// handlers_audit.cc
[[nodiscard]] Response get_audit(Services& services, const Request& request);
[[nodiscard]] Response get_audit_export(Services& services, const Request& request);

// handlers_api_keys.cc
[[nodiscard]] Response get_api_keys(Services& services, const Request& request);
[[nodiscard]] Response post_api_keys(Services& services, const Request& request);
[[nodiscard]] Response post_api_key_roll(Services& services, const Request& request);
[[nodiscard]] Response post_api_key_revoke(Services& services, const Request& request);
[[nodiscard]] Response get_child_keys(Services& services, const Request& request);
[[nodiscard]] Response post_child_keys(Services& services, const Request& request);
[[nodiscard]] Response post_child_key_roll(Services& services, const Request& request);
[[nodiscard]] Response post_child_key_revoke(Services& services, const Request& request);

// handlers_revocations.cc
[[nodiscard]] Response get_revocations(Services& services, const Request& request);
[[nodiscard]] Response post_revocations(Services& services, const Request& request);
[[nodiscard]] Response post_oauth_revoke(Services& services, const Request& request);

// handlers_origin_check.cc
[[nodiscard]] Response post_origin_check(Services& services, const Request& request);

// handlers_settings.cc
[[nodiscard]] Response get_authorized_origins(Services& services, const Request& request);
[[nodiscard]] Response post_authorized_origins(Services& services, const Request& request);
[[nodiscard]] Response delete_authorized_origin(Services& services, const Request& request);
[[nodiscard]] Response get_token_attributes(Services& services, const Request& request);
[[nodiscard]] Response post_token_attributes(Services& services, const Request& request);
[[nodiscard]] Response delete_token_attribute(Services& services, const Request& request);

// handlers_tokens.cc
[[nodiscard]] Response post_generate_token(Services& services, const Request& request);
[[nodiscard]] Response post_oauth_introspect(Services& services, const Request& request);
[[nodiscard]] Response post_token_introspect(Services& services, const Request& request);
// AtHand (router.h):
[[nodiscard]] bool is_mint_at_hand(Services& services, const Request& request);
[[nodiscard]] bool is_introspection_at_hand(Services& services, const Request& request);

// handlers_signing_keys.cc
[[nodiscard]] Response get_signing_keys(Services& services, const Request& request);
[[nodiscard]] Response post_signing_keys_rotate(Services& services, const Request& request);
[[nodiscard]] Response get_jwks(Services& services, const Request& request);
[[nodiscard]] bool is_jwks_at_hand(Services& services, const Request& request);

// handlers_dashboards.cc
[[nodiscard]] Response get_dashboards(Services& services, const Request& request);
[[nodiscard]] Response get_dashboard(Services& services, const Request& request);
[[nodiscard]] Response get_chart(Services& services, const Request& request);
// Of a dashboard, or of a chart on its own (viewed_content.h).
[[nodiscard]] Response post_data(DataServices& services, const Request& request);

// handlers_rows.cc
[[nodiscard]] Response post_filter_values(DataServices& services, const Request& request);
[[nodiscard]] Response post_chart_rows(DataServices& services, const Request& request);

// handlers_exports.cc
[[nodiscard]] Response post_chart_export(DataServices& services, const Request& request);

// handlers_charts.cc
[[nodiscard]] Response get_content_charts(Services& services, const Request& request);
[[nodiscard]] Response post_content_charts(Services& services, const Request& request);
[[nodiscard]] Response get_content_chart(Services& services, const Request& request);
[[nodiscard]] Response put_content_chart(Services& services, const Request& request);
[[nodiscard]] Response delete_content_chart(Services& services, const Request& request);
[[nodiscard]] Response post_chart_preview(DataServices& services, const Request& request);

// handlers_dashboard_drafts.cc
[[nodiscard]] Response post_content_dashboards(Services& services, const Request& request);
[[nodiscard]] Response get_content_dashboard(Services& services, const Request& request);
[[nodiscard]] Response put_content_dashboard(Services& services, const Request& request);
[[nodiscard]] Response delete_content_dashboard(Services& services, const Request& request);
[[nodiscard]] Response post_dashboard_discard(Services& services, const Request& request);
[[nodiscard]] Response post_dashboard_duplicate(Services& services, const Request& request);
[[nodiscard]] Response get_dashboard_versions(Services& services, const Request& request);
[[nodiscard]] Response post_dashboard_restore(Services& services, const Request& request);

// handlers_content.cc
[[nodiscard]] Response get_content_theme(Services& services, const Request& request);
[[nodiscard]] Response put_content_theme(Services& services, const Request& request);
[[nodiscard]] Response get_content_export(Services& services, const Request& request);
[[nodiscard]] Response post_content_apply(Services& services, const Request& request);

// handlers_usage.cc
[[nodiscard]] Response get_usage(Services& services, const Request& request);
[[nodiscard]] Response get_usage_export(Services& services, const Request& request);

// handlers_coverage.cc
[[nodiscard]] Response get_dashboard_coverage(Services& services, const Request& request);
[[nodiscard]] Response post_dashboard_publish(Services& services, const Request& request);
[[nodiscard]] Response post_dashboard_unpublish(Services& services, const Request& request);

// handlers_explain.cc
[[nodiscard]] Response post_dashboard_explain(DataServices& services, const Request& request);

// handlers_databases.cc
[[nodiscard]] Response get_databases(Services& services, const Request& request);
[[nodiscard]] Response get_database_files(Services& services, const Request& request);
[[nodiscard]] Response post_databases(Services& services, const Request& request);
[[nodiscard]] Response post_databases_test(Services& services, const Request& request);
[[nodiscard]] Response put_database(Services& services, const Request& request);
[[nodiscard]] Response delete_database(Services& services, const Request& request);
[[nodiscard]] Response post_database_test(Services& services, const Request& request);
[[nodiscard]] Response post_database_refresh(Services& services, const Request& request);
[[nodiscard]] Response post_database_purge(Services& services, const Request& request);

// handlers_tables.cc
[[nodiscard]] Response get_tables(Services& services, const Request& request);
[[nodiscard]] Response post_tables(Services& services, const Request& request);
[[nodiscard]] Response get_table(Services& services, const Request& request);
[[nodiscard]] Response put_table(Services& services, const Request& request);
[[nodiscard]] Response delete_table(Services& services, const Request& request);
[[nodiscard]] Response post_table_preview(DataServices& services, const Request& request);
[[nodiscard]] Response post_tables_bulk(Services& services, const Request& request);
[[nodiscard]] Response get_table_versions(Services& services, const Request& request);
[[nodiscard]] Response get_table_version(Services& services, const Request& request);
[[nodiscard]] Response post_table_restore(Services& services, const Request& request);

// handlers_uploads.cc
[[nodiscard]] Response get_uploads(Services& services, const Request& request);
[[nodiscard]] Response post_uploads(Services& services, const Request& request);
[[nodiscard]] Response get_upload(Services& services, const Request& request);
[[nodiscard]] Response patch_upload(Services& services, const Request& request);
[[nodiscard]] Response delete_upload(Services& services, const Request& request);
[[nodiscard]] Response post_upload_inspect(Services& services, const Request& request);
[[nodiscard]] Response post_upload_import(Services& services, const Request& request);

// handlers_frame.cc
[[nodiscard]] Response get_dashboard_frame(Services& services, const Request& request);

// handlers_session.cc
[[nodiscard]] Response get_health(Services& services, const Request& request);
[[nodiscard]] Response get_docs(Services& services, const Request& request);
[[nodiscard]] Response get_docs_page(Services& services, const Request& request);
[[nodiscard]] Response get_llms_txt(Services& services, const Request& request);

/// `outcome` as a response: its JSON with `status`, or its problem.
[[nodiscard]] Response respond(base::Result<base::json::value> outcome, const Request& request,
                               int status = 200);
/// 204, or the problem.
[[nodiscard]] Response respond(const base::Result<base::Done>& outcome, const Request& request);

}  // namespace http
