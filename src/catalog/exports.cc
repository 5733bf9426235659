#include "catalog/exports.h"

#include <fmt/format.h>

#include "store/audit.h"

namespace catalog {
namespace {

std::string describe(const ChartExport& made) {
  return fmt::format("{} of the {}: {}{} {}", made.format == ExportFormat::kCsv ? "CSV" : "XLSX",
                     made.of == ExportOf::kChart ? "chart" : "rows",
                     made.whole ? "" : "broken off after ", made.rows,
                     made.rows == 1 ? "row" : "rows");
}

}  // namespace

base::Result<base::Done> record_export(store::Store& store, const Caller& caller,
                                       const ChartExport& made, base::Seconds now) {
  model::AuditEvent event{now,
                          model::AuditAction::kChartExported,
                          caller.actor,
                          {"chart", made.chart.id.text(), made.chart.name}};
  if (caller.principal.embed()) event.environment = caller.principal.embed()->environment;
  event.detail = describe(made);
  return store.write([&](store::Connection& connection) {
    return store::insert_audit_event(connection, caller.principal.organization(), event);
  });
}

}  // namespace catalog
