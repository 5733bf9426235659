// Access rules as JSON: what was read and written reads the same.

#include <cstdlib>
#include <string_view>

#include "base/json.h"
#include "model/access_rule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto json = base::parse_json({reinterpret_cast<const char*>(data), size});
  if (!json) return 0;
  const auto node = model::parse_rule_node(*json);
  if (!node) return 0;
  const std::string written = base::render_json(model::render_rule_node(*node));
  const auto read = base::parse_json(written);
  if (!read) std::abort();
  const auto again = model::parse_rule_node(*read);
  if (!again || base::render_json(model::render_rule_node(*again)) != written) std::abort();
  return 0;
}
