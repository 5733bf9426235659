#pragma once

// For tests: a PostgreSQL server of their own in a temporary folder, on a free port of the loopback
// interface. The server refuses to run as root, so as root it runs as a user without rights.

#include <arpa/inet.h>
#include <chrono>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <memory>
#include <netinet/in.h>
#include <optional>
#include <signal.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "source/postgres_handles.h"
#include "source/source.h"

namespace source {

/// The folder with postgres and initdb, or nothing where PostgreSQL is not installed.
inline std::optional<std::string> find_postgres_programs() {
  std::error_code ignored;
  std::optional<std::string> newest;
  for (const auto& entry : std::filesystem::directory_iterator("/usr/lib/postgresql", ignored)) {
    const std::string programs = entry.path() / "bin";
    if (!std::filesystem::exists(programs + "/initdb")) continue;
    if (!newest || programs > *newest) newest = programs;
  }
  return newest;
}

/// The user without rights that a server runs as where the test runs as root; empty elsewhere.
inline std::string server_user() {
  if (::geteuid() != 0) return "";
  std::ifstream users("/etc/passwd");
  const std::string text{std::istreambuf_iterator<char>(users), {}};
  return text.find("\npostgres:") == std::string::npos ? "nobody" : "postgres";
}

/// A child process of the test, which ends with it.
inline pid_t spawn(const std::vector<std::string>& command, const std::string& log) {
  const std::string user = server_user();
  std::vector<std::string> words{"/usr/bin/setpriv", "--pdeathsig", "QUIT"};
  if (!user.empty()) {
    const std::string group = user == "nobody" ? "nogroup" : user;
    words.insert(words.end(), {"--reuid", user, "--regid", group, "--clear-groups"});
  }
  words.insert(words.end(), command.begin(), command.end());
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t child = ::fork();
  if (child != 0) return child;
  const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  ::dup2(out, STDOUT_FILENO);
  ::dup2(out, STDERR_FILENO);
  if (::chdir("/") == 0) ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

inline int wait_for(pid_t child) {
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

inline std::uint16_t free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  ::bind(listener, reinterpret_cast<sockaddr*>(&address), size);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  ::close(listener);
  return ntohs(address.sin_port);
}

class TestPostgres {
 public:
  static constexpr const char* kUser = "reader";
  static constexpr const char* kPassword = "correct horse";

  /// Nothing, said aloud, where PostgreSQL is not installed.
  static std::unique_ptr<TestPostgres> start() {
    const auto programs = find_postgres_programs();
    if (!programs) return nullptr;
    return std::unique_ptr<TestPostgres>(new TestPostgres(*programs));
  }
  TestPostgres(const TestPostgres&) = delete;
  TestPostgres& operator=(const TestPostgres&) = delete;
  ~TestPostgres() {
    kill();
    std::filesystem::remove_all(folder_);
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] pid_t process() const { return server_; }
  [[nodiscard]] std::string path(const std::string& name) const { return folder_ / name; }

  /// Ends at once, without a word to its clients.
  void kill() {
    if (server_ <= 0) return;
    ::kill(server_, SIGCONT);
    ::kill(server_, SIGQUIT);
    wait_for(server_);
    server_ = 0;
  }

  void start_again() {
    server_ = spawn({programs_ + "/postgres", "-D", path("data")}, path("log"));
    for (int i = 0; i < 300; ++i) {
      const PgConnectionHandle connection = connect("postgres");
      if (PQstatus(connection.get()) == CONNECTION_OK) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    FAIL() << "PostgreSQL did not start: " << log();
  }

  /// Adds lines to a file of the data folder; start_again() or pg_reload_conf() puts them in force.
  void configure(const std::string& file, const std::string& lines) {
    std::ofstream(path("data/" + file), std::ios::app) << lines;
  }
  void write(const std::string& file, const std::string& text) {
    std::ofstream(path("data/" + file)) << text;
  }

  /// Runs statements as the superuser; the first cell of the last result.
  std::string run(const std::string& statements, const std::string& database = "postgres") {
    const PgConnectionHandle connection = connect(database);
    const PgResultHandle result(PQexec(connection.get(), statements.c_str()));
    const ExecStatusType status = PQresultStatus(result.get());
    EXPECT_TRUE(status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        << PQerrorMessage(connection.get());
    const bool cell = status == PGRES_TUPLES_OK && PQntuples(result.get()) > 0;
    return cell ? PQgetvalue(result.get(), 0, 0) : "";
  }

  [[nodiscard]] PostgresOptions options() const {
    return {
        "127.0.0.1",          port_, kUser, base::Secret(kPassword), model::TlsMode::kDisable, "",
        path("certificates"), 16};
  }

 private:
  explicit TestPostgres(std::string programs) : programs_(std::move(programs)), port_(free_port()) {
    std::string name = std::filesystem::temp_directory_path() / "aracari-postgres-XXXXXX";
    folder_ = ::mkdtemp(name.data());
    if (const std::string user = server_user(); !user.empty()) {
      EXPECT_EQ(std::system(("chown " + user + " " + folder_.string()).c_str()), 0);
    }
    const pid_t initdb = spawn({programs_ + "/initdb", "-D", path("data"), "-U", "postgres", "-A",
                                "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"},
                               path("log"));
    EXPECT_EQ(wait_for(initdb), 0) << log();
    configure("postgresql.conf", fmt::format("listen_addresses = '127.0.0.1'\nport = {}\n"
                                             "unix_socket_directories = '{}'\nfsync = off\n"
                                             "password_encryption = 'scram-sha-256'\n",
                                             port_, folder_.string()));
    write("pg_hba.conf", "local all postgres trust\nhost all all 127.0.0.1/32 scram-sha-256\n");
    start_again();
    run(fmt::format("CREATE ROLE {} LOGIN PASSWORD '{}'", kUser, kPassword));
  }

  [[nodiscard]] PgConnectionHandle connect(const std::string& database) const {
    const std::string port = std::to_string(port_);
    const std::vector<const char*> names{"host", "port", "user", "dbname", nullptr};
    const std::vector<const char*> values{folder_.c_str(), port.c_str(), "postgres",
                                          database.c_str(), nullptr};
    return PgConnectionHandle(PQconnectdbParams(names.data(), values.data(), 0));
  }

  [[nodiscard]] std::string log() const {
    std::ifstream file(path("log"));
    return {std::istreambuf_iterator<char>(file), {}};
  }

  std::string programs_;
  std::uint16_t port_;
  std::filesystem::path folder_;
  pid_t server_ = 0;
};

/// Skips the test, and says so, where PostgreSQL is not installed.
#define SKIP_WITHOUT_POSTGRES(server) \
  if ((server) == nullptr)            \
  GTEST_SKIP() << "PostgreSQL is not installed: apt-get install postgresql-15"

}  // namespace source
