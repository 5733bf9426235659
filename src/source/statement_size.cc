#include "source/statement_size.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <numeric>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.h"

namespace source {
namespace {

namespace json = base::json;
using base::Code;
using base::Done;
using base::Error;
using base::Result;

/// How often the longest text of a row may stand in a text made of it.
constexpr double kTextsMax = 4096;
/// How often tables may be read, a WITH counted wherever its name stands.
constexpr double kScansMax = 64;
/// How many columns, or tables with all of theirs, may stand beside one another.
constexpr double kWidthMax = 512;
/// A text of many rows: how many is up to the rows, so not much more may be made of it.
constexpr double kTextsOfGroup = 64;

/// In the units of the limits.
struct Size {
  double texts = 1;
  double scans = 0;
  double width = 0;
};

std::string_view text_of(const json::object& object, std::string_view member) {
  const json::value* value = object.if_contains(member);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string()) : "";
}

/// Empty where there is none.
const json::object& as_object(const json::value* value) {
  static const json::object kNone;
  const json::object* object = value == nullptr ? nullptr : value->if_object();
  return object == nullptr ? kNone : *object;
}

const json::array& array_of(const json::object& object, std::string_view member) {
  static const json::array kNone;
  const json::value* value = object.if_contains(member);
  const json::array* array = value == nullptr ? nullptr : value->if_array();
  return array == nullptr ? kNone : *array;
}

class Measure {
 public:
  explicit Measure(const json::value& statements) { largest_.scans = of(statements).scans; }

  /// What of any SELECT in it is the largest, used or not.
  [[nodiscard]] const Size& largest() const { return largest_; }

 private:
  using Sizes = std::map<std::string, Size>;
  /// A SELECT under way: what a column may hold, and what its own names stand for.
  struct Level {
    double texts = 1;
    std::map<std::string, double> aliases = {};
  };

  Size of(const json::value& value) {
    if (const json::array* array = value.if_array()) return of(*array);
    const json::object* object = value.if_object();
    return object == nullptr ? Size{} : of(*object);
  }

  /// Several things side by side.
  Size of(const json::array& array) {
    Size all;
    for (const json::value& item : array) add(all, of(item));
    return all;
  }

  Size of(const json::object& object) {
    const std::string_view type = text_of(object, "type");
    if (type == "SELECT_NODE") return of_select(object);
    if (type == "SET_OPERATION_NODE") return of_set_operation(object);
    if (type == "BASE_TABLE") return of_table(object);
    const std::string_view kind = text_of(object, "class");
    if (kind == "COLUMN_REF") return {of_column(object)};
    if (kind == "FUNCTION" || kind == "WINDOW") return of_function(object);
    Size size = of_members(object, {});
    if (kind == "STAR" || kind == "SUBQUERY") size.texts = std::max(size.texts, of_any_column());
    return size;
  }

  Size of_members(const json::object& object, std::initializer_list<std::string_view> left_out) {
    Size all;
    for (const auto& member : object) {
      const bool counts =
          std::ranges::find(left_out, std::string_view(member.key())) == left_out.end();
      if (counts) add(all, of(member.value()));
    }
    return all;
  }

  static void add(Size& all, const Size& one) {
    all.texts = std::max(all.texts, one.texts);
    all.scans += one.scans;
    all.width += one.width;
  }

  Size of_select(const json::object& select) {
    const Sizes outside = withs_;
    open_withs(select);
    Size size;
    const Size source = of(as_object(select.if_contains("from_table")));
    levels_.push_back({source.texts});
    size.scans += source.scans;
    for (const json::value& item : array_of(select, "select_list")) {
      const Size one = of(item);
      const json::object& shown = as_object(&item);
      size.scans += one.scans;
      size.width += text_of(shown, "class") == "STAR" ? std::max(1.0, source.width) : 1;
      size.texts = std::max(size.texts, one.texts);
      // Of two columns of one name, either may be meant.
      double& named = levels_.back().aliases[base::lower_ascii(text_of(shown, "alias"))];
      named = std::max(named, one.texts);
    }
    const Size rest = of_members(select, {"cte_map", "from_table", "select_list"});
    size.scans += rest.scans;
    size.texts = std::max(size.texts, rest.texts);
    levels_.pop_back();
    withs_ = outside;
    largest_.texts = std::max(largest_.texts, size.texts);
    largest_.width = std::max(largest_.width, size.width);
    return size;
  }

  Size of_set_operation(const json::object& operation) {
    const Sizes outside = withs_;
    open_withs(operation);
    const Size size = of_members(operation, {"cte_map"});
    withs_ = outside;
    return size;
  }

  /// Makes the names of a WITH known. What they stand for counts where they stand.
  void open_withs(const json::object& query) {
    for (const json::value& entry : array_of(as_object(query.if_contains("cte_map")), "map")) {
      const json::object& pair = as_object(&entry);
      withs_[base::lower_ascii(text_of(pair, "key"))] = of(as_object(pair.if_contains("value")));
    }
  }

  Size of_table(const json::object& table) const {
    const auto with = withs_.find(base::lower_ascii(text_of(table, "table_name")));
    return with == withs_.end() ? Size{1, 1, 1} : with->second;
  }

  double of_column(const json::object& column) const {
    double texts = of_any_column();
    const json::array& names = array_of(column, "column_names");
    if (levels_.empty() || names.empty() || !names.back().is_string()) return texts;
    const std::string name = base::lower_ascii(std::string_view(names.back().get_string()));
    for (const Level& level : levels_) {
      const auto alias = level.aliases.find(name);
      if (alias != level.aliases.end()) texts = std::max(texts, alias->second);
    }
    return texts;
  }

  /// A column may be of any SELECT around.
  double of_any_column() const {
    double texts = 1;
    for (const Level& level : levels_) texts = std::max(texts, level.texts);
    return texts;
  }

  Size of_function(const json::object& function) {
    Size size = of_members(function, {"children"});
    const json::array& arguments = array_of(function, "children");
    std::vector<double> texts;
    for (const json::value& argument : arguments) {
      const Size one = of(argument);
      add(size, one);
      texts.push_back(one.texts);
    }
    if (texts.empty()) return size;
    const std::string name = base::lower_ascii(text_of(function, "function_name"));
    const double sum = std::accumulate(texts.begin(), texts.end(), 0.0);
    if (name == "||" || name == "concat") size.texts = std::max(size.texts, sum);
    if (name == "concat_ws") size.texts = sum + static_cast<double>(texts.size()) * texts.front();
    if (name == "replace" && arguments.size() == 3) {
      size.texts = std::max(size.texts, texts.front() * of_replacement(arguments[2]));
    }
    if (name == "string_agg") size.texts *= kTextsOfGroup;
    return size;
  }

  /// Each byte may become the whole replacement.
  static double of_replacement(const json::value& replacement) {
    const json::object& object = as_object(&replacement);
    if (text_of(object, "class") != "CONSTANT") return kTextsOfGroup;
    const json::object& value = as_object(object.if_contains("value"));
    return std::max(1.0, static_cast<double>(text_of(value, "value").size()));
  }

  Size largest_;
  Sizes withs_;
  std::vector<Level> levels_;
};

}  // namespace

Error refused_statement(std::string what) {
  return {Code::kInvalidStatement, std::move(what), {}, "statement"};
}

Result<Done> check_statement_size(const json::value& statements) {
  const Measure measure(statements);
  const Size& size = measure.largest();
  if (size.texts > kTextsMax) {
    return refused_statement("It joins texts that are joined themselves, too often.");
  }
  if (size.scans > kScansMax) return refused_statement("It reads tables more than 64 times.");
  if (size.width > kWidthMax) return refused_statement("It repeats columns too often.");
  return Done{};
}

}  // namespace source
