#pragma once

// Rows as an Excel workbook (ECMA-376) in a file that nobody else can open, so that the memory is
// bounded however many they are. Not thread-safe.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "http/file_column.h"

namespace http {

/// What a sheet holds below its row of labels.
inline constexpr std::int64_t kXlsxRowsMax = 1'048'575;

/// An open file without a name: it is gone with its last descriptor, whatever happens.
class NamelessFile {
 public:
  explicit NamelessFile(int descriptor) : descriptor_(descriptor) {}
  NamelessFile(NamelessFile&& other) noexcept;
  NamelessFile& operator=(NamelessFile&&) = delete;
  ~NamelessFile();
  /// The next bytes, empty at the end. kStorageFailed.
  [[nodiscard]] base::Result<std::string> read();

 private:
  int descriptor_;
};

class XlsxFile {
 public:
  /// Works in `folder`, which is made where it is missing. kStorageFull, kStorageFailed.
  [[nodiscard]] static base::Result<XlsxFile> create(const std::string& folder,
                                                     const std::vector<FileColumn>& columns);
  XlsxFile(XlsxFile&&) noexcept;
  XlsxFile& operator=(XlsxFile&&) = delete;
  ~XlsxFile();

  /// The rows of `result`, which has a column for each of those of the file. Texts are texts, never
  /// formulas, and end with “…” after the 32,766 characters that a cell holds; whole numbers of
  /// more than 15 digits and days before March 1900 are texts, because Excel would change them.
  /// kQueryTooLarge with more than kXlsxRowsMax rows, or than a spreadsheet program opens.
  [[nodiscard]] base::Result<base::Done> append(const source::ResultSet& result);

  /// The workbook from its beginning. kStorageFull, kStorageFailed.
  [[nodiscard]] base::Result<NamelessFile> finish() &&;

 private:
  struct Workbook;
  explicit XlsxFile(std::unique_ptr<Workbook> workbook);
  std::unique_ptr<Workbook> workbook_;
};

}  // namespace http
