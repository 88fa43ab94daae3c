# What sources need to be compiled together, each in a namespace of its own.
#
# tallymark_gather(<headers> <together> <source>...): the headers that the sources include with <>, each once, and the
# sources that can be in a namespace: those that do not specialise a template, open a namespace or define a macro.
function(tallymark_gather headers_result together_result)
  set(headers)
  set(together)
  foreach(source IN LISTS ARGN)
    file(STRINGS "${source}" lines REGEX "^#include <")
    list(TRANSFORM lines REPLACE "^#include <(.*)>.*" "\\1")
    list(APPEND headers ${lines})
    file(STRINGS "${source}" alone REGEX "^(template <>|namespace [a-z]|BOOST_HANA_ADAPT_STRUCT|#define)")
    if(NOT alone)
      list(APPEND together "${source}")
    endif()
  endforeach()
  list(REMOVE_DUPLICATES headers)
  set(${headers_result} "${headers}" PARENT_SCOPE)
  set(${together_result} "${together}" PARENT_SCOPE)
endfunction()

# tallymark_write_includes(<file> <header>...): writes an #include of each header that there is into a file of the build.
function(tallymark_write_includes file)
  set(headers ${ARGN})
  list(TRANSFORM headers REPLACE "(.+)" "#if __has_include(<\\1>)\n#include <\\1>\n#endif\n")
  list(JOIN headers "" text)
  file(CONFIGURE OUTPUT "${file}" CONTENT "${text}" @ONLY)
endfunction()

# tallymark_namespaces(<file> <source>...): writes a translation unit of all of these sources into <file>, each in the namespace
# source_<name>, and what they include in <file>.hpp.
function(tallymark_namespaces file)
  tallymark_gather(includes unused ${ARGN})
  tallymark_write_includes("${file}.hpp" ${includes})
  cmake_path(GET file FILENAME own_name)
  set(text "#include \"${own_name}.hpp\"\n")
  foreach(source IN LISTS ARGN)
    cmake_path(GET source STEM name)
    string(APPEND text "namespace source_${name} {\n#include \"${source}\"\n}\n")
  endforeach()
  file(CONFIGURE OUTPUT "${file}" CONTENT "${text}" @ONLY)
endfunction()

# tallymark_unity(<target>): compiles the sources of a test program together, so that they share the instantiations of the
# library and not their helpers. All that they include is precompiled, in the global namespace.
function(tallymark_unity target)
  get_target_property(sources ${target} SOURCES)
  file(GLOB_RECURSE own CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" support/*.hpp unit/*.hpp)
  file(GLOB_RECURSE library CONFIGURE_DEPENDS RELATIVE "${PROJECT_SOURCE_DIR}/include"
    "${PROJECT_SOURCE_DIR}/include/tallymark/*.hpp")
  tallymark_gather(headers together ${sources} ${own})
  foreach(source IN LISTS sources)
    if(NOT source IN_LIST together)
      set_source_files_properties("${source}" PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    endif()
    file(STRINGS "${source}" settings REGEX "^#define TALLYMARK_")  # for the headers that follow
    if(settings)
      set_source_files_properties("${source}" PROPERTIES SKIP_PRECOMPILE_HEADERS ON)
    endif()
  endforeach()
  tallymark_write_includes(${target}_headers.hpp ${library} ${own} ${headers})
  target_precompile_headers(${target} PRIVATE "${CMAKE_CURRENT_BINARY_DIR}/${target}_headers.hpp")
  set(batch 16)
  if(TALLYMARK_BUILD_ONCE)
    set(batch 64)
  endif()
  set_target_properties(${target} PROPERTIES
    UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch} UNITY_BUILD_UNIQUE_ID unity
    UNITY_BUILD_CODE_BEFORE_INCLUDE "namespace unity {" UNITY_BUILD_CODE_AFTER_INCLUDE "}")
endfunction()
