#pragma once

// What is compared for each question. Every check gives an empty text where all is well, else what
// differs.

#include <string>

#include "engine.h"
#include "product.h"
#include "world.h"

namespace oracle {

/// Whether a check had anything to look at, and what it found.
struct Finding {
  bool looked;
  std::string problem;
};

/// The product's answer is that of a plain query on what the evaluator lets be seen; it refuses
/// what the evaluator refuses, for a reason of the evaluator's.
[[nodiscard]] Finding check_answer(Engine& engine, Product& product, const World& world,
                                   const Question& question);

/// Where rules give rows already, one more never adds any.
[[nodiscard]] Finding check_added_rule(Random& random, Product& product, const Question& question);
/// A longer list in *is in* never removes a row.
[[nodiscard]] Finding check_widened_list(Random& random, Product& product,
                                         const Question& question);
/// Hiding a column changes no answer that does not use it, and refuses those that do, in the words
/// for a column that is not there.
[[nodiscard]] Finding check_hidden_column(Random& random, Product& product,
                                          const Question& question);
/// Of two tables that differ in one masked column nobody can tell which is which.
[[nodiscard]] Finding check_masked_column(Product& product, const World& world,
                                          const Question& question);

}  // namespace oracle
