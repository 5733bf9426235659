#include "base/json.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serializer.hpp>
#include <boost/json/value_stack.hpp>
#include <fmt/format.h>

namespace base {
namespace {

/// Builds the tree like boost::json::parser, and stops at the first duplicate key.
class StrictHandler {
 public:
  // The names that basic_parser asks for.
  // NOLINTBEGIN(readability-identifier-naming)
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = 1024;
  static constexpr std::size_t max_string_size = 1 << 20;
  using error_code = boost::json::error_code;
  // NOLINTEND(readability-identifier-naming)

  json::value_stack stack;
  std::string duplicate;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    keys_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t n, error_code&) {
    keys_.pop_back();
    stack.push_object(n);
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t n, error_code&) {
    stack.push_array(n);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, error_code&) {
    key_.append(part);
    stack.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, error_code& ec) {
    key_.append(part);
    if (!keys_.back().insert(key_).second) {
      duplicate = key_;
      ec = json::error::syntax;
      return false;
    }
    key_.clear();
    stack.push_key(part);
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, error_code&) {
    stack.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, error_code&) {
    stack.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view part, error_code&) {
    number_.append(part);
    return true;
  }
  bool on_int64(std::int64_t i, json::string_view, error_code&) {
    stack.push_int64(i);
    number_.clear();
    return true;
  }
  bool on_uint64(std::uint64_t u, json::string_view, error_code&) {
    stack.push_uint64(u);
    number_.clear();
    return true;
  }
  /// Boost.JSON 1.81 may miss the nearest double; `from_chars` does not. Beyond the range of
  /// doubles its infinity or zero stands.
  bool on_double(double near, json::string_view part, error_code&) {
    number_.append(part);
    double exact = near;
    const auto read = std::from_chars(number_.data(), number_.data() + number_.size(), exact);
    stack.push_double(read.ec == std::errc() ? exact : near);
    number_.clear();
    return true;
  }
  bool on_bool(bool b, error_code&) {
    stack.push_bool(b);
    return true;
  }
  bool on_null(error_code&) {
    stack.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

 private:
  std::string key_;
  std::string number_;
  std::vector<std::set<std::string, std::less<>>> keys_;
};

}  // namespace

Result<json::value> parse_json(std::string_view text, json::storage_ptr storage) {
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::json::basic_parser<StrictHandler> parser(options);
  parser.handler().stack.reset(std::move(storage));
  boost::json::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  if (!parser.handler().duplicate.empty()) {
    return Error{Code::kInvalidJson, "A member appears twice.", {}, parser.handler().duplicate};
  }
  if (ec == json::error::too_deep) {
    return Error{Code::kInvalidJson, fmt::format("Nested deeper than {} levels.", kMaxJsonDepth)};
  }
  if (ec || used != text.size()) {
    return Error{Code::kInvalidJson, fmt::format("Not valid JSON near byte {}.", used)};
  }
  return parser.handler().stack.release();
}

std::string render_json(const json::value& value) { return json::serialize(value); }

void append_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += c;
    }
  }
  out += '"';
}

ObjectReader::ObjectReader(const json::value& value, std::string path)
    : object_(value.if_object()), path_(std::move(path)) {
  if (object_ == nullptr) {
    error_ = Error{Code::kInvalidBody,
                   path_.empty() ? "Expected a JSON object." : "Must be an object.",
                   {},
                   path_};
    return;
  }
  constexpr std::size_t kUsualMembers = 16;
  known_.reserve(kUsualMembers);
}

void ObjectReader::adopt(ObjectReader& inner) {
  if (auto finished = inner.finish(); !finished) {
    refuse_at(finished.error().field, finished.error().what);
  }
}

std::string ObjectReader::path_of(std::string_view name) const {
  return path_.empty() ? std::string(name) : fmt::format("{}.{}", path_, name);
}

void ObjectReader::refuse(std::string_view name, std::string what) {
  refuse_at(path_of(name), std::move(what));
}

void ObjectReader::refuse_at(std::string path, std::string what) {
  if (!error_) error_ = Error{Code::kInvalidBody, std::move(what), {}, std::move(path)};
}

const json::value* ObjectReader::take(std::string_view name) {
  if (object_ == nullptr) return nullptr;
  known_.push_back(name);
  return object_->if_contains(name);
}

const json::value* ObjectReader::take_required(std::string_view name) {
  const json::value* value = take(name);
  if (value == nullptr) refuse(name, "Is required.");
  return value;
}

std::optional<std::string> ObjectReader::optional_string(std::string_view name,
                                                         std::size_t max_bytes) {
  const json::value* value = take(name);
  if (value == nullptr) return std::nullopt;
  const json::string* text = value->if_string();
  if (text == nullptr) {
    refuse(name, "Must be a string.");
    return std::nullopt;
  }
  if (text->size() > max_bytes) {
    refuse(name, fmt::format("Must have at most {} bytes.", max_bytes));
    return std::nullopt;
  }
  return std::string(*text);
}

std::string ObjectReader::required_string(std::string_view name, std::size_t max_bytes) {
  if (take_required(name) == nullptr) return {};
  std::string text = optional_string(name, max_bytes).value_or("");
  if (text.empty()) refuse(name, "Must not be empty.");
  return text;
}

std::optional<bool> ObjectReader::optional_bool(std::string_view name) {
  const json::value* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_bool()) {
    refuse(name, "Must be true or false.");
    return std::nullopt;
  }
  return value->get_bool();
}

std::optional<std::int64_t> ObjectReader::optional_integer(std::string_view name) {
  const json::value* value = take(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_int64()) {
    refuse(name, "Must be a whole number.");
    return std::nullopt;
  }
  return value->get_int64();
}

std::optional<std::vector<std::string>> ObjectReader::optional_strings(std::string_view name,
                                                                       Single single,
                                                                       std::size_t max_items) {
  const json::value* value = take(name);
  if (value == nullptr) return std::nullopt;
  std::vector<std::string> texts;
  if (single == Single::kAllowed && value->is_string()) {
    texts.emplace_back(value->get_string());
    return texts;
  }
  const json::array* array = value->if_array();
  if (array == nullptr || array->size() > max_items) {
    refuse(name, array == nullptr ? "Must be a list of strings."
                                  : fmt::format("Must have at most {} entries.", max_items));
    return std::nullopt;
  }
  for (const json::value& item : *array) {
    if (!item.is_string()) {
      refuse(name, "Must be a list of strings.");
      return std::nullopt;
    }
    texts.emplace_back(item.get_string());
  }
  return texts;
}

const json::value* ObjectReader::optional_object(std::string_view name) {
  const json::value* value = take(name);
  if (value == nullptr || value->is_object()) return value;
  refuse(name, "Must be an object.");
  return nullptr;
}

const json::value* ObjectReader::required_object(std::string_view name) {
  return take_required(name) == nullptr ? nullptr : optional_object(name);
}

const json::value* ObjectReader::optional_array(std::string_view name) {
  const json::value* value = take(name);
  if (value == nullptr || value->is_array()) return value;
  refuse(name, "Must be a list.");
  return nullptr;
}

const json::value* ObjectReader::optional_any(std::string_view name) { return take(name); }

Result<Done> ObjectReader::finish() {
  if (object_ != nullptr) {
    for (const auto& member : *object_) {
      if (std::ranges::find(known_, std::string_view(member.key())) == known_.end())
        refuse(member.key(), "Is not known here.");
    }
  }
  if (error_) return *error_;
  return Done{};
}

}  // namespace base
