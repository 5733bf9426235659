#include "product.h"

#include "auth/principal_test_support.h"

namespace oracle {
namespace {

constexpr source::Limits kLimits{100'000, std::chrono::seconds(60)};
/// More than any world has.
constexpr std::int64_t kAllRows = 100'000;

Columns cells_of(const source::ResultSet& result) {
  Columns columns;
  for (const source::ResultColumn& column : result.columns) columns.push_back(column.cells);
  return columns;
}

Outcome refused(const base::Error& error) { return {{}, error, {}}; }

}  // namespace

std::string refusal_text(const base::Error& error) {
  std::string text(base::code_name(error.code));
  if (!error.field.empty()) text += " " + error.field;
  return text;
}

Product::Product(Engine& engine)
    : clock_(base::Seconds(std::chrono::days(kTodayDays) + std::chrono::hours(13))),
      charts_(engine.sources(), cache_, clock_, kLimits),
      tables_(engine.sources(), cache_, clock_, kLimits) {
  view_.databases.emplace(engine.database().id, engine.database());
}

Outcome Product::ask(const Question& question) {
  view_.tables.insert_or_assign(question.table.id, question.table);
  switch (question.asked) {
    case Asked::kChart: return ask_chart(question);
    case Asked::kPreview: return ask_preview(question);
    case Asked::kCount: return ask_count(question);
  }
  return {};
}

Outcome Product::ask_chart(const Question& question) {
  const model::Chart chart{base::ChartId("cht_oracle"), "Chart", question.spec};
  query::Narrowing narrowing{};
  for (const FilterChoice& choice : question.filters) {
    std::vector<sql::Expression> arguments{sql::column(choice.column)};
    for (const model::Value& value : choice.values) arguments.push_back(sql::bound(value));
    narrowing.filters.push_back(
        {question.table.id, sql::call(sql::Function::kIn, std::move(arguments))});
  }
  const auto answer = charts_.run(question.principal, view_, chart, narrowing, {});
  if (!answer) return refused(answer.error());
  return {cells_of(*answer->rows), {}, {}};
}

Outcome Product::ask_preview(const Question& question) {
  const auto preview = tables_.preview(question.principal, view_, question.table.id, kAllRows, {});
  if (!preview) return refused(preview.error());
  Outcome outcome{cells_of(*preview->rows), {}, {}};
  for (const query::PreviewColumn& column : preview->columns) {
    outcome.names.push_back(column.name + (column.masked ? " masked" : ""));
  }
  return outcome;
}

Outcome Product::ask_count(const Question& question) {
  const model::Principal asker = auth::user_principal(kOrganization, model::Role::kMaker);
  const auto counts = tables_.count(question.principal, asker, view_, question.table.id, {});
  if (!counts) return refused(counts.error());
  return {{{model::Value(counts->before)}, {model::Value(counts->after)}}, {}, {}};
}

std::optional<std::set<std::int64_t>> Product::seen_rows(const model::Table& table,
                                                         const model::Principal& principal) {
  view_.tables.insert_or_assign(table.id, table);
  const auto preview = tables_.preview(principal, view_, table.id, kAllRows, {});
  if (!preview) return std::nullopt;
  std::set<std::int64_t> rows;
  for (const source::ResultColumn& column : preview->rows->columns) {
    if (column.name != "rid") continue;
    for (const model::Cell& cell : column.cells) rows.insert(std::get<std::int64_t>(cell.value()));
  }
  return rows;
}

}  // namespace oracle
