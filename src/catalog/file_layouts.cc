#include "catalog/file_layouts.h"

#include <algorithm>

#include "catalog/rule_columns.h"
#include "store/databases.h"

namespace catalog {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

std::vector<source::TableLayout> wanted_layouts(const store::OrganizationView& view,
                                                const base::DatabaseId& database) {
  std::vector<source::TableLayout> wanted;
  for (const auto& [id, table] : view.tables) {
    if (table.database != database) continue;
    std::vector<std::string> columns = layout_columns(table);
    if (!columns.empty()) wanted.push_back({table.name, std::move(columns)});
  }
  std::ranges::sort(wanted, {}, &source::TableLayout::table);
  return wanted;
}

Result<Done> FileLayouts::settle(const source::Cancellation& cancellation) {
  ASSIGN_OR_RETURN(const auto imported, store_.read([](store::Connection& connection) {
    return store::list_imported_databases(connection);
  }));
  std::optional<Error> first;
  for (const auto& [organization, database] : imported) {
    const auto view = views_.get(organization);
    auto settled =
        view ? settle_database(database, wanted_layouts(**view, database.id), cancellation)
             : Result<Done>(view.error());
    if (settled) continue;
    if (settled.error().code == Code::kCancelled) return settled;
    if (!first) first = std::move(settled).error();
  }
  if (first) return *std::move(first);
  return Done{};
}

Result<Done> FileLayouts::settle_database(const model::Database& database, Layouts wanted,
                                          const source::Cancellation& cancellation) {
  const auto now = clock_.elapsed();
  const auto known = known_.find(database.id);
  if (known != known_.end() && known->second.wanted == wanted) {
    const auto& failed = known->second.failed;
    if (!failed || now - *failed < kLayoutRetry) return Done{};
  }
  const auto rewritten = sources_.lay_out(database, wanted, cancellation);
  if (!rewritten && rewritten.error().code == Code::kCancelled) return rewritten.error();
  const bool failed = !rewritten.ok();
  known_.insert_or_assign(database.id,
                          Known{std::move(wanted), failed ? std::optional(now) : std::nullopt});
  if (failed) return rewritten.error();
  // Answers of the file before are of no use under the version of the new one.
  if (*rewritten) cache_.purge(database.id);
  return Done{};
}

}  // namespace catalog
