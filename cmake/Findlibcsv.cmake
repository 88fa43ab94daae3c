# Finds libcsv, which installs no CMake package of its own: the target libcsv::libcsv.
find_path(libcsv_INCLUDE_DIR NAMES csv.h)
find_library(libcsv_LIBRARY NAMES csv)
mark_as_advanced(libcsv_INCLUDE_DIR libcsv_LIBRARY)

if(libcsv_INCLUDE_DIR)
  foreach(part MAJOR MINOR RELEASE)
    file(STRINGS "${libcsv_INCLUDE_DIR}/csv.h" line REGEX "^#define CSV_${part} [0-9]+")
    string(REGEX MATCH "[0-9]+$" number "${line}")
    list(APPEND libcsv_VERSION "${number}")
  endforeach()
  list(JOIN libcsv_VERSION "." libcsv_VERSION)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(libcsv
  REQUIRED_VARS libcsv_LIBRARY libcsv_INCLUDE_DIR
  VERSION_VAR libcsv_VERSION)

if(libcsv_FOUND AND NOT TARGET libcsv::libcsv)
  add_library(libcsv::libcsv UNKNOWN IMPORTED)
  set_target_properties(libcsv::libcsv PROPERTIES
    IMPORTED_LOCATION "${libcsv_LIBRARY}"
    INTERFACE_INCLUDE_DIRECTORIES "${libcsv_INCLUDE_DIR}")
endif()
