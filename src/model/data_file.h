#pragma once

// Files that can become tables: how one is to be read, what is found in it, and what is taken of
// it. With their JSON, which is that of the HTTP interface.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "model/value.h"

namespace model {

enum class FileFormat : std::uint8_t { kCsv, kParquet, kJson };
[[nodiscard]] std::string_view file_format_name(FileFormat format);
[[nodiscard]] std::optional<FileFormat> parse_file_format(std::string_view name);

inline constexpr std::size_t kFileColumnsMax = 1000;
/// Between the values of a line: one of `,` `;` tab `|` and `:`, which no number is made of.
[[nodiscard]] bool is_delimiter(std::string_view text);

/// A file, and what its sender says of it; what they leave out is found out.
struct FileQuestion {
  std::string file = {};  ///< Absolute. Not in the JSON.
  std::optional<FileFormat> format = {};
  std::optional<char> delimiter = {};  ///< CSV.
  std::optional<bool> header = {};     ///< CSV: whether the first line names the columns.
};

struct FileColumn {
  std::string name;  ///< Unique in the file, whatever the case of its letters.
  std::string original =
      {};          ///< What the file says, where that is no name or a second of its kind.
  ValueType type;  ///< Of its first values.
  std::vector<ValueType> offers;          ///< What it may be read as; has `type`.
  std::vector<std::string> samples = {};  ///< Of the first rows, shortened.
};

struct FileDescription {
  FileFormat format;
  std::optional<char> delimiter = {};
  std::optional<bool> header = {};
  std::vector<FileColumn> columns;
  std::vector<std::string> left_out = {};  ///< Columns of a type without a form, like BLOB.
  std::optional<std::int64_t> rows = {};   ///< Where they are cheaply counted.
};

struct ChosenColumn {
  std::string name;  ///< As described.
  ValueType type;
};

/// The members "format", "delimiter" and "header" of an object.
[[nodiscard]] FileQuestion read_file_question(base::ObjectReader& reader);
/// The member "columns", at most kFileColumnsMax of them.
[[nodiscard]] std::vector<ChosenColumn> read_chosen_columns(base::ObjectReader& reader);

[[nodiscard]] base::json::object render_file_question(const FileQuestion& question);
[[nodiscard]] base::json::array render_chosen_columns(const std::vector<ChosenColumn>& columns);
[[nodiscard]] base::json::object render_file_description(const FileDescription& description);

}  // namespace model
