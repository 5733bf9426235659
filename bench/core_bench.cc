// What one core does without HTTP: raw signatures, minting, verifying, sealing.

#include <vector>

#include <benchmark/benchmark.h>

#include "auth/embed_token.h"
#include "catalog/dashboards.h"
#include "crypto/ed25519.h"
#include "demo_world.h"
#include "guard/guard.h"
#include "query/chart_plan.h"

namespace bench {
namespace {

constexpr std::size_t kColdTokens = 5000;
constexpr int kConditions = 10;
constexpr std::chrono::sys_days kToday{std::chrono::year(2026) / 11 / 25};

DemoWorld& world() {
  static DemoWorld demo;
  return demo;
}

/// What a minted token signs, so that the raw rate is of messages of the same length.
std::string signing_input() {
  const std::string token = world().mint_token();
  return token.substr(0, token.rfind('.'));
}

void sign_ed25519(benchmark::State& state) {
  const auto pair = crypto::new_ed25519_key_pair();
  const std::string message = signing_input();
  require(crypto::verify_ed25519(message, crypto::sign_ed25519(message, pair.private_key),
                                 pair.public_key),
          "the signature verifies");
  for (auto _ : state) {
    benchmark::DoNotOptimize(crypto::sign_ed25519(message, pair.private_key));
  }
}
BENCHMARK(sign_ed25519);

void verify_ed25519(benchmark::State& state) {
  const auto pair = crypto::new_ed25519_key_pair();
  std::string message = signing_input();
  const std::string signature = crypto::sign_ed25519(message, pair.private_key);
  require(!crypto::verify_ed25519(message + ".", signature, pair.public_key),
          "an altered message does not verify");
  for (auto _ : state) {
    benchmark::DoNotOptimize(crypto::verify_ed25519(message, signature, pair.public_key));
  }
}
BENCHMARK(verify_ed25519);

void authenticate_api_key(benchmark::State& state) {
  const std::string& key = world().api_key.secret.reveal_secret();
  const auto known = must(world().api_keys.authenticate(key, model::Scope::kMint));
  require(known->key.id == world().api_key.key.id, "the key is found");
  for (auto _ : state) {
    benchmark::DoNotOptimize(world().api_keys.authenticate(key, model::Scope::kMint));
  }
}
BENCHMARK(authenticate_api_key);

void mint(benchmark::State& state) {
  require(world().verifier.inspect(world().mint_token()).active(), "the minted token is active");
  for (auto _ : state) {
    benchmark::DoNotOptimize(world().mint.mint(world().api_key.key, kMintBody));
  }
}
BENCHMARK(mint);

void verify_token_cold(benchmark::State& state) {
  std::vector<std::string> tokens(kColdTokens);
  for (std::string& token : tokens) token = world().mint_token();
  // Each token is seen once in a round, and the cache holds fewer than two rounds.
  std::size_t next = 0;
  for (auto _ : state) {
    if (next == tokens.size()) {
      state.PauseTiming();
      for (std::string& token : tokens) token = world().mint_token();
      next = 0;
      state.ResumeTiming();
    }
    const auto principal = world().verifier.verify(tokens[next++], std::nullopt);
    if (!principal) state.SkipWithError("a token was refused");
  }
}
BENCHMARK(verify_token_cold);

void verify_token_cached(benchmark::State& state) {
  const std::string token = world().mint_token();
  for (auto _ : state) {
    const auto principal = world().verifier.verify(token, std::nullopt);
    if (!principal) state.SkipWithError("the token was refused");
  }
}
BENCHMARK(verify_token_cached);

void seal_all(benchmark::State& state, const std::map<base::TableId, model::Table>& tables) {
  const model::Principal principal = world().principal();
  const auto charts = catalog::charts_of(principal, world().departures(), *world().view);
  require(charts.size() == 8, "Departures has eight charts");
  const guard::Policies policies(world().organization, tables, world().view->databases, kToday);
  for (auto _ : state) {
    for (const model::Chart* chart : charts) {
      const auto plan = query::plan_chart(chart->spec, tables.at(chart->spec.table), {});
      const auto sealed = guard::seal(plan->select, principal, policies);
      if (!sealed || sealed->decision().tables.front().conditions.empty())
        state.SkipWithError("not sealed");
    }
  }
}

/// All eight charts, each planned from its spec and sealed.
void seal_departures(benchmark::State& state) { seal_all(state, world().view->tables); }
BENCHMARK(seal_departures);

void seal_departures_with_ten_conditions(benchmark::State& state) {
  auto tables = world().view->tables;
  model::Group group{model::Junction::kAnd, {}};
  for (int i = 0; i < kConditions; ++i) {
    group.nodes.push_back({model::Condition{
        "origin_state", model::RuleOperator::kEqual, {model::AttributeOperand{"state"}}}});
  }
  for (auto& [id, table] : tables) {
    if (!table.rules.empty()) table.rules.front().rows = {group};
  }
  seal_all(state, tables);
}
BENCHMARK(seal_departures_with_ten_conditions);

}  // namespace
}  // namespace bench

BENCHMARK_MAIN();
