# The outside libraries. Which room may include which is decided in tools/arrows.txt.

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)
find_package(spdlog REQUIRED)
find_package(fmt REQUIRED)
find_package(absl REQUIRED)
find_package(Boost 1.81 REQUIRED COMPONENTS json url)
find_package(OpenSSL 3.0 REQUIRED)
find_package(SQLite3 REQUIRED)
find_package(PkgConfig REQUIRED)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(psl REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(cmark REQUIRED IMPORTED_TARGET libcmark-gfm)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(xlsxwriter REQUIRED IMPORTED_TARGET xlsxwriter)

# DuckDB: the prebuilt library of one npm package and the C header of another. Every function of the
# header is in the library, which is newer.
set(ARACARI_DUCKDB_LIBRARY
    "${CMAKE_SOURCE_DIR}/node_modules/@duckdb/node-bindings-linux-x64/libduckdb.so")
set(ARACARI_DUCKDB_INCLUDE "${CMAKE_SOURCE_DIR}/node_modules/duckdb/src/duckdb/src/include")
foreach(file IN ITEMS "${ARACARI_DUCKDB_LIBRARY}" "${ARACARI_DUCKDB_INCLUDE}/duckdb.h")
  if(NOT EXISTS "${file}")
    message(FATAL_ERROR "Missing ${file}: run `npm ci --ignore-scripts` (or ./run) first.")
  endif()
endforeach()
add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION "${ARACARI_DUCKDB_LIBRARY}"
  IMPORTED_SONAME "libduckdb.so"
  INTERFACE_INCLUDE_DIRECTORIES "${ARACARI_DUCKDB_INCLUDE}")

if(ARACARI_TESTS)
  find_package(GTest REQUIRED)
endif()
