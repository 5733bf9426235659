#pragma once

// The demo of one data directory, with all that mints, verifies and seals: what the benchmarks work
// on. `aracari serve --demo` makes the directory, ARACARI_BENCH_DATA_DIR names it. For bench/ only.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <utility>

#include "auth/api_keys.h"
#include "auth/master_key.h"
#include "auth/mint.h"
#include "auth/signing_keys.h"
#include "auth/token_verifier.h"
#include "base/clock.h"
#include "catalog/api_keys.h"
#include "catalog/demo.h"
#include "crypto/init.h"
#include "store/accounts.h"
#include "store/organization_view.h"
#include "store/store.h"

namespace bench {

/// The value, or the end of the program: a benchmark has nobody to tell.
template <typename T>
T must(base::Result<T> result) {
  if (result) return std::move(result).value();
  const base::Error& error = result.error();
  std::fprintf(stderr, "%s %s %s\n", error.what.c_str(), error.field.c_str(), error.detail.c_str());
  std::exit(1);
}

inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "Wrong result: %s\n", what);
  std::exit(1);
}

inline std::string data_directory() {
  const char* directory = std::getenv("ARACARI_BENCH_DATA_DIR");
  require(directory != nullptr, "ARACARI_BENCH_DATA_DIR is not set");
  return directory;
}

inline base::OrgId demo_organization(store::Store& store) {
  const auto organizations = must(
      store.read([](store::Connection& connection) { return list_organizations(connection); }));
  require(organizations.size() == 1, "one organization, the demo");
  return organizations.front().id;
}

/// What a customer's backend sends: one customer of the demo, who sees Texas.
inline constexpr std::string_view kMintBody =
    R"({"user":{"distinctId":"customer-4711","attributes":{"state":"TX"}},"expiresIn":"1h"})";
inline constexpr std::chrono::seconds kLifetimeMax = std::chrono::hours(24);

struct DemoWorld {
  DemoWorld() { crypto::init(); }

  std::string directory = data_directory();
  std::unique_ptr<store::Store> store = must(store::Store::open(directory));
  base::SystemClock clock;
  store::OrganizationViews views{*store};
  auth::ApiKeys api_keys{*store, clock};
  auth::SigningKeys signing_keys{*store,
                                 must(auth::open_master_key(*store, {base::Secret(""), directory},
                                                            auth::CutOffRotation::kLeave)),
                                 clock, kLifetimeMax};
  auth::Revocations revocations{*store};
  auth::TokenMint mint{signing_keys, revocations, views, clock, kLifetimeMax};
  auth::TokenVerifier verifier{signing_keys, api_keys, revocations,
                               views,        clock,    {kLifetimeMax, {}}};
  base::OrgId organization = demo_organization(*store);
  std::shared_ptr<const store::OrganizationView> view = must(views.get(organization));
  catalog::CreatedApiKey api_key = create_key(model::TokenForm::kSigned);
  catalog::CreatedApiKey encrypting_key = create_key(model::TokenForm::kEncrypted);

  [[nodiscard]] catalog::CreatedApiKey create_key(model::TokenForm form) {
    return must(catalog::create_api_key(*store, catalog::owner_at_command_line(organization),
                                        {"Benchmark",
                                         model::Environment::kSandbox,
                                         {model::Scope::kMint, model::Scope::kIntrospect},
                                         model::default_key_limits(),
                                         form,
                                         1'000'000'000,
                                         std::nullopt},
                                        clock.now()));
  }
  [[nodiscard]] std::string mint_with(const model::ApiKey& key) {
    return must(mint.mint(key, kMintBody)).token;
  }
  [[nodiscard]] std::string mint_token() { return mint_with(api_key.key); }
  [[nodiscard]] model::Principal principal() {
    return must(verifier.verify(mint_token(), std::nullopt));
  }
  [[nodiscard]] const model::Dashboard& departures() const {
    require(view->dashboards.size() == 1, "one dashboard, Departures");
    return view->dashboards.begin()->second;
  }
};

}  // namespace bench
