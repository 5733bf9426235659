#pragma once

// Strict JSON: the only door through which text becomes a tree, and the reader by which handlers
// take a body apart. Boost.JSON's types are re-exported here; no other room includes the library.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "base/result.h"

namespace base {

namespace json = boost::json;

inline constexpr std::size_t kMaxJsonDepth = 32;

/// Memory for small trees that do not outlive it: nothing is freed before it goes. Not thread-safe.
class JsonScratch {
 public:
  [[nodiscard]] json::storage_ptr storage() { return &resource_; }

 private:
  std::array<unsigned char, 4096> buffer_;
  json::monotonic_resource resource_{buffer_.data(), buffer_.size()};
};

/// Parses one JSON text (RFC 8259). Refuses duplicate keys at any depth, trailing bytes, invalid
/// UTF-8, nesting deeper than kMaxJsonDepth. Errors: kInvalidJson; `field` names a duplicate key.
[[nodiscard]] Result<json::value> parse_json(std::string_view text, json::storage_ptr storage = {});

[[nodiscard]] std::string render_json(const json::value& value);

/// Appends `text` as a JSON string, with quotes.
void append_json_string(std::string& out, std::string_view text);

/// Reads the members of one object, strictly: every member must be asked for, or `finish` refuses
/// it by name. The first problem is kept and reported by `finish`; readers return empty values
/// until then. Not thread-safe; keeps references to the value it reads and to the names it is asked
/// for.
class ObjectReader {
 public:
  /// `path` is the dotted place of `value` in the body, empty for the body itself.
  ObjectReader(const json::value& value, std::string path);

  [[nodiscard]] std::string required_string(std::string_view name, std::size_t max_bytes = 512);
  [[nodiscard]] std::optional<std::string> optional_string(std::string_view name,
                                                           std::size_t max_bytes = 512);
  [[nodiscard]] std::optional<bool> optional_bool(std::string_view name);
  [[nodiscard]] std::optional<std::int64_t> optional_integer(std::string_view name);
  /// An array of strings; with `single_allowed`, one string counts as an array of one.
  enum class Single { kRefused, kAllowed };
  [[nodiscard]] std::optional<std::vector<std::string>> optional_strings(
      std::string_view name, Single single, std::size_t max_items = 64);
  /// A member that must be an object; the caller reads it with an ObjectReader of its own.
  [[nodiscard]] const json::value* optional_object(std::string_view name);
  [[nodiscard]] const json::value* required_object(std::string_view name);
  [[nodiscard]] const json::value* optional_array(std::string_view name);
  /// Any value, not looked at.
  [[nodiscard]] const json::value* optional_any(std::string_view name);

  /// Keeps a problem found by the caller, unless there already is one.
  void refuse(std::string_view name, std::string what);
  /// The same with a whole path, for a problem that a reader of an inner object found.
  void refuse_at(std::string path, std::string what);
  /// Keeps the first problem of a reader of an inner object, if it has one.
  void adopt(ObjectReader& inner);
  [[nodiscard]] std::string path_of(std::string_view name) const;
  [[nodiscard]] bool failed() const { return error_.has_value(); }

  /// The first problem, or Done when every member was known and well typed.
  [[nodiscard]] Result<Done> finish();

 private:
  [[nodiscard]] const json::value* take(std::string_view name);
  [[nodiscard]] const json::value* take_required(std::string_view name);

  const json::object* object_ = nullptr;
  std::string path_;
  std::vector<std::string_view> known_;
  std::optional<Error> error_;
};

}  // namespace base
