#pragma once

// A question as plain SQL on a copy of the table that holds only what the evaluator lets be seen.
// Written by hand with literals; shares no code with `sql`.

#include <string>

#include "evaluator.h"
#include "world.h"

namespace oracle {

/// An identifier.
[[nodiscard]] std::string quoted(const std::string& name);

/// The copy: `(SELECT … FROM … WHERE rid IN (…))`.
[[nodiscard]] std::string visible_copy(const StoredTable& stored, const Verdict& verdict,
                                       const model::Table& table);

/// Of a question that is answered.
[[nodiscard]] std::string plain_chart(const World& world, const Question& question,
                                      const Verdict& verdict);
/// The columns in the table's order; the rows in no order.
[[nodiscard]] std::string plain_preview(const World& world, const Question& question,
                                        const Verdict& verdict);

}  // namespace oracle
