#pragma once

// The tables of a world, and a question as plain SQL on a copy of the table that holds only what
// the evaluator lets be seen. Written by hand with literals; shares no code with `sql`. Spelled so
// that every engine understands it, or as `kind` does.

#include <functional>
#include <string>

#include "evaluator.h"
#include "model/database.h"
#include "world.h"

namespace oracle {

/// An identifier.
[[nodiscard]] std::string quoted(const std::string& name);

/// A value that rules and filters compare with.
[[nodiscard]] std::string value_literal(const model::Value& value);
/// The column `name` as it compares: text is text, and a moment a moment, however they are kept.
[[nodiscard]] std::string comparable(const std::string& name, model::ValueType type);

/// Makes a table by `create` ("CREATE TABLE") and fills it. `type_name` says how columns are kept.
[[nodiscard]] std::string statements_for(const StoredTable& table, const std::string& create,
                                         const std::function<std::string(Stored)>& type_name);

/// Of a question that is answered.
[[nodiscard]] std::string plain_chart(const World& world, const Question& question,
                                      const Verdict& verdict, model::DatabaseKind kind);
/// The columns in the table's order; the rows in no order.
[[nodiscard]] std::string plain_preview(const World& world, const Question& question,
                                        const Verdict& verdict, model::DatabaseKind kind);

}  // namespace oracle
