#include "base/log.h"

#include <string>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "base/json.h"

namespace base {
namespace {

spdlog::level::level_enum spdlog_level(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug: return spdlog::level::debug;
    case LogLevel::kInfo: return spdlog::level::info;
    case LogLevel::kWarning: return spdlog::level::warn;
    case LogLevel::kError: return spdlog::level::err;
  }
  return spdlog::level::err;
}

void append_field(std::string& line, std::string_view name, std::string_view value) {
  line += ',';
  append_json_string(line, name);
  line += ':';
  append_json_string(line, value);
}

std::string render_line(std::string_view event, std::initializer_list<LogField> fields) {
  std::string line = "\"event\":";
  append_json_string(line, event);
  for (const LogField& field : fields) append_field(line, field.name, field.value);
  return line;
}

}  // namespace

void open_log(LogLevel level) {
  auto logger = std::make_shared<spdlog::logger>("aracari",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern(R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
  logger->set_level(spdlog_level(level));
  logger->flush_on(spdlog::level::info);
  spdlog::set_default_logger(std::move(logger));
}

void log(LogLevel level, std::string_view event, std::initializer_list<LogField> fields) {
  if (!spdlog::should_log(spdlog_level(level))) return;
  spdlog::log(spdlog_level(level), "{}", render_line(event, fields));
}

void log_error(std::string_view event, const Error& error, std::initializer_list<LogField> fields) {
  std::string line = render_line(event, fields);
  append_field(line, "code", code_name(error.code));
  append_field(line, "what", error.what);
  if (!error.detail.empty()) append_field(line, "detail", error.detail);
  spdlog::log(spdlog::level::err, "{}", line);
}

}  // namespace base
