# DuckDB's shared library and its C header, from two pinned npm packages, fetched once into build/fetch.
set(DUCKDB_LIBRARY_VERSION 1.5.6-r.1)
set(DUCKDB_HEADER_VERSION 1.4.4)
if(NOT CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|amd64")
  message(FATAL_ERROR "DuckDB is pinned for x86_64 only; add the package, version and sha512 for "
                      "${CMAKE_SYSTEM_PROCESSOR} in cmake/duckdb.cmake.")
endif()
set(DUCKDB_ROOT ${CMAKE_SOURCE_DIR}/build/fetch/duckdb CACHE PATH "where DuckDB is unpacked")

set(duckdb_sha512_library 21772b64913a904a8cd19e30c1d5671811d7fdface4b7dd53cd0300d743f43e16cf386f4e7c41ef78721ac208870d2651bc6375072145387817824315b998dd5)
set(duckdb_sha512_header 844249e61c9517454b8f776638ba6c5ab411d1bddde1892ab72826ea25178c72430e74aa83f5122b171be6abcdace84560f824b5ac94e9d5c2b603ea7269a9a2)

# Fetches `package`@`version` without running its scripts, holds it against `sha512`, unpacks `member` to `target`.
function(fetch_npm_member package version sha512 member target)
  if(EXISTS ${target})
    return()
  endif()
  find_program(NPM_PROGRAM npm HINTS ${CMAKE_SOURCE_DIR}/build/fetch/node/bin REQUIRED)
  set(work ${DUCKDB_ROOT}/unpack)
  file(MAKE_DIRECTORY ${work})
  message(STATUS "fetching ${package} ${version}")
  execute_process(
    COMMAND ${NPM_PROGRAM} pack ${package}@${version} --silent --pack-destination ${work}
    OUTPUT_VARIABLE tarball OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_VARIABLE error RESULT_VARIABLE result)
  if(NOT result EQUAL 0)
    message(FATAL_ERROR "npm could not fetch ${package}@${version}: ${error}\n"
                        "Check that this machine reaches the npm registry, then run the command again.")
  endif()
  string(REGEX REPLACE ".*\n" "" tarball "${tarball}")
  file(SHA512 ${work}/${tarball} found)
  if(NOT found STREQUAL sha512)
    message(FATAL_ERROR "${package}@${version} is not the package that was pinned:\n"
                        "  expected sha512 ${sha512}\n  found    sha512 ${found}\nNothing of it was used.")
  endif()
  execute_process(COMMAND ${CMAKE_COMMAND} -E tar xzf ${tarball} -- package/${member}
                  WORKING_DIRECTORY ${work} COMMAND_ERROR_IS_FATAL ANY)
  get_filename_component(folder ${target} DIRECTORY)
  file(MAKE_DIRECTORY ${folder})
  file(RENAME ${work}/package/${member} ${target})
  file(REMOVE_RECURSE ${work})
endfunction()

fetch_npm_member(@duckdb/node-bindings-linux-x64 ${DUCKDB_LIBRARY_VERSION}
                 ${duckdb_sha512_library} libduckdb.so ${DUCKDB_ROOT}/lib/libduckdb.so)
fetch_npm_member(duckdb ${DUCKDB_HEADER_VERSION} ${duckdb_sha512_header}
                 src/duckdb/src/include/duckdb.h ${DUCKDB_ROOT}/include/duckdb.h)

add_library(duckdb SHARED IMPORTED)
set_target_properties(duckdb PROPERTIES
  IMPORTED_LOCATION ${DUCKDB_ROOT}/lib/libduckdb.so
  IMPORTED_NO_SONAME OFF
  INTERFACE_INCLUDE_DIRECTORIES ${DUCKDB_ROOT}/include)
