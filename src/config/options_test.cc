#include "config/options.h"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/folder_test_support.h"

namespace config {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Loaded load(const Texts& command_line, const Texts& environment = {}) {
  return load_options({command_line, [&](const std::string& name) -> std::optional<std::string> {
                         const auto found = environment.find(name);
                         if (found == environment.end()) return std::nullopt;
                         return found->second;
                       }});
}

TEST(OptionTable, NamesEachOptionOnceAndSaysWhatItIs) {
  std::set<std::string_view> names;
  for (const Option& option : option_table()) {
    names.insert(option.name);
    EXPECT_FALSE(option.doc.empty()) << option.name;
    EXPECT_TRUE(option.doc.ends_with('.')) << option.name;
    if (option.type == OptionType::kInteger) {
      EXPECT_LT(option.least, option.most) << option.name;
    }
    if (option.secret) {
      EXPECT_TRUE(option.default_value.empty()) << option.name;
    }
  }
  EXPECT_EQ(names.size(), option_table().size());
}

TEST(OptionTable, EachOptionHasItsNameInEachPlace) {
  const Option& option = option_table()[1];
  EXPECT_EQ(option.name, "data-dir");
  EXPECT_EQ(environment_name(option), "ARACARI_DATA_DIR");
  EXPECT_EQ(file_name(option), "data_dir");
}

TEST(OptionTable, ItsDefaultsAreValid) {
  const Loaded loaded = load({});
  EXPECT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.values.at("port"), "8080");
  EXPECT_FALSE(loaded.values.contains("data-dir"));
  EXPECT_FALSE(loaded.values.contains("admin-password"));
}

TEST(LoadOptions, TheCommandLineGoesBeforeTheEnvironmentTheFileAndTheDefault) {
  const base::TestFolder folder;
  const std::string file =
      folder.write("aracari.toml", "port = 1003\nhost = \"file\"\ndrain_seconds = 3\n");
  const Loaded loaded = load({{"port", "1001"}, {"config", file}},
                             {{"ARACARI_PORT", "1002"}, {"ARACARI_HOST", "environment"}});
  EXPECT_THAT(loaded.problems, IsEmpty());
  EXPECT_EQ(loaded.values.at("port"), "1001");
  EXPECT_EQ(loaded.values.at("host"), "environment");
  EXPECT_EQ(loaded.values.at("drain-seconds"), "3");
  EXPECT_EQ(loaded.values.at("log-level"), "info");
}

TEST(LoadOptions, TheEnvironmentMayNameTheFile) {
  const base::TestFolder folder;
  const std::string file = folder.write("aracari.toml", "port = 1003\ndemo = true\n");
  const Loaded loaded = load({}, {{"ARACARI_CONFIG", file}});
  EXPECT_EQ(loaded.values.at("port"), "1003");
  EXPECT_EQ(loaded.values.at("demo"), "true");
}

TEST(LoadOptions, TellsAllProblemsAtOnce) {
  const base::TestFolder folder;
  const std::string file = folder.write("aracari.toml", "prot = 1\ncache_mib = 1.5\n");
  const Loaded loaded =
      load({{"port", "0"}, {"demo", "yes"}, {"config", file}}, {{"ARACARI_DRAIN_SECONDS", "x"}});
  EXPECT_THAT(loaded.problems,
              ::testing::UnorderedElementsAre(
                  "prot is not an option of the configuration file",
                  "cache_mib must be text, a whole number, true or false",
                  "port must be a whole number from 1 to 65535", "demo must be true or false",
                  "drain-seconds must be a whole number from 0 to 3600"));
}

TEST(LoadOptions, NumbersAreWholeAndInRange) {
  for (const std::string text : {"1", "65535", "8080"}) {
    EXPECT_THAT(load({{"port", text}}).problems, IsEmpty()) << text;
  }
  for (const std::string text : {"", "0", "65536", "-1", "+80", " 80", "80 ", "80a", "0x50", "8e1",
                                 "99999999999999999999", "80.0"}) {
    EXPECT_THAT(load({{"port", text}}).problems,
                ElementsAre("port must be a whole number from 1 to 65535"))
        << text;
  }
}

TEST(LoadOptions, RefusesWhatItsFileShouldNotHold) {
  const base::TestFolder folder;
  const auto problems_of = [&](const std::string& text) {
    return load({{"config", folder.write("aracari.toml", text)}}).problems;
  };
  EXPECT_THAT(problems_of("config = \"other.toml\""),
              ElementsAre("config is not an option of the configuration file"));
  EXPECT_THAT(problems_of("data-dir = \"x\""),
              ElementsAre("data-dir is not an option of the configuration file"));
  EXPECT_THAT(problems_of("[server]\nport = 1"),
              ElementsAre("server is not an option of the configuration file"));
  EXPECT_THAT(problems_of("host = [\"a\"]"),
              ElementsAre("host must be text, a whole number, true or false"));
  EXPECT_THAT(problems_of("port = 70000"),
              ElementsAre("port must be a whole number from 1 to 65535"));
}

TEST(LoadOptions, AFileThatCanNotBeReadIsOneProblem) {
  const base::TestFolder folder;
  EXPECT_THAT(load({{"config", folder.path("none.toml")}}).problems,
              ElementsAre(HasSubstr("the configuration file can not be read")));
  const std::string broken = folder.write("broken.toml", "port = = 1\n");
  EXPECT_THAT(load({{"config", broken}}).problems,
              ElementsAre(HasSubstr("the configuration file can not be read")));
}

TEST(LoadOptions, AProblemRepeatsNoSecret) {
  const base::TestFolder folder;
  const std::string file =
      folder.write("aracari.toml", "admin_password = [\"hunter2-hunter2\"]\nport = \"hunter2\"\n");
  for (const std::string& problem : load({{"config", file}}).problems) {
    EXPECT_THAT(problem, Not(HasSubstr("hunter2")));
  }
  const std::string broken = folder.write("broken.toml", "admin_password = hunter2-hunter2\n");
  for (const std::string& problem : load({{"config", broken}}).problems) {
    EXPECT_THAT(problem, Not(HasSubstr("hunter2")));
  }
}

}  // namespace
}  // namespace config
