#include "app/import_job.h"

#include <gtest/gtest.h>

namespace app {
namespace {

using base::Code;

ImportJob job_of(std::variant<model::FileQuestion, source::FileImport> task) {
  return {{1, 2, 3, 4}, {"/spill", 5, 6}, std::move(task)};
}

TEST(ImportJobTest, ComesThroughWhole) {
  const std::string text =
      render_job(job_of(source::FileImport{{"/file", model::FileFormat::kCsv, '\t', false},
                                           "/present",
                                           "/target",
                                           "a \"table\"",
                                           {{"é", model::ValueType::kDate}}}));
  const auto job = parse_job(text);
  ASSERT_TRUE(job.ok()) << text;
  EXPECT_EQ(job->process.cpu_seconds, 3);
  EXPECT_EQ(job->engine.threads, 6);
  const auto& wanted = std::get<source::FileImport>(job->task);
  EXPECT_EQ(wanted.question.file, "/file");
  EXPECT_EQ(wanted.question.delimiter, '\t');
  EXPECT_EQ(wanted.question.header, false);
  EXPECT_EQ(wanted.present, "/present");
  EXPECT_EQ(wanted.table, "a \"table\"");
  ASSERT_EQ(wanted.columns.size(), 1U);
  EXPECT_EQ(wanted.columns[0].name, "é");
  EXPECT_EQ(wanted.columns[0].type, model::ValueType::kDate);
  EXPECT_EQ(render_job(*job), text);
}

TEST(ImportJobTest, NothingIsTakenForGranted) {
  EXPECT_FALSE(parse_job("").ok());
  EXPECT_FALSE(parse_job("{}").ok());
  std::string text = render_job(job_of(model::FileQuestion{"/file"}));
  ASSERT_TRUE(parse_job(text).ok());
  EXPECT_FALSE(parse_job(text.replace(text.find("cpuSeconds"), 10, "cpuMinutes")).ok());
}

TEST(ImportLineTest, ADescriptionComesThroughWhole) {
  model::FileDescription description{.format = model::FileFormat::kJson, .columns = {}};
  description.rows = 7;
  description.left_out = {"raw"};
  description.columns.push_back({"a 2",
                                 "a",
                                 model::ValueType::kInteger,
                                 {model::ValueType::kInteger, model::ValueType::kString},
                                 {"1"}});
  const std::string text = render_line(description);
  const auto line = parse_line(text);
  ASSERT_TRUE(line.ok()) << text;
  EXPECT_EQ(render_line(*line), text);
}

TEST(ImportLineTest, TheEnginesTextStaysInTheWorker) {
  const std::string text = render_line(
      base::Error{Code::kInvalidFile, "Line 2 is odd.", "Original line: CANARY \xFF", "columns"});
  EXPECT_EQ(text.find("CANARY"), std::string::npos);
  const auto line = parse_line(text);
  ASSERT_TRUE(line.ok());
  const auto& error = std::get<base::Error>(*line);
  EXPECT_EQ(error.code, Code::kInvalidFile);
  EXPECT_EQ(error.what, "Line 2 is odd.");
  EXPECT_EQ(error.field, "columns");
}

TEST(ImportLineTest, AWorkerThatLostItsMindSaysNothing) {
  for (const char* text :
       {"", "x", "{}", "[]", "{\"rows\":\"1\"}", "{\"rows\":1,\"progress\":1}",
        "{\"description\":{}}", "{\"error\":{\"code\":\"not_signed_in\",\"what\":\"x\"}}",
        "{\"error\":{\"code\":\"invalid_file\",\"what\":1}}",
        "{\"description\":{\"format\":\"csv\",\"delimiter\":\"ab\",\"columns\":[]}}"}) {
    EXPECT_FALSE(parse_line(text).ok()) << text;
  }
  const auto progress = parse_line("{\"progress\":1e9}");
  ASSERT_TRUE(progress.ok());
  EXPECT_EQ(std::get<ImportProgress>(*progress).done, 1.0);
}

}  // namespace
}  // namespace app
