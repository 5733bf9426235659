#pragma once

// Owners of what DuckDB's C API hands out. Move-only; each is destroyed by the function of its
// kind, which accepts an empty one. For this room only. Not thread-safe.

#include <utility>

#include <duckdb.h>

namespace source {

template <typename T, void (*destroy)(T*)>
class Handle {
 public:
  Handle() = default;
  explicit Handle(T value) : value_(value) {}
  Handle(Handle&& other) noexcept : value_(std::exchange(other.value_, T{})) {}
  Handle& operator=(Handle&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle() { destroy(&value_); }

  [[nodiscard]] T get() const { return value_; }
  /// For the C functions that fill in or look at a handle through a pointer.
  [[nodiscard]] T* address() { return &value_; }

 private:
  T value_{};
};

inline void free_text(char** text) { duckdb_free(*text); }

using DatabaseHandle = Handle<duckdb_database, duckdb_close>;
using ConfigHandle = Handle<duckdb_config, duckdb_destroy_config>;
using ConnectionHandle = Handle<duckdb_connection, duckdb_disconnect>;
using PreparedHandle = Handle<duckdb_prepared_statement, duckdb_destroy_prepare>;
using PendingHandle = Handle<duckdb_pending_result, duckdb_destroy_pending>;
using ResultHandle = Handle<duckdb_result, duckdb_destroy_result>;
using ChunkHandle = Handle<duckdb_data_chunk, duckdb_destroy_data_chunk>;
using LogicalTypeHandle = Handle<duckdb_logical_type, duckdb_destroy_logical_type>;
using ValueHandle = Handle<duckdb_value, duckdb_destroy_value>;
using TextHandle = Handle<char*, free_text>;

}  // namespace source
