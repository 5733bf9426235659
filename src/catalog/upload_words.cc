#include "catalog/upload_words.h"

#include <algorithm>

#include <fmt/format.h>

#include "store/audit.h"

namespace catalog {
namespace {

using base::Code;
using base::Done;
using base::Error;
using base::Result;

bool is_control(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

}  // namespace

Result<Done> check_words(std::string_view field, std::string_view words, std::size_t bytes_max) {
  if (!words.empty() && words.size() <= bytes_max && std::ranges::none_of(words, is_control)) {
    return Done{};
  }
  return Error{Code::kInvalidBody,
               fmt::format("Must have 1 to {} bytes, none of them a control character.", bytes_max),
               {},
               std::string(field)};
}

Result<Done> note_upload(store::Connection& connection, const Caller& caller,
                         model::AuditAction action, const model::Upload& upload,
                         base::Seconds now) {
  return store::insert_audit_event(
      connection, caller.principal.organization(),
      {now, action, caller.actor, {"upload", upload.id.text(), upload.file_name}});
}

}  // namespace catalog
