#include "app/serve.h"

#include <cstdio>
#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "app/background_work.h"
#include "app/command_line.h"
#include "app/data_directory_lock.h"
#include "app/import_process.h"
#include "app/layout_work.h"
#include "app/metadata.h"
#include "app/program_folder.h"
#include "app/stop_signals.h"
#include "auth/origin.h"
#include "base/log.h"
#include "catalog/databases.h"
#include "catalog/demo.h"
#include "catalog/file_layouts.h"
#include "catalog/tables.h"
#include "crypto/init.h"
#include "http/assets.h"
#include "http/docs_html.h"
#include "http/router.h"
#include "http/routes.h"
#include "http/server.h"
#include "source/spill_folder.h"
#include "source/unfinished_file.h"

namespace app {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

constexpr std::size_t kWorkerQueueRequests = 1024;
constexpr std::size_t kHeaderLimitBytes = 16 * 1024;
constexpr std::chrono::seconds kIdleTimeout{75};

constexpr std::chrono::seconds kDescribeTimeMax{30};
constexpr std::chrono::hours kImportTimeMax{2};

std::string spill_folder(const config::Settings& settings) {
  return std::filesystem::absolute(settings.data_dir) / "spill";
}

ImportProcessOptions import_options(const config::Settings& settings) {
  return {"/proc/self/exe",        spill_folder(settings), settings.import_memory_bytes,
          settings.engine_threads, kDescribeTimeMax,       kImportTimeMax};
}

/// With the pages that are made of what they describe, so that they are never stale.
docs::Library make_documentation() {
  static const std::string kOptions = config::render_option_page();
  static const std::string kCommands = render_command_page();
  return http::packed_docs({{"options", kOptions}, {"command-line", kCommands}});
}

/// Everything that lives as long as the server, in the order in which it is made.
struct Parts {
  Parts(const config::Settings& settings, Metadata opened, std::vector<std::string> own_origins)
      : metadata(std::move(opened)),
        views(*metadata.store),
        accounts(*metadata.store, metadata.master_key, clock),
        sessions(*metadata.store, clock),
        throttle(monotonic_clock),
        audit_queue(*metadata.store),
        sign_in(*metadata.store, sessions, throttle, audit_queue, clock),
        api_keys(*metadata.store, clock),
        signing_keys(*metadata.store, metadata.master_key, clock, settings.token_lifetime_max),
        signing_key_rotation(*metadata.store, metadata.master_key, clock,
                             {settings.token_lifetime_max, settings.signing_key_publish_ahead,
                              settings.signing_key_rotation}),
        revocations(*metadata.store),
        mint(signing_keys, revocations, views, clock, settings.token_lifetime_max),
        verifier(signing_keys, api_keys, revocations, views, clock,
                 {settings.token_lifetime_max, std::move(own_origins)}),
        sources({settings.data_dir, settings.engine_memory_bytes, settings.engine_threads,
                 metadata.master_key}),
        cache(settings.cache_bytes, clock),
        charts(sources, cache, clock, {settings.query_rows_max, settings.query_time_max}),
        tables(sources, cache, clock, {settings.query_rows_max, settings.query_time_max}),
        exports({std::max<std::size_t>(1, settings.worker_threads / 2),
                 settings.organization_exports_max, settings.export_time_max,
                 spill_folder(settings)}),
        databases(*metadata.store, views, sources, cache,
                  query::database_path(settings.data_dir, ""), metadata.master_key),
        import_process(import_options(settings)),
        uploads(*metadata.store, views, sources, cache, import_process, clock, settings.data_dir,
                {settings.upload_bytes_max, settings.organization_uploads_bytes_max}),
        usage(*metadata.store),
        layouts(*metadata.store, views, sources, cache, monotonic_clock) {}

  Metadata metadata;
  base::SystemClock clock;
  base::SystemMonotonicClock monotonic_clock;
  store::OrganizationViews views;
  auth::Accounts accounts;
  auth::Sessions sessions;
  auth::AttemptThrottle throttle;
  auth::AuditQueue audit_queue;
  auth::SignIn sign_in;
  auth::SetupSecret setup_secret;
  auth::ApiKeys api_keys;
  auth::SigningKeys signing_keys;
  auth::SigningKeyRotation signing_key_rotation;
  auth::Revocations revocations;
  auth::TokenMint mint;
  auth::TokenVerifier verifier;
  auth::RateLimiter rate_limiter;
  http::OpenStreams open_streams{verifier};
  query::Sources sources;
  query::ResultCache cache;
  query::ChartQueries charts;
  query::TableQueries tables;
  http::Exports exports;
  catalog::Databases databases;
  ImportProcess import_process;
  catalog::Uploads uploads;
  catalog::UsageCounter usage;
  catalog::FileLayouts layouts;
  docs::Library documentation = make_documentation();
  std::unique_ptr<docs::Search> documentation_search;
};

http::DataServices services_of(Parts& parts, const config::Settings& settings) {
  return {{*parts.metadata.store,
           parts.views,
           parts.accounts,
           parts.sessions,
           parts.sign_in,
           parts.throttle,
           parts.audit_queue,
           parts.setup_secret,
           parts.api_keys,
           parts.signing_keys,
           parts.signing_key_rotation,
           parts.rate_limiter,
           parts.mint,
           parts.verifier,
           parts.databases,
           parts.uploads,
           parts.usage,
           parts.clock,
           parts.open_streams,
           parts.documentation,
           *parts.documentation_search,
           settings.public_url,
           settings.token_lifetime_max,
           settings.sandbox_requests_per_minute},
          parts.charts,
          parts.tables,
          parts.exports};
}

/// The origins of our own pages. On the loopback address both of its names count.
Result<std::vector<std::string>> own_origins(const config::Settings& settings) {
  auto origin = auth::normalise_origin(settings.public_url);
  if (!origin) {
    return Error{Code::kConfigInvalid, "public-url: " + origin.error().what};
  }
  std::vector<std::string> origins{std::move(*origin)};
  if (settings.public_url_is_default && settings.host == "127.0.0.1") {
    ASSIGN_OR_RETURN(std::string localhost,
                     auth::normalise_origin(fmt::format("http://localhost:{}", settings.port)));
    origins.push_back(std::move(localhost));
  }
  return origins;
}

void say(std::string_view line) {
  std::printf("%.*s\n", static_cast<int>(line.size()), line.data());
  std::fflush(stdout);
}

Result<Done> prepare_demo(Parts& parts, const config::Settings& settings) {
  const std::string files =
      settings.demo_files.empty() ? program_folder() + "/share/aracari/demo" : settings.demo_files;
  ASSIGN_OR_RETURN(const auto password, catalog::ensure_demo(*parts.metadata.store, parts.accounts,
                                                             {files, settings.data_dir, say}));
  if (password) {
    say(fmt::format("Demo admin (shown once):  {}  /  {}", catalog::kDemoEmail,
                    password->reveal_secret()));
  } else {
    say(fmt::format(
        "The demo is there already: sign in as {} with the password of the first start, "
        "or make another user with `aracari users create`.",
        catalog::kDemoEmail));
  }
  return Done{};
}

/// Makes the first organization where configuration asks for it, else offers the set-up page.
Result<Done> prepare_accounts(Parts& parts, const config::Settings& settings) {
  ASSIGN_OR_RETURN(const bool set_up, parts.accounts.is_set_up());
  if (set_up) return Done{};
  if (!settings.admin_email.empty()) {
    ASSIGN_OR_RETURN(const model::User admin,
                     parts.accounts.create_organization(
                         settings.organization,
                         {settings.admin_email, settings.admin_password, model::Role::kAdmin},
                         {model::ActorKind::kServer, {}, "Configuration", {}}));
    say(fmt::format("Created the organization {} with the admin {}.", settings.organization,
                    admin.email));
    return Done{};
  }
  say(fmt::format("Set up Aracari at {}/setup with the set-up secret  {}", settings.public_url,
                  parts.setup_secret.secret().reveal_secret()));
  return Done{};
}

http::ServerOptions server_options(const config::Settings& settings) {
  return {
      settings.host,           settings.port,     settings.network_threads, settings.worker_threads,
      kWorkerQueueRequests,    kHeaderLimitBytes, settings.connections_max, kIdleTimeout,
      settings.trusted_proxies};
}

}  // namespace

Result<int> serve_until_signal(const config::Settings& settings) {
  StopSignals signals;
  crypto::init();
  base::open_log(settings.log_level);
  ASSIGN_OR_RETURN(std::vector<std::string> origins, own_origins(settings));
  RETURN_IF_ERROR(find_data_directory(settings, MissingDirectory::kCreate));
  ASSIGN_OR_RETURN(
      const DataDirectoryLock lock,
      DataDirectoryLock::take(settings.data_dir, LockMode::kShared,
                              "The master key of this data directory is being rotated."));
  ASSIGN_OR_RETURN(Metadata metadata, open_metadata(settings, MissingDirectory::kCreate,
                                                    auth::CutOffRotation::kFinish));
  Parts parts(settings, std::move(metadata), std::move(origins));
  ASSIGN_OR_RETURN(parts.documentation_search, docs::Search::over(parts.documentation.pages()));
  RETURN_IF_ERROR(parts.signing_keys.get());
  http::Router router(services_of(parts, settings), http::all_routes(),
                      http::StaticFiles(http::packed_assets()));
  ASSIGN_OR_RETURN(const auto server, http::Server::listen(server_options(settings), router));
  source::remove_spilt_files(spill_folder(settings));
  RETURN_IF_ERROR(parts.uploads.remove_left_behind());
  for (const char* folder : {"", "imported"}) {
    source::remove_unfinished_files(query::database_path(settings.data_dir, folder));
  }
  if (settings.demo) RETURN_IF_ERROR(prepare_demo(parts, settings));
  RETURN_IF_ERROR(catalog::keep_first_versions(*parts.metadata.store, parts.clock.now()));
  RETURN_IF_ERROR(prepare_accounts(parts, settings));
  const BackgroundWork background({*parts.metadata.store, parts.api_keys, parts.sessions,
                                   parts.audit_queue, parts.signing_key_rotation,
                                   parts.open_streams, parts.uploads, parts.usage, parts.clock,
                                   parts.monotonic_clock, settings.audit_kept});
  const LayoutWork layout_work(*parts.metadata.store, parts.layouts);
  signals.watch([&] { server->stop(settings.drain); });
  say(fmt::format("Aracari is ready at {}", settings.public_url));
  server->run();
  base::log(base::LogLevel::kInfo, "stopped");
  return kDone;
}

}  // namespace app
