#include "world.h"

#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include "auth/principal_test_support.h"
#include "evaluator.h"

namespace oracle {
namespace {

/// None and every grain there is.
constexpr std::size_t kGrains = static_cast<std::size_t>(model::Grain::kMonthOfYear) + 1;

using model::Aggregate;
using model::RuleOperator;
using model::ValueType;

const std::vector<std::string>& texts() {
  static const std::vector<std::string> kTexts{"",
                                               "Paris",
                                               "paris",
                                               " Paris",
                                               "Paris ",
                                               "Par",
                                               "is",
                                               "Z\u00fcrich",
                                               "Zu\u0308rich",
                                               "🦜",
                                               "🦜 Macaw",
                                               "100%",
                                               "%",
                                               "_",
                                               "a_b",
                                               "axb",
                                               "a*b",
                                               "C:\\t",
                                               "\u202eParis",
                                               "NULL",
                                               "nan",
                                               "•••••",
                                               "\n",
                                               "$1",
                                               "O'Hare \"x\"; --",
                                               "x' OR '1'='1",
                                               "00000000-0000-0000-0000-0000000000aa",
                                               "00000000-0000-0000-0000-0000000000AA",
                                               "10000000-0000-0000-0000-000000000001",
                                               "12:00:00",
                                               "12:00",
                                               "00:00:00.5",
                                               "30 days",
                                               "1 year",
                                               "360 days",
                                               "24:00:00",
                                               "1 day",
                                               "one day",
                                               "{\"a\":  1}",
                                               "{\"a\": 1}",
                                               "{Paris,\"b c\",NULL}",
                                               "{}",
                                               "10.0.0.1/32",
                                               "10.0.0.1"};
  return kTexts;
}

const std::vector<std::int64_t>& wholes() {
  static const std::vector<std::int64_t> kWholes{0,
                                                 1,
                                                 -1,
                                                 2,
                                                 3,
                                                 7,
                                                 30,
                                                 100,
                                                 -100,
                                                 127,
                                                 9'007'199'254'740'992,
                                                 9'007'199'254'740'993,
                                                 std::numeric_limits<std::int64_t>::max(),
                                                 std::numeric_limits<std::int64_t>::min()};
  return kWholes;
}

/// Sums of these are exact in any order, but for the last ones, which swallow the others.
const std::vector<double>& numbers() {
  static const std::vector<double> kNumbers{
      0, -0.0, 0.25, 0.5, 1, -1, 2.5, 10.5, 7, 30, 100, 3.75, 9'007'199'254'740'992, 1e15};
  return kNumbers;
}

const std::vector<std::int64_t>& days() {
  static const std::vector<std::int64_t> kDays{
      kTodayDays, kTodayDays - 1, kTodayDays - 7,   kTodayDays - 8, kTodayDays + 1, 0,
      -1,         -400,           kTodayDays - 365, 50'000};
  return kDays;
}

const std::vector<std::int64_t>& seconds_of_day() {
  static const std::vector<std::int64_t> kSeconds{0, 1, 3'600, 43'200, 86'399};
  return kSeconds;
}

std::string without_blanks_at_end(std::string text) {
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

/// As the engine writes it in a result, so that text compares as text.
Datum make_text(Random& random, Stored stored) {
  switch (stored) {
    case Stored::kUuid:
      return random.pick<std::string>(
          {"00000000-0000-0000-0000-0000000000aa", "10000000-0000-0000-0000-000000000001"});
    case Stored::kTime: return random.pick<std::string>({"12:00:00", "00:00:00.5", "23:59:59"});
    case Stored::kInterval:
      return random.pick<std::string>(
          {"30 days", "1 year", "360 days", "24:00:00", "1 day", "00:00:00"});
    case Stored::kEnum: return random.pick<std::string>({"Paris", "paris", "", "O'Hare \"x\"; --"});
    case Stored::kJson:
      return random.pick<std::string>({"{\"a\":  1}", "{\"a\": 1}", "{}", "null", "100"});
    case Stored::kArray: return random.pick<std::string>({"{Paris,\"b c\",NULL}", "{}", "{paris}"});
    case Stored::kAddress:
      return random.pick<std::string>({"10.0.0.1/32", "10.0.0.0/8", "::1/128"});
    case Stored::kPaddedText: return without_blanks_at_end(random.pick(texts()));
    default: break;
  }
  if (stored == Stored::kTextWithNul && random.chance(6)) return std::string("Par\0is", 6);
  return random.pick(texts());
}

Datum make_number(Random& random, Stored stored) {
  if (stored == Stored::kDecimal) {
    return random.pick<double>({0, 0.25, 0.5, 0.125, 1, -1, 2.5, 10.5, 7, 30, 100, 3.75, 0.1});
  }
  if (stored == Stored::kWholeDecimal) {
    return random.pick<double>({0, 1, -1, 7, 30, 100, 9'007'199'254'740'992, 1e15, 1e20});
  }
  if (random.chance(8)) return std::numeric_limits<double>::quiet_NaN();
  if (random.chance(4)) return std::numeric_limits<double>::infinity();
  if (random.chance(2)) return -std::numeric_limits<double>::infinity();
  if (random.chance(5)) return stored == Stored::kFloat ? double{0.1F} : 0.1;
  const double number = random.pick(numbers());
  return stored == Stored::kFloat ? double{static_cast<float>(number)} : number;
}

Datum make_whole(Random& random, Stored stored) {
  if (stored == Stored::kSmall) {
    return random.pick<std::int64_t>({0, 1, -1, 2, 3, 7, 30, 100, -100, 127});
  }
  // The ends of the range would overflow a sum.
  if (random.chance(80)) return random.pick<std::int64_t>({0, 1, -1, 2, 3, 7, 30, 100});
  return random.pick(wholes());
}

Datum make_moment(Random& random, Stored stored) {
  const std::int64_t second = random.pick(days()) * 86'400 + random.pick(seconds_of_day());
  const bool whole = stored == Stored::kMomentOfSeconds || random.chance(70);
  return Moment{second * 1'000'000 + (whole ? 0 : 500'000)};
}

Datum make_datum(Random& random, Stored stored) {
  if (random.chance(15)) return std::monostate();
  switch (type_of(stored)) {
    case ValueType::kString: return make_text(random, stored);
    case ValueType::kInteger: return make_whole(random, stored);
    case ValueType::kNumeric: return make_number(random, stored);
    case ValueType::kBoolean: return random.chance(50);
    case ValueType::kDate: return Day{random.pick(days())};
    case ValueType::kDatetime: return make_moment(random, stored);
  }
  return std::monostate();
}

StoredTable make_table(Random& random, const std::vector<Stored>& columns, std::string name) {
  StoredTable table{std::move(name), {}, random.between(0, 40), "", ""};
  if (random.chance(1)) table.rows = random.between(2'049, 2'500);  // More than one vector.
  const std::size_t count = random.between(1, 7);
  for (std::size_t i = 0; i < count; ++i) {
    StoredColumn column{fmt::format("c{}", i), random.pick(columns), {}};
    // Names are data of the customer, too.
    if (random.chance(20))
      column.name = random.pick<std::string>({"a \"quoted\" name", "order", "Größe", "select 1; --",
                                              "t", "s", "now()"}) +
                    column.name;
    for (std::size_t row = 0; row < table.rows; ++row) {
      column.cells.push_back(make_datum(random, column.stored));
    }
    table.columns.push_back(std::move(column));
  }
  return table;
}

StoredTable make_twin(Random& random, StoredTable table) {
  std::swap(table.name, table.twin);
  const auto column = std::ranges::find(table.columns, table.differs, &StoredColumn::name);
  for (Datum& cell : column->cells) cell = make_datum(random, column->stored);
  return table;
}

// --- What makers define.

const std::vector<RuleOperator>& operators() {
  using enum RuleOperator;
  static const std::vector<RuleOperator> kOperators{
      kEqual,          kDifferent, kIn,          kNotIn,   kContains,   kStartsWith, kGreater,
      kGreaterOrEqual, kLess,      kLessOrEqual, kBetween, kInLastDays, kSet,        kNotSet};
  return kOperators;
}

/// Mostly one of those that makers are offered for the type.
RuleOperator make_operator(Random& random, ValueType type) {
  if (random.chance(2)) return random.pick(operators());
  while (true) {
    const RuleOperator op = random.pick(operators());
    if (model::is_offered(op, type)) return op;
  }
}

ValueType make_type(Random& random) { return static_cast<ValueType>(random.below(6)); }

/// The attributes that tokens carry are named by their type: "string", "strings".
std::string attribute_name(ValueType type, bool list) {
  return std::string(model::type_name(type)) + (list ? "s" : "");
}

model::Operand make_operand(Random& random, ValueType type, bool list) {
  if (random.chance(3)) type = make_type(random);
  if (random.chance(50)) {
    const bool plural = list ? random.chance(70) : random.chance(5);
    return model::AttributeOperand{attribute_name(type, plural)};
  }
  // Whole numbers are constants of Numeric columns, too.
  const ValueType own =
      type == ValueType::kNumeric && random.chance(20) ? ValueType::kInteger : type;
  model::ConstantOperand constants;
  const std::size_t most = random.chance(1) ? 300 : 5;
  const std::size_t count = list ? random.between(1, most) : 1;
  for (std::size_t i = 0; i < count; ++i) constants.values.push_back(make_value(random, own));
  return constants;
}

model::Condition make_condition(Random& random, const model::Table& table) {
  const model::Column& column = random.pick(table.columns);
  model::Condition condition{column.name, make_operator(random, column.type), {}};
  if (random.chance(1)) condition.column = "gone";
  const bool last_days = condition.op == RuleOperator::kInLastDays;
  for (std::size_t i = 0; i < model::operands_of(condition.op); ++i) {
    condition.operands.push_back(make_operand(random, last_days ? ValueType::kInteger : column.type,
                                              model::takes_list(condition.op)));
  }
  return condition;
}

model::RuleNode make_node(Random& random, const model::Table& table, std::size_t depth) {
  if (depth == 0 || random.chance(55)) return {make_condition(random, table)};
  model::Group group{random.chance(50) ? model::Junction::kAnd : model::Junction::kOr, {}};
  const std::size_t count = random.between(1, 3);
  for (std::size_t i = 0; i < count; ++i) {
    group.nodes.push_back(make_node(random, table, depth - 1));
  }
  return {std::move(group)};
}

model::UserCondition make_user_condition(Random& random) {
  if (random.chance(40)) {
    model::RoleCondition roles{{random.chance(70) ? model::Role::kExplorer : model::Role::kMaker}};
    if (random.chance(20)) roles.roles.push_back(model::Role::kAdmin);
    return roles;
  }
  const ValueType type = make_type(random);
  RuleOperator op = make_operator(random, type);
  if (op == RuleOperator::kInLastDays || !model::is_offered(op, type)) op = RuleOperator::kEqual;
  model::AttributeCondition condition{attribute_name(type, random.chance(30)), op, {}};
  std::size_t count = model::operands_of(op);
  if (model::takes_list(op)) count = random.between(1, 6);
  for (std::size_t i = 0; i < count; ++i) condition.values.push_back(make_value(random, type));
  return condition;
}

model::UserNode make_user_node(Random& random, std::size_t depth) {
  if (depth == 0 || random.chance(70)) return {make_user_condition(random)};
  model::UserGroup group{random.chance(50) ? model::Junction::kAnd : model::Junction::kOr, {}};
  const std::size_t count = random.between(1, 3);
  for (std::size_t i = 0; i < count; ++i) group.nodes.push_back(make_user_node(random, depth - 1));
  return {std::move(group)};
}

model::ColumnAccess make_access(Random& random) {
  if (random.chance(80)) return model::ColumnAccess::kVisible;
  return random.chance(50) ? model::ColumnAccess::kMasked : model::ColumnAccess::kHidden;
}

std::vector<model::Column> make_columns(Random& random, const StoredTable& stored) {
  std::vector<model::Column> columns;
  for (const StoredColumn& each : stored.columns) {
    model::Column column{each.name, type_of(each.stored), make_access(random)};
    const std::size_t exceptions = random.chance(15) ? random.between(1, 2) : 0;
    for (std::size_t i = 0; i < exceptions; ++i) {
      column.exceptions.push_back({make_user_node(random, 1), make_access(random)});
    }
    columns.push_back(std::move(column));
  }
  return columns;
}

model::Measure make_measure(Random& random, const std::vector<model::Column>& columns) {
  const model::Column& column = random.pick(columns);
  const bool number = column.type == ValueType::kInteger || column.type == ValueType::kNumeric;
  model::Measure measure{Aggregate::kCount, "", {}};
  const std::size_t which = random.below(number ? 6 : 4);
  if (which > 0) {
    using enum Aggregate;
    const std::vector<Aggregate> all{kCount, kCountDistinct, kMin, kMax, kSum, kAverage};
    measure = {all.at(which), column.name, {}};
  }
  if (random.chance(25)) {
    const model::Column& tested = random.pick(columns);
    const bool ordered = tested.type != ValueType::kString && tested.type != ValueType::kBoolean;
    const auto comparison =
        ordered ? static_cast<model::Comparison>(random.below(5)) : model::Comparison::kEqual;
    measure.filter = {tested.name, comparison, make_value(random, tested.type)};
  }
  return measure;
}

bool is_additive(const model::Measure& measure) {
  return measure.aggregate != Aggregate::kMin && measure.aggregate != Aggregate::kMax;
}

void define_metrics(Random& random, model::Table& table) {
  for (std::size_t i = 0; i < 4; ++i) {
    model::Metric metric{fmt::format("m{}", i), "", make_measure(random, table.columns), {}, {}};
    model::Measure other = make_measure(random, table.columns);
    if (random.chance(15) && is_additive(metric.measure) && is_additive(other)) {
      metric.denominator = std::move(other);
    }
    table.metrics.push_back(std::move(metric));
  }
  for (const model::Column& column : table.columns) {
    table.dimensions.push_back({"by " + column.name, "", column.name});
  }
}

/// A SELECT of the same rows and columns, as a maker might write it.
std::string make_statement(Random& random, const StoredTable& stored) {
  std::string columns;
  for (const StoredColumn& column : stored.columns) {
    std::string quoted;
    for (const char c : column.name) quoted += c == '"' ? "\"\"" : std::string(1, c);
    columns += fmt::format("{}\"{}\"", columns.empty() ? "" : ", ", quoted);
  }
  std::string plain = fmt::format("SELECT {} FROM \"{}\"", columns, stored.name);
  if (random.chance(50)) return plain;
  return fmt::format("WITH w AS ({}) SELECT * FROM w -- the end", plain);
}

model::TableAccess make_table_access(Random& random) {
  if (random.chance(85)) return model::TableAccess::kRestricted;
  return random.chance(70) ? model::TableAccess::kShared : model::TableAccess::kHidden;
}

// --- Who asks, and for what.

model::AttributeValue make_attribute(Random& random, ValueType type, bool list) {
  if (random.chance(3)) type = make_type(random);
  if (!list) return auth::scalar_attribute(make_value(random, type));
  std::vector<model::Value> values;
  const std::size_t most = random.chance(1) ? 300 : 4;
  const std::size_t count = random.chance(4) ? 0 : random.between(1, most);
  for (std::size_t i = 0; i < count; ++i) values.push_back(make_value(random, type));
  return auth::list_attribute(type, std::move(values));
}

model::Principal make_principal(Random& random) {
  const base::OrgId& organization = random.chance(1) ? auth::kForeignOrganization : kOrganization;
  const model::Role role =
      random.chance(80) ? model::Role::kExplorer
                        : random.pick<model::Role>({model::Role::kMaker, model::Role::kAdmin});
  if (random.chance(6)) return auth::user_principal(organization, role);
  model::AttributeValues attributes;
  for (std::size_t type = 0; type < 6; ++type) {
    for (const bool list : {false, true}) {
      if (random.chance(3)) continue;
      const auto own = static_cast<ValueType>(type);
      attributes.emplace(attribute_name(own, list), make_attribute(random, own, list));
    }
  }
  return auth::embed_principal(organization, role, std::move(attributes));
}

model::ChartDimension make_dimension(Random& random, const model::Table& table) {
  const std::size_t which = random.below(table.columns.size());
  model::ChartDimension dimension{table.dimensions.at(which).name};
  const ValueType type = table.columns[which].type;
  if (type == ValueType::kDate || type == ValueType::kDatetime) {
    dimension.grain = static_cast<model::Grain>(random.below(kGrains));
  } else if ((type == ValueType::kNumeric || type == ValueType::kInteger) && random.chance(40)) {
    dimension.bin_width = random.pick<double>({0.5, 1, 10, 25});
  }
  return dimension;
}

model::ChartSpec make_spec(Random& random, const model::Table& table) {
  model::ChartSpec spec{table.id, model::ChartType::kTable, {}};
  std::vector<std::string> sortable;
  for (const model::Metric& metric : table.metrics) {
    if (random.chance(35)) spec.metrics.push_back(metric.name);
  }
  const std::size_t dimensions = random.below(3);
  for (std::size_t i = 0; i < dimensions; ++i) {
    spec.dimensions.push_back(make_dimension(random, table));
    sortable.push_back(spec.dimensions.back().dimension);
  }
  if (spec.metrics.empty() && dimensions == 0) spec.metrics.push_back("m0");
  sortable.insert(sortable.end(), spec.metrics.begin(), spec.metrics.end());
  if (random.chance(50)) spec.sort = {random.pick(sortable), random.chance(50)};
  if (random.chance(30)) spec.limit_rows = static_cast<std::int64_t>(random.between(1, 10));
  return spec;
}

std::vector<FilterChoice> make_filters(Random& random, const model::Table& table) {
  std::vector<FilterChoice> filters;
  const std::size_t count = random.chance(40) ? random.between(1, 2) : 0;
  for (std::size_t i = 0; i < count; ++i) {
    const model::Column& column = random.pick(table.columns);
    FilterChoice choice{column.name, {}};
    const std::size_t values = random.between(1, 6);
    for (std::size_t k = 0; k < values; ++k) {
      choice.values.push_back(make_value(random, column.type));
    }
    filters.push_back(std::move(choice));
  }
  return filters;
}

std::string describe_principal(const model::Principal& principal) {
  std::string text = fmt::format("{} {}{}", principal.embed() ? "embed" : "user",
                                 model::role_name(principal.role()),
                                 principal.organization() == kOrganization ? "" : " (foreign)");
  if (!principal.embed()) return text;
  for (const auto& [name, attribute] : principal.embed()->attributes) {
    const std::size_t shown = std::min<std::size_t>(attribute.values.size(), 20);
    const std::vector<model::Value> values(
        attribute.values.begin(), attribute.values.begin() + static_cast<std::ptrdiff_t>(shown));
    text +=
        fmt::format("\n    {} {}{}: {}", name, model::type_name(attribute.type),
                    attribute.list ? " list" : "", base::render_json(model::render_values(values)));
  }
  return text;
}

}  // namespace

ValueType type_of(Stored stored) {
  switch (stored) {
    case Stored::kText:
    case Stored::kTextWithNul:
    case Stored::kFoldedText:
    case Stored::kPaddedText:
    case Stored::kEnum:
    case Stored::kUuid:
    case Stored::kTime:
    case Stored::kInterval:
    case Stored::kJson:
    case Stored::kArray:
    case Stored::kAddress: return ValueType::kString;
    case Stored::kSmall:
    case Stored::kWhole:
    case Stored::kHuge: return ValueType::kInteger;
    case Stored::kDouble:
    case Stored::kFloat:
    case Stored::kDecimal:
    case Stored::kWholeDecimal:
    case Stored::kFreeDecimal: return ValueType::kNumeric;
    case Stored::kFlag: return ValueType::kBoolean;
    case Stored::kDay: return ValueType::kDate;
    case Stored::kMoment:
    case Stored::kMomentOfSeconds:
    case Stored::kMomentOfNanoseconds:
    case Stored::kMomentWithZone: return ValueType::kDatetime;
  }
  return ValueType::kString;
}

model::Value make_value(Random& random, ValueType type) {
  switch (type) {
    case ValueType::kString: return random.pick(texts());
    case ValueType::kInteger: return random.pick(wholes());
    case ValueType::kNumeric: return random.chance(5) ? 1e308 : random.pick(numbers());
    case ValueType::kBoolean: return random.chance(50);
    case ValueType::kDate: {
      const std::int64_t far = random.pick<std::int64_t>({-719'528, 2'932'896});
      return model::Date(std::chrono::days(random.chance(3) ? far : random.pick(days())));
    }
    case ValueType::kDatetime: {
      // Within what a TIMESTAMP_NS can be compared with; DuckDB refuses the others.
      const std::int64_t far = random.pick<std::int64_t>({-86'000, 83'000});
      return model::Datetime(std::chrono::days(random.chance(3) ? far : random.pick(days())) +
                             std::chrono::seconds(random.pick(seconds_of_day())));
    }
  }
  return false;
}

World make_world(Random& random, const Abilities& abilities) {
  World world{{}, abilities.sql_tables};
  const std::size_t tables = random.between(2, 4);
  for (std::size_t i = 0; i < tables; ++i) {
    StoredTable table = make_table(random, abilities.columns, fmt::format("t{}", i));
    table.twin = table.name + "_twin";
    table.differs = random.pick(table.columns).name;
    StoredTable twin = make_twin(random, table);
    world.tables.push_back(std::move(table));
    world.tables.push_back(std::move(twin));
  }
  return world;
}

model::AccessRule make_rule(Random& random, const model::Table& table) {
  model::AccessRule rule{base::RuleId("rul_" + std::to_string(table.rules.size())), "A rule",
                         make_node(random, table, random.chance(5) ? 6 : 2)};
  if (random.chance(25)) rule.applies_if = make_user_node(random, 2);
  return rule;
}

Question make_question(Random& random, const World& world) {
  const std::size_t stored = random.below(world.tables.size());
  const StoredTable& rows = world.tables[stored];
  model::Table table{base::TableId("tbl_" + std::to_string(stored)),
                     base::DatabaseId("dbs_oracle"),
                     rows.name,
                     "Table",
                     make_table_access(random),
                     make_columns(random, rows),
                     {},
                     {},
                     {}};
  if (world.sql_tables && random.chance(15)) table.statement = make_statement(random, rows);
  define_metrics(random, table);
  const std::size_t rules = random.chance(4) ? 0 : random.chance(70) ? 1 : random.between(2, 4);
  for (std::size_t i = 0; i < rules; ++i) table.rules.push_back(make_rule(random, table));
  const Asked asked = random.chance(70)   ? Asked::kChart
                      : random.chance(60) ? Asked::kPreview
                                          : Asked::kCount;
  model::ChartSpec spec = make_spec(random, table);
  std::vector<FilterChoice> filters = make_filters(random, table);
  return {stored, std::move(table), make_principal(random),
          asked,  std::move(spec),  std::move(filters)};
}

std::string describe(const World& world, const Question& question) {
  const StoredTable& stored = world.tables.at(question.stored);
  base::json::array rules;
  for (const model::AccessRule& rule : question.table.rules) {
    rules.push_back(model::render_access_rule(rule));
  }
  std::string text =
      fmt::format("  table {} ({} rows), {}{}\n  columns {}\n  rules {}\n  principal {}\n",
                  stored.name, stored.rows, model::access_name(question.table.access),
                  question.table.statement ? ", " + *question.table.statement : "",
                  base::render_json(model::render_columns(question.table.columns)),
                  base::render_json(rules), describe_principal(question.principal));
  if (question.asked == Asked::kPreview) return text + "  asked for a preview";
  if (question.asked == Asked::kCount) return text + "  asked for the number of rows";
  text += fmt::format("  metrics {}\n  chart {}\n  filters",
                      base::render_json(model::render_metrics(question.table.metrics)),
                      base::render_json(model::render_chart_spec(question.spec)));
  for (const FilterChoice& filter : question.filters) {
    text += fmt::format(" {} in {}", filter.column,
                        base::render_json(model::render_values(filter.values)));
  }
  return text;
}

}  // namespace oracle
