# tallymark_unity(<target> <folder>): compiles several sources of the test program together, each in a namespace of its own,
# so that they share the instantiations of the library and not their helpers. All that they include is precompiled, in the
# global namespace. A source that specialises a template, opens a namespace or defines a macro remains alone.
function(tallymark_unity target folder)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${folder}/*.cpp)
  file(GLOB_RECURSE own CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" support/*.hpp ${folder}/*.hpp)
  file(GLOB_RECURSE library CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
    "${PROJECT_SOURCE_DIR}/include/tallymark/*.hpp")
  set(headers ${library} ${own})
  foreach(source IN LISTS sources own)
    file(STRINGS "${source}" lines REGEX "^#include <")
    foreach(line IN LISTS lines)
      string(REGEX REPLACE "^#include <(.*)>.*" "\\1" header "${line}")
      list(APPEND headers "${header}")
    endforeach()
    file(STRINGS "${source}" alone REGEX "^(template <>|namespace [a-z]|BOOST_HANA_ADAPT_STRUCT|#define)")
    if(alone)
      set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
    if(alone MATCHES "#define TALLYMARK_")  # for the headers that follow
      set_source_files_properties("${source}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
  list(REMOVE_DUPLICATES headers)
  list(TRANSFORM headers REPLACE "(.+)" "#if __has_include(<\\1>)\n#include <\\1>\n#endif\n")
  list(JOIN headers "" text)
  file(CONFIGURE OUTPUT ${target}_headers.hpp CONTENT "${text}" @ONLY)
  target_precompile_headers(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}_headers.hpp")
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 16 UNITY_BUILD_UNIQUE_ID unity
    UNITY_BUILD_CODE_BEFORE_INCLUDE "namespace unity {" UNITY_BUILD_CODE_AFTER_INCLUDE "}")
endfunction()
