# The dependencies of Tallymark: the installed package if there is one, or else pinned sources from the network.
include_guard()
include(FetchContent)

# tallymark_need(<package> <least version> TARGET <target> INSTALL <Debian package> [FIND <find_package arguments>...]
#                [OPTIONS <variable=value>...] {REPOSITORY <url> COMMIT <hash> | ARCHIVE <url> SHA256 <hash>})
# Sets TALLYMARK_FETCHED in the caller when the source had to be fetched.
function(tallymark_need package least)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "TARGET;INSTALL;REPOSITORY;COMMIT;ARCHIVE;SHA256" "FIND;OPTIONS")
  if(TARGET ${arg_TARGET})
    return()
  endif()
  find_package(${package} ${least} QUIET ${arg_FIND})
  if(TARGET ${arg_TARGET})
    return()
  endif()

  string(TOLOWER "${package}" folder)
  set(archive "${FETCHCONTENT_BASE_DIR}/${folder}.tar.xz")
  if(arg_ARCHIVE)
    set(source URL "${archive}" URL_HASH "SHA256=${arg_SHA256}" DOWNLOAD_EXTRACT_TIMESTAMP OFF)
  else()
    set(source GIT_REPOSITORY "${arg_REPOSITORY}" GIT_TAG "${arg_COMMIT}")
  endif()
  set(failed FALSE)
  if(EXISTS "${FETCHCONTENT_BASE_DIR}/${folder}-src")
    # fetched before: no network is needed
  elseif(FETCHCONTENT_FULLY_DISCONNECTED)
    set(failed TRUE)
  elseif(arg_ARCHIVE)
    file(DOWNLOAD "${arg_ARCHIVE}" "${archive}" STATUS status INACTIVITY_TIMEOUT 30)
    list(GET status 0 failed)
  else()
    find_program(TALLYMARK_GIT git)
    mark_as_advanced(TALLYMARK_GIT)
    execute_process(
      COMMAND ${CMAKE_COMMAND} -E env GIT_TERMINAL_PROMPT=0 ${TALLYMARK_GIT} ls-remote ${arg_REPOSITORY} HEAD
      TIMEOUT 30 RESULT_VARIABLE failed OUTPUT_QUIET ERROR_QUIET)
  endif()
  if(failed)
    string(REGEX REPLACE "(.+)" " \\1 or later" or_later "${least}")
    message(FATAL_ERROR "Tallymark needs ${package}${or_later}. No such package was found, and "
      "${arg_REPOSITORY}${arg_ARCHIVE} cannot be fetched. Install it (Debian, Ubuntu: ${arg_INSTALL}), "
      "or add the folder where it is to CMAKE_PREFIX_PATH.")
  endif()

  message(STATUS "Fetching ${package} from ${arg_REPOSITORY}${arg_ARCHIVE}")
  set(CMAKE_POLICY_DEFAULT_CMP0077 NEW)
  set(BUILD_TESTING OFF)
  foreach(option IN LISTS arg_OPTIONS)
    string(REGEX MATCH "^([^=]+)=(.*)$" _ "${option}")
    string(REPLACE "," ";" ${CMAKE_MATCH_1} "${CMAKE_MATCH_2}")
  endforeach()
  FetchContent_Declare(${package} SYSTEM ${source} GIT_SUBMODULES "")  # CMake 3.25 takes SYSTEM only before the source
  FetchContent_MakeAvailable(${package})
  if(package STREQUAL "libcsv")
    add_subdirectory("${CMAKE_CURRENT_FUNCTION_LIST_DIR}/libcsv" libcsv)
  endif()
  set(TALLYMARK_FETCHED TRUE PARENT_SCOPE)
endfunction()

macro(tallymark_need_for_library)
  tallymark_need(Boost 1.83 TARGET Boost::headers INSTALL libboost1.83-dev FIND CONFIG
    ARCHIVE https://github.com/boostorg/boost/releases/download/boost-1.83.0/boost-1.83.0.tar.xz
    SHA256 c5a0688e1f0c05f354bbd0b32244d36085d9ffc9f932e8a18983a9908096f614
    OPTIONS BOOST_ENABLE_CMAKE=ON BOOST_INCLUDE_LIBRARIES=unordered,hana)
  tallymark_need(tl-expected 1.0 TARGET tl::expected INSTALL libexpected-dev
    REPOSITORY https://github.com/TartanLlama/expected.git COMMIT 292eff8bd8ee230a7df1d6a1c00c4ea0eb2f0362)  # v1.1.0
endmacro()

# The dependency of tallymark::ff1. Sets OpenSSL_FOUND. Never fetched: it should come from a distribution that keeps it up to
# date.
macro(tallymark_look_for_openssl)
  find_package(OpenSSL 3.0 QUIET COMPONENTS Crypto)
endmacro()

# The dependency of tallymark::sqlite. Sets SQLite3_FOUND. Never fetched either: with two copies of SQLite in a process, the
# locks on a file would be lost.
macro(tallymark_look_for_sqlite)
  find_package(SQLite3 3.40 QUIET)
  find_package(Threads REQUIRED)
endmacro()

macro(tallymark_need_for_tests)
  tallymark_need(Catch2 3.4 TARGET Catch2::Catch2WithMain INSTALL libcatch2-dev
    REPOSITORY https://github.com/catchorg/Catch2.git COMMIT fa43b77429ba76c462b1898d6cd2f2d7a9416b14)  # v3.7.1
  tallymark_need(rapidcheck "" TARGET rapidcheck INSTALL librapidcheck-dev
    REPOSITORY https://github.com/emil-e/rapidcheck.git COMMIT ff6af6fc683159deb51c543b065eba14dfcf329b)
endmacro()

macro(tallymark_need_fmt)
  tallymark_need(fmt 9 TARGET fmt::fmt INSTALL libfmt-dev
    REPOSITORY https://github.com/fmtlib/fmt.git COMMIT e69e5f977d458f2650bb346dadf2ad30c5320281)  # 10.2.1
endmacro()

macro(tallymark_need_for_tool)
  tallymark_need(CLI11 2.1 TARGET CLI11::CLI11 INSTALL libcli11-dev
    REPOSITORY https://github.com/CLIUtils/CLI11.git COMMIT 6c7b07a878ad834957b98d0f9ce1dbe0cb204fc9)  # v2.4.2
  tallymark_need_fmt()
  tallymark_need(libcsv 3.0 TARGET libcsv::libcsv INSTALL libcsv-dev
    REPOSITORY https://github.com/rgamble/libcsv.git COMMIT b1d5212831842ee5869d99bc208a21837e4037d5)  # 3.0.3
  tallymark_need(nlohmann_json 3.11 TARGET nlohmann_json::nlohmann_json INSTALL nlohmann-json3-dev
    REPOSITORY https://github.com/nlohmann/json.git COMMIT 9cca280a4d0ccf0c08f47a99aa71d1b0e52f8d03)  # v3.11.3
endmacro()

macro(tallymark_need_for_benchmarks)
  tallymark_need_fmt()
  tallymark_need(benchmark 1.7 TARGET benchmark::benchmark INSTALL libbenchmark-dev
    OPTIONS BENCHMARK_ENABLE_TESTING=OFF BENCHMARK_ENABLE_WERROR=OFF
    REPOSITORY https://github.com/google/benchmark.git COMMIT c58e6d0710581e3a08d65c349664128a8d9a2461)  # v1.9.1
  # the competitors
  tallymark_need(absl "" TARGET absl::flat_hash_map INSTALL libabsl-dev
    OPTIONS ABSL_PROPAGATE_CXX_STD=ON ABSL_ENABLE_INSTALL=OFF
    REPOSITORY https://github.com/abseil/abseil-cpp.git COMMIT d7aaad83b488fd62bd51c81ecf16cd938532cc0a)  # 20240116.2
  tallymark_need(roaring "" TARGET roaring::roaring INSTALL libroaring-dev
    OPTIONS ENABLE_ROARING_TESTS=OFF ROARING_USE_CPM=OFF
    REPOSITORY https://github.com/RoaringBitmap/CRoaring.git COMMIT 3ef7b44a4f74af09fe19bb84d30bc35cab130561)  # v4.2.1
endmacro()
