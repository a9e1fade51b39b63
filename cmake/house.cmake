# The tests of the house itself, beside those of the folders: floors, style, the tools, and the scenarios.
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)

add_test(NAME layers COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/layers.py)
add_test(NAME tidy COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/tidy.py)
add_test(NAME house COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/house/run.py)
if(TARGET kokemus)
  set_tests_properties(house PROPERTIES ENVIRONMENT KOKEMUS=$<TARGET_FILE:kokemus>)
  add_test(NAME scenarios
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tools/scenario.py --program $<TARGET_FILE:kokemus>)
  add_test(NAME xes_count
           COMMAND ${Python3_EXECUTABLE} ${CMAKE_SOURCE_DIR}/tests/reference/xes_count.py
                   --program $<TARGET_FILE:kokemus>)
endif()
