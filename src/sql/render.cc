#include "sql/render.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace sql {
namespace {

/// Looked through for an equal value, so that a long list does not take quadratic time.
constexpr std::size_t kSharedPlaceholders = 32;

/// Longer names are cut by PostgreSQL, and could then be those of something else.
constexpr std::size_t kPostgresNameBytesMax = 63;

bool is_stored_text(const Expression& expression) {
  if (expression == nullptr) return false;
  const auto* stored = std::get_if<StoredColumn>(&expression->node);
  return stored != nullptr && stored->type == model::ValueType::kString;
}

class Renderer {
 public:
  explicit Renderer(Dialect dialect) : dialect_(dialect) {}

  void select(const Select& select);
  base::Result<Statement> take() &&;

 private:
  [[nodiscard]] bool is_postgres() const { return dialect_ == Dialect::kPostgres; }
  void from(const From& from);
  void table(const PhysicalTable& table);
  void stored(const StoredColumn& column);
  void expression(const Expression& expression);
  void call(const Call& call);
  void duckdb_call(const Call& call);
  void postgres_call(const Call& call);
  void equality(const Call& call);
  void compare_equal(const Call& call);
  void infix(const Call& call, std::string_view word);
  void prefix(const Call& call, std::string_view word, std::size_t arity);
  void affix(const Call& call, std::string_view before, std::string_view after);
  void month_number(const Call& call);
  void month_start(const Call& call);
  void postgres_span(const Call& call, std::string_view before, std::string_view after);
  void quarter_number(const Call& call);
  void quarter_start(const Call& call, std::string_view whole);
  void among(const Among& among);
  void calendar_part(const Call& call, std::string_view before, std::string_view after);
  void postgres_bin(const Call& call);
  void compare(const Call& call, std::string_view word);
  void in(const Call& call, std::string_view word);
  void operand(const Call& call);
  void null(model::ValueType type);
  void form(const Call& call, std::string_view before, std::string_view between,
            std::string_view after);
  void ordinals(std::string_view clause, const std::vector<std::size_t>& projections);
  void order(const Select& select);
  void placeholder(const model::Value& value);
  void identifier(std::string_view name);
  void stored_name(std::string_view name);
  bool has_arity(const Call& call, std::size_t arity);

  const Dialect dialect_;
  bool own_collation_ = false;  ///< Stored text compares as its table says.
  std::string out_;
  std::vector<model::Value> arguments_;
  std::string problem_;
};

base::Result<Statement> Renderer::take() && {
  if (out_.find('\0') != std::string::npos) problem_ = "a name with NUL";
  if (!problem_.empty()) {
    return base::Error{base::Code::kInternal, "The query can not be rendered.", problem_};
  }
  if (is_postgres() && arguments_.size() > kPostgresArgumentsMax) {
    return base::Error{base::Code::kQueryTooLarge,
                       "The query compares with more values than its database takes."};
  }
  return Statement{std::move(out_), std::move(arguments_), dialect_};
}

void append_identifier(std::string& out, std::string_view name) {
  out += '"';
  for (const char c : name) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

void Renderer::identifier(std::string_view name) { append_identifier(out_, name); }

void Renderer::placeholder(const model::Value& value) {
  const auto shared_end = arguments_.begin() + static_cast<std::ptrdiff_t>(std::min(
                                                   arguments_.size(), kSharedPlaceholders));
  auto found = std::find(arguments_.begin(), shared_end, value);
  if (found == shared_end) found = arguments_.insert(arguments_.end(), value);
  out_ += fmt::format("${}", found - arguments_.begin() + 1);
}

void Renderer::stored_name(std::string_view name) {
  if (is_postgres() && name.size() > kPostgresNameBytesMax) problem_ = "a name that would be cut";
  identifier(name);
}

void Renderer::table(const PhysicalTable& table) {
  const std::size_t dot = table.name.find('.');
  if (!is_postgres()) return stored_name(table.name);
  const bool named = dot != std::string::npos;
  stored_name(named ? std::string_view(table.name).substr(0, dot) : "public");
  out_ += '.';
  stored_name(named ? std::string_view(table.name).substr(dot + 1) : table.name);
}

/// Every type that is shown as text is one, and none brings a collation or operators of its own.
void Renderer::stored(const StoredColumn& column) {
  if (!is_postgres() || column.type != model::ValueType::kString) return stored_name(column.name);
  out_ += own_collation_ ? "CAST(" : "(CAST(";
  stored_name(column.name);
  out_ += own_collation_ ? " AS text)" : " AS text) COLLATE \"C\")";
}

void Renderer::from(const From& from) {
  if (const auto* physical = std::get_if<PhysicalTable>(&from)) {
    table(*physical);
  } else if (const auto* defined = std::get_if<SqlTable>(&from)) {
    if (is_postgres()) problem_ = "a statement that was not checked for this dialect";
    // On lines of its own, so that a comment at its end does not reach the parenthesis.
    out_ += "(\n" + defined->statement + "\n) AS \"s\"";
  } else if (const auto* query = std::get_if<std::shared_ptr<const Select>>(&from)) {
    out_ += '(';
    select(**query);
    out_ += ") AS \"t\"";
  } else {
    problem_ = "unresolved table reference";
  }
}

bool Renderer::has_arity(const Call& call, std::size_t arity) {
  if (call.arguments.size() == arity) return true;
  problem_ = fmt::format("function {} with {} arguments", static_cast<int>(call.function),
                         call.arguments.size());
  return false;
}

void Renderer::infix(const Call& call, std::string_view word) {
  if (call.arguments.size() < 2) {
    if (has_arity(call, 1)) expression(call.arguments.front());
    return;
  }
  out_ += '(';
  for (std::size_t i = 0; i < call.arguments.size(); ++i) {
    if (i > 0) out_ += word;
    expression(call.arguments[i]);
  }
  out_ += ')';
}

void Renderer::prefix(const Call& call, std::string_view word, std::size_t arity) {
  if (!has_arity(call, arity)) return;
  out_ += word;
  for (const Expression& argument : call.arguments) expression(argument);
  out_ += ')';
}

void Renderer::affix(const Call& call, std::string_view before, std::string_view after) {
  if (!has_arity(call, 1)) return;
  out_ += before;
  expression(call.arguments.front());
  out_ += after;
}

void Renderer::month_number(const Call& call) {
  if (is_postgres()) {
    calendar_part(call, "date_part('year', ", ") * 12");
    affix(call, " + date_part('month', ", ") - 1 AS integer) END)");
  } else {
    affix(call, "(year(", ") * 12");
    affix(call, " + month(", ") - 1)");
  }
}

void Renderer::quarter_number(const Call& call) {
  if (is_postgres()) {
    calendar_part(call, "date_part('year', ", ") * 4");
    affix(call, " + date_part('quarter', ", ") - 1 AS integer) END)");
  } else {
    affix(call, "(year(", ") * 4");
    affix(call, " + quarter(", ") - 1)");
  }
}

/// The seconds since 1970 in whole spans; NULL for infinity.
void Renderer::postgres_span(const Call& call, std::string_view before, std::string_view after) {
  affix(call, "(CASE WHEN isfinite(", ") THEN CAST(floor(");
  affix(call, before, after);
}

void Renderer::among(const Among& among) {
  if (among.values == nullptr) {
    problem_ = "missing query";
    return;
  }
  out_ += '(';
  expression(among.needle);
  out_ += " IN (";
  select(*among.values);
  out_ += "))";
}

void Renderer::quarter_start(const Call& call, std::string_view whole) {
  affix(call, "make_date(", whole);
  affix(call, ", ", " % 4 * 3 + 1, 1)");
}

void Renderer::month_start(const Call& call) {
  affix(call, "make_date(", is_postgres() ? " / 12" : " // 12");
  affix(call, ", ", " % 12 + 1, 1)");
}

/// Opens a CASE that gives NULL for days which make_date can not make: those before the year 1, and
/// infinity.
void Renderer::calendar_part(const Call& call, std::string_view before, std::string_view after) {
  affix(call, "(CASE WHEN ", " >= DATE '0001-01-01'");
  affix(call, " AND ", " < DATE 'infinity' THEN CAST(");
  affix(call, before, after);
}

/// Numbers whose bin has more than 18 digits, infinity and NaN are in none.
void Renderer::postgres_bin(const Call& call) {
  form(call, "(CASE WHEN abs(CAST(", " AS float8)) < 9e18 * ", " THEN");
  form(call, " CAST(floor(", " / ", ") AS bigint) END)");
}

void Renderer::null(model::ValueType type) {
  const bool postgres = is_postgres();
  switch (type) {
    case model::ValueType::kString: out_ += "CAST(NULL AS VARCHAR)"; break;
    case model::ValueType::kInteger: out_ += "CAST(NULL AS BIGINT)"; break;
    case model::ValueType::kNumeric:
      out_ += postgres ? "CAST(NULL AS float8)" : "CAST(NULL AS DOUBLE)";
      break;
    case model::ValueType::kBoolean: out_ += "CAST(NULL AS BOOLEAN)"; break;
    case model::ValueType::kDate: out_ += "CAST(NULL AS DATE)"; break;
    case model::ValueType::kDatetime: out_ += "CAST(NULL AS TIMESTAMP)"; break;
  }
}

void Renderer::operand(const Call& call) {
  const Expression& compared = call.arguments[0];
  const Expression& with = call.arguments[1];
  const auto* value = with == nullptr ? nullptr : std::get_if<Bound>(&with->node);
  // PostgreSQL's stored columns of other kinds are read as text anywhere.
  const bool text =
      !is_postgres() && value != nullptr && std::holds_alternative<std::string>(value->value);
  if (text) out_ += "CAST(";
  expression(compared);
  if (text) out_ += " AS VARCHAR)";
}

void Renderer::compare(const Call& call, std::string_view word) {
  if (!has_arity(call, 2)) return;
  out_ += word.ends_with('(') ? word : "(";
  operand(call);
  out_ += word.ends_with('(') ? ", " : word;
  expression(call.arguments[1]);
  out_ += ')';
}

void Renderer::in(const Call& call, std::string_view word) {
  if (call.arguments.size() < 2) {
    problem_ = "IN without values";
    return;
  }
  out_ += '(';
  operand(call);
  out_ += word;
  for (std::size_t i = 1; i < call.arguments.size(); ++i) {
    if (i > 1) out_ += ", ";
    expression(call.arguments[i]);
  }
  out_ += "))";
}

void Renderer::form(const Call& call, std::string_view before, std::string_view between,
                    std::string_view after) {
  if (!has_arity(call, 2)) return;
  out_ += before;
  expression(call.arguments[0]);
  out_ += between;
  expression(call.arguments[1]);
  out_ += after;
}

void Renderer::compare_equal(const Call& call) {
  return call.function == Function::kIn ? in(call, " IN (") : compare(call, " = ");
}

/// An index that the table's owner made has the collation of its column, so text is compared by
/// that first. It never tells equal bytes apart; whether bytes are equal is then decided by "C".
void Renderer::equality(const Call& call) {
  if (!is_postgres() || call.arguments.empty() || !is_stored_text(call.arguments.front())) {
    return compare_equal(call);
  }
  const auto& column = std::get<StoredColumn>(call.arguments.front()->node);
  out_ += '(';
  const std::size_t begin = out_.size() + 1;
  own_collation_ = true;
  compare_equal(call);
  own_collation_ = false;
  if (!problem_.empty()) return;
  const std::string compared = out_.substr(begin);
  out_ += " AND (";
  const std::size_t needle = out_.size();
  stored(column);
  // The same values: a second rendering would bind those of a long list again.
  constexpr std::size_t kAround = std::string_view("( COLLATE \"C\")").size();
  out_ += compared.substr(out_.size() - needle - kAround);
  out_ += ')';
}

void Renderer::call(const Call& call) {
  switch (call.function) {
    case Function::kAnd: return infix(call, " AND ");
    case Function::kOr: return infix(call, " OR ");
    case Function::kEqual:
    case Function::kIn: return equality(call);
    case Function::kGreater: return compare(call, " > ");
    case Function::kGreaterOrEqual: return compare(call, " >= ");
    case Function::kLess: return compare(call, " < ");
    case Function::kLessOrEqual: return compare(call, " <= ");
    case Function::kDifferent: return compare(call, " <> ");
    case Function::kNotIn: return in(call, " NOT IN (");
    case Function::kStartsWith: return compare(call, "starts_with(");
    case Function::kIsSet: return affix(call, "(", " IS NOT NULL)");
    case Function::kIsNotSet: return affix(call, "(", " IS NULL)");
    case Function::kCount: return prefix(call, "count(*", 0);
    case Function::kCountDistinct: return prefix(call, "count(DISTINCT ", 1);
    case Function::kSum: return prefix(call, "sum(", 1);
    case Function::kAverage: return prefix(call, "avg(", 1);
    case Function::kMin: return prefix(call, "min(", 1);
    case Function::kMax: return prefix(call, "max(", 1);
    case Function::kAllTrue: return prefix(call, "bool_and(", 1);
    case Function::kAnyTrue: return prefix(call, "bool_or(", 1);
    case Function::kWhen: return form(call, "(CASE WHEN ", " THEN ", " END)");
    case Function::kFilter: return form(call, "", " FILTER (WHERE ", ")");
    case Function::kBinStart: return form(call, "(", " * ", ")");
    case Function::kDay: return affix(call, "CAST(", " AS DATE)");
    case Function::kWeekStart:
      return affix(call, "(DATE '1969-12-29' + CAST(", " * 7 AS integer))");
    case Function::kQuarterNumber: return quarter_number(call);
    case Function::kMonthNumber: return month_number(call);
    case Function::kMonthStart: return month_start(call);
    case Function::kYearStart: return affix(call, "make_date(", ", 1, 1)");
    case Function::kContains:
    case Function::kContainsAnyCase:
    case Function::kMinuteNumber:
    case Function::kMinuteStart:
    case Function::kHourNumber:
    case Function::kHourStart:
    case Function::kWeekNumber:
    case Function::kQuarterStart:
    case Function::kDayOfWeek:
    case Function::kMonthOfYear:
    case Function::kIsNumber:
    case Function::kIsNoNumber:
    case Function::kRatio:
    case Function::kWhole:
    case Function::kBinNumber:
    case Function::kYearNumber:
    case Function::kHourOfDay: return is_postgres() ? postgres_call(call) : duckdb_call(call);
  }
}

void Renderer::duckdb_call(const Call& call) {
  switch (call.function) {
    case Function::kContains: return compare(call, "contains(");
    case Function::kContainsAnyCase:
      return form(call, "contains(lower(CAST(", " AS VARCHAR)), lower(", "))");
    case Function::kMinuteNumber: return affix(call, "TRY_CAST(floor(epoch(", ") / 60) AS BIGINT)");
    case Function::kMinuteStart: return affix(call, "make_timestamp(", " * 60000000)");
    case Function::kHourNumber: return affix(call, "TRY_CAST(floor(epoch(", ") / 3600) AS BIGINT)");
    case Function::kHourStart: return affix(call, "make_timestamp(", " * 3600000000)");
    case Function::kWeekNumber:
      return affix(call, "TRY_CAST(floor((epoch(", ") + 259200) / 604800) AS BIGINT)");
    case Function::kQuarterStart: return quarter_start(call, " // 4");
    case Function::kDayOfWeek: return prefix(call, "isodow(", 1);
    case Function::kMonthOfYear: return prefix(call, "month(", 1);
    // NaN is greater than infinity in every dialect.
    case Function::kIsNumber: return affix(call, "(", " <= CAST('infinity' AS DOUBLE))");
    case Function::kIsNoNumber:
      return affix(call, "((", " <= CAST('infinity' AS DOUBLE)) IS NOT TRUE)");
    case Function::kRatio: return form(call, "(CAST(", " AS DOUBLE) / NULLIF(", ", 0))");
    case Function::kWhole: return affix(call, "", "");
    case Function::kBinNumber: return form(call, "TRY_CAST(floor(", " / ", ") AS BIGINT)");
    case Function::kYearNumber: return prefix(call, "year(", 1);
    case Function::kHourOfDay: return prefix(call, "hour(", 1);
    default: problem_ = "function without a form in DuckDB";
  }
}

void Renderer::postgres_call(const Call& call) {
  switch (call.function) {
    case Function::kContains: return form(call, "(strpos(", ", ", ") > 0)");
    // Under "C" only the letters of ASCII have two cases.
    case Function::kContainsAnyCase:
      return form(call, "(strpos(lower(CAST(", " AS text) COLLATE \"default\"), lower(",
                  " COLLATE \"default\")) > 0)");
    case Function::kMinuteNumber:
      return postgres_span(call, "date_part('epoch', ", ") / 60) AS bigint) END)");
    case Function::kMinuteStart:
      return affix(call, "(TIMESTAMP '1970-01-01' + ", " * INTERVAL '1 minute')");
    case Function::kHourNumber:
      return postgres_span(call, "date_part('epoch', ", ") / 3600) AS bigint) END)");
    case Function::kHourStart:
      return affix(call, "(TIMESTAMP '1970-01-01' + ", " * INTERVAL '1 hour')");
    case Function::kWeekNumber:
      return postgres_span(call, "(date_part('epoch', ", ") + 259200) / 604800) AS bigint) END)");
    case Function::kQuarterStart: return quarter_start(call, " / 4");
    case Function::kDayOfWeek: return affix(call, "CAST(date_part('isodow', ", ") AS bigint)");
    case Function::kMonthOfYear: return affix(call, "CAST(date_part('month', ", ") AS bigint)");
    case Function::kIsNumber: return affix(call, "(", " <= CAST('infinity' AS float8))");
    case Function::kIsNoNumber:
      return affix(call, "((", " <= CAST('infinity' AS float8)) IS NOT TRUE)");
    case Function::kRatio:
      return form(call, "(CAST(", " AS float8) / NULLIF(CAST(", " AS float8), 0))");
    // What a decoder knows as a whole number: no column is that wide.
    case Function::kWhole: return affix(call, "CAST(", " AS numeric(1000, 0))");
    case Function::kBinNumber: return postgres_bin(call);
    case Function::kYearNumber:
      return calendar_part(call, "date_part('year', ", ") AS integer) END)");
    case Function::kHourOfDay: return affix(call, "CAST(date_part('hour', ", ") AS bigint)");
    default: problem_ = "function without a form in PostgreSQL";
  }
}

void Renderer::expression(const Expression& expression) {
  if (expression == nullptr) {
    problem_ = "missing expression";
  } else if (const auto* name = std::get_if<ColumnName>(&expression->node)) {
    identifier(name->name);
  } else if (const auto* held = std::get_if<StoredColumn>(&expression->node)) {
    stored(*held);
  } else if (const auto* value = std::get_if<Bound>(&expression->node)) {
    placeholder(value->value);
  } else if (const auto* inner = std::get_if<Among>(&expression->node)) {
    among(*inner);
  } else if (const auto* nothing = std::get_if<Null>(&expression->node)) {
    null(nothing->type);
  } else {
    call(std::get<Call>(expression->node));
  }
}

void Renderer::ordinals(std::string_view clause, const std::vector<std::size_t>& projections) {
  for (std::size_t i = 0; i < projections.size(); ++i) {
    out_ += i == 0 ? clause : ", ";
    out_ += fmt::to_string(projections[i] + 1);
  }
}

void Renderer::order(const Select& select) {
  std::string_view clause = " ORDER BY ";
  if (select.last != nullptr) {
    out_ += std::exchange(clause, ", ");
    expression(select.last);
  }
  for (const Order& order : select.order_by) {
    out_ += std::exchange(clause, ", ");
    out_ += fmt::to_string(order.projection + 1);
    out_ += order.descending ? " DESC NULLS LAST" : " ASC NULLS LAST";
  }
}

void Renderer::select(const Select& select) {
  out_ += "SELECT ";
  for (std::size_t i = 0; i < select.projections.size(); ++i) {
    if (i > 0) out_ += ", ";
    expression(select.projections[i].expression);
    out_ += " AS ";
    identifier(select.projections[i].alias);
  }
  out_ += " FROM ";
  from(select.from);
  if (select.where != nullptr) {
    out_ += " WHERE ";
    expression(select.where);
  }
  ordinals(" GROUP BY ", select.group_by);
  order(select);
  if (select.limit_rows) out_ += fmt::format(" LIMIT {}", *select.limit_rows);
}

}  // namespace

base::Result<Statement> render(const Select& query, Dialect dialect) {
  Renderer renderer(dialect);
  renderer.select(query);
  return std::move(renderer).take();
}

std::string quote_identifier(std::string_view name) {
  std::string quoted;
  append_identifier(quoted, name);
  return quoted;
}

}  // namespace sql
