// What one core does without HTTP: raw signatures, minting, verifying, introspecting, refusing,
// sealing.

#include <vector>

#include <benchmark/benchmark.h>

#include "auth/embed_token.h"
#include "auth/introspection.h"
#include "base/base64url.h"
#include "catalog/dashboards.h"
#include "crypto/ed25519.h"
#include "crypto/hash.h"
#include "demo_world.h"
#include "guard/guard.h"
#include "query/chart_plan.h"

namespace bench {
namespace {

constexpr std::size_t kColdTokens = 5000;
constexpr std::size_t kConditions = 10;
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

void mint_with(benchmark::State& state, const model::ApiKey& key) {
  require(world().verifier.inspect(world().mint_with(key)).active(), "the minted token is active");
  for (auto _ : state) benchmark::DoNotOptimize(world().mint.mint(key, kMintBody));
}
void mint(benchmark::State& state) { mint_with(state, world().api_key.key); }
BENCHMARK(mint);
void mint_encrypted(benchmark::State& state) { mint_with(state, world().encrypting_key.key); }
BENCHMARK(mint_encrypted);

/// `use` sees each token once in a round, and the cache holds fewer than two rounds.
template <typename Use>
void use_cold(benchmark::State& state, const model::ApiKey& key, Use use) {
  std::vector<std::string> tokens(kColdTokens);
  std::size_t next = tokens.size();
  for (auto _ : state) {
    if (next == tokens.size()) {
      state.PauseTiming();
      for (std::string& token : tokens) token = world().mint_with(key);
      next = 0;
      state.ResumeTiming();
    }
    if (!use(tokens[next++])) state.SkipWithError("a token was refused");
  }
}

template <typename Use>
void use_cached(benchmark::State& state, const model::ApiKey& key, Use use) {
  const std::string token = world().mint_with(key);
  for (auto _ : state) {
    if (!use(token)) state.SkipWithError("the token was refused");
  }
}

bool verify(const std::string& token) { return world().verifier.verify(token, std::nullopt).ok(); }

bool introspect(const std::string& token) {
  const auto answer =
      auth::introspect_for_machines(world().verifier, auth::reach_of(world().api_key.key), token);
  return answer.at("active").as_bool();
}

void verify_token_cold(benchmark::State& state) { use_cold(state, world().api_key.key, verify); }
BENCHMARK(verify_token_cold);
void verify_token_cached(benchmark::State& state) {
  use_cached(state, world().api_key.key, verify);
}
BENCHMARK(verify_token_cached);
void verify_encrypted_cold(benchmark::State& state) {
  use_cold(state, world().encrypting_key.key, verify);
}
BENCHMARK(verify_encrypted_cold);
void verify_encrypted_cached(benchmark::State& state) {
  use_cached(state, world().encrypting_key.key, verify);
}
BENCHMARK(verify_encrypted_cached);
void introspect_cold(benchmark::State& state) { use_cold(state, world().api_key.key, introspect); }
BENCHMARK(introspect_cold);
void introspect_cached(benchmark::State& state) {
  use_cached(state, world().api_key.key, introspect);
}
BENCHMARK(introspect_cached);

// Refusals. Of two guesses at a secret, one nearly right and one wholly wrong, neither may be
// quicker.

/// The token with one bit of its last part changed: the first or the last one.
enum class Bit : std::uint8_t { kFirst, kLast };
std::string with_wrong_bit(const std::string& token, Bit bit) {
  const std::size_t part = token.rfind('.') + 1;
  std::string bytes = base::parse_base64url(token.substr(part)).value();
  char& byte = bit == Bit::kFirst ? bytes.front() : bytes.back();
  byte = static_cast<char>(byte ^ (bit == Bit::kFirst ? 0x01 : 0x04));
  return token.substr(0, part) + base::render_base64url(bytes);
}

void refuse_token(benchmark::State& state, const std::string& token, base::Code expected) {
  for (auto _ : state) {
    const auto principal = world().verifier.verify(token, std::nullopt);
    if (principal || principal.error().code != expected) state.SkipWithError("another outcome");
  }
}

void refuse_key(benchmark::State& state, const std::string& key) {
  for (auto _ : state) {
    const auto known = world().api_keys.authenticate(key, model::Scope::kMint);
    if (known || known.error().code != base::Code::kApiKeyInvalid) {
      state.SkipWithError("another outcome");
    }
  }
}

/// `key` with another character at `at` of its random part, and the checksum that belongs to that.
std::string guess(std::string key, std::size_t at) {
  constexpr std::string_view kAlphabet =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  constexpr std::size_t kChecksum = 6;
  key[at] = key[at] == 'A' ? 'B' : 'A';
  key.resize(key.size() - kChecksum);
  const std::string digest = crypto::sha256(key);
  for (std::size_t i = 0; i < kChecksum; ++i) {
    key += kAlphabet[static_cast<unsigned char>(digest[i]) % kAlphabet.size()];
  }
  return key;
}

/// The key with a wrong last character: the checksum tells.
std::string with_wrong_checksum(std::string key) {
  key.back() = key.back() == 'A' ? 'B' : 'A';
  return key;
}

void register_refusals() {
  using base::Code;
  const auto add = [](const char* name, auto body) {
    benchmark::RegisterBenchmark((std::string("refuse/") + name).c_str(), body);
  };
  for (const Bit bit : {Bit::kFirst, Bit::kLast}) {
    const std::string which = bit == Bit::kFirst ? "first" : "last";
    add(("signature, wrong in its " + which + " bit").c_str(), [bit](benchmark::State& state) {
      refuse_token(state, with_wrong_bit(world().mint_token(), bit), Code::kTokenSignatureInvalid);
    });
    add(("tag of an encrypted token, wrong in its " + which + " bit").c_str(),
        [bit](benchmark::State& state) {
          refuse_token(state, with_wrong_bit(world().mint_with(world().encrypting_key.key), bit),
                       Code::kTokenSignatureInvalid);
        });
  }
  add("API key, wrong in its first character", [](benchmark::State& state) {
    const std::string& key = world().api_key.secret.reveal_secret();
    refuse_key(state, guess(key, key.rfind('_') + 1));
  });
  add("API key, wrong in its last character", [](benchmark::State& state) {
    const std::string& key = world().api_key.secret.reveal_secret();
    refuse_key(state, guess(key, key.size() - 7));
  });
  add("API key with a wrong checksum (public)", [](benchmark::State& state) {
    refuse_key(state, with_wrong_checksum(world().api_key.secret.reveal_secret()));
  });
}

void seal_all(benchmark::State& state, const std::map<base::TableId, model::Table>& tables) {
  const model::Principal principal = world().principal();
  const auto charts = catalog::charts_of(principal, world().departures(), *world().view);
  require(charts.size() == 8, "Departures has eight charts");
  const guard::Policies policies(world().organization, tables, world().view->databases, kToday);
  for (auto _ : state) {
    for (const model::Chart* chart : charts) {
      const auto plan = query::plan_chart(chart->spec, tables.at(chart->spec.table), {}, {});
      const auto sealed = guard::seal(plan->select, principal, policies);
      if (!sealed || sealed->decision().tables.front().conditions.empty())
        state.SkipWithError("not sealed");
    }
  }
}

/// All eight charts, each planned from its spec and sealed.
void seal_departures(benchmark::State& state) { seal_all(state, world().view->tables); }
BENCHMARK(seal_departures);

/// So many conditions, all the demo's.
model::Group own_state(std::size_t count) {
  const model::RuleNode node{model::Condition{
      "origin_state", model::RuleOperator::kEqual, {model::AttributeOperand{"state"}}}};
  return {model::Junction::kAnd, std::vector(count, node)};
}

void seal_departures_with_ten_conditions(benchmark::State& state) {
  auto tables = world().view->tables;
  const model::Group group = own_state(kConditions);
  for (auto& [id, table] : tables) {
    if (!table.rules.empty()) table.rules.front().rows.node = group;
  }
  seal_all(state, tables);
}
BENCHMARK(seal_departures_with_ten_conditions);

/// One chart, planned beforehand, for a viewer whose rules test `conditions` things: each second
/// one compares with an attribute, the others with a constant of their own.
void seal_with_conditions(benchmark::State& state) {
  auto tables = world().view->tables;
  const auto count = static_cast<std::size_t>(state.range(0));
  model::Group group = own_state(count);
  for (std::size_t i = 1; i < count; i += 2) {
    auto& condition = std::get<model::Condition>(group.nodes[i].node);
    condition.column = "distance";
    condition.op = model::RuleOperator::kGreater;
    condition.operands.front() = model::ConstantOperand{{static_cast<std::int64_t>(i)}};
  }
  for (auto& [id, table] : tables) {
    if (table.rules.empty()) continue;
    if (count == 0) table.access = model::TableAccess::kShared;
    table.rules.front().rows.node = group;
  }
  const model::Principal principal = world().principal();
  const auto charts = catalog::charts_of(principal, world().departures(), *world().view);
  const model::ChartSpec& spec = charts.front()->spec;
  const auto plan = must(query::plan_chart(spec, tables.at(spec.table), {}, {}));
  const guard::Policies policies(world().organization, tables, world().view->databases, kToday);
  const auto sealed = must(guard::seal(plan.select, principal, policies));
  require(sealed.decision().tables.front().conditions.size() == count, "all conditions apply");
  for (auto _ : state) benchmark::DoNotOptimize(guard::seal(plan.select, principal, policies));
}
BENCHMARK(seal_with_conditions)->Arg(0)->Arg(1)->Arg(10)->Arg(100);

}  // namespace
}  // namespace bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  bench::register_refusals();
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
