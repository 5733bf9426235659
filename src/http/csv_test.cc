#include "http/csv.h"

#include <gtest/gtest.h>

namespace http {
namespace {

std::string record_of(std::initializer_list<std::string_view> cells) {
  std::string out;
  append_csv_record(out, cells);
  return out;
}

TEST(Csv, QuotesOnlyWhatNeedsIt) {
  EXPECT_EQ(record_of({"a", "", "b c", "1.5"}), "a,,b c,1.5\r\n");
  EXPECT_EQ(record_of({"a,b", "say \"hi\"", "two\nlines", "x\r"}),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",\"x\r\"\r\n");
}

TEST(Csv, ASpreadsheetRunsNoCell) {
  EXPECT_EQ(record_of({"=1+1", "+1", "-1", "@SUM(A1)"}), "'=1+1,'+1,'-1,'@SUM(A1)\r\n");
  EXPECT_EQ(record_of({"\t=1", "\r=1", "\n=1"}), "'\t=1,\"'\r=1\",\"'\n=1\"\r\n");
  EXPECT_EQ(record_of({"=A1,\"x\""}), "\"'=A1,\"\"x\"\"\"\r\n");
  EXPECT_EQ(record_of({"a=1", " x", "'"}), "a=1, x,'\r\n");
}

}  // namespace
}  // namespace http
