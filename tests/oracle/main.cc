// The oracle of access rules: random questions through the product and through an evaluator of its
// own, which have to agree.
//
//   ARACARI_ORACLE_CASES  How many questions: 5000, and 100000 or more at night.
//   ARACARI_ORACLE_SEED   Decides all of them. Printed; by default another one at each run.
//   ARACARI_ORACLE_CASE   Only this one of them, with the database it belongs to.
//
// The last line is `N passed, N failed`: a check that held for all questions counts as one.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string_view>
#include <thread>

#include <fmt/format.h>

#include "checks.h"
#include "engine.h"
#include "evaluator.h"
#include "product.h"
#include "simpler.h"
#include "world.h"

namespace oracle {
namespace {

constexpr std::uint64_t kQuestionsOfAWorld = 100;
constexpr std::size_t kShownFailures = 5;

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
  const char* text = std::getenv(variable);  // NOLINT(concurrency-mt-unsafe): one thread.
  return text == nullptr || *text == '\0' ? otherwise : std::strtoull(text, nullptr, 10);
}

/// Of one check: how often it had something to look at, and how often that was wrong.
struct Tally {
  std::string_view name;
  std::uint64_t least_percent;  ///< Of the questions; with fewer it has proved nothing.
  std::uint64_t looked = 0;
  std::uint64_t wrong = 0;
};

class Oracle {
 public:
  Oracle(Engine& engine, std::uint64_t seed, std::uint64_t cases)
      : engine_(engine), seed_(seed), cases_(cases) {}

  /// Every `workers`th world, beginning with number `worker`.
  void run_share(std::uint64_t worker, std::uint64_t workers) {
    for (std::uint64_t which = worker; which * kQuestionsOfAWorld < cases_; which += workers) {
      run_world(which, [&](std::uint64_t number) { return number < cases_; });
      if (which % 5 == 4) show_progress((which + 1) * kQuestionsOfAWorld);
    }
  }
  void run_one(std::uint64_t wanted) {
    shows_all_ = true;
    run_world(wanted / kQuestionsOfAWorld, [&](std::uint64_t number) { return number == wanted; });
  }

  void add(const Oracle& other) {
    for (std::size_t i = 0; i < tallies_.size(); ++i) {
      tallies_[i].looked += other.tallies_[i].looked;
      tallies_[i].wrong += other.tallies_[i].wrong;
    }
  }

  /// Prints the counts; true where nothing was wrong.
  [[nodiscard]] bool summarize(bool complete) const {
    std::size_t failed = 0;
    for (const Tally& tally : tallies_) {
      const bool enough = !complete || tally.looked * 100 >= cases_ * tally.least_percent;
      fmt::print("{}: {} looked at, {} wrong{}\n", tally.name, tally.looked, tally.wrong,
                 enough ? "" : ": too few to prove anything");
      failed += tally.wrong > 0 || !enough ? 1 : 0;
    }
    fmt::print("{} passed, {} failed\n", tallies_.size() - failed, failed);
    return failed == 0;
  }

 private:
  template <typename Wanted>
  void run_world(std::uint64_t which, const Wanted& wanted) {
    const std::uint64_t world_seed = derive_seed(seed_, which);
    Random random(world_seed);
    const World world = make_world(random, engine_.columns());
    engine_.load(world);
    Product product(engine_);
    for (std::uint64_t i = 0; i < kQuestionsOfAWorld; ++i) {
      const std::uint64_t number = which * kQuestionsOfAWorld + i;
      if (wanted(number)) run_question(number, derive_seed(world_seed, i), world, product);
    }
  }

  void run_question(std::uint64_t number, std::uint64_t seed, const World& world,
                    Product& product) {
    Random random(seed);
    const Question question = make_question(random, world);
    if (shows_all_) fmt::print("{}\n", describe(world, question));
    const Verdict verdict = judge(world, question);
    const bool some =
        !verdict.rows.empty() && verdict.rows.size() < world.tables.at(question.stored).rows;
    const auto answer = [&](const Question& asked) {
      return check_answer(engine_, product, world, asked);
    };
    note(verdict.refusals.empty() ? (some ? 0 : 1) : 2, number, world, question, answer);
    // The others take several queries each.
    switch (number % 4) {
      case 0:
        return note(3, number, world, question, [&](const Question& asked) {
          Random again(seed);
          return check_added_rule(again, product, asked);
        });
      case 1:
        return note(4, number, world, question, [&](const Question& asked) {
          Random again(seed);
          return check_widened_list(again, product, asked);
        });
      case 2:
        return note(5, number, world, question, [&](const Question& asked) {
          Random again(seed);
          return check_hidden_column(again, product, asked);
        });
      default:
        return note(6, number, world, question, [&](const Question& asked) {
          return check_masked_column(product, world, asked);
        });
    }
  }

  template <typename Check>
  void note(std::size_t which, std::uint64_t number, const World& world, const Question& question,
            const Check& check) {
    Tally& tally = tallies_.at(which);
    const Finding finding = check(question);
    tally.looked += finding.looked ? 1 : 0;
    if (finding.problem.empty()) return;
    tally.wrong += 1;
    if (++shown_ > kShownFailures) return;
    const Question simple = make_simpler(
        question, [&](const Question& asked) { return !check(asked).problem.empty(); });
    fmt::print("FAIL {}: {}\n{}\n  again: ARACARI_ORACLE_SEED={} ARACARI_ORACLE_CASE={}\n",
               tally.name, check(simple).problem, describe(world, simple), seed_, number);
  }

  void show_progress(std::uint64_t done) const {
    fmt::print("[{}/{}]\n", std::min(done, cases_), cases_);
    std::fflush(stdout);
  }

  Engine& engine_;
  std::uint64_t seed_;
  std::uint64_t cases_;
  bool shows_all_ = false;
  std::size_t shown_ = 0;
  std::array<Tally, 7> tallies_{{{"Answers over some of the rows", 15},
                                 {"Answers over all or none of the rows", 10},
                                 {"Refusals", 10},
                                 {"One more rule", 3},
                                 {"Longer lists", 2},
                                 {"Hidden columns", 3},
                                 {"Masked columns", 1}}};
};

int run() {
  const std::uint64_t seed = number_from("ARACARI_ORACLE_SEED", std::random_device()());
  const std::uint64_t cases = number_from("ARACARI_ORACLE_CASES", 5'000);
  constexpr std::uint64_t kAll = ~std::uint64_t{0};
  const std::uint64_t wanted = number_from("ARACARI_ORACLE_CASE", kAll);
  fmt::print("seed {}, {} questions\n", seed, cases);
  // The rules are in UTC, whatever the machine is in.
  ::setenv("TZ", "America/New_York", 1);  // NOLINT(concurrency-mt-unsafe): one thread.
  const std::array engines{make_duckdb_engine(), make_duckdb_engine()};
  std::array oracles{Oracle(*engines[0], seed, cases), Oracle(*engines[1], seed, cases)};
  if (wanted == kAll) {
    std::thread other([&] { oracles[1].run_share(1, 2); });
    oracles[0].run_share(0, 2);
    other.join();
  } else {
    oracles[0].run_one(wanted);
  }
  oracles[0].add(oracles[1]);
  return oracles[0].summarize(wanted == kAll) ? 0 : 1;
}

}  // namespace
}  // namespace oracle

int main() { return oracle::run(); }
